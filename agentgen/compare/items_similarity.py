"""How near two statements are.

The score adds up evidence; `ENOUGH` of it puts two statements in one group. Weights were set on hand-labelled pairs of
agent files by independent authors.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from agentgen.compare.items_roles import play_apart
from agentgen.compare.items_statements import Context, Statement
from agentgen.compare.items_words import commonness, is_vague, subject_of

ENOUGH = 0.62
"""The score from which two statements say the same."""

_OWN = 0.77  # the cosine of what both say
_CONTEXT = 0.26  # the cosine of the headings above them
_CROSS = 0.14  # one says what stands in the other's heading
_INFORMATION = 0.3  # how much they share in all: two rare terms are full measure
_PAIRS = 0.05  # each pair of neighbouring terms in both, two at most
_ANCHOR = 0.08  # a name in both
_HEAD = 0.15  # both speak first of one thing
_LABEL = -0.2  # one only announces what follows
_ROW = 0.11  # their sections stand in one row

_VAGUE = 0.6  # the weight of a term that fits any statement
_ELABORATION = 0.75  # the weight of a term behind the lead or in parentheses
_PRIOR = 400  # statements seen elsewhere that count besides: a few do not tell rare terms from common ones
_SAID = 0.5  # how near two statements must be for their place to count in full
_NEARLY = 0.8  # how near they must be where they share nothing but terms that fit any statement
_RARE = 0.5  # the weight from which a name is an anchor

_Vector = Mapping[str, float]


class _Outline(NamedTuple):
    """What a statement speaks of first, and its pairs of neighbouring terms."""

    subject: str
    pairs: frozenset[tuple[str, str]]


class Similarity:
    """Scores pairs of one comparison's statements; the weights of terms are learned from all of them."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        counts = Counter(term for statement in statements for term in set(statement.terms))
        self._size = len(statements) + _PRIOR
        self._weights = {term: self._weight(term, count) for term, count in counts.items()}
        self._vectors: dict[int, _Vector] = {}
        self._outlines: dict[int, _Outline] = {}
        self._contexts: dict[Context, _Vector] = {}
        self._near: dict[tuple[Context, Context], float] = {}

    def vector(self, statement: Statement) -> _Vector:
        """What a statement says as a unit vector over its terms; empty for one without any."""
        if statement.order not in self._vectors:
            self._vectors[statement.order] = self._own(statement)
        return self._vectors[statement.order]

    def weight(self, term: str) -> float:
        """What a term tells, 0 to 1: rare terms tell more, vague ones less."""
        return self._weights[term] if term in self._weights else self._weight(term, 0)

    def score(self, left: Statement, right: Statement) -> float:
        """The evidence that two statements say the same; 0 where they share no term, or play different roles."""
        if left.topic != right.topic and play_apart(left.roles, right.roles):
            return 0.0
        mine, yours = self.vector(left), self.vector(right)
        shared = [term for term in mine if term in yours]
        if not shared:
            return 0.0
        own = sum([mine[term] * yours[term] for term in shared])
        said = self._said(left, right, own, min(1.0, sum([self._weights[term] for term in shared]) / 2))
        if own < _NEARLY and all(map(is_vague, shared)):
            return said
        return said + min(1.0, own / _SAID) ** 2 * self._place(left, right)

    def _said(self, left: Statement, right: Statement, own: float, information: float) -> float:
        """The evidence of what two statements say."""
        mine, yours = self._outline(left), self._outline(right)
        evidence = _OWN * own + _INFORMATION * information
        evidence += _PAIRS * min(2, len(mine.pairs & yours.pairs))
        if mine.subject == yours.subject and self.weight(mine.subject) >= _RARE:
            evidence += _HEAD
        if any(self.weight(name) >= _RARE for name in left.anchors & right.anchors):
            evidence += _ANCHOR
        return evidence if left.label is right.label else evidence + _LABEL

    def _outline(self, statement: Statement) -> _Outline:
        if statement.order not in self._outlines:
            terms = statement.terms
            self._outlines[statement.order] = _Outline(subject_of(terms), frozenset(pairwise(terms)))
        return self._outlines[statement.order]

    def _place(self, left: Statement, right: Statement) -> float:
        """The evidence of where two statements stand."""
        row = _ROW if left.topic == right.topic else 0.0
        cross = max(self._spoken_of(left, right.context), self._spoken_of(right, left.context))
        return row + _CONTEXT * self._nearness(left.context, right.context) + _CROSS * cross

    def _weight(self, term: str, count: int) -> float:
        seen = count + _PRIOR * commonness(term) + 0.5
        rarity = math.log(self._size / seen) / math.log(self._size)
        return max(0.05, rarity) * (_VAGUE if is_vague(term) else 1.0)

    def _own(self, statement: Statement) -> _Vector:
        weights, title = self._weights, statement.title
        own = dict.fromkeys(statement.terms)
        return _unit({term: weights[term] * (1.0 if term in title else _ELABORATION) for term in own})

    def _context(self, context: Context) -> _Vector:
        if context not in self._contexts:
            terms = sorted(context.here | context.above)
            self._contexts[context] = _unit({term: self.weight(term) for term in terms})
        return self._contexts[context]

    def _nearness(self, left: Context, right: Context) -> float:
        key = (left, right)
        if key not in self._near:
            self._near[key] = _dot(self._context(left), self._context(right))
        return self._near[key]

    def _spoken_of(self, statement: Statement, context: Context) -> float:
        return _dot(self.vector(statement), self._context(context))


def _unit(raw: _Vector) -> _Vector:
    """The vector with length 1; an empty one stays empty."""
    length = math.sqrt(math.fsum([value * value for value in raw.values()]))
    return {term: value / length for term, value in raw.items()} if length else {}


def _dot(left: _Vector, right: _Vector) -> float:
    if len(left) > len(right):
        left, right = right, left
    return sum([value * right[term] for term, value in left.items() if term in right])
