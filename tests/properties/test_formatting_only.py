"""'Formatting only' is claimed where it is proven, and nowhere else.

Other line ends, bullets, numbers, emphasis, fences and line breaks leave every item the same. One changed word, number,
negation, letter case or character of code does not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.items import group_items
from agentgen.compare.model import ItemGroup, Relation, Status, Variant
from agentgen.document.model import Document, ItemKind
from agentgen.document.read import read_document
from agentgen.source import Source, encode, read_source
from tests.conftest import corpus_paths, seed_paths
from tests.properties.reformat import WAYS

CHUNKS = 8
_WORD = re.compile(r"(?<![\w\\])[A-Za-z]{3,}(?!\w)")
_NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.)])")
_UNCHANGED = {Status.SAME, Status.FORMATTING}


def chunk(number: int) -> list[tuple[int, Path]]:
    """Every eighth file of seeds and corpus, with its place among all."""
    paths = list(enumerate([*seed_paths(), *corpus_paths()]))
    return paths[number::CHUNKS]


def groups_of(old: Document, new: Document) -> list[ItemGroup]:
    """The item groups of two documents whose sections are laid side by side by id."""
    variants = [Variant("new", new), Variant("old", old)]
    topics = {(variant.id, section.id): section.id for variant in variants for section in variant.document.sections}
    return [group for found in group_items(variants, topics).values() for group in found]


def read_again(raw: bytes) -> Document:
    return read_document(Source("changed.md", raw))


@pytest.mark.corpus
@pytest.mark.parametrize("number", range(CHUNKS))
def test_reformatting_leaves_every_item_the_same(shared: Path, number: int) -> None:
    """Whatever way a file is set, each of its items finds itself again, and nothing else."""
    for place, path in chunk(number):
        document = read_document(read_source(path))
        ways = WAYS if place < 5 else (WAYS[place % len(WAYS)],)
        for way in ways:
            again = read_again(way(document))
            found = groups_of(document, again)
            other = [group for group in found if group.relation is not Relation.SAME or len(group.members) % 2]
            assert not other, f"{path.name}, {way.__name__}: {other[0]}"


@pytest.mark.corpus
@pytest.mark.parametrize("number", range(CHUNKS))
def test_any_change_of_content_shows(shared: Path, number: int) -> None:
    """One word, number, negation, letter case or character of code changed: some item is not the same any more."""
    made = 0
    for place, path in chunk(number):
        document = read_document(read_source(path))
        for kind, line, text in changes(document, random.Random(path.name), place):
            found = groups_of(document, read_again(encode(text)))
            made += 1
            assert any(group.relation is not Relation.SAME for group in found), f"{path.name}:{line}: {kind}"
    assert made > 40


@pytest.mark.corpus
def test_reformatting_opens_no_row_and_a_word_opens_one(seeds: list[Path]) -> None:
    """In the whole comparison a reformatted file has no open row; with one word changed it has."""
    for path in seeds:
        document = read_document(read_source(path))
        for way in WAYS:
            topics = compare_variants([Variant("a", document), Variant("b", read_again(way(document)))]).topics
            assert {topic.status for topic in topics} <= _UNCHANGED, f"{path.name}, {way.__name__}"
        for kind, line, text in changes(document, random.Random(path.name), 0):
            topics = compare_variants([Variant("a", document), Variant("b", read_again(encode(text)))]).topics
            assert {topic.status for topic in topics} - _UNCHANGED, f"{path.name}:{line}: {kind}"


def changes(document: Document, chance: random.Random, place: int) -> Iterator[tuple[str, int, str]]:
    """The kind of a change, its line, and the file with it: all kinds for the first files, then by turns."""
    kinds = ["word", "number", "negation", "removed", "code", "case"]
    chosen = kinds if place < 5 else [kinds[place % 6]]
    for kind in chosen:
        items = [item for item in document.items if (item.kind is ItemKind.CODE) is (kind == "code")]
        for item in chance.sample(items, len(items)):
            changed = change(kind, document.source.slice(item.span), chance)
            if changed is not None:
                text = document.source.text
                yield kind, item.line, text[: item.span.start] + changed + text[item.span.end :]
                break


def change(kind: str, text: str, chance: random.Random) -> str | None:
    """The text with one change of that kind; None where it has no place for one."""
    first = text.find("\n") + 1 if kind == "code" else 0
    found = list((_NUMBER if kind == "number" else _WORD).finditer(text, first))
    if not found or (kind == "code" and not first):
        return None
    match = chance.choice(found)
    old = match.group()
    new = {"removed": "", "negation": f"not {old}", "case": old.swapcase()}.get(kind, "zebra")
    return text[: match.start()] + (str(int(old) + 1) if kind == "number" else new) + text[match.end() :]
