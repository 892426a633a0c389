"""Conflicts: where variants lay down different things about one subject.

They come from typed facts (a number with its unit, a choice among known options, how strongly something binds), never
from similarity: two statements that are merely worded otherwise are no conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

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
from agentgen.compare.obligation_acts import Act, demands, is_discouraging, prohibitions, verbs_in
from agentgen.document.model import Document, Section

Groups = Mapping[str, tuple[ItemGroup, ...]]

_FINDERS = (measures, versions, choices, reaches, people)

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
    said = places.read()
    found = [
        *fact_conflicts([*said.facts, *said.titles.values()], places.group_of, places.near),
        *changed_obligations(places.groups()),
        *opposite_demands(said.forbidden, said.demanded(), places.weight),
    ]
    found.sort(key=lambda conflict: [(member.variant, member.line) for member in conflict.members])
    return with_unique_ids([*frontmatter_conflicts(ordered), *found])


def mark_conflicts(groups: Groups, conflicts: Sequence[Conflict]) -> dict[str, tuple[ItemGroup, ...]]:
    """The groups, with the relation `conflict` where a conflict joins members of one."""
    taking_part: dict[tuple[str, int], list[int]] = {}
    for number, conflict in enumerate(conflicts):
        for place in {(member.variant, member.item) for member in conflict.members if member.item is not None}:
            taking_part.setdefault(place, []).append(number)
    return {topic: tuple(_marked(group, taking_part) for group in found) for topic, found in groups.items()}


def _read(variants: Sequence[Variant]) -> Sequence[Statement]:
    topics = {(variant.id, section.id): "" for variant in variants for section in variant.document.sections}
    return read_statements(variants, topics)


@dataclass(frozen=True, slots=True)
class _Said:
    """Facts, the first title of each variant, what is forbidden, and by each word the statements that may demand it."""

    facts: list[Fact] = field(default_factory=list)
    titles: dict[str, Fact] = field(default_factory=dict)
    forbidden: list[Act] = field(default_factory=list)
    naming: dict[str, list[Statement]] = field(default_factory=lambda: defaultdict(list))

    def demanded(self) -> list[Act]:
        """What statements demand with the verbs of what is forbidden, in order of place."""
        verbs = frozenset(verb for act in self.forbidden for verb in act.verbs)
        named = {each.order: each for verb in verbs for each in self.naming.get(verb, ())}
        return [act for order in sorted(named) for act in demands(named[order], verbs)]


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

    def read(self) -> _Said:
        """What the statements lay down, in order of place; each is read once for all of it."""
        said = _Said()
        for each in self._statements:
            variant, discouraged = each.ref.variant, self._is_discouraged(each)
            said.facts.extend(fact for finder in _FINDERS for fact in finder(each))
            if variant not in said.titles:
                said.titles.update((variant, fact) for fact in islice(title(each), 1))
            said.forbidden.extend(prohibitions(each, discouraged))
            for verb in () if discouraged else verbs_in(each):
                said.naming[verb].append(each)
        return said

    def groups(self) -> list[list[Statement]]:
        """The statements of each group, in order of place."""
        found: dict[tuple[str, int], list[Statement]] = {}
        for statement in self._statements:
            found.setdefault(self.group_of(statement), []).append(statement)
        return list(found.values())

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


def _discouraging(document: Document) -> Iterator[Section]:
    """The sections that stand under a heading such as "Anti-patterns", or have one."""
    found: set[str] = set()
    for section in document.sections:
        if section.parent in found or is_discouraging(section.heading or ""):
            found.add(section.id)
            yield section


def _marked(group: ItemGroup, conflicts: Mapping[tuple[str, int], Sequence[int]]) -> ItemGroup:
    """The group; as a conflict where two of its variants take part in the same one."""
    sides = {
        (number, member.variant)
        for member in group.members
        for number in conflicts.get((member.variant, member.index), ())
    }
    joined = len({number for number, _ in sides}) < len(sides)
    return group._replace(relation=Relation.CONFLICT) if joined else group
