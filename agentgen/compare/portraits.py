"""Portraits: sketches weighed against each other, ready to be compared in pairs.

What weighs how much is learned from the files at hand: a word that stands in many sections says little, a concept that
one file names in one heading only says much, and what the agents' own names say (in a family of debuggers, "debug")
says little anywhere.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agentgen.compare.concepts import Lexicon
from agentgen.compare.model import Variant
from agentgen.compare.sketches import Key, Sketch
from agentgen.compare.words import TfIdf, Vector, stems, tokens

_COMMON_NAME = 0.4  # a word in this share of the agents' names is the domain of all of them
_DOMAIN_WORD = 0.3
_DOMAIN_CONCEPT = 0.5
_CROWDING = 0.6  # exponent: how fast a concept loses weight with the number of headings of its file that name it
_CROWDING_BELOW = 0.3  # how much headings of deeper levels crowd one
_WORD_CROWDING = 0.4
_TYPED = 0.6  # how much the way a section is built counts against what its heading says
_MODIFIER_LEAST = 0.25
_FULL_HEADING = 2.5  # heading weight from which a heading says enough to be sure of


class Portrait(NamedTuple):
    """A section as unit vectors, with the strength of what its heading says (0 to 1).

    `identity` are the concepts that the heading and the way the section is built name, each 0 to 1, with its length;
    `subjects` and `parts` those that the body names.
    """

    sketch: Sketch
    identity: Vector
    identity_length: float
    heading: Vector
    heading_strength: float
    body: Vector
    subjects: Vector
    parts: Vector


def portray(variants: Sequence[Variant], sketches: Sequence[Sketch], lexicon: Lexicon) -> list[Portrait]:
    """The portraits of all sketches, in the same order."""
    return _Painter(variants, sketches, lexicon).paint()


class _Painter:
    def __init__(self, variants: Sequence[Variant], sketches: Sequence[Sketch], lexicon: Lexicon) -> None:
        self._sketches = sketches
        self._lexicon = lexicon
        self._domain_words, self._domain_concepts = _domain(variants, lexicon)
        self._headings = TfIdf((sketch.heading for sketch in sketches), bigrams=False)
        self._bodies = TfIdf(sketch.body for sketch in sketches).vectors()
        named_in = Counter(concept for sketch in sketches for concept in sketch.body_concepts)
        size = len(sketches)
        self._rarity = {name: math.log((1 + size) / (1 + count)) + 0.1 for name, count in named_in.items()}
        self._words = Counter((sketch.key[0], word) for sketch in sketches for word in set(sketch.heading))
        self._naming = _naming(sketches)
        self._ancestors = _ancestors(sketches)

    def paint(self) -> list[Portrait]:
        return [self._portrait(*each) for each in zip(self._sketches, self._bodies, strict=True)]

    def _portrait(self, sketch: Sketch, body: Vector) -> Portrait:
        heading = {word: self._heading_weight(sketch, word) for word in sketch.heading}
        identity = self._identity(sketch)
        return Portrait(
            sketch=sketch,
            identity=identity,
            identity_length=_length(identity),
            heading=_unit(heading),
            heading_strength=min(1.0, _length(heading) / _FULL_HEADING),
            body=body,
            subjects=self._named(sketch, "subject/"),
            parts=self._named(sketch, "part/"),
        )

    def _heading_weight(self, sketch: Sketch, word: str) -> float:
        crowding = float(self._words[sketch.key[0], word]) ** -_WORD_CROWDING
        domain = _DOMAIN_WORD if word in self._domain_words else 1.0
        return float(max(0.05, self._headings.weight(word) - 0.7) * crowding * domain)

    def _identity(self, sketch: Sketch) -> dict[str, float]:
        named = {
            name: min(1.0, times) * self._specific(sketch, name) for name, times in sketch.heading_concepts.items()
        }
        subject = max((weight for name, weight in named.items() if name.startswith("subject/")), default=None)
        if subject is not None:
            for name in named:
                if self._lexicon.is_modifier(name):
                    named[name] *= max(_MODIFIER_LEAST, 1.0 - subject)
        share = _TYPED / 2 if named else _TYPED
        for name, strength in sketch.typed.items():
            named[name] = max(named.get(name, 0.0), strength * share * self._specific(sketch, name))
            share = _TYPED / 2
        return named

    def _specific(self, sketch: Sketch, name: str) -> float:
        """1 for the only section of its file that names a concept, less for one of many. What stands below is free."""
        crowd = 1.0
        for other, strength in self._naming[sketch.key[0], name]:
            if other is not sketch and sketch.key not in self._ancestors[other.key]:
                crowd += strength * (_CROWDING_BELOW if other.section.level > sketch.section.level else 1.0)
        return float(crowd**-_CROWDING) * (_DOMAIN_CONCEPT if name in self._domain_concepts else 1.0)

    def _named(self, sketch: Sketch, kind: str) -> Vector:
        return _unit(
            {
                name: (1.0 + math.log((1.0 + times) / 2)) * self._rarity[name] * self._common(name)
                for name, times in sketch.body_concepts.items()
                if name.startswith(kind)
            }
        )

    def _common(self, name: str) -> float:
        return 0.4 if name in self._domain_concepts else 1.0


def _domain(variants: Sequence[Variant], lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """The words and the concepts that the names of many of the agents share."""
    words: Counter[str] = Counter()
    concepts: Counter[str] = Counter()
    for variant in variants:
        name = str(variant.document.frontmatter.values.get("name", ""))
        titles = [section.heading or "" for section in variant.document.sections if section.level == 1][:1]
        words.update({word for text in (name, *titles) for word in tokens(text)})
        concepts.update({concept for text in (name, *titles) for concept in lexicon.find(stems(text))})
    enough = max(2.0, _COMMON_NAME * len(variants))
    return (
        frozenset(word for word, count in words.items() if count >= enough),
        frozenset(concept for concept, count in concepts.items() if count >= enough),
    )


def _naming(sketches: Sequence[Sketch]) -> dict[tuple[str, str], list[tuple[Sketch, float]]]:
    """For variant and concept the sections that name it, with how strongly."""
    naming: dict[tuple[str, str], list[tuple[Sketch, float]]] = {}
    for sketch in sketches:
        for name, times in sketch.heading_concepts.items():
            strength = min(1.0, times) * (0.3 if sketch.title else 1.0)
            naming.setdefault((sketch.key[0], name), []).append((sketch, strength))
        for name, strength in sketch.typed.items():
            if name not in sketch.heading_concepts:
                naming.setdefault((sketch.key[0], name), []).append((sketch, 0.3 * strength))
    return naming


def _ancestors(sketches: Sequence[Sketch]) -> dict[Key, frozenset[Key]]:
    """The keys of all sections above each one; a parent stands before its children."""
    found: dict[Key, frozenset[Key]] = {}
    for sketch in sketches:
        above = found[sketch.parent] | {sketch.parent} if sketch.parent is not None else frozenset()
        found[sketch.key] = above
    return found


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(math.fsum(weight * weight for weight in weights.values()))


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    length = _length(weights)
    return {name: weight / length for name, weight in weights.items()} if length else {}
