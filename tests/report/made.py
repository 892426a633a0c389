"""Comparisons made by hand, so that reports are tested without the engine that finds such things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agentgen.compare.model import (
    Comparison,
    Conflict,
    ConflictKind,
    ConflictMember,
    ItemGroup,
    ItemRef,
    KeyDifference,
    KeyStatus,
    Relation,
    SectionRef,
    Status,
    Topic,
    Variant,
)
from agentgen.document.model import Section
from agentgen.document.read import read_document
from agentgen.source import Source, encode

Group = tuple[Relation, Sequence[tuple[str, int]]]
"""A relation and its members: variant and index of the item."""


def variant(name: str, text: str, **fields: object) -> Variant:
    """A variant of that text, with canonical fields."""
    return Variant(name, read_document(Source(f"{name}.md", encode(text))), "tool-of-" + name, fields)


def topic(variants: Sequence[Variant], heading: str, status: Status, groups: Sequence[Group] = ()) -> Topic:
    """The row of all sections of that heading; items that no group names stand alone."""
    found = [(one, section) for one in variants for section in one.document.sections if section.heading == heading]
    assert found
    grouped = {member for _, members in groups for member in members}
    alone: list[Group] = [
        (Relation.ONLY, [(one.id, item.index)])
        for one, section in found
        for item in one.document.items
        if item.section == section.id and (one.id, item.index) not in grouped
    ]
    items = tuple(
        ItemGroup(relation, tuple(_item(variants, *member) for member in members))
        for relation, members in (*groups, *alone)
    )
    slug = "-".join(heading.lower().split())
    return Topic(slug, heading, status, tuple(_section(one.id, section) for one, section in found), items)


def key(name: str, status: KeyStatus, values: Mapping[str, object]) -> KeyDifference:
    """A frontmatter key with its values, each on line 2."""
    return KeyDifference(name, status, values, dict.fromkeys(values, 2))


def conflict(subject: str, *sides: tuple[str, str, str]) -> Conflict:
    """A conflict of values: variant, value and quote of each side, on line 7."""
    members = tuple(ConflictMember(name, 7, quote, value) for name, value, quote in sides)
    return Conflict("-".join(subject.split()), subject, ConflictKind.VALUE, members)


def comparison(
    variants: Sequence[Variant],
    topics: Sequence[Topic],
    keys: Sequence[KeyDifference] = (),
    conflicts: Sequence[Conflict] = (),
) -> Comparison:
    """A comparison of those parts."""
    findings = tuple(found for one in variants for found in one.document.findings)
    return Comparison(tuple(variants), tuple(keys), tuple(topics), tuple(conflicts), findings)


def two() -> Comparison:
    """Two agents: one topic in other words, one that differs in formatting only, one in `left` alone."""
    left = variant(
        "left",
        "# Agent\n\n## Security\n\n- Validate every input at the boundary\n- Rotate keys monthly\n\n"
        "## Style\n\n- Short functions\n\n## Notes\n\n- Keep a diary\n",
    )
    right = variant(
        "right",
        "# Agent\n\n## Security\n\n- Check every input at the boundary\n- Log each login\n\n"
        "## Style\n\n* Short functions\n",
    )
    both = [left, right]
    topics = [
        topic(both, "Agent", Status.SAME),
        topic(both, "Security", Status.EDITED, [(Relation.EQUIVALENT, [("left", 0), ("right", 0)])]),
        topic(both, "Style", Status.FORMATTING, [(Relation.SAME, [("left", 2), ("right", 2)])]),
        topic(both, "Notes", Status.ONLY),
    ]
    keys = [
        key("tools", KeyStatus.DIFFERENT, {"left": ("Read", "Grep"), "right": ("Read", "Bash")}),
        key("model", KeyStatus.SAME, {"left": "inherit", "right": "inherit"}),
    ]
    conflicts = [conflict("p95 latency", ("left", "100 ms", "p95 < 100 ms"), ("right", "50 ms", "p95 < 50 ms"))]
    return comparison(both, topics, keys, conflicts)


def _section(name: str, section: Section) -> SectionRef:
    return SectionRef(name, section.id, section.heading, section.level, section.line, section.end_line, ())


def _item(variants: Sequence[Variant], name: str, index: int) -> ItemRef:
    item = next(one for one in variants if one.id == name).document.items[index]
    return ItemRef(name, item.section, index, item.line, item.text)
