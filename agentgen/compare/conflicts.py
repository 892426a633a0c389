"""Conflicts: where variants lay down different things about one subject.

They come from typed facts (a number with its unit, a choice among known options, how strongly something binds), never
from similarity: two statements that are merely worded otherwise are no conflict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from agentgen.compare.conflicts_frontmatter import frontmatter_conflicts
from agentgen.compare.conflicts_model import with_unique_ids
from agentgen.compare.model import Conflict, ItemGroup, Relation, Variant

Groups = Mapping[str, tuple[ItemGroup, ...]]


def find_conflicts(variants: Sequence[Variant], groups: Groups) -> tuple[Conflict, ...]:
    """All conflicts, those of the frontmatter first, then by their place in the first variant that has a side.

    Ids do not depend on the order of the variants nor on where a statement stands.
    """
    ordered = sorted(variants, key=lambda variant: variant.id)
    return with_unique_ids([*frontmatter_conflicts(ordered)])


def mark_conflicts(groups: Groups, conflicts: Sequence[Conflict]) -> dict[str, tuple[ItemGroup, ...]]:
    """The groups, with the relation `conflict` where a conflict joins members of one."""
    sides = [
        {(member.variant, member.item) for member in conflict.members if member.item is not None}
        for conflict in conflicts
    ]
    return {topic: tuple(_marked(group, sides) for group in found) for topic, found in groups.items()}


def _marked(group: ItemGroup, sides: Sequence[set[tuple[str, int]]]) -> ItemGroup:
    here = {(member.variant, member.index) for member in group.members}
    joined = any(len({variant for variant, _ in here & side}) > 1 for side in sides)
    return replace(group, relation=Relation.CONFLICT) if joined else group
