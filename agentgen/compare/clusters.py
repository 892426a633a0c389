"""Clusters: rows out of pairs, all files at once.

Agglomerative, the best pair of clusters first, average linkage, never two sections of one variant in a row. Joining
pairwise matchings instead would chain their errors.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import product

Pair = tuple[int, int]

_SAMPLE = 16  # pairs between two clusters that are compared before they may join


@dataclass(slots=True)
class _Link:
    """What was measured between two clusters: the sum of the scores and their number."""

    total: float = 0.0
    count: int = 0


@dataclass(slots=True)
class _Cluster:
    members: list[int]
    variants: frozenset[str]
    fixed: bool = False
    links: dict[int, _Link] = field(default_factory=dict)


class Clusters:
    """Rows of places."""

    def __init__(
        self,
        variants: Sequence[str],
        candidates: Sequence[Pair],
        score: Callable[[int, int], float],
        threshold: float,
        fixed: Sequence[Sequence[int]],
    ) -> None:
        """Cluster the places `range(len(variants))`; `variants` gives the variant of each.

        `candidates` are compared first, by `score`; others only where they decide. `fixed` rows are there from the
        start; free places may join them, but never one fixed row another.
        """
        self._threshold = threshold
        self._score = score
        self._compared: set[Pair] = set(candidates)
        self._clusters: dict[int, _Cluster] = {}
        self._next = len(variants)
        self._heap: list[tuple[float, int, int]] = []
        home = self._seed(variants, fixed)
        for first, second in candidates:
            self._measure(home[first], home[second], score(first, second))
        self._merge_all()

    @property
    def rows(self) -> list[list[int]]:
        """All rows, each sorted, in the order of their first places; a place that found no partner is a row of one."""
        return sorted(sorted(cluster.members) for cluster in self._clusters.values())

    def near(self, least: float) -> dict[Pair, float]:
        """Average scores of at least `least` between two rows, by the first places of both (smaller first)."""
        found: dict[Pair, float] = {}
        for number, cluster in self._clusters.items():
            for other in cluster.links:
                average = self._average(number, other)
                if number < other and average >= least:
                    first, second = sorted((min(cluster.members), min(self._clusters[other].members)))
                    found[first, second] = average
        return found

    def _seed(self, variants: Sequence[str], fixed: Sequence[Sequence[int]]) -> list[int]:
        home = list(range(len(variants)))
        for row in fixed:
            number = self._next
            self._next += 1
            self._clusters[number] = _Cluster(sorted(row), frozenset(variants[place] for place in row), fixed=True)
            for place in row:
                home[place] = number
        for place, variant in enumerate(variants):
            if home[place] == place:
                self._clusters[place] = _Cluster([place], frozenset({variant}))
        return home

    def _measure(self, first: int, second: int, score: float) -> None:
        if first == second:
            return
        one, two = self._clusters[first], self._clusters[second]
        link = one.links.setdefault(second, two.links.get(first) or _Link())
        two.links[first] = link
        link.total += score
        link.count += 1

    def _merge_all(self) -> None:
        for number in sorted(self._clusters):
            for other in self._clusters[number].links:
                if number < other:
                    self._offer(number, other)
        while self._heap:
            _, first, second = heapq.heappop(self._heap)
            if first in self._clusters and second in self._clusters:
                self._merge(first, second)

    def _offer(self, first: int, second: int) -> None:
        link = self._clusters[first].links[second]
        if link.total / link.count < self._threshold or not self._may_join(first, second):
            return
        self._complete(link, self._clusters[first], self._clusters[second])
        average = self._average(first, second)
        if average >= self._threshold:
            heapq.heappush(self._heap, (-average, min(first, second), max(first, second)))

    def _complete(self, link: _Link, one: _Cluster, two: _Cluster) -> None:
        """Compare more pairs of a promising link, so that a few lucky ones do not decide."""
        wanted = min(len(one.members) * len(two.members), _SAMPLE)
        for first, second in product(sorted(one.members), sorted(two.members)):
            if link.count >= wanted:
                return
            pair = (min(first, second), max(first, second))
            if pair not in self._compared:
                self._compared.add(pair)
                link.total += self._score(*pair)
                link.count += 1

    def _may_join(self, first: int, second: int) -> bool:
        one, two = self._clusters[first], self._clusters[second]
        return not (one.fixed and two.fixed) and one.variants.isdisjoint(two.variants)

    def _merge(self, first: int, second: int) -> None:
        one, two = self._clusters.pop(first), self._clusters.pop(second)
        number = self._next
        self._next += 1
        joined = _Cluster([*one.members, *two.members], one.variants | two.variants, one.fixed or two.fixed)
        self._clusters[number] = joined
        for old, cluster in ((first, one), (second, two)):
            for other, link in cluster.links.items():
                if other in self._clusters:
                    del self._clusters[other].links[old]
                    shared = joined.links.setdefault(other, _Link())
                    shared.total += link.total
                    shared.count += link.count
        for other, link in sorted(joined.links.items()):
            self._clusters[other].links[number] = link
            self._offer(number, other)

    def _average(self, first: int, second: int) -> float:
        one, two = self._clusters[first], self._clusters[second]
        link = one.links[second]
        across = len(one.members) * len(two.members) - len(one.variants & two.variants)
        return round(link.total / max(link.count, min(across, _SAMPLE)), 9)
