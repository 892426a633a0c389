"""Conflicts between typed facts: one subject, two values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from agentgen.compare.conflicts_model import draft, shared_words
from agentgen.compare.facts import Fact, FactKind, Reach, compatible
from agentgen.compare.facts_people import related_names, same_person
from agentgen.compare.facts_versions import satisfies
from agentgen.compare.items_statements import Statement
from agentgen.compare.items_words import is_vague
from agentgen.compare.model import Conflict, ConflictKind, ConflictMember

Nearness = Callable[[Statement, Statement], bool]
GroupOf = Callable[[Statement], tuple[str, int]]

_SURE: Mapping[FactKind, float] = {
    FactKind.MEASURE: 0.9,
    FactKind.VERSION: 0.8,
    FactKind.CHOICE: 0.75,
    FactKind.EXTENT: 0.6,
    FactKind.PERSON: 0.75,
    FactKind.TITLE: 0.8,
}
_OVERLAP = 0.55
"""How sure a conflict is where the values of one side are among those of the other."""
_WISH = 0.6
"""How sure it is where both give one value, and only one demands it."""
_COMMON = 100
"""Statements that share only terms of more facts than these are not compared."""
_LIMITED = 0.8
"""What is left of it where only one side says what it is limited to."""


class _Edge(NamedTuple):
    left: Fact
    right: Fact
    sure: float
    wish: bool = False  # the same value, demanded by one and wished for by the other


def fact_conflicts(facts: Sequence[Fact], group_of: GroupOf, near: Nearness) -> Iterator[Conflict]:
    """A conflict for each set of facts on one subject that are joined by disagreement.

    `group_of` names the group of statements that say the same as one, `near` tells whether two speak of one thing.
    """
    by_subject: dict[tuple[FactKind, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        by_subject[fact.kind, fact.subject].append(fact)
    for (_, subject), found in sorted(by_subject.items(), key=lambda entry: entry[0]):
        edges = list(_edges(found, group_of, near))
        for joined in _components(edges):
            yield _conflict(subject, joined)


def _edges(facts: Sequence[Fact], group_of: GroupOf, near: Nearness) -> Iterator[_Edge]:
    by_variant: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_variant[fact.statement.ref.variant].append(fact)
    for left, right in _pairs(facts, group_of):
        variants = left.statement.ref.variant, right.statement.ref.variant
        if variants[0] == variants[1] or _alike(left, right) or not compatible(left.scope, right.scope):
            continue
        together = left.reach is not Reach.NEAR or group_of(left.statement) == group_of(right.statement)
        if not together and not near(left.statement, right.statement):
            continue
        answered = _answered(left, by_variant[variants[1]]) and _answered(right, by_variant[variants[0]])
        spread = _spread_out(left, right, *(by_variant[variant] for variant in variants))
        edge = _edge(left, right, answered or spread)
        if edge is not None:
            yield edge


def _pairs(facts: Sequence[Fact], group_of: GroupOf) -> Iterator[tuple[Fact, Fact]]:
    """The pairs that may disagree: all, those of one group, or those that share a group or a telling term."""
    if facts[0].reach is Reach.EVERYWHERE:
        yield from combinations(facts, 2)
        return
    shelves: dict[object, list[int]] = defaultdict(list)
    for number, fact in enumerate(facts):
        shelves[group_of(fact.statement)].append(number)
        if fact.reach is Reach.NEAR:
            for term in dict.fromkeys(fact.statement.terms):
                if not is_vague(term):
                    shelves[term].append(number)
    kept = {pair for key, found in shelves.items() if _is_telling(key, found) for pair in combinations(found, 2)}
    for first, second in sorted(kept):
        yield facts[first], facts[second]


def _is_telling(key: object, found: Sequence[int]) -> bool:
    """Whether a shelf holds a group, or a term that is not everywhere."""
    return not isinstance(key, str) or len(found) <= _COMMON


def _alike(left: Fact, right: Fact) -> bool:
    return left.values == right.values and left.soft is right.soft and not left.refused and not right.refused


def _answered(fact: Fact, others: Sequence[Fact]) -> bool:
    """Whether another variant has the fact's value too, somewhere; how far a statement reaches is its own affair."""
    if fact.kind is FactKind.EXTENT:
        return False
    return any(_same(fact, other) for other in others if compatible(fact.scope, other.scope))


