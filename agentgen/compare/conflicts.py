"""Conflicts: where variants lay down different things about one subject.

They come from typed facts (a number with its unit, a choice among known options, how strongly something binds), never
from similarity: two statements that are merely worded otherwise are no conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from agentgen.compare.conflicts_facts import fact_conflicts
from agentgen.compare.conflicts_frontmatter import frontmatter_conflicts
from agentgen.compare.conflicts_model import with_unique_ids
from agentgen.compare.conflicts_obligation import changed_obligations, opposite_demands
from agentgen.compare.facts import Fact
from agentgen.compare.facts_choices import choices
from agentgen.compare.facts_measures import measures
from agentgen.compare.facts_people import people, title
from agentgen.compare.facts_reach import reaches
from agentgen.compare.facts_versions import versions
from agentgen.compare.items_similarity import Similarity
from agentgen.compare.items_statements import Statement, read_statements
from agentgen.compare.model import Conflict, ItemGroup, Relation, Variant
from agentgen.compare.obligation_acts import Act, demands, is_discouraging, prohibitions
from agentgen.document.model import Document, Section

Groups = Mapping[str, tuple[ItemGroup, ...]]
Finder = Callable[[Statement], Iterator[Fact]]

_NEAR = 0.45
"""The score from which two statements speak of one thing."""


def find_conflicts(
    variants: Sequence[Variant], groups: Groups, statements: Sequence[Statement] | None = None
) -> tuple[Conflict, ...]:
    """All conflicts, those of the frontmatter first, then by their place in the first variant that has a side.

    Ids do not depend on the order of the variants nor on where a statement stands. `statements` are those
    of the variants where they were read already.
    """
    ordered = sorted(variants, key=lambda variant: variant.id)
    places = _Places(ordered, groups, statements or _read(ordered))
    said = [
        *fact_conflicts(places.facts(), places.group_of, places.near),
        *changed_obligations(places.groups()),
        *opposite_demands(*places.acts(), places.weight),
    ]
    said.sort(key=lambda conflict: [(member.variant, member.line) for member in conflict.members])
    return with_unique_ids([*frontmatter_conflicts(ordered), *said])


def mark_conflicts(groups: Groups, conflicts: Sequence[Conflict]) -> dict[str, tuple[ItemGroup, ...]]:
    """The groups, with the relation `conflict` where a conflict joins members of one."""
    sides = [
        {(member.variant, member.item) for member in conflict.members if member.item is not None}
        for conflict in conflicts
    ]
    return {topic: tuple(_marked(group, sides) for group in found) for topic, found in groups.items()}


def _read(variants: Sequence[Variant]) -> Sequence[Statement]:
    topics = {(variant.id, section.id): "" for variant in variants for section in variant.document.sections}
    return read_statements(variants, topics)


class _Places:
    """The statements of all variants, with the group that each stands in."""

    def __init__(self, variants: Sequence[Variant], groups: Groups, statements: Sequence[Statement]) -> None:
        self._statements = [replace(statement, topic="") for statement in statements]
        self._group: dict[tuple[str, int], tuple[str, int]] = {}
        for topic, found in groups.items():
            for number, group in enumerate(found):
                self._group.update(((member.variant, member.index), (topic, number)) for member in group.members)
        self._discouraged = {
            (variant.id, section.id) for variant in variants for section in _discouraging(variant.document)
        }

    @cached_property
    def _similarity(self) -> Similarity:
        return Similarity(self._statements)

    def facts(self) -> list[Fact]:
        """All facts, in order of place; of the titles only the first one of each variant."""
        return [*self._of_all((measures, versions, choices, reaches, people)), *self._titles()]

    def groups(self) -> list[list[Statement]]:
        """The statements of each group, in order of place."""
        found: dict[tuple[str, int], list[Statement]] = {}
        for statement in self._statements:
            found.setdefault(self.group_of(statement), []).append(statement)
        return list(found.values())

    def acts(self) -> tuple[list[Act], list[Act]]:
        """What all statements forbid, and what they demand with the same verbs, in order of place."""
        forbidden = [act for each in self._statements for act in prohibitions(each, self._is_discouraged(each))]
        verbs = frozenset(verb for act in forbidden for verb in act.verbs)
        free = [each for each in self._statements if not self._is_discouraged(each)] if verbs else []
        return forbidden, [act for each in free for act in demands(each, verbs)]

    def weight(self, term: str) -> float:
        """What a term tells, 0 to 1."""
        return self._similarity.weight(term)

    def group_of(self, statement: Statement) -> tuple[str, int]:
        """Topic and number of the group of statements that say the same as one."""
        return self._group[statement.ref.variant, statement.ref.index]

    def near(self, left: Statement, right: Statement) -> bool:
        """Whether two statements speak of one thing."""
        return self._similarity.score(left, right) >= _NEAR

    def _is_discouraged(self, statement: Statement) -> bool:
        return (statement.ref.variant, statement.ref.section) in self._discouraged

    def _of_all(self, finders: Sequence[Finder]) -> Iterator[Fact]:
        for statement in self._statements:
            for finder in finders:
                yield from finder(statement)

    def _titles(self) -> Iterable[Fact]:
        first: dict[str, Fact] = {}
        for fact in self._of_all((title,)):
            first.setdefault(fact.statement.ref.variant, fact)
        return first.values()


def _discouraging(document: Document) -> Iterator[Section]:
    """The sections that stand under a heading such as "Anti-patterns", or have one."""
    found: set[str] = set()
    for section in document.sections:
        if section.parent in found or is_discouraging(section.heading or ""):
            found.add(section.id)
            yield section


def _marked(group: ItemGroup, sides: Sequence[set[tuple[str, int]]]) -> ItemGroup:
    here = {(member.variant, member.index) for member in group.members}
    joined = any(len({variant for variant, _ in here & side}) > 1 for side in sides)
    return replace(group, relation=Relation.CONFLICT) if joined else group
