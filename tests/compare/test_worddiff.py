"""Word-level differences: exact, tidy, and bounded on long texts."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from agentgen.compare.worddiff import Run, RunKind, word_diff

SAME, REMOVED, ADDED = RunKind.SAME, RunKind.REMOVED, RunKind.ADDED
TEXTS = st.text(alphabet="ab c.\n\t\u00e9\u2028", max_size=60)


def joined(runs: tuple[Run, ...], *kinds: RunKind) -> str:
    return "".join(run.text for run in runs if run.kind in kinds)


def test_one_changed_number_is_the_only_change() -> None:
    """A changed number is shown as removed and added between equal text."""
    assert word_diff("answer in 100 ms", "answer in 50 ms") == (
        Run(SAME, "answer in "),
        Run(REMOVED, "100"),
        Run(ADDED, "50"),
        Run(SAME, " ms"),
    )


def test_equal_texts_give_one_equal_run() -> None:
    """Nothing changed, nothing marked."""
    assert word_diff("keep it", "keep it") == (Run(SAME, "keep it"),)
    assert word_diff("", "") == ()


def test_neighbouring_replacements_read_as_one() -> None:
    """Two words replaced side by side are one replacement, the blank between them included."""
    runs = word_diff("use soft limits here", "use hard caps here")
    assert runs == (Run(SAME, "use "), Run(REMOVED, "soft limits"), Run(ADDED, "hard caps"), Run(SAME, " here"))


def test_a_word_is_never_cut() -> None:
    """'authorise' against 'authorised' is a change of the whole word."""
    assert word_diff("authorise it", "authorised it")[:2] == (Run(REMOVED, "authorise"), Run(ADDED, "authorised"))


def test_an_added_negation_is_an_addition_alone() -> None:
    """Nothing is marked as removed where a word was only put in."""
    assert joined(word_diff("do log it", "do not log it"), REMOVED) == ""


@given(TEXTS, TEXTS)
def test_runs_join_to_both_texts(old: str, new: str) -> None:
    """Same and removed runs are the old text, same and added runs the new one."""
    runs = word_diff(old, new)
    assert joined(runs, SAME, REMOVED) == old
    assert joined(runs, SAME, ADDED) == new
    assert all(run.text for run in runs)
    assert all(left.kind is not right.kind for left, right in pairwise(runs))


def test_long_texts_stay_exact() -> None:
    """Past the size that is compared word by word, lines are aligned first: still exact."""
    lines = [f"line {number} says {number * 7919 % 100_003}\n" for number in range(6000)]
    old = "".join(lines)
    new = "".join("changed here\n" if number % 100 == 50 else line for number, line in enumerate(lines))
    runs = word_diff(old, new)
    assert joined(runs, SAME, REMOVED) == old
    assert joined(runs, SAME, ADDED) == new
    assert len(joined(runs, REMOVED)) < 3000


def test_one_endless_line_is_replaced_whole() -> None:
    """A text that has no lines to align is given as one replacement rather than compared for minutes."""
    old, new = "a " * 30_000, "b " * 30_000
    assert word_diff(old, new)[0] == Run(REMOVED, old.rstrip())
