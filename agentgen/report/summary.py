"""What every view of a comparison counts, groups and orders, so that all of them say the same.

A comparison lists topics with their items; people first ask for less: how do the variants stand in each row, what
matters most, how near are they to each other. Nothing here renders.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from agentgen.compare.model import (
    Comparison,
    Conflict,
    ItemGroup,
    KeyDifference,
    KeyStatus,
    Relation,
    SectionRef,
    Status,
    Topic,
)
from agentgen.report.enumerate import counted
from agentgen.report.tokens import estimate

PERMISSION_KEYS: tuple[str, ...] = ("tools", "disallowed_tools", "permission_mode", "mcp_servers", "hooks", "isolation")
"""Frontmatter keys that say what an agent may do; they are shown first."""

AGREEING: frozenset[Relation] = frozenset({Relation.SAME, Relation.EQUIVALENT, Relation.PART_OF})
"""Relations in which the members say the same."""

SIMILAR_FROM = 1 / 3
"""A cell is `similar` from this share of its items that another variant says too."""

_KEY_ORDER = {key: place for place, key in enumerate((*PERMISSION_KEYS, "description", "model"))}
_KEY_STATUS_ORDER = (KeyStatus.DIFFERENT, KeyStatus.PARTIAL, KeyStatus.SAME)
_STATUS_ORDER = (Status.EDITED, Status.PARTIAL, Status.ONLY, Status.FORMATTING, Status.SAME)


class Mark(StrEnum):
    """How one variant's section stands in its row."""

    SAME = "same"  # says what all others in the row say, word for word but for formatting
    SIMILAR = "similar"  # at least SIMILAR_FROM of its items are said by another variant too
    DIFFERENT = "different"
    ONLY = "only"  # the row has no other section
    ABSENT = "absent"


class Cell(NamedTuple):
    """One variant in one row.

    `shared` items are said by another variant too (`moved` of them elsewhere), `alone` by none; the rest stand
    against another variant's. `conflicts` counts the conflicts that quote the section, `tokens` is an estimate.
    """

    variant: str
    mark: Mark
    section: SectionRef | None = None
    items: int = 0
    shared: int = 0
    alone: int = 0
    moved: int = 0
    conflicts: int = 0
    tokens: int = 0

    @property
    def heading_only(self) -> bool:
        """True for a section without any text of its own."""
        return self.section is not None and not self.items


