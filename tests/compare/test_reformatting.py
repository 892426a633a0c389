"""On real files: another layout opens no row, another word opens one."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from agentgen.compare.alignment import align
from agentgen.compare.model import Status, Variant
from agentgen.compare.status import row_status
from agentgen.document.model import Document, Item, ItemKind
from agentgen.document.read import read_document
from agentgen.source import Source, encode
from tests.conftest import corpus_paths
from tests.properties.reformat import WAYS

STEP = 7
CLOSED = {Status.SAME, Status.FORMATTING}
WORD = re.compile(r"(?<![\w`/.*_~<>\[\]({#@-])[A-Za-z]{4,}(?![\w`/.*_~<>\[\](){#@-])")
PROSE = {ItemKind.BULLET, ItemKind.NUMBER, ItemKind.PARAGRAPH}


def read(path: str, text: str) -> Document:
    return read_document(Source(path, encode(text)))


def open_rows(one: Document, two: Document) -> list[str]:
    """The ids of the rows that are not proven to say the same."""
    variants = {"a": Variant("a", one), "b": Variant("b", two)}
    rows = align(list(variants.values())).rows
    members = {row.id: [(variants[sketch.key[0]], sketch.section) for sketch in row.sketches] for row in rows}
    return [name for name, found in members.items() if row_status(found, 2) not in CLOSED]


def spliced(document: Document, edits: list[tuple[int, int, str]]) -> str:
    text = document.source.text
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def sample() -> list[Path]:
    return corpus_paths()[::STEP]


@pytest.mark.corpus
def test_another_layout_opens_no_row(corpus: list[Path]) -> None:
    """Every row of a file and its reformatted copy is the same but for formatting; the ways to reformat take turns."""
    opened = {}
    for number, path in enumerate(sample()):
        document = read_document(Source(path.name, path.read_bytes()))
        way = WAYS[number % len(WAYS)]
        rows = open_rows(document, read_document(Source(path.name, way(document))))
        if rows:
            opened[path.name] = (way.__name__, rows)
    assert len(sample()) > 50
    assert opened == {}


@pytest.mark.corpus
def test_another_word_opens_a_row(corpus: list[Path]) -> None:
    """Changing any one word of a file leaves at least one row that is not proven to say the same."""
    chance = random.Random(5)
    missed = {}
    for path in sample():
        document = read_document(Source(path.name, path.read_bytes()))
        words = [place for item in document.items if item.kind in PROSE for place in words_of(document, item)]
        for start, end in chance.sample(words, min(1, len(words))):
            changed = spliced(document, [(start, end, "zebra")])
            if not open_rows(document, read(path.name, changed)):
                missed[path.name] = document.source.text[start:end]
    assert missed == {}


def words_of(document: Document, item: Item) -> list[tuple[int, int]]:
    """Offsets of plain words of an item's text."""
    found = WORD.finditer(document.source.text, item.span.start, item.span.end)
    return [match.span() for match in found]
