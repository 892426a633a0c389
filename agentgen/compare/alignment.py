"""Alignment: the sections of all variants in rows, with the evidence for each row and the rows near to it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from agentgen.compare.candidates import Pair, candidate_pairs
from agentgen.compare.clusters import Clusters
from agentgen.compare.concepts import Lexicon, lexicon
from agentgen.compare.likeness import Features, Likeness
from agentgen.compare.model import Evidence, Variant
from agentgen.compare.opening import find_openings
from agentgen.compare.portraits import Portrait, portray
from agentgen.compare.sketches import Key, Sketch, sketch_variants
from agentgen.compare.topics import OPENING_ID, Row, name_rows
from agentgen.source import to_lf

ROW = 0.53
"""The average score from which sections share a row."""

SEE_ALSO = 0.15
"""The average score from which one row is worth a look beside another."""

_SHOWN_NEAR = 3
_SHOWN_PAIRS = 60  # pairs of a row that confidence and evidence are taken from
_LEAST_EVIDENCE = 0.1
_OPENING_CONFIDENCE = 0.95


class Alignment(NamedTuple):
    """Rows in order, and for each row id its confidence (0 to 1), evidence, and the ids of rows near to it."""

    rows: tuple[Row, ...]
    confidence: Mapping[str, float]
    evidence: Mapping[str, tuple[Evidence, ...]]
    see_also: Mapping[str, tuple[str, ...]]


def align(
    variants: Sequence[Variant],
    pins: Sequence[Mapping[str, str]] = (),
    concepts: Sequence[Mapping[str, object]] = (),
) -> Alignment:
    """Put the sections of variants into rows. Neither their order nor their ids decide between equally good rows."""
    words = lexicon(concepts)
    ordered = sorted(variants, key=lambda variant: (to_lf(variant.document.source.text), variant.id))
    sketches = sketch_variants(ordered, words)
    portraits = portray(ordered, sketches, words)
    openings = frozenset(find_openings(ordered, sketches).values())
    return _Aligner(sketches, portraits, words, openings, pins).align()


class _Aligner:
    def __init__(
        self,
        sketches: Sequence[Sketch],
        portraits: Sequence[Portrait],
        words: Lexicon,
        openings: frozenset[Key],
        pins: Sequence[Mapping[str, str]],
    ) -> None:
        self._sketches = sketches
        self._portraits = portraits
        self._words = words
        self._likeness = Likeness(portraits, words)
        self._scores: dict[Pair, float] = {}
        self._place = {sketch.key: place for place, sketch in enumerate(sketches)}
        self._pinned = self._pinned_rows(pins)
        self._opening_row = self._opening(frozenset(self._place[key] for key in openings))
        self._openings = frozenset(sketches[place].key for place in self._opening_row)

    def align(self) -> Alignment:
        others = [row for row in self._pinned if not set(row) & set(self._opening_row)]
        fixed = [*others, *([self._opening_row] if self._opening_row else [])]
        variants = [sketch.key[0] for sketch in self._sketches]
        clusters = Clusters(variants, self._candidates(), self._score, ROW, fixed)
        places = clusters.rows
        rows = name_rows([[self._sketches[place] for place in row] for row in places], self._openings)
        row_of = {sketch.key: row.id for row in rows for sketch in row.sketches}
        named = {row_of[self._sketches[row[0]].key]: row for row in places}
        return Alignment(
            rows=tuple(rows),
            confidence={name: self._confidence(name, row) for name, row in named.items()},
            evidence={name: self._evidence(name, row) for name, row in named.items()},
            see_also=self._see_also(rows, clusters.near(SEE_ALSO), row_of),
        )

    def _pinned_rows(self, pins: Sequence[Mapping[str, str]]) -> list[list[int]]:
        rows: list[list[int]] = []
        taken: set[int] = set()
        for pin in pins:
            row = [self._place[key] for key in pin.items() if key in self._place and self._place[key] not in taken]
            taken.update(row)
            if row:
                rows.append(sorted(row))
        return sorted(rows)

    def _opening(self, openings: frozenset[int]) -> list[int]:
        """The row of opening statements: what somebody pinned, with the openings of variants that were not pinned."""
        pinned = max(self._pinned, key=lambda row: len(openings.intersection(row)), default=[])
        row = set(pinned) if openings.intersection(pinned) else set()
        taken = {place for other in self._pinned for place in other}
        present = {self._sketches[place].key[0] for place in row}
        for place in openings - taken:
            if self._sketches[place].key[0] not in present:
                row.add(place)
        return sorted(row)

    def _candidates(self) -> list[Pair]:
        """The pairs worth comparing. A title meets only titles; the opening meets nobody."""
        closed = set(self._opening_row)
        free = [place for place in range(len(self._sketches)) if place not in closed]
        return [pair for pair in candidate_pairs(self._portraits, self._words, free) if self._comparable(*pair)]

    def _score(self, first: int, second: int) -> float:
        pair = (first, second)
        if pair not in self._scores:
            comparable = self._comparable(first, second)
            self._scores[pair] = self._likeness.score(first, second) if comparable else 0.0
        return self._scores[pair]

    def _comparable(self, first: int, second: int) -> bool:
        return self._sketches[first].title == self._sketches[second].title

    def _confidence(self, name: str, row: Sequence[int]) -> float:
        if len(row) < 2 or tuple(row) in {tuple(pinned) for pinned in self._pinned}:
            return 1.0
        if name == OPENING_ID:
            return _OPENING_CONFIDENCE
        return _mean([self._score(*pair) for pair in self._pairs(row)])

    def _evidence(self, name: str, row: Sequence[int]) -> tuple[Evidence, ...]:
        if any(set(pinned) <= set(row) for pinned in self._pinned):
            return (Evidence("pinned", 1.0, "given by the recipe"),)
        if len(row) < 2:
            return ()
        if name == OPENING_ID:
            return (Evidence("opening", _OPENING_CONFIDENCE, "each says who the agent is"),)
        pairs = self._pairs(row)
        return self._measured(pairs, [self._likeness.features(*pair) for pair in pairs])

    def _pairs(self, row: Sequence[int]) -> list[Pair]:
        """The pairs of a row, or an even sample of them where there are many."""
        pairs = list(combinations(row, 2))
        return pairs[:: 1 + len(pairs) // _SHOWN_PAIRS]

    def _measured(self, pairs: Sequence[Pair], features: Sequence[Features]) -> tuple[Evidence, ...]:
        heading = _mean([max(found.heading, found.equal_heading) for found in features])
        concept = _mean([found.concept for found in features])
        words = _mean([found.words for found in features])
        found = [
            Evidence("heading", heading, "shared heading words"),
            Evidence("concept", concept, self._named_concepts(pairs)),
            Evidence("words", words, "shared words and word pairs of the text"),
        ]
        return tuple(sorted((one for one in found if one.weight >= _LEAST_EVIDENCE), key=lambda one: -one.weight))

    def _named_concepts(self, pairs: Sequence[Pair]) -> str:
        counts: dict[str, int] = {}
        for pair in pairs:
            for concept in self._likeness.shared_concepts(*pair):
                counts[concept] = counts.get(concept, 0) + 1
        names = sorted(counts, key=lambda concept: (-counts[concept], concept))
        return ", ".join(name.partition("/")[2] for name in names[:3])

    def _see_also(
        self, rows: Sequence[Row], near: Mapping[Pair, float], row_of: Mapping[Key, str]
    ) -> dict[str, tuple[str, ...]]:
        links: dict[str, list[tuple[float, str]]] = {row.id: [] for row in rows}
        for (first, second), average in near.items():
            one, two = row_of[self._sketches[first].key], row_of[self._sketches[second].key]
            links[one].append((-average, two))
            links[two].append((-average, one))
        return {name: tuple(other for _, other in sorted(found)[:_SHOWN_NEAR]) for name, found in links.items()}


def _mean(values: Sequence[float]) -> float:
    """The mean to two digits; 0 for none."""
    return round(math.fsum(values) / len(values), 2) if values else 0.0
