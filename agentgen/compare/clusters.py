"""Clusters: rows out of pairs, all files at once.

Agglomerative, the best pair of clusters first, average linkage, never two sections of one variant in a row. Joining
pairwise matchings instead would chain their errors.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Pair = tuple[int, int]


@dataclass(slots=True)
class _Cluster:
    members: list[int]
    variants: frozenset[str]
    fixed: bool = False
    sums: dict[int, float] = field(default_factory=dict)  # cluster -> sum of the scores of all pairs between the two


class Clusters:
    """Rows of places. `scores` holds the pairs that were compared; all others count as 0."""

    def __init__(
        self, variants: Sequence[str], scores: Mapping[Pair, float], threshold: float, fixed: Sequence[Sequence[int]]
    ) -> None:
        """Cluster the places `range(len(variants))`; `variants` gives the variant of each.

        `fixed` rows are there from the start; free places may join them, but never one fixed row another.
        """
        self._threshold = threshold
        self._clusters: dict[int, _Cluster] = {}
        self._next = len(variants)
        home = self._seed(variants, fixed)
        for (first, second), score in sorted(scores.items()):
            self._link(home[first], home[second], score)
        self._merge_all()

    @property
    def rows(self) -> list[list[int]]:
        """All rows, each sorted, in the order of their first places; a place that found no partner is a row of one."""
        return sorted(sorted(cluster.members) for cluster in self._clusters.values())

    def near(self, least: float) -> dict[Pair, float]:
        """Average scores of at least `least` between two rows, by the first places of both (smaller first)."""
        found: dict[Pair, float] = {}
        for number, cluster in self._clusters.items():
            for other in cluster.sums:
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

    def _link(self, first: int, second: int, score: float) -> None:
        one, two = self._clusters[first], self._clusters[second]
        if first != second:
            one.sums[second] = two.sums[first] = one.sums.get(second, 0.0) + score

    def _merge_all(self) -> None:
        heap: list[tuple[float, int, int]] = []
        for number in sorted(self._clusters):
            for other in self._clusters[number].sums:
                if number < other:
                    self._offer(heap, number, other)
        while heap:
            _, first, second = heapq.heappop(heap)
            if first in self._clusters and second in self._clusters:
                self._merge(heap, first, second)

    def _offer(self, heap: list[tuple[float, int, int]], first: int, second: int) -> None:
        average = self._average(first, second)
        if average >= self._threshold and self._may_join(first, second):
            heapq.heappush(heap, (-average, min(first, second), max(first, second)))

    def _may_join(self, first: int, second: int) -> bool:
        one, two = self._clusters[first], self._clusters[second]
        return not one.variants & two.variants and not (one.fixed and two.fixed)

    def _merge(self, heap: list[tuple[float, int, int]], first: int, second: int) -> None:
        one, two = self._clusters.pop(first), self._clusters.pop(second)
        number = self._next
        self._next += 1
        joined = _Cluster([*one.members, *two.members], one.variants | two.variants, one.fixed or two.fixed)
        self._clusters[number] = joined
        for old, cluster in ((first, one), (second, two)):
            for other, total in cluster.sums.items():
                if other in self._clusters:
                    joined.sums[other] = joined.sums.get(other, 0.0) + total
                    self._clusters[other].sums.pop(old)
        for other, total in sorted(joined.sums.items()):
            self._clusters[other].sums[number] = total
            self._offer(heap, number, other)

    def _average(self, first: int, second: int) -> float:
        one, two = self._clusters[first], self._clusters[second]
        return round(one.sums[second] / (len(one.members) * len(two.members)), 9)
