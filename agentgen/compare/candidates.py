"""Candidates: which pairs of sections are worth comparing, from an inverted index.

Sections meet at what is rare in both: a concept their headings name, a heading word, one of their most telling body
words, the same text. What stands in too many sections brings nobody together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from agentgen.compare.concepts import Lexicon
from agentgen.compare.portraits import Portrait

Pair = tuple[int, int]

_TELLING = 14  # body terms of a section that are indexed
_PER_VARIANT = 4  # sections a variant may have under one feature before the feature is too common to count
_LEAST_IDENTITY = 0.15


def candidate_pairs(portraits: Sequence[Portrait], lexicon: Lexicon, places: Sequence[int]) -> list[Pair]:
    """Pairs of places (smaller first, sorted) of sections of different variants that share something telling.

    `places` are the sections that may be paired.
    """
    index: dict[str, list[int]] = {}
    for place in places:
        for feature in _features(portraits[place], lexicon):
            index.setdefault(feature, []).append(place)
    limit = _PER_VARIANT * len({portrait.sketch.key[0] for portrait in portraits})
    pairs: set[Pair] = set()
    for found in index.values():
        if 1 < len(found) <= limit:
            pairs.update(_across(portraits, found))
    return sorted(pairs)


def _across(portraits: Sequence[Portrait], places: Iterable[int]) -> Iterator[Pair]:
    for first, second in combinations(sorted(set(places)), 2):
        if portraits[first].sketch.key[0] != portraits[second].sketch.key[0]:
            yield first, second


def _features(portrait: Portrait, lexicon: Lexicon) -> Iterator[str]:
    if portrait.sketch.form:
        yield "form:" + portrait.sketch.form
    for word in sorted(set(portrait.sketch.heading)):
        yield "heading:" + word
    for name, weight in portrait.identity.items():
        if weight >= _LEAST_IDENTITY:
            yield name
            yield from (near for near in sorted(lexicon.near(name)))
    telling = sorted(portrait.body.items(), key=lambda term: (-term[1], term[0]))[:_TELLING]
    yield from ("word:" + term for term, _ in telling)
