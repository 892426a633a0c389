"""Conflicts of obligation: what one variant demands and another forbids, and what binds more or less than elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product, zip_longest

from agentgen.compare.conflicts_model import draft, shared_words
from agentgen.compare.facts_rules import rule_text
from agentgen.compare.items_statements import Statement
from agentgen.compare.model import Conflict, ConflictKind, ConflictMember
from agentgen.compare.obligation import Level, levels_of, without_obligations
from agentgen.compare.obligation_acts import Act

Weight = Callable[[str], float]

_ALIKE = 0.85
"""The share of words in common, words of obligation aside, from which two statements speak of the same act."""
_CHANGED_SURE = 0.7
_OPPOSITE_SURE = 0.8
_COVERED = 0.75
"""The share of what is forbidden that a demand must name."""
_MEANT = 0.4
"""The share of a demand, its verb included, that must be about what is forbidden."""
_ROUNDING = 1e-6  # sums of weights differ in their last digits
_SUBJECT = 0.5
"""What a term must weigh to be a subject by itself."""
_SHOWN = {
    Level.FORBID: "forbidden",
    Level.AVOID: "to be avoided",
    Level.MAY: "allowed",
    Level.SHOULD: "should",
    Level.PLAIN: "demanded",
    Level.MUST: "must",
}


def changed_obligations(groups: Iterable[Sequence[Statement]]) -> Iterator[Conflict]:
    """Statements of one group that speak of the same act with another force, one conflict a group."""
    for group in groups:
        wordings = {statement.normal: statement for statement in group}
        levels = {normal: levels_of(rule_text(one)) for normal, one in wordings.items()} if len(wordings) > 1 else {}
        first = {levels[statement.normal]: statement for statement in reversed(group)} if levels else {}
        for left, right in combinations(sorted(first.values(), key=lambda statement: statement.order), 2):
            changed = _changed(left, right) if left.ref.variant != right.ref.variant else None
            if changed is not None:
                yield _conflict((left, right), changed, _CHANGED_SURE)
                break


def opposite_demands(forbidden: Sequence[Act], demanded: Sequence[Act], weight: Weight) -> Iterator[Conflict]:
    """What one variant forbids and another demands, wherever the two stand."""
    index: dict[tuple[str, str], list[int]] = defaultdict(list)
    named = frozenset(term for act in forbidden for term in act.about)
    for number, act in enumerate(demanded):
        for verb, term in product(act.verbs, act.about & named):
            index[verb, term].append(number)
    for act in forbidden:
        for number in _demands_of(act, index, weight):
            if _is_opposite(act, demanded[number], weight):
                sides = sorted((act, demanded[number]), key=lambda side: side.statement.order)
                statements = sides[0].statement, sides[1].statement
                yield _conflict(statements, (sides[0].level, sides[1].level), _OPPOSITE_SURE)


def _demands_of(act: Act, index: Mapping[tuple[str, str], Sequence[int]], weight: Weight) -> list[int]:
    """The demands, in order, that may name enough of what is forbidden.

    Who names enough names one of any terms that weigh more than what may be missing: the rarest are looked up.
    """
    found = {term: [index.get((verb, term), ()) for verb in sorted(act.verbs)] for term in act.about}
    missing = (1 - _COVERED) * _sum(act.about, weight) + _ROUNDING
    numbers: set[int] = set()
    for term in sorted(found, key=lambda term: (sum(map(len, found[term])), term)):
        numbers.update(*found[term])
        missing -= weight(term)
        if missing < 0:
            break
    return sorted(numbers)


def _changed(left: Statement, right: Statement) -> tuple[Level, Level] | None:
    """The first levels in which two statements differ, where nothing else does."""
    from rapidfuzz.distance import Indel

    mine, yours = rule_text(left), rule_text(right)
    both = zip_longest(levels_of(mine), levels_of(yours), fillvalue=Level.PLAIN)
    levels = next((pair for pair in both if pair[0] != pair[1]), None)
    if levels is None:
        return None
    alike = Indel.normalized_similarity(without_obligations(mine), without_obligations(yours))
    return levels if alike >= _ALIKE else None


def _is_opposite(forbidden: Act, demand: Act, weight: Weight) -> bool:
    if forbidden.statement.ref.variant == demand.statement.ref.variant:
        return False
    shared = forbidden.about & demand.about
    if len(shared) < 2 and max(map(weight, shared), default=0.0) < _SUBJECT:
        return False
    common = _sum(shared, weight)
    return common >= _COVERED * _sum(forbidden.about, weight) and common >= _MEANT * _sum(demand.about, weight)


def _sum(terms: Iterable[str], weight: Weight) -> float:
    return sum(sorted(weight(term) for term in terms))


def _conflict(sides: tuple[Statement, Statement], levels: tuple[Level, Level], sure: float) -> Conflict:
    opposite = (levels[0] < 0) is not (levels[1] < 0)
    note = "" if opposite else "weakened" if levels[1] < levels[0] else "strengthened"
    members = [_member(side, level) for side, level in zip(sides, levels, strict=True)]
    return draft(ConflictKind.POLARITY, shared_words(sides) or "obligation", members, confidence=sure, note=note)


def _member(statement: Statement, level: Level) -> ConflictMember:
    ref = statement.ref
    return ConflictMember(ref.variant, ref.line, ref.text, _SHOWN[level], ref.index)
