"""Frontmatter values: which of them say what stands there, and which are read as their author meant."""

from __future__ import annotations

import pytest

from agentgen.document.model import Dialect, Document
from agentgen.findings import splice
from tests.document.helpers import codes, read


def block(*lines: str) -> Document:
    """A document whose frontmatter holds these lines below a name."""
    return read("---\nname: a\n" + "".join(f"{line}\n" for line in lines) + "---\nBody.\n")


def mended(document: Document) -> str:
    edits = [edit for found in document.findings if found.fix for edit in found.fix.edits]
    return splice(document.source.text, edits)


@pytest.mark.parametrize(
    "lines",
    [
        ("my team: x",),
        ("description: Text", "my team: x"),
        ("description: |", "  Text", "my team: x"),
        ('description: ""', "my team: x"),
        ("hooks: |", "my team: x"),
    ],
)
def test_a_key_of_two_words_is_a_key(lines: tuple[str, ...]) -> None:
    """Only below a block for sentences that has none it could be its text."""
    document = block(*lines)
    assert (codes(document), document.frontmatter.values["my team"]) == ([], "x")


@pytest.mark.parametrize("mark", ["|", "|-", ">", ">-"])
def test_a_text_at_the_left_edge_belongs_to_the_block_above(mark: str) -> None:
    """Its first words and a colon are no key."""
    values = block(f"description: {mark}", "Use it: for reviews", "model: fast").frontmatter.values
    assert (str(values["description"]).strip(), values["model"]) == ("Use it: for reviews", "fast")
    assert set(values) == {"name", "description", "model"}


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ([r'description: "write \\n here"'], r"write \n here"),
        (["description: |", r"  write \n here"], "write \\n here\n"),
        (["description: >", r"  write \n here"], "write \\n here\n"),
        (["description: 'written in C#'"], "written in C#"),
        (["description: 'for #12'"], "for #12"),
        (["description: for all # or most"], "for all"),
        (["description: [a, b]"], ["a", "b"]),
    ],
)
def test_what_was_written_with_care_is_read_as_it_stands(lines: list[str], value: object) -> None:
    """Quotes and blocks say what they say, a comment is one, and a list is no sentence."""
    document = block(*lines)
    assert (codes(document), document.frontmatter.values["description"]) == ([], value)


def test_a_key_that_holds_no_sentences_keeps_its_characters() -> None:
    """There a backslash and an n are no line break."""
    document = block(r"title: one\ntwo", "color: red #12")
    assert (codes(document), document.frontmatter.values["title"]) == ([], r"one\ntwo")
    assert document.frontmatter.values["color"] == "red"


@pytest.mark.parametrize("text", ["for #12", "for #Xmas"])
def test_a_number_sign_before_a_word_begins_no_comment(text: str) -> None:
    """The words behind it are read, blanks at the end are not; the finding names the key and stands at the blank."""
    document = block(f"description: {text}  ")
    (found,) = document.findings
    assert document.frontmatter.values["description"] == text
    assert (found.code, found.line, found.column) == ("frontmatter-value-needs-quotes", 3, len("description: for") + 1)
    assert found.message.startswith("`description` is cut off")


@pytest.mark.parametrize(
    ("lines", "value", "column"),
    [
        ([r"description: one\ntwo\nthree"], "one\ntwo\nthree", len("description: one") + 1),
        ([r"description: one\r\ntwo"], "one\ntwo", len(r"description: one\r") + 1),
        (["description: one", r"  two\nthree"], "one two\nthree", 1),
        ([r"description: plan a:\nNext b:\nnone"], "plan a:\nNext b:\nnone", len("description: plan a:") + 1),
        ([r"description: one\ntwo in C:\Users\new"], "one\ntwo in C:\\Users\\new", len("description: one") + 1),
    ],
)
def test_written_line_breaks_are_read_and_told_at_the_first(lines: list[str], value: str, column: int) -> None:
    """Also behind a single letter and a colon, which begins a path where other names follow."""
    document = block(*lines)
    (found,) = document.findings
    assert document.frontmatter.values["description"] == value
    assert (found.code, found.line, found.column) == ("frontmatter-backslash-n", 3, column)
    assert found.message.startswith("`description` holds")
    assert read(mended(document)).frontmatter.values == document.frontmatter.values


@pytest.mark.parametrize(("mark", "end"), [("|", "\n"), ("|-", ""), ("|2-", ""), ("| # a - b", "\n"), ("|- # all", "")])
def test_a_block_that_strict_yaml_refuses_ends_as_its_mark_says(mark: str, end: str) -> None:
    """With one line end or with none; its first and last letters stay."""
    document = block(f"description: {mark}", "    Xerox it", "  and file it: X", "bad: b: c")
    values = document.frontmatter.values
    assert (document.frontmatter.dialect, values["bad"]) == (Dialect.REPAIRED, "b: c")
    assert values["description"] == f"  Xerox it\nand file it: X{end}"


def test_lines_of_no_key_become_comments_where_a_block_is_written_anew() -> None:
    """Comments and blank lines stay as they are."""
    document = block("stray text", "", "# note", "model: @x")
    assert mended(document) == '---\nname: "a"\n# stray text\n\n# note\nmodel: "@x"\n---\nBody.\n'