def _spread_out(left: Fact, right: Fact, mine: Sequence[Fact], yours: Sequence[Fact]) -> bool:
    """Whether a variant says in several statements what the other says in one: some options here, some there."""
    if left.reach is Reach.MATCHED or left.kind is not FactKind.CHOICE:
        return False
    taken, given = _all_values(mine), _all_values(yours)
    return (right.values <= taken and not right.values < left.values) or (
        left.values <= given and not left.values < right.values
    )


def _all_values(facts: Sequence[Fact]) -> set[str]:
    return {value for fact in facts for value in fact.values}


def _same(left: Fact, right: Fact) -> bool:
    if left.kind is FactKind.PERSON:
        return same_person(min(left.values), min(right.values))
    return _agree(left, right)


def _edge(left: Fact, right: Fact, answered: bool) -> _Edge | None:
    if left.values & right.refused or right.values & left.refused:
        return _Edge(left, right, _SURE[left.kind])
    if left.values == right.values:
        unlike = left.soft is not right.soft
        return _Edge(left, right, _WISH, wish=True) if unlike and left.values else None
    if answered or _agree(left, right):
        return None
    sure = _OVERLAP if left.values & right.values else _SURE[left.kind]
    return _Edge(left, right, sure if left.scope == right.scope else sure * _LIMITED)


def _agree(left: Fact, right: Fact) -> bool:
    if left.kind is FactKind.VERSION:
        return satisfies(left.values, right.values)
    if left.kind is FactKind.PERSON:
        return not _other_person(left, right)
    if left.kind is FactKind.CHOICE:
        return not left.values or not right.values or _share_options(left, right)
    return left.values == right.values


def _share_options(left: Fact, right: Fact) -> bool:
    """Whether two sets of options go together: with one in common they do, unless fewer are another answer."""
    if not left.values & right.values:
        return min(len(left.values), len(right.values)) > 1  # two lists of what there is
    nested = left.values < right.values or right.values < left.values
    enough = left.reach is Reach.MATCHED or min(len(left.values), len(right.values)) == 1
    return left.values == right.values or not (left.narrower and nested and enough)


def _other_person(left: Fact, right: Fact) -> bool:
    mine, yours = min(left.values), min(right.values)
    if same_person(mine, yours):
        return False
    return left.reach is Reach.EVERYWHERE or related_names(mine, yours)


def _components(edges: Sequence[_Edge]) -> list[list[_Edge]]:
    """Edges that share facts, together."""
    home: dict[int, int] = {}
    for edge in edges:
        first, second = (_root(home, id(fact)) for fact in (edge.left, edge.right))
        home[max(first, second)] = min(first, second)
    found: dict[int, list[_Edge]] = defaultdict(list)
    for edge in edges:
        found[_root(home, id(edge.left))].append(edge)
    return list(found.values())


def _root(home: dict[int, int], node: int) -> int:
    home.setdefault(node, node)
    while home[node] != node:
        node = home[node]
    return node


def _conflict(subject: str, edges: Sequence[_Edge]) -> Conflict:
    facts = {id(fact): fact for edge in edges for fact in (edge.left, edge.right)}
    ordered = sorted(facts.values(), key=lambda fact: (fact.statement.order, fact.shown))
    kind = ConflictKind.POLARITY if all(edge.wish for edge in edges) else ConflictKind.VALUE
    note = _direction(ordered) if kind is ConflictKind.POLARITY else ""
    sure = max(edge.sure for edge in edges)
    if ordered[0].kind is FactKind.EXTENT:
        subject = f"{subject}: {shared_words([fact.statement for fact in ordered])}".rstrip(": ")
    return draft(kind, subject, [_member(fact) for fact in ordered], confidence=sure, note=note)


def _direction(facts: Sequence[Fact]) -> str:
    """How the first side stands to the last."""
    first, last = facts[0].soft, facts[-1].soft
    return "" if first is last else "strengthened" if first else "weakened"


def _member(fact: Fact) -> ConflictMember:
    ref = fact.statement.ref
    return ConflictMember(ref.variant, ref.line, ref.text, fact.shown, ref.index)
