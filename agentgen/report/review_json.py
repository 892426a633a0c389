"""A review as data for other programs; its schema is `schemas/review.schema.json`."""

from __future__ import annotations

from agentgen.compare.model import SectionRef
from agentgen.findings import Finding
from agentgen.report.review import Review
from agentgen.report.review_keys import KeyChange
from agentgen.report.review_rules import Rule, RuleChange, RuleKind
from agentgen.report.review_sections import SectionChange
from agentgen.report.values import json_value

SCHEMA = "agentgen.review/1"
"""The value of the key `schema`."""


def review_json(review: Review) -> dict[str, object]:
    """The review as JSON values. Unchanged rules are counted only; lines are 1-based lines of the files."""
    changed = [change for change in review.rules if change.kind is not RuleKind.UNCHANGED]
    return {
        "schema": SCHEMA,
        "old": review.old,
        "new": review.new,
        "same": review.same,
        "summary": review.sentence,
        "frontmatter": [_key(change) for change in review.keys],
        "rules": [_rule_change(change) for change in changed],
        "unchanged": len(review.rules) - len(changed),
        "sections": [_section_change(change) for change in review.sections],
        "tokens": {"old": review.tokens[0], "new": review.tokens[1], "estimated": True},
        "findings": [_finding(finding) for finding in review.findings],
        "mended": [_finding(finding) for finding in review.mended],
    }


def _key(change: KeyChange) -> dict[str, object]:
    return {
        "key": change.key,
        "permission": change.permission,
        "effect": change.effect.value,
        "old": json_value(change.old),
        "new": json_value(change.new),
        "gained": list(change.gained),
        "lost": list(change.lost),
    }


def _rule_change(change: RuleChange) -> dict[str, object]:
    return {
        "kind": change.kind.value,
        "moved": change.moved,
        "subject": change.subject or None,
        "old": _rule(change.old),
        "new": _rule(change.new),
    }


def _rule(rule: Rule | None) -> dict[str, object] | None:
    return {"heading": rule.heading, "line": rule.line, "text": rule.text} if rule else None


def _section_change(change: SectionChange) -> dict[str, object]:
    return {"kind": change.kind.value, "old": _section(change.old), "new": _section(change.new)}


def _section(section: SectionRef | None) -> dict[str, object] | None:
    return {"heading": section.heading, "level": section.level, "line": section.line} if section else None


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "line": finding.line,
        "message": finding.message,
        "fix": finding.fix.message if finding.fix else None,
    }
