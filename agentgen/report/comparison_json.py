"""A comparison as JSON: the contract that other programs build on, with its schema in `schemas/diff.schema.json`."""

from __future__ import annotations

from collections.abc import Mapping, Set

from agentgen.compare.model import (
    Comparison,
    Conflict,
    ItemGroup,
    KeyDifference,
    SectionRef,
    Topic,
    Variant,
)
from agentgen.findings import Finding

SCHEMA = "agentgen.diff/1"
"""The value of the key `schema`."""


def comparison_json(comparison: Comparison) -> dict[str, object]:
    """The comparison as plain JSON values; lines are 1-based lines of the files as they stand on disk."""
    return {
        "schema": SCHEMA,
        "variants": [_variant(variant) for variant in comparison.variants],
        "frontmatter": [_key(difference) for difference in comparison.frontmatter],
        "topics": [_topic(topic) for topic in comparison.topics],
        "conflicts": [_conflict(conflict) for conflict in comparison.conflicts],
        "findings": [
            _finding(variant.id, finding) for variant in comparison.variants for finding in variant.document.findings
        ],
    }


def _variant(variant: Variant) -> dict[str, object]:
    document = variant.document
    return {
        "id": variant.id,
        "path": document.source.path,
        "tool": variant.tool,
        "sections": len(document.sections),
        "items": len(document.items),
    }


def _key(difference: KeyDifference) -> dict[str, object]:
    return {
        "key": difference.key,
        "status": difference.status.value,
        "values": {variant: _plain(value) for variant, value in difference.values.items()},
        "lines": dict(difference.lines),
        "changes": list(difference.changes),
    }


def _topic(topic: Topic) -> dict[str, object]:
    return {
        "id": topic.id,
        "title": topic.title,
        "status": topic.status.value,
        "parent": topic.parent,
        "confidence": topic.confidence,
        "evidence": [{"kind": one.kind, "weight": one.weight, "detail": one.detail} for one in topic.evidence],
        "see_also": list(topic.see_also),
        "sections": [_section(section) for section in topic.sections],
        "items": [_group(group) for group in topic.items],
    }


def _section(section: SectionRef) -> dict[str, object]:
    return {
        "variant": section.variant,
        "section": section.section,
        "heading": section.heading,
        "level": section.level,
        "line": section.line,
        "end_line": section.end_line,
        "path": list(section.path),
    }


def _group(group: ItemGroup) -> dict[str, object]:
    return {
        "relation": group.relation.value,
        "moved": group.moved,
        "members": [
            {"variant": member.variant, "section": member.section, "line": member.line, "text": member.text}
            for member in group.members
        ],
    }


def _conflict(conflict: Conflict) -> dict[str, object]:
    return {
        "id": conflict.id,
        "subject": conflict.subject,
        "kind": conflict.kind.value,
        "confidence": conflict.confidence,
        "note": conflict.note,
        "members": [
            {"variant": member.variant, "line": member.line, "text": member.text, "value": member.value}
            for member in conflict.members
        ],
    }


def _finding(variant: str, finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "variant": variant,
        "line": finding.line,
        "column": finding.column,
        "message": finding.message,
        "fix": finding.fix.message if finding.fix is not None else None,
    }


def _plain(value: object) -> object:
    """Mappings, sequences and sets as JSON has them; whatever JSON has no form for as text."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if value == value and abs(value) != float("inf") else str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    if isinstance(value, Set):
        return sorted((_plain(entry) for entry in value), key=str)
    return str(value)
