"""Comparing N variants: sections into topics, items into groups, frontmatter and conflicts beside them.

variants ─> sketches ─> portraits ─> candidate pairs ─> scores ─> clusters ─> rows ─> topics
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agentgen.compare.alignment import Alignment, align
from agentgen.compare.concepts import lexicon
from agentgen.compare.model import (
    Comparison,
    Evidence,
    ItemGroup,
    Relation,
    SectionRef,
    Topic,
    Variant,
)
from agentgen.compare.sketches import Sketch
from agentgen.compare.status import row_status
from agentgen.compare.topics import Row, topic_of


def compare_variants(
    variants: Sequence[Variant],
    *,
    pins: Sequence[Mapping[str, str]] = (),
    concepts: Sequence[Mapping[str, object]] = (),
) -> Comparison:
    """Compare variants section by section; the result does not depend on their order.

    `pins` are rows that somebody decided: variant id -> section id; what no longer exists is passed over. `concepts`
    are extra concept tables in the form of `concepts.toml`.

    Raises:
        ValueError: two variants have the same id.
        UserError: a concept table has another form.
    """
    from agentgen.compare.conflicts import find_conflicts, mark_conflicts
    from agentgen.compare.frontmatter import compare_frontmatter
    from agentgen.compare.items import group_items
    from agentgen.compare.items_statements import read_statements

    ordered = tuple(sorted(variants, key=lambda variant: variant.id))
    if len({variant.id for variant in ordered}) < len(ordered):
        raise ValueError("two variants have the same id")
    alignment = align(ordered, pins, concepts)
    topics = topic_of(alignment.rows)
    statements = read_statements(ordered, topics, lexicon(concepts))
    matched = group_items(ordered, topics, statements)
    conflicts = find_conflicts(ordered, matched, statements)
    groups = mark_conflicts(matched, conflicts)
    return Comparison(
        variants=ordered,
        frontmatter=compare_frontmatter(ordered),
        topics=_topics(ordered, alignment, groups),
        conflicts=conflicts,
        findings=tuple(finding for variant in ordered for finding in variant.document.findings),
    )


def _topics(
    variants: Sequence[Variant], alignment: Alignment, groups: Mapping[str, tuple[ItemGroup, ...]]
) -> tuple[Topic, ...]:
    by_id = {variant.id: variant for variant in variants}
    paths = {variant.id: _paths(variant) for variant in variants}
    found = []
    for row in alignment.rows:
        items = groups.get(row.id, ())
        members = [(by_id[sketch.key[0]], sketch.section) for sketch in row.sketches]
        found.append(
            Topic(
                id=row.id,
                title=row.title,
                status=row_status(members, len(variants)),
                sections=tuple(_reference(sketch, paths[sketch.key[0]]) for sketch in row.sketches),
                items=items,
                parent=row.parent,
                confidence=alignment.confidence[row.id],
                evidence=(*alignment.evidence[row.id], *_item_evidence(row, items)),
                see_also=alignment.see_also[row.id],
            )
        )
    return tuple(found)


def _reference(sketch: Sketch, paths: Mapping[str, tuple[str, ...]]) -> SectionRef:
    section = sketch.section
    return SectionRef(
        variant=sketch.key[0],
        section=section.id,
        heading=section.heading,
        level=section.level,
        line=section.line,
        end_line=section.end_line,
        path=paths[section.id],
    )


def _paths(variant: Variant) -> dict[str, tuple[str, ...]]:
    """The headings above each section, outermost first."""
    headings: dict[str, tuple[str, ...]] = {}
    paths: dict[str, tuple[str, ...]] = {}
    for section in variant.document.sections:
        paths[section.id] = headings.get(section.parent, ()) if section.parent is not None else ()
        headings[section.id] = (*paths[section.id], section.heading or "")
    return paths


def _item_evidence(row: Row, items: Sequence[ItemGroup]) -> tuple[Evidence, ...]:
    """The share of the row's items that another variant says too, in the same row."""
    if len(row.sketches) < 2:
        return ()
    here = {sketch.key for sketch in row.sketches}
    shared = total = 0
    for group in items:
        inside = [member for member in group.members if (member.variant, member.section) in here]
        total += len(inside)
        if group.relation is not Relation.CONFLICT and len({member.variant for member in inside}) > 1:
            shared += len(inside)
    if not shared:
        return ()
    return (Evidence("items", round(shared / total, 2), f"{shared} of {total} items are said by another variant"),)
