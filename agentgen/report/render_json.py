"""A render as values that JSON can hold: the ledger of each file, and what was or would be written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agentgen.findings import Finding
from agentgen.render.model import Change, Entry, Outcome, Plan, Rendering, Widening

SCHEMA = "agentgen.render/1"
LEDGER_SCHEMA = "agentgen.ledger/1"


def render_json(
    renderings: Sequence[Rendering],
    plan: Plan,
    undecided: Mapping[str, Sequence[str]],
    findings: Sequence[Finding],
    *,
    written: bool,
) -> dict[str, object]:
    """Every rendering with its ledger, and every planned change; `written` tells whether it was carried out.

    `undecided` names the open conflicts of each profile, `findings` are about the profiles themselves.
    """
    return {
        "schema": SCHEMA,
        "written": written,
        "root": plan.root,
        "open_conflicts": {name: list(subjects) for name, subjects in undecided.items()},
        "findings": [finding_json(found) for found in findings],
        "renderings": [rendering_json(rendering) for rendering in renderings],
        "changes": [change_json(change) for change in plan.changes],
    }


def ledger_json(rendering: Rendering) -> dict[str, object]:
    """One rendered file's ledger as a document of its own."""
    return {"schema": LEDGER_SCHEMA, **rendering_json(rendering)}


def rendering_json(rendering: Rendering) -> dict[str, object]:
    """One rendered file's ledger."""
    ledger = rendering.ledger
    return {
        "profile": rendering.profile,
        "target": rendering.target,
        "path": rendering.path,
        "blocked": rendering.blocked,
        "counts": {outcome.value: ledger.count(outcome) for outcome in Outcome},
        "entries": [_entry(entry) for entry in ledger.entries],
        "widenings": [_widening(widening) for widening in ledger.widenings],
        "findings": [finding_json(found) for found in rendering.findings],
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "part": entry.part,
        "name": entry.name,
        "outcome": entry.outcome.value,
        "before": entry.before,
        "after": entry.after,
        "reason": entry.reason,
        "source": entry.source,
        "approved": entry.approved,
        "expected": entry.expected,
    }


def _widening(widening: Widening) -> dict[str, object]:
    return {
        "field": widening.field,
        "gained": list(widening.gained),
        "reason": widening.reason,
        "approved": widening.approved,
        "leave_out": list(widening.leave_out),
        "left": list(widening.left),
    }


def finding_json(found: Finding) -> dict[str, object]:
    """A finding with its place."""
    return {
        "code": found.code,
        "severity": found.severity.value,
        "path": found.path,
        "line": found.line,
        "message": found.message,
        "fix": found.fix.message if found.fix else None,
    }


def change_json(change: Change) -> dict[str, object]:
    """A planned change without the bytes."""
    return {"path": change.path, "action": change.action.value, "reason": change.reason}
