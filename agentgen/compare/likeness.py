"""Likeness: how likely a careful reader puts two sections in one row, from 0 to 1, and why.

A logistic formula over a few kinds of evidence. Its weights are measured on labelled rows of several families of files
(`benchmarks/alignment.py` shows what they give); each can be read: two full points of evidence more make the odds
seven times better.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul
from typing import NamedTuple

from agentgen.compare.concepts import Lexicon
from agentgen.compare.portraits import Portrait
from agentgen.compare.sketches import Sketch
from agentgen.compare.words import Vector, cosine

_NEAR = 0.5  # how much a concept counts for one that is near to it
_SAME_TEXT = 0.99

_ENOUGH_WORDS = 0.35  # likeness of two bodies from which a shared concept counts in full
_COPY = (0.4, 0.8)  # likeness of two bodies from which one is taken for the other, edited: a little, surely
_COPY_SIZE = 0.7  # natural logarithm of the ratio of their lengths at which it no longer is
_SAMPLES = frozenset({"part/output", "part/progress", "part/report", "part/template"})

_BASE = -3.3


class Features(NamedTuple):
    """The evidence about a pair, each 0 to 1.

    `heading` are shared heading words, `concept` shared concepts of heading and build, `supported` these as far as the
    bodies bear them out (a heading alone proves little), `other_concept` how surely both name different ones.
    `subjects`, `parts` and `words` are what the bodies share, `copied` how surely one is the other, edited. `parent`
    are shared concepts of the headings above; `frame` is 1 where these make different things of the two, `sample`
    where one of the two shows what the agent writes, `inner` where only one is the whole content of the section above
    and the headings differ.
    """

    heading: float
    equal_heading: float
    concept: float
    supported: float
    other_concept: float
    subjects: float
    parts: float
    words: float
    copied: float
    frame: float
    sample: float
    parent: float
    inner: float
    same_text: bool


_WEIGHTS = Features(
    heading=3.9,
    equal_heading=4.3,
    concept=0.0,
    supported=8.8,
    other_concept=-3.7,
    subjects=0.6,
    parts=1.2,
    words=0.0,
    copied=7.0,
    frame=-1.6,
    sample=-5.0,
    parent=0.7,
    inner=-2.4,
    same_text=False,
)


class Likeness:
    """Compares portraits by their positions in the list given."""

    def __init__(self, portraits: Sequence[Portrait], lexicon: Lexicon) -> None:
        self._portraits = portraits
        self._lexicon = lexicon
        self._places = {portrait.sketch.key: place for place, portrait in enumerate(portraits)}
        self._above: dict[tuple[int, int], float] = {}

    def score(self, first: int, second: int) -> float:
        """The probability that the two belong in one row; the same for both orders."""
        features = self.features(first, second)
        total = _BASE + math.fsum(map(mul, _WEIGHTS, features))
        score = 1.0 / (1.0 + math.exp(-total))
        return round(max(score, _SAME_TEXT) if features.same_text else score, 9)

    def features(self, first: int, second: int) -> Features:
        """The evidence about two portraits."""
        one, two = self._portraits[first], self._portraits[second]
        concept, other = self._concepts(one, two)
        strength = math.sqrt(one.heading_strength * two.heading_strength)
        words = math.sqrt(cosine(one.body, two.body))
        equal = _equal_headings(one.sketch, two.sketch)
        inner = one.sketch.inner != two.sketch.inner and not equal
        apart = _frames_apart(one, two)
        sample = bool(apart & _SAMPLES)
        return Features(
            heading=cosine(one.heading, two.heading) * strength,
            equal_heading=float(equal),
            concept=concept,
            supported=concept * min(1.0, words / _ENOUGH_WORDS),
            other_concept=other,
            subjects=cosine(one.subjects, two.subjects),
            parts=cosine(one.parts, two.parts),
            words=words,
            copied=0.0 if inner else _copied(words, len(one.sketch.body), len(two.sketch.body)),
            frame=float(bool(apart) and not sample),
            sample=float(sample),
            parent=self._parents(one, two),
            inner=float(inner),
            same_text=one.sketch.form == two.sketch.form and not inner and (bool(one.sketch.form) or equal),
        )

    def shared_concepts(self, first: int, second: int) -> tuple[str, ...]:
        """The concepts that both headings name, strongest first."""
        one, two = self._portraits[first].identity, self._portraits[second].identity
        shared = {name: one[name] * two[name] for name in one if name in two}
        return tuple(sorted(shared, key=lambda name: (-shared[name], name)))

    def _parents(self, one: Portrait, two: Portrait) -> float:
        above, beside = one.sketch.parent, two.sketch.parent
        if above is None or beside is None or one.sketch.section.level < 2 or two.sketch.section.level < 2:
            return 0.0
        pair = (self._places[above], self._places[beside])
        if pair not in self._above:
            self._above[pair] = self._concepts(self._portraits[pair[0]], self._portraits[pair[1]])[0]
        return self._above[pair]

    def _concepts(self, one: Portrait, two: Portrait) -> tuple[float, float]:
        """How surely the two name the same concepts, and how surely different ones."""
        if not one.identity_length or not two.identity_length:
            return 0.0, 0.0
        first, second = one.identity, two.identity
        exact = math.fsum([weight * second[name] for name, weight in first.items() if name in second])
        shared = exact + (self._near(first, second) + self._near(second, first)) / 2
        alike = min(1.0, shared / (one.identity_length * two.identity_length))
        sure = min(1.0, one.identity_length) * min(1.0, two.identity_length)
        return alike * sure, (1.0 - alike) * sure

    def _near(self, one: Vector, two: Vector) -> float:
        """What the concepts that only `one` names share with near ones that only `two` names."""
        total = 0.0
        for name, weight in one.items():
            if name not in two:
                near = self._lexicon.near(name)
                total += weight * max(
                    (other for found, other in two.items() if found in near and found not in one), default=0.0
                )
        return _NEAR * total


def _equal_headings(one: Sketch, two: Sketch) -> bool:
    """The same words; or, in headings without a word, the same signs."""
    if one.heading or two.heading:
        return one.heading == two.heading
    return one.section.heading is not None and two.section.heading is not None and one.label == two.label


def _frames_apart(one: Portrait, two: Portrait) -> frozenset[str]:
    """The frames of only one of the two; a heading that names a frame itself stands outside of it."""
    if one.sketch.frame == two.sketch.frame:
        return frozenset()
    return (one.sketch.frame ^ two.sketch.frame) - one.identity.keys() - two.identity.keys()


def _copied(words: float, length: int, other: int) -> float:
    """How surely a text is an edited copy of another: many shared words and about the same length."""
    least, full = _COPY
    alike = min(1.0, max(0.0, (words - least) / (full - least)))
    sizes = abs(math.log((length + 5) / (other + 5)))
    return alike * max(0.0, 1.0 - sizes / _COPY_SIZE)
