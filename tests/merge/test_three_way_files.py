"""Three versions of one file: what is merged for certain, and what is left to git."""

from __future__ import annotations

import pytest

from agentgen.merge.files.model import LinesMerged, MergedFile
from agentgen.merge.files.three_way import merge_texts, settle

BASE = """\
---
name: reviewer
description: Reviews what changed
tools: [Read, Bash]
---

You review.

# Checklist

- Look at the tests first
- Look at the names used
- Look at what is missing

## Safety

- Never push to main
- Ask before you delete

## Style

- Be short
"""

SAFETY = "## Safety\n\n- Never push to main\n- Ask before you delete\n\n"


def no_lines(base: str, ours: str, theirs: str) -> None:
    """No text is merged by lines."""


def merged(ours: str, theirs: str, base: str = BASE) -> str | None:
    result = merge_texts(base, ours, theirs, no_lines)
    return None if result is None else result.text


def changed(*pairs: tuple[str, str], text: str = BASE) -> str:
    for old, new in pairs:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


MOVED = changed((SAFETY, ""), ("# Checklist\n\n", f"{SAFETY}# Checklist\n\n"))
STYLE_FIRST = changed(("\n## Style\n\n- Be short\n", ""), ("## Safety", "## Style\n\n- Be short\n\n## Safety"))


def test_a_moved_section_takes_the_other_sides_edits_along() -> None:
    """One side moves a section and edits a list, the other edits the section and renames a heading: all that, once."""
    ours = changed(("names used", "names used in it"), text=MOVED)
    theirs = changed(("push to main", "push to a release"), ("## Style", "## Manner"))
    expected = changed(
        ("names used", "names used in it"), ("push to main", "push to a release"), ("## Style", "## Manner"), text=MOVED
    )
    assert merged(ours, theirs) == expected


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        pytest.param(
            [("tests first", "tests first, always")],
            [("names used", "names used in it")],
            [("tests first", "tests first, always"), ("names used", "names used in it")],
            id="neighbours",
        ),
        pytest.param(
            [("- Look at the tests first\n", ""), ("is missing\n", "is missing\n- Look at the tests first\n")],
            [("tests first", "tests first of all")],
            [("- Look at the tests first\n", ""), ("is missing\n", "is missing\n- Look at the tests first of all\n")],
            id="item moved and edited",
        ),
        pytest.param(
            [("- Look at the tests first\n", ""), ("Be short\n", "Be short\n- Look at the tests first\n")],
            [("tests first", "tests first of all")],
            [("- Look at the tests first\n", ""), ("Be short\n", "Be short\n- Look at the tests first of all\n")],
            id="item moved to another section",
        ),
        pytest.param(
            [("description: Reviews what changed", "description: Reviews changes"), ("names used", "names")],
            [("tools: [Read, Bash]", "tools: [Read]\nmodel: fast")],
            [
                ("description: Reviews what changed", "description: Reviews changes"),
                ("tools: [Read, Bash]", "tools: [Read]\nmodel: fast"),
                ("names used", "names"),
            ],
            id="keys",
        ),
    ],
)
def test_changes_of_both_sides_apply(
    ours: list[tuple[str, str]], theirs: list[tuple[str, str]], expected: list[tuple[str, str]]
) -> None:
    """Changes of different statements, sections and keys are both in the result, whoever made which."""
    one, other = changed(*ours), changed(*theirs)
    assert merged(one, other) == merged(other, one) == changed(*expected)


def test_both_sides_may_add_keys() -> None:
    """Two new keys in one place are both kept; their order says nothing."""
    one, other = (changed(("tools:", f"{key}: x\ntools:")) for key in ("color", "model"))
    assert merged(one, other) == changed(("tools:", "color: x\nmodel: x\ntools:"))


def test_what_one_side_removed_stays_removed_where_the_other_moved_it() -> None:
    """A removed section does not come back because the other side moved it."""
    result = merge_texts(BASE, MOVED, changed((SAFETY, "")), no_lines)
    assert result == MergedFile(changed((SAFETY, "")), moved=True)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param(("push to main", "push to a release"), ("push to main", "push to trunk"), id="one statement"),
        pytest.param((SAFETY, ""), ("push to main", "push to trunk"), id="removed and edited"),
        pytest.param(("[Read, Bash]", "[Read]"), ("[Read, Bash]", "[Read, Bash, Edit]"), id="one key"),
        pytest.param(("Be short\n", "Be short\n- Be kind\n"), ("Be short\n", "Be short\n- Be calm\n"), id="one place"),
        pytest.param(
            ("Be short\n", "Be short\n- Be kind\n"), ("names used\n", "names used\n- Be kind\n"), id="added twice"
        ),
        pytest.param((BASE[: BASE.index("\nYou")], ""), ("push to main", "push to trunk"), id="frontmatter removed"),
        pytest.param(("## Safety", "### Safety"), ("## Safety", "## Care"), id="one heading"),
    ],
)
def test_what_is_not_certain_is_left_alone(ours: tuple[str, str], theirs: tuple[str, str]) -> None:
    """Where both sides changed the same there is no result."""
    assert merged(changed(ours), changed(theirs)) is None


