"""Clustering all files at once."""

from __future__ import annotations

from collections.abc import Mapping

from agentgen.compare.clusters import Clusters, Pair


def cluster(variants: str, scores: Mapping[Pair, float], *, fixed: tuple[tuple[int, ...], ...] = ()) -> Clusters:
    """Places with the variant that each letter names; pairs without a score count as 0."""
    return Clusters(list(variants), sorted(scores), lambda a, b: scores.get((a, b), 0.0), 0.5, fixed)


def test_the_best_pair_is_joined_first() -> None:
    """A middling pair does not take a place away from a better one."""
    assert cluster("abb", {(0, 1): 0.6, (0, 2): 0.9}).rows == [[0, 2], [1]]


def test_two_sections_of_a_variant_never_share_a_row() -> None:
    """Not even through a third."""
    assert cluster("aba", {(0, 1): 0.9, (1, 2): 0.9, (0, 2): 1.0}).rows in ([[0, 1], [2]], [[0], [1, 2]])


def test_a_chain_of_pairs_makes_no_row() -> None:
    """Average linkage: what is near to one member only stays out."""
    assert cluster("abc", {(0, 1): 0.9, (1, 2): 0.8}).rows == [[0, 1], [2]]


def test_a_row_takes_what_is_near_to_all_of_it() -> None:
    """Three pairs above the threshold are one row of three."""
    assert cluster("abc", {(0, 1): 0.9, (1, 2): 0.7, (0, 2): 0.6}).rows == [[0, 1, 2]]


def test_fixed_rows_stay_and_may_grow() -> None:
    """A fixed row is there without any score; free places join it, other fixed rows do not."""
    scores = {(0, 2): 0.9, (1, 2): 0.8, (0, 3): 0.9, (1, 3): 0.9}
    assert cluster("abcd", scores, fixed=((0, 1), (3,))).rows == [[0, 1, 2], [3]]


def test_near_rows_are_those_between_the_thresholds() -> None:
    """By the first places of both rows, with the average between them."""
    found = cluster("abc", {(0, 1): 0.9, (1, 2): 0.6, (0, 2): 0.2})
    assert found.rows == [[0, 1], [2]]
    assert found.near(0.3) == {(0, 2): 0.4}
    assert found.near(0.5) == {}
