"""Compound statements: one variant says in one item what another says in several.

    a: "Use circuit breakers, retries and timeouts"      b: "Circuit breaker for every client"
                                                         b: "Retries with backoff"

A compound lists short elements; a part speaks first of one of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from agentgen.compare.items_clusters import Cluster
from agentgen.compare.items_elements import Element, speaks_of
from agentgen.compare.items_similarity import Similarity
from agentgen.compare.items_statements import Statement
from agentgen.compare.items_terms import prose_of

_TELLING = 0.7
"""What the terms of an element must tell at least, together."""
_NEAR = 0.3
"""The score from which a statement may be a part."""


class Compound(NamedTuple):
    """`whole` says along with more what each of `parts` says."""

    whole: Cluster
    parts: tuple[Statement, ...]


_Place = tuple[int, str, str]  # a whole, and the variant and section of its parts
_Part = tuple[Statement, Element]


def find_compounds(clusters: Sequence[Cluster], similarity: Similarity) -> list[Compound]:
    """Compounds with parts for at least two of their elements in one section of a variant that the whole is not from.

    A statement is part of one compound at most, and never of one while it is the whole of another. Parts are what no
    other variant says, or what was taken to say the same as the whole alone.
    """
    wholes = [_split(cluster) for cluster in clusters if any(member.elements for member in cluster)]
    lonely = [cluster[0] for cluster in clusters if len(cluster) == 1 and not cluster[0].code and not cluster[0].label]
    index: dict[str, list[tuple[int, Element]]] = defaultdict(list)
    for number, (whole, _) in enumerate(wholes):
        for element in sorted({element for member in whole for element in member.elements}, key=sorted):
            if sum(map(similarity.weight, sorted(element))) >= _TELLING:
                for term in sorted(element):
                    index[term].append((number, element))
    found: dict[_Place, list[_Part]] = defaultdict(list)
    for part in _sorted([*lonely, *(partner for _, partners in wholes for partner in partners)]):
        for number, element in _elements_named(part, index):
            if _may_hold(*wholes[number], part, similarity):
                found[number, part.ref.variant, part.ref.section].append((part, element))
    return _chosen([whole for whole, _ in wholes], found)


def _split(cluster: Cluster) -> tuple[Cluster, Cluster]:
    """The whole of a cluster, and the partner that may turn out to be a part: of two, the one that lists nothing."""
    lists = tuple(member for member in cluster if member.elements)
    if len(cluster) == 2 and len(lists) == 1:
        return lists, tuple(member for member in cluster if not member.elements)
    return cluster, ()


def _elements_named(part: Statement, index: Mapping[str, Sequence[tuple[int, Element]]]) -> list[tuple[int, Element]]:
    """The elements that a statement speaks of first, each with the number of its whole."""
    head = speaks_of(prose_of(part.ref.text))
    return [(number, element) for number, element in index.get(head[0], ()) if element <= set(head)] if head else []


def _may_hold(whole: Cluster, partners: Cluster, part: Statement, similarity: Similarity) -> bool:
    """Whether a statement of another variant speaks of what the whole speaks of."""
    if part in partners:
        return True
    foreign = all(member.ref.variant != part.ref.variant for member in whole)
    return foreign and any(similarity.score(member, part) >= _NEAR for member in whole)


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


def _are_several(parts: Sequence[_Part]) -> bool:
    """Whether at least two statements serve different elements."""
    return len({element for _, element in parts}) > 1 and len({part.order for part, _ in parts}) > 1


def _sorted(parts: Iterable[Statement]) -> list[Statement]:
    return sorted(parts, key=lambda part: part.order)
