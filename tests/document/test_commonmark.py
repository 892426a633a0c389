"""Where CommonMark's reading is right, ours is the same: every heading and fenced block, over all real files."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from agentgen.document.model import Document, SectionKind
from agentgen.document.read import read_document
from agentgen.findings import apply_fixes
from agentgen.source import Source, encode, read_source, to_lf
from tests.conftest import corpus_paths, seed_paths

pytestmark = pytest.mark.corpus

_DIFFERENCES = tomllib.loads((Path(__file__).parent / "commonmark_differences.toml").read_text("utf-8"))
_PARSER = MarkdownIt("commonmark")


def _paths() -> list[Path]:
    return [path for path in (*seed_paths(), *corpus_paths()) if path.suffix != ".toml"]


def _ours(document: Document) -> list[tuple[int, int]]:
    kinds = (SectionKind.ATX, SectionKind.SETEXT)
    return [(section.line, section.level) for section in document.sections if section.kind in kinds]


def _theirs(document: Document) -> list[tuple[int, int]]:
    """Line and level of the headings that the reference parser sees in the body, outside of lists and quotes."""
    start = document.body.start
    above = document.source.text[:start].count("\n")
    tokens = _PARSER.parse(to_lf(document.source.text[start:]))
    heads = [token for token in tokens if token.type == "heading_open" and token.level == 0]
    return [((token.map or [0])[0] + above + 1, int(token.tag[1])) for token in heads]


def test_headings_are_those_of_commonmark_but_for_the_listed_files(corpus: list[Path]) -> None:
    """The files that differ are exactly those listed with a reason."""
    differing = set()
    for path in _paths():
        document = read_document(read_source(path))
        if _ours(document) != _theirs(document):
            differing.add(path.name)
    assert differing == set(_DIFFERENCES)
    assert all(len(reason) > 20 for reason in _DIFFERENCES.values())


def test_every_difference_is_a_finding_whose_fix_makes_both_agree(corpus: list[Path]) -> None:
    """After the fixes CommonMark reads the headings that we read before, and so do we."""
    checked = 0
    for path in _paths():
        if path.name not in _DIFFERENCES:
            continue
        document = read_document(read_source(path))
        body_fixes = [each.fix for each in document.findings if each.fix and each.code.startswith(("fence", "heading"))]
        assert body_fixes, path.name
        mended = read_document(Source(path.name, encode(apply_fixes(document.source.text, body_fixes))))
        assert _headings(mended) == _headings(document), path.name
        assert _ours(mended) == _theirs(mended), path.name
        checked += 1
    assert checked == len(_DIFFERENCES)


def test_no_finding_speaks_of_a_difference_that_is_none(corpus: list[Path]) -> None:
    """A file without a difference has no finding about headings that CommonMark reads otherwise."""
    speaking = ("heading-in-html", "heading-accidental", "heading-needs-space", "fence-stray")
    for path in _paths():
        document = read_document(read_source(path))
        if path.name not in _DIFFERENCES:
            assert not [found for found in document.findings if found.code in speaking], path.name


def _headings(document: Document) -> list[tuple[str | None, int]]:
    return [(section.heading, section.level) for section in document.sections]
