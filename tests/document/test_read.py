"""Reading a document as its users do: segments, sections, items, the body, bytes of other kinds."""

from __future__ import annotations

import pytest

from agentgen.document.model import Dialect, SegmentKind
from tests.document.helpers import codes, joined, read

_TEXT = """\
---
name: a
---
Before.

# One
- a
  - b

---

| x |
|---|
| 1 |

## Two
# Three
"""


def test_segments_say_what_each_stretch_is() -> None:
    """Byte-order mark, frontmatter, headings, items, rules, table rules and blank lines, in the order of the file."""
    document = read("\ufeff" + _TEXT)
    assert [segment.kind for segment in document.segments] == [
        SegmentKind.BOM,
        SegmentKind.FRONTMATTER,
        SegmentKind.ITEM,
        SegmentKind.BLANK,
        SegmentKind.HEADING,
        SegmentKind.ITEM,
        SegmentKind.ITEM,
        SegmentKind.BLANK,
        SegmentKind.RULE,
        SegmentKind.BLANK,
        SegmentKind.ITEM,
        SegmentKind.TABLE_RULE,
        SegmentKind.ITEM,
        SegmentKind.BLANK,
        SegmentKind.HEADING,
        SegmentKind.HEADING,
    ]
    assert joined(document) == "\ufeff" + _TEXT


def test_a_byte_order_mark_changes_nothing_else() -> None:
    """Lines, values and sections are the same with it; spans are one character further."""
    plain, marked = read(_TEXT), read("\ufeff" + _TEXT)
    assert [(item.line, item.text) for item in plain.items] == [(item.line, item.text) for item in marked.items]
    assert plain.frontmatter.values == marked.frontmatter.values == {"name": "a"}
    assert marked.frontmatter.span.start == 1
    assert read("\ufeff# A").sections[0].heading == "A"


def test_the_body_is_all_behind_the_frontmatter() -> None:
    """Also where there is none, and where there is nothing behind it."""
    document = read(_TEXT)
    assert document.source.slice(document.body).startswith("Before.")
    assert read("# A").body.start == 0
    assert len(read("---\nname: a\n---\n").body) == 0


def test_sections_are_found_by_id_and_by_parent() -> None:
    """Top-level sections have no parent; items belong to one section each."""
    document = read(_TEXT)
    assert [section.id for section in document.sections] == ["preamble", "one", "two", "three"]
    assert [section.id for section in document.children(None)] == ["preamble", "one", "three"]
    assert [section.id for section in document.children("one")] == ["two"]
    assert document.section("two").heading == "Two"
    assert [item.text for item in document.items_of("one")] == ["a", "b", "| x |", "| 1 |"]
    assert document.items[2].parent == 1
    with pytest.raises(KeyError):
        document.section("four")


def test_spans_of_sections() -> None:
    """Own text ends at the next heading, the subtree at the next heading that is no descendant."""
    document = read(_TEXT)
    one, two = document.section("one"), document.section("two")
    assert document.source.slice(one.heading_span) == "# One\n"
    assert document.source.slice(one.span).endswith("| 1 |\n\n")
    assert document.source.slice(one.subtree).endswith("## Two\n")
    assert document.source.slice(two.span) == document.source.slice(two.subtree) == "## Two\n"


def test_ids_are_unique_and_stable() -> None:
    """A number is given in file order and never takes the slug of another heading."""
    document = read("# Notes\n# Notes\n# Notes 2\n# !!!\n# Überblick\n")
    assert [section.id for section in document.sections] == ["notes", "notes-3", "notes-2", "section", "überblick"]


@pytest.mark.parametrize("text", ["", "\n\n", " \t\n", "\ufeff", "\ufeff\n"])
def test_a_file_without_ink_has_no_sections(text: str) -> None:
    """And no finding."""
    document = read(text)
    assert joined(document) == text
    assert not document.sections
    assert not document.items
    assert not document.findings
    assert document.frontmatter.dialect is Dialect.NONE


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        (b"one\ncaf\xe9\n", "encoding-not-utf8", 2),
        (b"\xff\xfe#\x00 \x00A\x00", "encoding-utf16", 1),
        ("# Title\n".encode("utf-16-le"), "encoding-utf16", 1),
        ("# Title\n".encode("utf-32-be"), "encoding-utf16", 1),
        (b"text and\nmore\x00text that goes on\n", "file-binary", 2),
    ],
)
def test_bytes_that_are_no_utf8_text_are_reported(raw: bytes, code: str, line: int) -> None:
    """One finding with the first place; the bytes are kept."""
    document = read(raw)
    assert [(found.code, found.line) for found in document.findings if found.code[0] in "e" + "file-b"[0]] == [
        (code, line)
    ]
    assert joined(document).encode("utf-8", "surrogateescape") == raw


def test_the_count_of_strange_bytes_is_told() -> None:
    """With the first of them in hexadecimal."""
    [found] = read(b"a \xe9\xe8 b \xff").findings
    assert found.message == "3 bytes of this file, the first here (e9 e8), are not UTF-8"
    assert found.column == 3


def test_a_byte_that_is_not_utf8_does_not_spoil_the_frontmatter() -> None:
    """The entry that holds it is read, the others as ever."""
    document = read(b"---\nname: caf\xe9\ntools: [a, b]\n---\n")
    assert document.frontmatter.values == {"name": "caf\udce9", "tools": ["a", "b"]}
    assert codes(document) == ["encoding-not-utf8", "frontmatter-not-yaml"]


def test_findings_stand_in_the_order_of_the_file() -> None:
    """Whatever found them."""
    document = read("---\nname: a: b\n---\n#\n### B\n##C\n```\n")
    assert [found.line for found in document.findings] == sorted(found.line for found in document.findings)
    assert len(document.findings) == 5
