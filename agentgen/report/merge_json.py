"""A merge as values that JSON can hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from agentgen.compare.model import ConflictMember
from agentgen.findings import Finding
from agentgen.merge.model import Fate, Merged, OpenConflict
from agentgen.render.model import Plan
from agentgen.report.merge_text import sections
from agentgen.report.render_json import change_json, finding_json

SCHEMA = "agentgen.merge/1"


Result = tuple[Plan, Merged, bool, Sequence[Finding]]
"""A merge with the files it wrote, whether the profile holds edits made by hand, and the risky lines new in it."""


def merge_json(merges: Sequence[Result]) -> dict[str, object]:
    """Every merge."""
    return {"schema": SCHEMA, "profiles": [_merge(*merge) for merge in merges]}


def _merge(plan: Plan, merged: Merged, edited: bool, risks: Sequence[Finding]) -> dict[str, object]:
    fates = Counter(outcome.fate for outcome in merged.outcomes.values())
    return {
        "name": merged.profile.name,
        "root": plan.root,
        "variants": dict(merged.lock.variants),
        "sections": sections(merged),
        "statements": {fate.value: fates[fate] for fate in Fate},
        "conflicts": [_conflict(entry) for entry in merged.conflicts],
        "widenings": [
            {"variant": one.variant, "field": one.field, "gained": list(one.gained)} for one in merged.widenings
        ],
        "edited": edited,
        "hands": [
            {"id": one.id, "place": one.place, "base": one.base, "mine": one.mine, "theirs": one.theirs}
            for one in merged.hands
        ],
        "stale": [
            {"decision": one.decision, "variant": one.variant, "gone": list(one.gone), "new": list(one.new)}
            for one in merged.stale
        ],
        "risks": [finding_json(found) for found in risks],
        "findings": [finding_json(found) for found in merged.findings],
        "changes": [change_json(change) for change in plan.changes],
    }


def _conflict(entry: OpenConflict) -> dict[str, object]:
    return {
        "id": entry.conflict.id,
        "subject": entry.conflict.subject,
        "kind": entry.conflict.kind.value,
        "fallback": list(entry.fallback),
        "members": [_member(member) for member in entry.conflict.members],
    }


def _member(member: ConflictMember) -> dict[str, object]:
    return {"variant": member.variant, "line": member.line, "text": member.text, "value": member.value}
