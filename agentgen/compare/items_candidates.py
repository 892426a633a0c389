"""Which pairs of statements are worth a closer look: an inverted index, so that not every pair is scored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

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
    vectors = {statement.order: _telling(similarity.vectors[statement.order]) for statement in prose}
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
    variant_of = {statement.order: statement.ref.variant for statement in statements}
    index: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for statement in statements:
        order, variant = statement.order, statement.ref.variant
        near: dict[int, float] = defaultdict(float)
        for term, weight in vectors[order].items():
            postings = index[term]
            if len(postings) <= _COMMON:
                for other, value in postings:
                    near[other] += weight * value
            postings.append((order, weight))
        for other, cosine in near.items():
            if cosine >= least and variant_of[other] != variant:
                yield other, order, round(cosine, 9)
