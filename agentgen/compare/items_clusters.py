"""Clusters of statements: the same words first, then the nearest pair of clusters, never two of one variant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

from agentgen.compare.items_statements import Statement

_SHOWN = 4
"""How many members of a cluster speak for it."""
_LINK = 0.65
"""How much of the score of a single pair the mean over two clusters must reach."""

Cluster = tuple[Statement, ...]


def same_words(statements: Sequence[Statement]) -> list[Cluster]:
    """Clusters of equal normal forms; a statement that no other variant makes is a cluster of one.

    Where a variant repeats itself, its occurrences are matched within the row first, then in order.
    """
    by_form: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_form[statement.normal].append(statement)
    clusters = [cluster for form in by_form.values() for cluster in _matched(form)]
    return sorted(clusters, key=lambda cluster: cluster[0].order)


def nearest_first(
    clusters: Iterable[Cluster],
    pairs: Iterable[tuple[float, Statement, Statement]],
    score: Callable[[Statement, Statement], float],
    enough: float,
) -> list[Cluster]:
    """Clusters joined along `pairs`, the best first, while the mean score between them stays high enough."""
    home = {statement.order: cluster for cluster in clusters for statement in cluster}
    refused: set[tuple[int, int, int, int]] = set()
    for _, left, right in sorted(pairs, key=lambda pair: (-pair[0], pair[1].order, pair[2].order)):
        mine, yours = home[left.order], home[right.order]
        key = (mine[0].order, len(mine), yours[0].order, len(yours))
        if mine is yours or key in refused:
            continue
        if _variants(mine) & _variants(yours) or _mean(mine, yours, score) < enough * _LINK:
            refused.add(key)
            continue
        joined = tuple(sorted((*mine, *yours), key=lambda statement: statement.order))
        home.update((statement.order, joined) for statement in joined)
    return sorted({id(cluster): cluster for cluster in home.values()}.values(), key=lambda cluster: cluster[0].order)


def _matched(form: Sequence[Statement]) -> Iterator[Cluster]:
    rest: list[Statement] = []
    for cluster in _by_turn(form, lambda statement: statement.topic):
        if len(cluster) > 1:
            yield cluster
        else:
            rest.extend(cluster)
    yield from _by_turn(rest, lambda _: "")


def _by_turn(statements: Iterable[Statement], place: Callable[[Statement], str]) -> list[Cluster]:
    """The first occurrences of all variants in a place together, then the second ones, and so on."""
    seen: dict[tuple[str, str], int] = defaultdict(int)
    turns: dict[tuple[str, int], list[Statement]] = defaultdict(list)
    for statement in statements:
        turn = seen[place(statement), statement.ref.variant]
        seen[place(statement), statement.ref.variant] += 1
        turns[place(statement), turn].append(statement)
    return [tuple(members) for members in turns.values()]


def _variants(cluster: Cluster) -> set[str]:
    return {statement.ref.variant for statement in cluster}


def _mean(mine: Cluster, yours: Cluster, score: Callable[[Statement, Statement], float]) -> float:
    pairs = list(product(mine[:_SHOWN], yours[:_SHOWN]))
    return sum(score(left, right) for left, right in pairs) / len(pairs)