FIRST, LAST = "- Look at the tests first\n", "- Look at what is missing\n"
FIRST_LAST = changed((FIRST, ""), (LAST, LAST + FIRST))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        pytest.param(FIRST_LAST, changed((LAST, ""), (FIRST, LAST + FIRST)), id="two orders of a list"),
        pytest.param(FIRST_LAST, changed((FIRST, "- Run all of it before reading\n")), id="moved and written anew"),
        pytest.param(
            changed(("- Look at the names used\n", "")),
            changed(("names used\n", "names used\n\n- Read the notes\n")),
            id="a loose item behind a removed one",
        ),
        pytest.param(STYLE_FIRST, changed(("Be short\n", "Be short\n\n```sh\nmake\n")), id="an open fence moves up"),
        pytest.param(STYLE_FIRST, changed(("Be short\n", "Be short\n\n<!-- to do\n")), id="an open comment moves up"),
    ],
)
def test_what_could_be_read_in_two_ways_is_left_alone(ours: str, theirs: str) -> None:
    """From either side."""
    assert merged(ours, theirs) is None
    assert merged(theirs, ours) is None


@pytest.mark.parametrize(
    "ours", [MOVED, STYLE_FIRST, changed((SAFETY, ""), ("Be short\n", f"Be short\n\n{SAFETY[:-1]}"))]
)
@pytest.mark.parametrize("theirs", [MOVED, STYLE_FIRST])
def test_moves_of_both_sides_are_left_alone(ours: str, theirs: str) -> None:
    """Two places for a section are a question, not an answer."""
    assert merged(ours, theirs) == (ours if ours == theirs else None)


def test_other_line_ends_are_kept_where_all_of_the_result_has_them() -> None:
    """One side wrote other line ends, the other edited a statement: both. A new statement would mix them."""
    crlf = BASE.replace("\n", "\r\n")
    assert merged(crlf, changed(("push to main", "push to trunk"))) == changed(
        ("push to main", "push to trunk"), text=crlf
    )
    assert merged(crlf, changed(("push to main\n", "push to main\n- Nor to trunk\n"))) is None


def test_bytes_that_are_no_text_and_line_ends_come_through() -> None:
    """CR LF, stray bytes and a missing end of the last line stand in the result as they stood in the versions."""
    base = changed(("Be short\n", "Be short \udcff")).replace("\n", "\r\n")
    ours = changed(("tests first", "tests first, always"), text=base)
    theirs = changed(("names used", "names used in it"), text=base)
    expected = changed(("tests first", "tests first, always"), ("names used", "names used in it"), text=base)
    assert merged(ours, theirs, base) == expected


def test_an_edit_inside_a_long_statement_is_merged_by_lines() -> None:
    """A code block that both sides changed in different lines is handed to the merge by lines."""
    base = BASE + "\n```sh\nfirst\nsecond\n```\n"
    ours, theirs = changed(("first\ns", "1st\ns"), text=base), changed(("second\n`", "2nd\n`"), text=base)
    result = merge_texts(base, ours, theirs, lambda *_: "```sh\n1st\n2nd\n```")
    assert result is not None
    assert result.text == BASE + "\n```sh\n1st\n2nd\n```\n"


CLEAN, MARKED = LinesMerged(b"a\nb\n", 0), LinesMerged(b"<<<<<<<\n", 1)


@pytest.mark.parametrize(
    ("lines", "result", "expected"),
    [
        (CLEAN, None, CLEAN),
        (MARKED, None, MARKED),
        (CLEAN, MergedFile("a\n", moved=False), CLEAN),
        (CLEAN, MergedFile("b\na\n", moved=True), CLEAN),
        (CLEAN, MergedFile("a\n", moved=True), LinesMerged(b"a\n", 0)),
        (MARKED, MergedFile("a\n", moved=False), LinesMerged(b"a\n", 0)),
    ],
)
def test_a_clean_merge_by_lines_stands(lines: LinesMerged, result: MergedFile | None, expected: LinesMerged) -> None:
    """It gives way only where something moved and its lines are not those that both sides want."""
    assert settle(lines, result) == expected
