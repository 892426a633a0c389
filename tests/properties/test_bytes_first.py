"""Promise 1: a document is slices of the file's own bytes; joined they are the file again."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from agentgen.document.model import Document, SegmentKind
from agentgen.document.read import read_document
from agentgen.report.outline import outline_json
from agentgen.source import BOM, Source, encode, read_source
from tests.conftest import corpus_paths, seed_paths

_many = settings(max_examples=300)

_LINE_ENDS = ("\n", "\r\n", "\r")
_ODD = ("\ufeff", "\x0c", "\x0b", "\u2028", "\x85", "\x00", "\t", "\udce9", "\u200b", "😀", " ", "\x1b[0m")

_PIECES = (
    *("---", "...", "name: a", "description: b: c", "tools: [x", "- ", "key:", "  more", "a: &b [*b]", "# title"),
    *("# A", "## B #", "####### x", "#", "#tag", "==", "-----", "***", "**Bold:**", "__Bold__", "text", "text: more"),
    *("- item", "  - nested", "1. one", "2) two", "- [ ] box", "* ", "    code", "> quote", "| a | b |", "|---|---|"),
    *("```", "```markdown", "````", "~~~", "   ```sh", "- ```", "<tag>", "</tag>", "<!--", "-->", "<pre>", "[a]: b"),
    *("", "", " ", "\t"),
)

_LINES = st.tuples(
    st.sampled_from(("", "", "", " ", "  ", "    ", "\t")),
    st.one_of(st.sampled_from(_PIECES), st.text(max_size=12), st.sampled_from(_ODD)),
    st.sampled_from(_LINE_ENDS),
).map("".join)

_MARKDOWN = st.lists(_LINES, max_size=40).map("".join)
_WITH_FRONTMATTER = st.builds(
    lambda mark, keys, close, body: f"{mark}---\n{keys}{close}{body}",
    st.sampled_from(("", BOM)),
    st.lists(_LINES, max_size=12).map("".join),
    st.sampled_from(("---\n", "---\r\n", "-----\n", "...\n", "")),
    _MARKDOWN,
)


def _assert_whole(document: Document) -> None:
    """Segments and sections cover what they must, without gap or overlap."""
    text = document.source.text
    place = 0
    for segment in document.segments:
        assert segment.span.start == place < segment.span.end
        place = segment.span.end
    assert place == len(text)
    assert encode("".join(document.source.slice(segment.span) for segment in document.segments)) == document.source.raw
    for one, other in itertools.pairwise(document.sections):
        assert one.span.end == other.span.start
    if document.sections:
        assert document.sections[-1].span.end == len(text)
        assert not text[document.body.start : document.sections[0].span.start].strip()


def _assert_views_fit(document: Document) -> None:
    """Items are segments, their lines are those of their spans, every blank segment is blank."""
    pieces = {segment.span: segment.kind for segment in document.segments}
    for item in document.items:
        assert pieces[item.span] is SegmentKind.ITEM
        assert document.source.line_of(item.span.start) == item.line
        assert document.source.line_of(item.span.end - 1) == item.end_line
        section = document.section(item.section)
        assert section.span.start <= item.span.start < item.span.end <= section.span.end
    assert sum(kind is SegmentKind.ITEM for kind in pieces.values()) == len(document.items)
    for span, kind in pieces.items():
        assert kind is not SegmentKind.BLANK or not document.source.slice(span).strip()
    ids = [section.id for section in document.sections]
    assert len(set(ids)) == len(ids)


def _check(raw: bytes) -> None:
    document = read_document(Source("a.md", raw))
    _assert_whole(document)
    _assert_views_fit(document)
    [entry] = outline_json([document])["documents"]  # type: ignore[misc]
    assert b"".join(raw[start:end] for start, end in entry["segments"]) == raw


@given(st.binary(max_size=300))
def test_any_bytes(raw: bytes) -> None:
    """Bytes of any kind, UTF-8 or not, come out as they were."""
    _check(raw)


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """So does any text, whatever its line ends and separators."""
    _check(text.encode("utf-8", "surrogatepass"))


@_many
@given(_MARKDOWN)
def test_any_mixture_of_markdown_lines(text: str) -> None:
    """Fences, lists, headings, tables and tags in any order, with mixed line ends."""
    _check(encode(text))


@_many
@given(_WITH_FRONTMATTER)
def test_any_frontmatter(text: str) -> None:
    """Sound, broken and unclosed frontmatters, with and without byte-order mark."""
    _check(encode(text))


@given(_WITH_FRONTMATTER, st.sampled_from(("\r\n", "\r")))
@example("---\nname: a\n\u0800\n\x1f\n\x1f\n---\n", "\r\n")
def test_line_ends_change_no_reading(text: str, line_end: str) -> None:
    """The same lines with other ends give the same sections, items and frontmatter values."""
    lf = text.replace("\r\n", "\n").replace("\r", "\n")
    one = read_document(Source("a.md", encode(lf)))
    other = read_document(Source("a.md", encode(lf.replace("\n", line_end))))
    assert [(item.kind, item.line, item.end_line, item.text) for item in one.items] == [
        (item.kind, item.line, item.end_line, item.text) for item in other.items
    ]
    assert [(s.id, s.level, s.line, s.end_line, s.parent) for s in one.sections] == [
        (s.id, s.level, s.line, s.end_line, s.parent) for s in other.sections
    ]
    assert one.frontmatter.values == other.frontmatter.values
    assert [found.code for found in one.findings] == [found.code for found in other.findings]


@pytest.mark.corpus
def test_every_real_file(corpus: list[Path]) -> None:
    """All seeds and corpus files, and each of them with other line ends and a byte-order mark."""
    for path in (*seed_paths(), *corpus_paths()):
        raw = read_source(path).raw
        _check(raw)
        _check(BOM.encode() + raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