class Row(NamedTuple):
    """A topic with a cell for each variant, in the variants' order, and the conflicts that quote its sections."""

    topic: Topic
    cells: tuple[Cell, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def folded(self) -> bool:
        """True where all variants agree, so that a view may hide the details."""
        return not self.conflicts and self.topic.status in (Status.SAME, Status.FORMATTING)


class Verdict(NamedTuple):
    """The figures of the comparison in all. `shared` and `alone` count items, `moved` groups, `keys` differing keys."""

    variants: int
    topics: int
    statuses: Mapping[Status, int]
    items: int
    shared: int
    alone: int
    moved: int
    conflicts: int
    keys: int

    @property
    def in_several(self) -> int:
        """Topics that stand in more than one variant."""
        return self.topics - self.statuses[Status.ONLY]

    @property
    def same(self) -> bool:
        """True where nothing differs but formatting."""
        agreeing = self.statuses[Status.SAME] + self.statuses[Status.FORMATTING]
        return agreeing == self.topics and not self.keys and not self.conflicts

    @property
    def sentence(self) -> str:
        """The verdict in one line of plain text."""
        if self.same:
            topics = "the one topic" if self.topics == 1 else f"all {self.topics} topics"
            return f"{self.variants} variants say the same in {topics}."
        return (
            f"{self.variants} variants: {self.in_several} of {counted(self.topics, 'topic')} in more than one, "
            f"{self.shared} of {counted(self.items, 'item')} said by more than one, "
            f"{counted(self.conflicts, 'conflict')}, {counted(self.keys, 'frontmatter key')} different."
        )


@dataclass(frozen=True)
class Summary:
    """A comparison with its rows, figures and nearness. `nearness[i][j]` is 0 to 1, in the variants' order."""

    comparison: Comparison
    rows: tuple[Row, ...]
    verdict: Verdict
    nearness: tuple[tuple[float, ...], ...]

    @cached_property
    def by_importance(self) -> tuple[Row, ...]:
        """The rows with conflicts first, then edited, partial, only, formatting and same ones."""
        return tuple(sorted(self.rows, key=lambda row: (not row.conflicts, _STATUS_ORDER.index(row.topic.status))))

    @cached_property
    def keys(self) -> tuple[KeyDifference, ...]:
        """The frontmatter's keys: permissions, description and model first, then what differs, then what is equal."""
        return tuple(sorted(self.comparison.frontmatter, key=_key_importance))


def summarize(comparison: Comparison) -> Summary:
    """Count, group and order what a comparison found."""
    index = _Index.of(comparison)
    rows = tuple(index.row(topic) for topic in comparison.topics)
    return Summary(comparison, rows, _verdict(comparison, index), _nearness(comparison, index))


ItemKey = tuple[str, int]


class _Index(NamedTuple):
    """Groups and conflicts of each item by (variant, index), items and text of each section by (variant, section)."""

    variants: tuple[str, ...]
    items: Mapping[tuple[str, str], list[ItemKey]]
    texts: Mapping[tuple[str, str], str]
    groups: Mapping[ItemKey, list[ItemGroup]]
    conflicts: Mapping[ItemKey, list[Conflict]]

    @classmethod
    def of(cls, comparison: Comparison) -> _Index:
        return cls(
            tuple(variant.id for variant in comparison.variants),
            _items_of_sections(comparison),
            _texts_of_sections(comparison),
            _groups_of_items(comparison),
            _conflicts_of_items(comparison),
        )

    def row(self, topic: Topic) -> Row:
        sections = {section.variant: section for section in topic.sections}
        cells = tuple(self._cell(topic, variant, sections.get(variant)) for variant in self.variants)
        found = {
            conflict.id: conflict
            for section in topic.sections
            for key in self._items(section)
            for conflict in self.conflicts.get(key, ())
        }
        return Row(
            topic, cells, tuple(sorted(found.values(), key=lambda conflict: (-conflict.confidence, conflict.id)))
        )

    def _cell(self, topic: Topic, variant: str, section: SectionRef | None) -> Cell:
        if section is None:
            return Cell(variant, Mark.ABSENT)
        items = self._items(section)
        shared = [key for key in items if self.partners(key)]
        return Cell(
            variant,
            self._mark(topic, items, len(shared)),
            section,
            items=len(items),
            shared=len(shared),
            alone=sum(self.alone(key) for key in items),
            moved=sum(any(group.moved for group in self.groups[key]) for key in shared),
            conflicts=len({conflict.id for key in items for conflict in self.conflicts.get(key, ())}),
            tokens=estimate(self.texts[variant, section.section]),
        )

    def _mark(self, topic: Topic, items: list[ItemKey], shared: int) -> Mark:
        if len(topic.sections) == 1:
            return Mark.ONLY
        others = len(topic.sections) - 1
        if topic.status in (Status.SAME, Status.FORMATTING) or (
            items and all(self._echoes(key, topic) == others for key in items)
        ):
            return Mark.SAME
        return Mark.SIMILAR if items and shared / len(items) >= SIMILAR_FROM else Mark.DIFFERENT

    def _echoes(self, key: ItemKey, topic: Topic) -> int:
        """In how many other sections of the topic the item stands word for word."""
        places = {(section.variant, section.section) for section in topic.sections}
        same = (group for group in self.groups.get(key, ()) if group.relation is Relation.SAME)
        members = {(member.variant, member.section) for group in same for member in group.members}
        return sum(place in members for place in places if place[0] != key[0])

    def partners(self, key: ItemKey) -> set[str]:
        """The other variants that say what the item says."""
        return {
            member.variant
            for group in self.groups.get(key, ())
            if group.relation in AGREEING
            for member in group.members
            if member.variant != key[0]
        }

    def alone(self, key: ItemKey) -> bool:
        """True where no other variant has anything to do with the item."""
        return all(member.variant == key[0] for group in self.groups.get(key, ()) for member in group.members)

    def _items(self, section: SectionRef) -> list[ItemKey]:
        return self.items.get((section.variant, section.section), [])


def _items_of_sections(comparison: Comparison) -> dict[tuple[str, str], list[ItemKey]]:
    found: dict[tuple[str, str], list[ItemKey]] = {}
    for variant in comparison.variants:
        for item in variant.document.items:
            found.setdefault((variant.id, item.section), []).append((variant.id, item.index))
    return found


def _texts_of_sections(comparison: Comparison) -> dict[tuple[str, str], str]:
    return {
        (variant.id, section.id): variant.document.source.slice(section.span)
        for variant in comparison.variants
        for section in variant.document.sections
    }


def _groups_of_items(comparison: Comparison) -> dict[ItemKey, list[ItemGroup]]:
    found: dict[ItemKey, list[ItemGroup]] = {}
    for group in _groups(comparison):
        for member in group.members:
            found.setdefault((member.variant, member.index), []).append(group)
    return found


def _conflicts_of_items(comparison: Comparison) -> dict[ItemKey, list[Conflict]]:
    found: dict[ItemKey, list[Conflict]] = {}
    for conflict in comparison.conflicts:
        for side in conflict.members:
            if side.item is not None:
                found.setdefault((side.variant, side.item), []).append(conflict)
    return found


def _groups(comparison: Comparison) -> Iterable[ItemGroup]:
    return (group for topic in comparison.topics for group in topic.items)


def _all_items(comparison: Comparison) -> list[ItemKey]:
    return [(variant.id, item.index) for variant in comparison.variants for item in variant.document.items]


def _verdict(comparison: Comparison, index: _Index) -> Verdict:
    counts = Counter(topic.status for topic in comparison.topics)
    items = _all_items(comparison)
    return Verdict(
        variants=len(comparison.variants),
        topics=len(comparison.topics),
        statuses={status: counts[status] for status in Status},
        items=len(items),
        shared=sum(bool(index.partners(key)) for key in items),
        alone=sum(index.alone(key) for key in items),
        moved=sum(group.moved for group in _groups(comparison)),
        conflicts=len(comparison.conflicts),
        keys=sum(key.status is not KeyStatus.SAME for key in comparison.frontmatter),
    )


def _nearness(comparison: Comparison, index: _Index) -> tuple[tuple[float, ...], ...]:
    """The share of both variants' items that the other one says too, for each pair."""
    told = Counter((key[0], partner) for key in _all_items(comparison) for partner in index.partners(key))
    sizes = {variant.id: len(variant.document.items) for variant in comparison.variants}

    def near(one: str, other: str) -> float:
        both = sizes[one] + sizes[other]
        return 1.0 if one == other or not both else (told[one, other] + told[other, one]) / both

    return tuple(tuple(near(one, other) for other in sizes) for one in sizes)


def _key_importance(key: KeyDifference) -> tuple[int, int, str]:
    return (_KEY_ORDER.get(key.key, len(_KEY_ORDER)), _KEY_STATUS_ORDER.index(key.status), key.key)
