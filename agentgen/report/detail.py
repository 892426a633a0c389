"""One row laid out for reading: what several variants say, what one says alone, and what is compared under another row.

Every item of every section of the row appears exactly where its group is listed, and here with a pointer where that is
another row, so that a reader of one row sees all that its sections say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from agentgen.compare.model import Comparison, ItemGroup, ItemRef, Relation, Topic

_ORDER = (Relation.CONFLICT, Relation.EQUIVALENT, Relation.PART_OF, Relation.SAME)


class Elsewhere(NamedTuple):
    """An item of this row's sections that is compared under another topic."""

    item: ItemRef
    topic: str


class Detail(NamedTuple):
    """A row's content. `columns` are the variants that have a say in it, in the variants' order.

    `together` holds the groups with several members: conflicts, then other wordings, then equal words, each in the
    order of the text. `alone` and `elsewhere` are in the order of columns and text.
    """

    columns: tuple[str, ...]
    together: tuple[ItemGroup, ...]
    alone: tuple[ItemRef, ...]
    elsewhere: tuple[Elsewhere, ...]


@dataclass(frozen=True, slots=True)
class Details:
    """Lays out the rows of one comparison."""

    _homes: Mapping[tuple[str, int], str]
    _items: Mapping[tuple[str, str], list[ItemRef]]

    @classmethod
    def of(cls, comparison: Comparison) -> Details:
        homes: dict[tuple[str, int], str] = {}
        for topic in comparison.topics:
            for member in _members(topic.items):
                homes.setdefault((member.variant, member.index), topic.id)
        return cls(homes, _items(comparison))

    def detail(self, topic: Topic) -> Detail:
        """The content of one row."""
        together = sorted((group for group in topic.items if len(group.members) > 1), key=_importance)
        alone = _members(group for group in topic.items if len(group.members) == 1)
        elsewhere = tuple(self._elsewhere(topic))
        speakers = {section.variant for section in topic.sections} | {item.variant for item in _members(topic.items)}
        return Detail(tuple(sorted(speakers)), tuple(together), tuple(sorted(alone, key=_place)), elsewhere)

    def _elsewhere(self, topic: Topic) -> Iterable[Elsewhere]:
        here = {(member.variant, member.index) for member in _members(topic.items)}
        for section in topic.sections:
            for item in self._items.get((section.variant, section.section), ()):
                home = self._homes.get((item.variant, item.index))
                if home is not None and (item.variant, item.index) not in here:
                    yield Elsewhere(item, home)


def _items(comparison: Comparison) -> dict[tuple[str, str], list[ItemRef]]:
    found: dict[tuple[str, str], list[ItemRef]] = {}
    for variant in comparison.variants:
        for item in variant.document.items:
            reference = ItemRef(variant.id, item.section, item.index, item.line, item.text)
            found.setdefault((variant.id, item.section), []).append(reference)
    return found


def _members(groups: Iterable[ItemGroup]) -> tuple[ItemRef, ...]:
    return tuple(member for group in groups for member in group.members)


def _importance(group: ItemGroup) -> tuple[int, bool]:
    return _ORDER.index(group.relation) if group.relation in _ORDER else len(_ORDER), not group.moved


def _place(item: ItemRef) -> tuple[str, int]:
    return item.variant, item.index
