"""Which pairs of statements are worth a closer look: an inverted index, so that not every pair is scored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from agentgen.compare.items_similarity import Similarity
from agentgen.compare.items_statements import Statement

_LEAST = 0.2
"""The least cosine of what two statements say."""
_MOST = 20
"""How many partners a statement keeps, the nearest ones."""
_COMMON = 400
"""A term that more statements share finds no candidates (it still counts in their score)."""
_LINE = 6
"""A line of code with fewer characters says nothing."""


def candidates(statements: Sequence[Statement], similarity: Similarity) -> Iterator[tuple[Statement, Statement]]:
    """Pairs of statements of different variants, the earlier one first; each pair once, in a stable order."""
    prose = [statement for statement in statements if not statement.code]
    code = [statement for statement in statements if statement.code]
    vectors = {statement.order: similarity.vectors[statement.order] for statement in prose}
    yield from _pairs(prose, vectors, _LEAST)
    yield from _pairs(code, {statement.order: _lines(statement) for statement in code}, 0.0)


def _lines(statement: Statement) -> Mapping[str, float]:
    """The lines of a code block, each once, as a vector of equal weights."""
    lines = {line.strip() for line in statement.normal.split("\n")}
    kept = sorted(line for line in lines if len(line) >= _LINE)
    return {line: 1.0 / len(kept) ** 0.5 for line in kept}


def _pairs(
    statements: Sequence[Statement], vectors: Mapping[int, Mapping[str, float]], least: float
) -> Iterator[tuple[Statement, Statement]]:
    by_order = {statement.order: statement for statement in statements}
    kept: set[tuple[int, int]] = set()
    for order, near in _neighbours(statements, vectors):
        best = sorted((-round(cosine, 9), other) for other, cosine in near.items() if cosine >= least)
        kept.update((min(order, other), max(order, other)) for _, other in best[:_MOST])
    for left, right in sorted(kept):
        yield by_order[left], by_order[right]


def _neighbours(
    statements: Sequence[Statement], vectors: Mapping[int, Mapping[str, float]]
) -> Iterator[tuple[int, dict[int, float]]]:
    """For each statement the cosine to all that share a term and stand in another variant."""
    index: dict[str, list[tuple[int, str, float]]] = defaultdict(list)
    for statement in statements:
        for term, weight in vectors[statement.order].items():
            index[term].append((statement.order, statement.ref.variant, weight))
    for statement in statements:
        near: dict[int, float] = defaultdict(float)
        for term, weight in vectors[statement.order].items():
            postings = index[term]
            if len(postings) > _COMMON:
                continue
            for other, variant, value in postings:
                if variant != statement.ref.variant:
                    near[other] += weight * value
        yield statement.order, near
