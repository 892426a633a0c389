"""Repairs and findings that hang on one sign: where they stand, what they say and what the mended file holds."""

from __future__ import annotations

import pytest

from agentgen.document.model import Document
from agentgen.findings import splice
from tests.document.helpers import codes, read


def mended(document: Document) -> str:
    edits = [edit for found in document.findings if found.fix for edit in found.fix.edits]
    return splice(document.source.text, edits)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- mine -->\n---\nname: a\n---\nBody.\n", "---\nname: a\n---\n<!-- mine -->\nBody.\n"),
        ("\n# Title\n\n---\nname: a\n---\nBody.\n", "---\nname: a\n---\n# Title\nBody.\n"),
        ("```yaml\n---\nname: a\n---\n```\nBody.\n", "---\nname: a\n---\nBody.\n"),
        ("<!--\n---\nname: a\n---\n-->\nBody.\n", "---\nname: a\n---\nBody.\n"),
        ("name: a\nmodel: b\n---\nBody.\n", "---\nname: a\nmodel: b\n---\nBody.\n"),
        ("\nname: a\nmodel: b\n---\nBody.\n", "---\nname: a\nmodel: b\n---\nBody.\n"),
        ("---\r\nname: a\r\n\r\n# B\r\n", "---\r\nname: a\r\n---\r\n\r\n# B\r\n"),
    ],
)
def test_a_block_goes_to_the_top_and_what_stood_above_it_below(text: str, expected: str) -> None:
    """Only what wrapped it goes; comments and headings stay in the file."""
    assert mended(read(text)) == expected
    assert codes(read(expected)) == []


@pytest.mark.parametrize(
    ("lines", "key", "value"),
    [
        ("tools: [Read,\nBash]\nmodel: @x\n", "tools", ["Read", "Bash"]),
        ('hooks: {a: b,\n"c": d}\nmodel: @x\n', "hooks", {"a": "b", "c": "d"}),
        ("tools: [Bash(git log, git diff), @x]\n", "tools", ["Bash(git log, git diff)", "@x"]),
        ("tools: [Bash(a, b), Edit(c), (d, e), @x]\n", "tools", ["Bash(a, b)", "Edit(c)", "(d, e)", "@x"]),
    ],
)
def test_brackets_hold_together_what_stands_in_them(lines: str, key: str, value: object) -> None:
    """A list goes on at the left edge until it is closed, and a comma in parentheses parts nothing."""
    assert read(f"---\nname: a\n{lines}---\nBody.\n").frontmatter.values[key] == value


@pytest.mark.parametrize("between", ["# one\n", "\n", "\n# one\n", "# one\n# two\n"])
def test_comments_and_blank_lines_below_a_value_are_no_part_of_its_key(between: str) -> None:
    """However many there are."""
    document = read(f"---\nname: a\ndescription: |\n  b\n{between}model: fast\n---\nBody.\n")
    spans = {field.key: document.source.slice(field.span) for field in document.frontmatter.fields}
    assert spans == {"name": "name: a\n", "description": "description: |\n  b\n", "model": "model: fast\n"}


def test_a_fence_that_is_never_closed_is_told_with_its_end() -> None:
    """The line on which its code ends, as it was meant."""
    (found,) = read("# A\n\n```sh\nmake\nmake test\n\n## B\n\ntext\n").findings
    assert (found.code, found.line) == ("fence-unclosed", 3)
    assert found.message == "the fence opened here is never closed; it was meant to end on line 5"


def test_the_first_of_several_null_characters_is_told() -> None:
    """One finding, at its place."""
    found = read("# A\n\nx\0y\n\nz\0\n").findings
    assert [(each.line, each.column) for each in found] == [(3, 2)]


@pytest.mark.parametrize(("marks", "titles"), [("######", ["", "Deep"]), ("#######", [""])])
def test_a_heading_has_six_marks_at_most(marks: str, titles: list[str]) -> None:
    """Seven are text."""
    document = read(f"text\n\n{marks} Deep\n\nmore\n")
    assert [section.heading or "" for section in document.sections] == titles
