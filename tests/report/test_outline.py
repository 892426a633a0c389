"""The outline of a document, as JSON and as text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agentgen.document.read import read_document
from agentgen.report.outline import outline_json, outline_text
from agentgen.source import Source, read_source

_TEXT = """\
---
name: é
tools: [Read, 1]
description: one: two
---
Before.

# Tïtle
- a
  - b

**Checks:**
1. c
"""


def _document(text: str | bytes, path: str = "a.md") -> dict[str, object]:
    raw = text if isinstance(text, bytes) else text.encode()
    outline = outline_json([read_document(Source(path, raw))])
    assert outline["schema"] == "agentgen.outline/1"
    documents = outline["documents"]
    assert isinstance(documents, list)
    return dict(documents[0])


def test_json_has_the_shape_of_the_contract() -> None:
    """Path, size, frontmatter, sections and items of a small file."""
    document = _document(_TEXT)
    assert list(document) == ["path", "bytes", "segments", "frontmatter", "sections", "items", "findings"]
    assert document["path"] == "a.md"
    assert document["bytes"] == len(_TEXT.encode())
    assert document["frontmatter"] == {
        "dialect": "repaired",
        "fields": {"name": "é", "tools": ["Read", 1], "description": "one: two"},
    }
    assert document["sections"] == [
        _section("preamble", None, 0, "preamble", 6, 6, None, 1),
        _section("tïtle", "Tïtle", 1, "atx", 8, 10, None, 2),
        _section("checks", "Checks:", 2, "bold", 12, 13, "tïtle", 1),
    ]
    assert document["items"] == [
        {"section": "preamble", "kind": "paragraph", "line": 6, "end_line": 6, "text": "Before."},
        {"section": "tïtle", "kind": "bullet", "line": 9, "end_line": 9, "text": "a"},
        {"section": "tïtle", "kind": "bullet", "line": 10, "end_line": 10, "text": "b"},
        {"section": "checks", "kind": "number", "line": 13, "end_line": 13, "text": "c"},
    ]


def _section(
    section: str, heading: str | None, level: int, kind: str, line: int, end_line: int, parent: str | None, items: int
) -> dict[str, object]:
    return {
        "id": section,
        "heading": heading,
        "level": level,
        "kind": kind,
        "line": line,
        "end_line": end_line,
        "parent": parent,
        "items": items,
    }


def test_segments_are_contiguous_bytes() -> None:
    """From 0 to the size of the file, the byte-order mark and characters of several bytes included."""
    raw = b"\xef\xbb\xbf" + _TEXT.replace("\n", "\r\n").encode() + b"\xff\n"
    segments = _document(raw)["segments"]
    assert isinstance(segments, list)
    assert segments[0] == [0, 3]
    assert [start for start, _ in segments] == [0, *(end for _, end in segments[:-1])]
    assert segments[-1][1] == len(raw)


def test_the_edits_of_a_finding_are_bytes_and_can_be_applied() -> None:
    """Splicing the bytes gives the mended line."""
    document = _document(_TEXT)
    findings = document["findings"]
    assert isinstance(findings, list)
    [found] = findings
    assert (found["code"], found["severity"]) == ("frontmatter-value-needs-quotes", "error")
    assert (found["line"], found["column"], found["end_line"]) == (4, 17, None)
    [edit] = found["edits"]
    raw = _TEXT.encode()
    mended = raw[: edit["start"]] + edit["text"].encode() + raw[edit["end"] :]
    assert mended.decode() == _TEXT.replace("description: one: two", 'description: "one: two"')


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"# \xff\n- \xff\n", b"\x00", b"---\nname: \xff\n---\n"])
def test_json_can_hold_any_bytes(raw: bytes) -> None:
    """What is not UTF-8 shows as U+FFFD, so that the outline can be written as UTF-8."""
    document = _document(raw, "caf\udce9.md")
    assert json.loads(json.dumps(document, ensure_ascii=False).encode()) == document


def test_text_is_a_tree_with_findings_and_fixes() -> None:
    """Lines, headings indented by depth, counts, and the finding with its place and its fix."""
    text = outline_text([read_document(Source("a.md", _TEXT.encode()))])
    assert text == (
        "a.md  102 bytes, 13 lines\n"
        "        1-5  frontmatter, repaired: name, tools, description\n"
        "        6-6  (before the first heading)  · 1 paragraph\n"
        "       8-10  # Tïtle  · 2 bullets\n"
        "      12-13    **Checks:**  · 1 step\n"
        "\n"
        "  4:17 error frontmatter-value-needs-quotes: "
        "`description` holds `: ` without quotes, which strict YAML refuses\n"
        "      fix: write `description` on one line, in quotes\n"
    )


def test_text_shows_what_hides_in_headings_and_names() -> None:
    """Escape sequences and invisible characters never reach the terminal."""
    text = outline_text([read_document(Source("a.md", "# A\x1b[31m\u200b\n---\n".encode()))])
    assert "\x1b" not in text
    assert "\u200b" not in text
    assert "# A<U+001B>[31m<U+200B>" in text


def test_several_documents_are_shown_one_below_the_other() -> None:
    """Each under its path; a file without frontmatter, heading or text says so."""
    text = outline_text([read_document(Source(path, raw)) for path, raw in (("a.md", b"#\n"), ("b.md", b""))])
    assert "a.md  2 bytes, 1 line\n" in text
    assert "  no frontmatter\n" in text
    assert "1-1  # (no text)\n" in text
    assert "\nb.md  0 bytes, 0 lines\n" in text


@pytest.mark.corpus
def test_every_real_file_has_an_outline(corpus: list[Path]) -> None:
    """Contiguous segments over all bytes, and text that can be written as UTF-8."""
    documents = [read_document(read_source(path)) for path in corpus]
    outline = outline_json(documents)
    entries = outline["documents"]
    assert isinstance(entries, list)
    assert len(entries) == len(corpus)
    for entry in entries:
        place = 0
        for start, end in entry["segments"]:
            assert start == place < end
            place = end
        assert place == entry["bytes"]
    assert len(outline_text(documents).encode()) > 100_000
    assert json.loads(json.dumps(outline, ensure_ascii=False).encode()) == outline
