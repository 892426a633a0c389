"""Real agent files: a section moved on one side, a statement edited, removed or added on the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from agentgen.document.model import Document
from agentgen.document.read import read_document
from agentgen.merge.files.three_way import merge_texts
from agentgen.source import read_source, split_lines

EDIT = "edited-for-this-test"


def no_lines(base: str, ours: str, theirs: str) -> None:
    """No text is merged by lines."""


def lines(text: str) -> Counter[str]:
    return Counter(line.strip() for line in split_lines(text) if line.strip())


def moved(document: Document, random: Random) -> str | None:
    """The text with a section in the place of one of its siblings behind it."""
    text = document.source.text
    sections = [section for section in document.sections if section.heading is not None and section.level]
    pairs = [
        (one, other)
        for one in sections
        for other in sections
        if one.parent == other.parent and one.kind == other.kind and one.subtree.end < other.subtree.start
    ]
    if not pairs:
        return None
    one, other = random.choice(pairs)
    start, end, place = one.subtree.start, one.subtree.end, other.subtree.start
    return text[:start] + text[end:place] + text[start:end] + text[place:]


def edits(document: Document, random: Random) -> Iterator[str]:
    """One statement with more at the end of its first line, without it, and with a new one behind it."""
    text = document.source.text
    item = random.choice([each for each in document.items if each.kind in ("bullet", "paragraph")])
    first = text[item.span.start : item.span.end].split("\n")[0].rstrip("\r")
    end = item.span.start + len(first)
    yield f"{text[:end]} {EDIT}{text[end:]}"
    yield text[: item.span.start] + text[item.span.end :]
    if item.kind == "bullet" and text[item.span.end - 1 : item.span.end] == "\n":
        indent = first[: len(first) - len(first.lstrip())]
        yield f"{text[: item.span.end]}{indent}{first.lstrip()[:1]} {EDIT}\n{text[item.span.end :]}"


@pytest.mark.corpus
def test_a_section_moved_here_and_a_statement_edited_there_are_both_in_the_result(corpus: list[Path]) -> None:
    """Where a merge is certain it has the moving side's order and exactly the other side's lines; most are certain."""
    random = Random(7)
    certain = tried = 0
    for path in random.sample(corpus, 60):
        document = read_document(read_source(path))
        ours = moved(document, random) if any(item.kind in ("bullet", "paragraph") for item in document.items) else None
        for theirs in edits(document, random) if ours else ():
            merged = merge_texts(document.source.text, ours or "", theirs, no_lines)
            tried += 1
            if merged is not None:
                certain += 1
                assert lines(merged.text) == lines(theirs), path.name
    assert tried > 80
    assert certain > 0.6 * tried, f"{certain} of {tried}"
