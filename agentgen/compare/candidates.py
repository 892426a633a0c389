"""Candidates: which pairs of sections are worth comparing, from an inverted index.

Sections meet at what is telling in both: a concept their headings name, a heading word, one of their most telling body
words, the same text. What stands in too many sections brings nobody together; where many variants share a feature, each
section meets a window of them, so that the number of pairs grows with the number of sections and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest

from agentgen.compare.concepts import Lexicon
from agentgen.compare.portraits import Portrait

Pair = tuple[int, int]

_TELLING = 14  # body terms of a section that are indexed
_PER_VARIANT = 4  # sections a variant may have under one feature before the feature is too common to count
_WINDOW = 48  # sections that one meets under one feature
_KEPT = 40  # candidates of a section that are compared
_LEAST_IDENTITY = 0.15
_EXACT = ("form:", "label:")  # features that are never too common


def candidate_pairs(portraits: Sequence[Portrait], lexicon: Lexicon, places: Sequence[int]) -> list[Pair]:
    """Pairs of places (smaller first, sorted) of sections of different variants that share something telling.

    `places` are the sections that may be paired.
    """
    index: dict[str, list[int]] = {}
    for place in places:
        for feature in _features(portraits[place], lexicon):
            index.setdefault(feature, []).append(place)
    limit = _PER_VARIANT * len({portrait.sketch.key[0] for portrait in portraits})
    weights: dict[Pair, float] = {}
    for feature, found in index.items():
        if 1 < len(found) <= limit or feature.startswith(_EXACT):
            for pair in _meetings(portraits, found):
                weights[pair] = weights.get(pair, 0.0) + 1.0 / len(found)
    return sorted(_best(weights))


def _meetings(portraits: Sequence[Portrait], places: Sequence[int]) -> Iterator[Pair]:
    """Pairs across variants within the window; places are sorted, so those of one variant stand together."""
    for at, first in enumerate(places):
        variant = portraits[first].sketch.key[0]
        for second in places[at + 1 : at + 1 + _WINDOW]:
            if portraits[second].sketch.key[0] != variant:
                yield first, second


def _best(weights: dict[Pair, float]) -> set[Pair]:
    """The pairs that are among the heaviest of at least one of their two sections."""
    of_place: dict[int, list[tuple[float, Pair]]] = {}
    for pair, weight in weights.items():
        for place in pair:
            of_place.setdefault(place, []).append((-round(weight, 9), pair))
    return {pair for found in of_place.values() for _, pair in _heaviest(found)}


def _heaviest(found: list[tuple[float, Pair]]) -> Iterable[tuple[float, Pair]]:
    return found if len(found) <= _KEPT else nsmallest(_KEPT, found)


def _features(portrait: Portrait, lexicon: Lexicon) -> list[str]:
    """The features of a section, each once."""
    found = {"heading:" + word for word in portrait.sketch.heading}
    if portrait.sketch.section.heading is not None:
        found.add("label:" + portrait.sketch.label)
    if portrait.sketch.form:
        found.add("form:" + portrait.sketch.form)
    for name, weight in portrait.identity.items():
        if weight >= _LEAST_IDENTITY:
            found.add(name)
            found.update(lexicon.near(name))
    telling = nsmallest(_TELLING, portrait.body.items(), key=lambda term: (-term[1], term[0]))
    found.update("word:" + term for term, _ in telling)
    return sorted(found)
