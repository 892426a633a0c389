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


CARE = "## Care\n\n- Ask before you delete\n"
ABOVE = ("tests first", "tests first, always")
"""An edit far from the sections at the end."""


@pytest.mark.parametrize(
    ("renamed", "edit"),
    [
        pytest.param(f"{CARE}- Never push to main\n- Lock the door\n\n", "push to main", id="one statement more"),
        pytest.param(f"{CARE}- Lock the door\n\n", "you delete", id="half of the statements"),
    ],
)
def test_a_section_is_known_under_another_heading_by_half_of_its_statements(renamed: str, edit: str) -> None:
    """One side renames a section and writes some of it anew, the other edits what stayed: both, whoever did which."""
    ours, theirs = changed((SAFETY, renamed)), changed((edit, f"{edit} at night"))
    expected = changed((edit, f"{edit} at night"), text=ours)
    assert merged(ours, theirs) == merged(theirs, ours) == expected


def test_a_section_that_moves_below_another_is_known_by_its_heading() -> None:
    """Also where most of its statements changed on the way; the other side's edit goes along."""
    there = f"{CARE.replace('Care', 'Safety')}- Lock the door\n- Hide the key\n"
    ours = changed((SAFETY, ""), ("Be short\n", f"Be short\n\n#{there}"))
    assert merged(ours, changed(("you delete", "you drop"))) == changed(("you delete", "you drop"), text=ours)


def test_a_section_is_not_known_where_two_could_have_become_it() -> None:
    """One side makes one section of two that say the same, the other changes the heading of one of the two."""
    twins = changed(("- Be short\n", "- Be short\n- Never push to main\n- Ask before you delete\n"))
    end = twins.index("## Safety")
    ours = f"{twins[:end]}## Care\n\n- Never push to main\n- Ask before you delete\n"
    assert merged(ours, changed(("## Safety", "## Harm"), text=twins), base=twins) is None


WIDE = ("## Safety\n\n", "## Safety\n\n\n")
TIGHT = ("## Safety\n\n", "## Safety\n")


@pytest.mark.parametrize("gap", [WIDE, TIGHT])
def test_blank_lines_are_a_change_like_any_other(gap: tuple[str, str]) -> None:
    """Those that one side changed, or both alike, stand in the result."""
    assert merged(changed(gap), changed(ABOVE)) == merged(changed(ABOVE), changed(gap)) == changed(gap, ABOVE)
    assert merged(changed(gap), changed(gap, ABOVE)) == changed(gap, ABOVE)


def test_blank_lines_that_both_sides_changed_are_left_alone() -> None:
    """One side has none, one has two."""
    assert merged(changed(TIGHT), changed(WIDE, ABOVE)) is None


STYLE = "\n\n## Style\n\n- Be short\n"
DELETE = "Ask before you delete"


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [("\n", "\n", "\n", "\n"), ("\n", "", "\n", ""), ("\n", "\n", "", ""), ("", "\n", "", "\n"), ("\n", "", "", "")],
)
def test_the_end_of_the_file_is_the_one_that_a_side_changed(base: str, ours: str, theirs: str, expected: str) -> None:
    """Also where what stands last now is last in neither version: one removed a section, one added to that above."""
    body = BASE.removesuffix("\n")
    removed = changed((STYLE.removesuffix("\n"), ours), text=body)
    added = changed((DELETE, f"{DELETE}\n- Lock the door"), text=body) + theirs
    result = changed((STYLE.removesuffix("\n"), f"\n- Lock the door{expected}"), text=body)
    assert merged(removed, added, body + base) == merged(added, removed, body + base) == result


def test_two_ends_of_the_file_are_left_alone() -> None:
    """One side took the line end away and one wrote two, and what stands last is last in neither."""
    removed = changed((STYLE, ""))
    added = changed((DELETE, f"{DELETE}\n- Lock the door")) + "\n"
    assert merged(removed, added) is merged(added, removed) is None


def test_what_one_side_adds_at_the_end_without_a_line_end_has_none() -> None:
    """Nothing comes behind it."""
    ours = BASE + "- Be kind"
    assert merged(ours, changed(ABOVE)) == merged(changed(ABOVE), ours) == changed(ABOVE, text=ours)


def test_a_heading_stands_as_far_below_as_it_did() -> None:
    """What is above it is new on one side and was followed by a section that the other side removed."""
    theirs = changed(("is missing\n\n", "is missing\n- Look at the notes\n\n\n"))
    expected = changed(("is missing\n\n", "is missing\n- Look at the notes\n\n"), (SAFETY, ""))
    assert merged(changed((SAFETY, "")), theirs) == merged(theirs, changed((SAFETY, ""))) == expected


def test_an_item_that_both_sides_put_behind_the_last_one_stands_as_far_below_as_it_did() -> None:
    """One side nests an item below the last, one adds another: what is nested ends its file and has nothing below."""
    ours, theirs = BASE + "  - in words\n", BASE + "- Be kind\n"
    assert merged(ours, theirs) == merged(theirs, ours) == BASE + "  - in words\n- Be kind\n"


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_a_file_with_other_line_ends_is_merged_like_any_other(end: str) -> None:
    """Its line ends come out as they went in."""
    base, ours = BASE.replace("\n", end), changed(ABOVE).replace("\n", end)
    theirs = changed(("push to main", "push to trunk")).replace("\n", end)
    assert merged(ours, theirs, base) == changed(ABOVE, ("push to main", "push to trunk")).replace("\n", end)


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
