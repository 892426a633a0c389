"""Which pairs of statements are worth a closer look: an inverted index, so that not every pair is scored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from agentgen.compare.items_similarity import Similarity
from agentgen.compare.items_statements import Statement
from agentgen.compare.items_words import is_vague

_LEAST = 0.2
"""The least cosine of what two statements say."""
_MOST = 12
"""How many partners a statement keeps, the nearest ones."""
_COMMON = 120
"""A term that more statements share finds no candidates (it still counts in their score)."""
_LINE = 6
"""A line of code with fewer characters says nothing."""


def candidates(statements: Sequence[Statement], similarity: Similarity) -> Iterator[tuple[Statement, Statement]]:
    """Pairs of statements of different variants, the earlier one first; each pair once, in a stable order."""
    prose = [statement for statement in statements if not statement.code]
    code = [statement for statement in statements if statement.code]
    vectors = {statement.order: _telling(similarity.vector(statement)) for statement in prose}
    yield from _pairs(prose, vectors, _LEAST)
    yield from _pairs(code, {statement.order: _lines(statement) for statement in code}, 0.0)


def _telling(vector: Mapping[str, float]) -> Mapping[str, float]:
    """The terms of a vector that do not fit any statement; all of them where it has no others."""
    return {term: value for term, value in vector.items() if not is_vague(term)} or vector


def _lines(statement: Statement) -> Mapping[str, float]:
    """The lines of a code block, each once, as a vector of equal weights."""
    lines = {line.strip() for line in statement.normal.split("\n")}
    kept = sorted(line for line in lines if len(line) >= _LINE)
    return {line: 1.0 / len(kept) ** 0.5 for line in kept}


def _pairs(
    statements: Sequence[Statement], vectors: Mapping[int, Mapping[str, float]], least: float
) -> Iterator[tuple[Statement, Statement]]:
    by_order = {statement.order: statement for statement in statements}
    near: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for order, other, cosine in _neighbours(statements, vectors, least):
        near[order].append((-cosine, other))
        near[other].append((-cosine, order))
    kept = {
        (min(order, other), max(order, other))
        for order, found in near.items()
        for _, other in (sorted(found)[:_MOST] if len(found) > _MOST else found)
    }
    for left, right in sorted(kept):
        yield by_order[left], by_order[right]


def _neighbours(
    statements: Sequence[Statement], vectors: Mapping[int, Mapping[str, float]], least: float
) -> Iterator[tuple[int, int, float]]:
    """Pairs of statements of different variants that share a term, with their cosine (at least `least`)."""
    index = _Index(vectors, least)
    own: list[int] = []
    for _, group in groupby(statements, key=lambda statement: statement.ref.variant):
        index.add(own)
        own = [statement.order for statement in group]
        for order in own:
            for other, cosine in index.near(order):
                yield other, order, round(cosine, 9)


class _Index:
    """The statements of the variants before by their terms; what too many share is in it no more."""

    def __init__(self, vectors: Mapping[int, Mapping[str, float]], least: float) -> None:
        self._vectors = vectors
        self._least = least
        self._seen: Counter[str] = Counter()
        self._holders: dict[str, list[int]] = {}
        self._most: dict[str, float] = {}

    def near(self, order: int) -> Iterator[tuple[int, float]]:
        """The statements in the index that are near to the next one, with their cosines over what is not common."""
        mine, holders, seen = self._vectors[order], self._holders, self._seen
        shared = [term for term in mine if term in holders and seen[term] <= _COMMON]
        seen.update(mine.keys())
        for other in self._promising(mine, shared):
            yours = self._vectors[other]
            cosine = sum([mine[term] * yours[term] for term in shared if term in yours])
            if cosine >= self._least:
                yield other, cosine

    def add(self, orders: Iterable[int]) -> None:
        """Take statements in that `near` was asked for."""
        for order in orders:
            for term, value in self._vectors[order].items():
                if self._seen[term] <= _COMMON:
                    self._holders.setdefault(term, []).append(order)
                    self._most[term] = max(value, self._most.get(term, 0.0))
                else:
                    self._holders.pop(term, None)

    def _promising(self, mine: Mapping[str, float], shared: Sequence[str]) -> set[int]:
        """Who shares two terms, or one that is enough by itself: most share one only, and are passed over as sets."""
        once: set[int] = set()
        found: set[int] = set()
        for term in shared:
            holders = self._holders[term]
            found |= once.intersection(holders)
            once.update(holders)
            if mine[term] * self._most[term] >= self._least:
                found.update(other for other in holders if mine[term] * self._vectors[other][term] >= self._least)
        return found
