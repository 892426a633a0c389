"""Compound statements: one variant says in one item what another says in several.

    a: "Use circuit breakers, retries and timeouts"      b: "Circuit breaker for every client"
                                                         b: "Retries with backoff"

A compound lists short elements; a part speaks first of one of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from agentgen.compare.items_clusters import Cluster
from agentgen.compare.items_similarity import Similarity
from agentgen.compare.items_statements import Statement
from agentgen.compare.items_terms import is_vague, prose_of, terms

_TELLING = 0.7
"""What the terms of an element must tell at least, together."""
_NEAR = 0.3
"""The score from which a statement may be a part."""
_LONGEST = 18
"""A compound has at most so many words: more are a text that speaks of many things."""
_ELEMENT = 3
"""An element has at most so many terms."""
_SPLIT = re.compile(r"[,/&+;]|\band\b|\bor\b")
_HEAD_END = re.compile(
    r"[,;:(.\u2013\u2014]|\s-\s|\b(?:for|with|in|on|to|of|from|by|at|via|using|when|where|before|after|across|per|as)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)|[*_`]+")

Element = frozenset[str]


@dataclass(frozen=True, slots=True)
class Compound:
    """`whole` says along with more what each of `parts` says."""

    whole: Cluster
    parts: tuple[Statement, ...]


_Place = tuple[int, str, str]  # a whole, and the variant and section of its parts
_Part = tuple[Statement, Element]


def find_compounds(clusters: Sequence[Cluster], similarity: Similarity) -> list[Compound]:
    """Compounds with parts for at least two of their elements in one section of a variant that the whole is not from.

    A statement is part of one compound at most, and never of one while it is the whole of another.
    """
    wholes = [cluster for cluster in clusters if any(_elements(member) for member in cluster)]
    index: dict[str, list[tuple[int, Element]]] = defaultdict(list)
    for number, whole in enumerate(wholes):
        for element in sorted({element for member in whole for element in _elements(member)}, key=sorted):
            if sum(map(similarity.weight, sorted(element))) >= _TELLING:
                for term in sorted(element):
                    index[term].append((number, element))
    found: dict[_Place, list[_Part]] = defaultdict(list)
    for part in _lonely(clusters):
        head = _head(part)
        for number, element in index.get(head[0], ()) if head else ():
            if element <= set(head) and _may_hold(wholes[number], part, similarity):
                found[number, part.ref.variant, part.ref.section].append((part, element))
    return _chosen(wholes, found)


def _chosen(wholes: Sequence[Cluster], found: Mapping[_Place, Sequence[_Part]]) -> list[Compound]:
    """The places with the most parts first; a whole takes parts from one section a variant."""
    parts: dict[int, list[Statement]] = defaultdict(list)
    used: set[int] = set()
    for (number, variant, _), candidates in sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0])):
        free = [candidate for candidate in candidates if candidate[0].order not in used]
        served = any(part.ref.variant == variant for part in parts.get(number, ()))
        is_part = number not in parts and any(member.order in used for member in wholes[number])
        if served or is_part or not _are_several(free):
            continue
        parts[number].extend(dict.fromkeys(part for part, _ in free))
        used.update(part.order for part, _ in free)
        used.update(member.order for member in wholes[number])
    return [Compound(wholes[number], tuple(_sorted(kept))) for number, kept in sorted(parts.items())]


def _may_hold(whole: Cluster, part: Statement, similarity: Similarity) -> bool:
    """Whether a statement of another variant speaks of what the whole speaks of."""
    foreign = all(member.ref.variant != part.ref.variant for member in whole)
    return foreign and any(similarity.score(member, part) >= _NEAR for member in whole)


def _are_several(parts: Sequence[_Part]) -> bool:
    """Whether at least two statements serve different elements."""
    return len({element for _, element in parts}) > 1 and len({part.order for part, _ in parts}) > 1


def _sorted(parts: Iterable[Statement]) -> list[Statement]:
    return sorted(parts, key=lambda part: part.order)


def _lonely(clusters: Iterable[Cluster]) -> list[Statement]:
    """What no other variant says."""
    return [cluster[0] for cluster in clusters if len(cluster) == 1 and not cluster[0].code and not cluster[0].label]


def _elements(statement: Statement) -> frozenset[Element]:
    """The things that a short statement lists; none where it does not list several."""
    if statement.code or statement.label:
        return frozenset()
    return _listed(statement.ref.text)


@lru_cache(maxsize=1 << 13)
def _listed(text: str) -> frozenset[Element]:
    plain = _ASIDE.sub(" ", prose_of(text))
    if len(plain.split()) > _LONGEST:
        return frozenset()
    pieces = (frozenset(_telling(piece)) for piece in _SPLIT.split(plain))
    elements = frozenset(piece for piece in pieces if 0 < len(piece) <= _ELEMENT)
    return elements if len(elements) > 1 else frozenset()


def _head(statement: Statement) -> tuple[str, ...]:
    """What a statement speaks of first, in order."""
    return _telling(_ASIDE.sub("", prose_of(statement.ref.text)))


def _telling(text: str) -> tuple[str, ...]:
    """The terms in front of the first preposition that do not fit any statement."""
    return tuple(term for term in terms(_HEAD_END.split(text, maxsplit=1)[0]) if not is_vague(term))
