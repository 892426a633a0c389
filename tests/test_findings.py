"""Findings, their places, and applying fixes."""

from __future__ import annotations

import pytest

from agentgen.codes import CODES, Severity
from agentgen.findings import Edit, Fix, apply_fixes, finding, splice
from agentgen.source import Source


def test_a_finding_has_the_severity_of_its_code_and_a_place() -> None:
    """Line and column are 1-based; the end line is the one of the last character."""
    source = Source("a.md", b"one\ntwo\nthree\n")
    found = finding(source, "encoding-not-utf8", 5, "wrong", end=8)
    assert (found.path, found.line, found.column, found.end_line) == ("a.md", 2, 2, 2)
    assert found.severity is Severity.ERROR
    assert found.fix is None


def test_edits_are_applied_at_the_offsets_of_the_text_as_given() -> None:
    """The order in which they are given does not matter."""
    edits = [Edit(4, 7, "2"), Edit(0, 3, "1"), Edit(7, 7, "!")]
    assert splice("one two", edits) == "1 2!"
    assert splice("one two", edits[::-1]) == "1 2!"


def test_insertions_at_one_offset_keep_their_order() -> None:
    """First given, first in the text."""
    assert splice("ab", [Edit(1, 1, "x"), Edit(1, 1, "y")]) == "axyb"


@pytest.mark.parametrize(
    "edits", [[Edit(0, 2, ""), Edit(1, 3, "")], [Edit(2, 9, "")], [Edit(-1, 0, "")], [Edit(2, 1, "")]]
)
def test_edits_that_overlap_or_lie_outside_are_refused(edits: list[Edit]) -> None:
    """Applying them would give a text that nobody asked for."""
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        splice("abc", edits)


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    """The second fix overlaps the first in one of its edits, so that its other edit is left out, too."""
    first = Fix("", (Edit(0, 3, "1"),))
    second = Fix("", (Edit(2, 5, "x"), Edit(8, 13, "3")))
    assert apply_fixes("one two three", [first, second]) == "1 two three"
    assert apply_fixes("one two three", [second, first]) == "onxwo 3"


def test_the_same_edit_of_two_fixes_is_made_once() -> None:
    """Two findings may ask for the same line."""
    fix = Fix("", (Edit(3, 3, "!"),))
    assert apply_fixes("one", [fix, Fix("again", fix.edits)]) == "one!"


def test_edits_side_by_side_do_not_overlap() -> None:
    """One ends where the next begins; an insertion may stand at either edge."""
    fixes = [Fix("", (Edit(0, 1, "A"),)), Fix("", (Edit(1, 2, "B"),)), Fix("", (Edit(1, 1, "-"),))]
    assert apply_fixes("ab", fixes) == "A-B"


def test_fixes_without_edits_change_nothing() -> None:
    """A person must decide."""
    assert apply_fixes("text", [Fix("think")]) == "text"


def test_the_table_of_codes_is_complete() -> None:
    """Every code stands under its own name, explained in sentences and with an example."""
    for name, code in CODES.items():
        assert name == code.code
        assert name == name.lower()
        assert code.title
        assert not code.title.endswith(".")
        assert code.explanation.endswith(".")
        assert code.example
