"""Wordings side by side: what only one of them says is marked."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from agentgen.report.wording import side_by_side


def marked(*wordings: str) -> list[list[str]]:
    return [[run.text for run in runs if run.differs] for runs in side_by_side(wordings)]


def test_the_words_that_differ_are_marked_in_each() -> None:
    """Whole words, never parts of one."""
    assert marked("must stay under 100 ms", "must stay under 50 ms") == [["100"], ["50"]]


def test_equal_wordings_count_as_one() -> None:
    """Two against two shows on both sides."""
    assert marked("p95 under 100 ms", "p95 under 100 ms", "p95 under 50 ms", "p95 under 50 ms") == [
        ["100"],
        ["100"],
        ["50"],
        ["50"],
    ]


def test_among_several_wordings_only_what_nobody_else_says_is_marked() -> None:
    """What two of three have in common is what the third is missing."""
    assert marked("log each login", "log each failed login", "log every login") == [[], ["failed"], ["every"]]


def test_equal_wordings_have_no_mark() -> None:
    """There is nothing to point at."""
    assert marked("Rotate keys", "Rotate keys") == [[], []]


def test_a_change_of_case_alone_is_marked() -> None:
    """`must` and `MUST` are not the same to a model."""
    assert marked("you must never ask for keys", "you MUST never ask for keys") == [["must"], ["MUST"]]


def test_among_other_words_the_case_does_not_count() -> None:
    """Titles and sentences are told apart by their words."""
    assert marked("Connection Pooling Limits", "connection pooling rules") == [["Limits"], ["rules"]]


def test_texts_with_too_little_in_common_are_not_marked() -> None:
    """A page full of marks tells nothing."""
    assert marked("Follow the security guidelines", "Mitigations are verified before delivery") == [[], []]


@given(st.lists(st.text("ab \n", max_size=12), min_size=1, max_size=5))
def test_the_runs_are_the_wording(wordings: list[str]) -> None:
    """Joined, the stretches give each wording back."""
    assert ["".join(run.text for run in runs) for runs in side_by_side(wordings)] == wordings


def test_the_order_of_the_wordings_does_not_matter() -> None:
    """Each wording is marked in the same way wherever it stands."""
    wordings = ("log each login", "log each failed login", "log every login")
    expected = dict(zip(wordings, side_by_side(wordings), strict=True))
    for order in permutations(wordings):
        assert dict(zip(order, side_by_side(order), strict=True)) == expected
