"""Readings that hang on one sign: what a column, a mark or a bracket more or less would turn into something else."""

from __future__ import annotations

import pytest

from agentgen.document.frontmatter import MAX_LENGTH
from agentgen.findings import splice
from tests.document.helpers import codes, read


def headings(text: str) -> list[str]:
    return [section.heading or "" for section in read(text).sections]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("-   far\n\n  # Outside\n", ["", "Outside"]),
        ("-   far\n\n    # Inside\n", [""]),
        ("-      further\n\n  # Inside\n", [""]),
        ("- near\n\n  # Inside\n", [""]),
    ],
)
def test_what_stands_below_an_items_text_belongs_to_it(text: str, found: list[str]) -> None:
    """The column of the text counts, and that behind one blank where the text stands more than four behind the mark."""
    assert headings(text) == found


def test_a_tab_goes_on_to_the_next_stop() -> None:
    """A blank and a tab are four columns, not six, so a third list stands below the second."""
    assert [item.depth for item in read("- a\n \t- b\n      - c\n").items] == [0, 1, 2]


@pytest.mark.parametrize("heading", ["Phase X", "XX", "C#", "Step 1"])
def test_a_heading_ends_with_its_last_letter(heading: str) -> None:
    """Only marks behind a blank close a heading."""
    assert headings(f"## {heading}\n\ntext\n\n## {heading} ##\n") == [heading, heading]


def test_comments_of_a_script_are_no_headings() -> None:
    """A block whose lines begin with one mark is not taken for one that somebody forgot to close."""
    document = read("# A\n\n```sh\n# build\nmake\n```py\nx\n```\n\n## B\n\nt\n")
    assert [section.heading for section in document.sections] == ["A", "B"]
    assert "fence-unclosed" not in codes(document)


def test_a_block_without_words_keeps_the_key_below_it() -> None:
    """A known key at the left edge is no text of the block above."""
    values = read("---\nname: a\ndescription: |\nmodel: fast\n---\nBody.\n").frontmatter.values
    assert values["model"] == "fast"
    assert not values["description"]


def test_line_breaks_written_as_two_characters_are_mended_over_all_lines_of_a_value() -> None:
    """The repair takes the place of the whole value, not of its first line."""
    text = "---\nname: a\ndescription: one\\ntwo\n  goes on\n---\nBody.\n"
    document = read(text)
    (found,) = document.findings
    assert (found.code, document.frontmatter.values["description"]) == ("frontmatter-backslash-n", "one\ntwo goes on")
    assert found.fix is not None
    mended = read(splice(text, found.fix.edits))
    assert (codes(mended), mended.frontmatter.values) == ([], document.frontmatter.values)


def test_a_repaired_key_knows_its_place() -> None:
    """Its whole line, and only that."""
    document = read("---\nname: a\ndescription: use it: always\nmodel: fast\n---\nBody.\n")
    spans = {field.key: document.source.slice(field.span) for field in document.frontmatter.fields}
    assert spans["description"].rstrip("\n") == "description: use it: always"


def test_a_reference_to_a_shared_value_is_refused_and_a_star_is_text() -> None:
    """Only a name that was given before makes `*` a reference."""
    assert "frontmatter-unsafe-yaml" in codes(read("---\nname: &n a\ndescription: *n\n---\nBody.\n"))
    starred = read("---\nname: a\ndescription: *all of it\n---\nBody.\n")
    assert "frontmatter-unsafe-yaml" not in codes(starred)
    assert starred.frontmatter.values["description"] == "*all of it"


def test_a_frontmatter_of_half_a_million_characters_is_not_read() -> None:
    """It has a place and a finding there, no values, and the body is read."""
    text = f"---\nname: {'x' * MAX_LENGTH}\n---\nBody.\n"
    document = read(text)
    assert [(found.code, found.line) for found in document.findings] == [("frontmatter-unsafe-yaml", 2)]
    assert document.frontmatter.fields == ()
    assert document.source.slice(document.frontmatter.span).startswith("---\nname: xxx")
    assert [item.text for item in document.items] == ["Body."]


def test_one_oddity_of_the_characters_does_not_hide_another() -> None:
    """A byte that is not UTF-8 and a character that nobody sees are both told."""
    found = codes(read(b"You are \xff here.\n\nDo\xe2\x80\x8b it.\n"))
    assert "hidden-text" in found
    assert len(set(found)) == 2


@pytest.mark.parametrize("end", ["...\n---\n", "...  \n\n---\n"])
def test_a_line_of_dots_above_the_closing_line_is_no_part_of_the_last_value(end: str) -> None:
    """YAML ends a document with it: the text above is mended as without it, and the body begins behind the dashes."""
    text = f"---\nname: a\n# note\n- z\ndescription: use it #1\n{end}Body.\n"
    document = read(text)
    assert document.frontmatter.values == {"name": "a\n# note\n- z", "description": "use it #1"}
    assert [item.text for item in document.items] == ["Body."]
    mended = read(splice(text, [edit for found in document.findings if found.fix for edit in found.fix.edits]))
    assert (codes(mended), mended.frontmatter.values) == ([], document.frontmatter.values)
