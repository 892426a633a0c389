"""The seeds' section trees, against hand-made judgements of what their authors meant."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from agentgen.document.model import Document, ItemKind, Section, SectionKind
from agentgen.document.read import read_document
from agentgen.source import read_source

pytestmark = pytest.mark.corpus

_LIST_KINDS = (ItemKind.BULLET, ItemKind.NUMBER, ItemKind.CHECKBOX)


@pytest.fixture(scope="module")
def judged(shared: Path, seeds: list[Path]) -> list[tuple[Document, dict[str, Any]]]:
    """Each seed as we read it, with the judgement."""
    gold = json.loads((shared / "gold" / "seeds_sections.json").read_text("utf-8"))["files"]
    by_name = {entry["file"]: entry for entry in gold.values()}
    return [(read_document(read_source(path)), by_name[path.name]) for path in seeds]


def _ours(document: Document, section: Section) -> dict[str, Any]:
    parent = document.section(section.parent) if section.parent else None
    items = [item for item in document.items_of(section.id) if item.kind in _LIST_KINDS]
    return {
        "heading": section.heading.rstrip(":") if section.heading else None,
        "bold": section.kind is SectionKind.BOLD,
        "level": section.level,
        "parent line": parent.line if parent else None,
        "lines": [section.line, document.source.line_of(section.span.end - 1)],
        "subtree ends": document.source.line_of(section.subtree.end - 1),
        "items": sum(item.depth == 0 for item in items),
        "all items": len(items),
    }


def _judged(sections: list[dict[str, Any]], section: dict[str, Any]) -> dict[str, Any]:
    lines = {entry["id"]: entry["line"] for entry in sections}
    return {
        "heading": section["heading"].rstrip(":") if section["heading"] else None,
        "bold": section["pseudo"],
        "level": section["level"],
        "parent line": lines.get(section["parent"]),
        "lines": section["lines"],
        "subtree ends": section["subtree_lines"][1],
        "items": section["items"],
        "all items": section["items_all"],
    }


def test_section_trees_are_those_the_authors_meant(judged: list[tuple[Document, dict[str, Any]]]) -> None:
    """Every section agrees in heading, kind, level, parent, lines and number of list items."""
    total = 0
    for document, gold in judged:
        ours = [_ours(document, section) for section in document.sections]
        assert ours == [_judged(gold["sections"], section) for section in gold["sections"]]
        total += len(ours)
    assert total == 122


def test_template_with_inner_fences_is_one_item(judged: list[tuple[Document, dict[str, Any]]]) -> None:
    """A fenced template that holds fences is one code item with exactly the judged lines."""
    blocks = [(document, *lines) for document, gold in judged for lines in gold["template_blocks"]]
    assert blocks
    for document, first, last in blocks:
        assert [(first, last)] == [(item.line, item.end_line) for item in document.items if item.line == first]


def test_frontmatter_lines(judged: list[tuple[Document, dict[str, Any]]]) -> None:
    """The frontmatter block covers the judged lines."""
    for document, gold in judged:
        span = document.frontmatter.span
        assert [document.source.line_of(span.start), document.source.line_of(span.end - 1)] == gold["frontmatter_lines"]
