"""Real frontmatters that a strict YAML parser refuses: read as their authors wrote them, and mended by their fixes."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from agentgen.document.model import Dialect, Document
from agentgen.document.read import read_document
from agentgen.findings import apply_fixes
from agentgen.source import Source, encode, read_source
from tests.conftest import corpus_paths, seed_paths

pytestmark = pytest.mark.corpus

FACTS: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "frontmatter_facts.json").read_text("utf-8"))
"""Taken from the files by hand: name, and of the description its words and lines and a digest of the words."""

_MISPLACED = {
    "frontmatter-unclosed",
    "frontmatter-long-dashes",
    "frontmatter-no-opening",
    "frontmatter-not-first",
    "frontmatter-in-fence",
    "frontmatter-in-comment",
}

_BLOCK = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.S | re.M)


def _documents() -> list[Document]:
    return [read_document(read_source(path)) for path in (*seed_paths(), *corpus_paths())]


@pytest.fixture(scope="module")
def documents(corpus: list[Path]) -> list[Document]:
    """All seeds and corpus files."""
    return _documents()


def _strict(text: str) -> Any:
    """What the strict parser of other tools makes of the block on the first line; raises where it refuses."""
    block = _BLOCK.match(text)
    assert block
    return yaml.safe_load(block[1])


def _is_refused(text: str) -> bool:
    try:
        return not isinstance(_strict(text), dict)
    except (yaml.YAMLError, AssertionError):
        return True


def _facts(document: Document) -> dict[str, Any]:
    text = str(document.frontmatter.values.get("description", "")).strip()
    words = text.split()
    digest = hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]
    name = document.frontmatter.values.get("name")
    return {"name": name, "words": len(words), "lines": text.count("\n") + 1, "sha256": digest}


def test_refused_frontmatters_give_the_name_and_description_their_author_wrote(documents: list[Document]) -> None:
    """All of them, where 98 in 100 are promised."""
    read = {_name(document): _facts(document) for document in documents if _name(document) in FACTS}
    assert len(read) == 46
    assert read == FACTS


def test_the_facts_cover_every_file_that_a_strict_parser_refuses(documents: list[Document]) -> None:
    """Of the blocks that stand where they belong, those refused are exactly those of the facts."""
    refused = {
        _name(document) for document in documents if _stands_right(document) and _is_refused(document.source.text)
    }
    assert refused == set(FACTS)


def _stands_right(document: Document) -> bool:
    codes = {found.code for found in document.findings}
    return document.frontmatter.dialect is not Dialect.NONE and not codes & _MISPLACED


def test_applying_the_fixes_gives_yaml_that_means_the_same_to_a_strict_parser(documents: list[Document]) -> None:
    """Every repaired frontmatter, misplaced ones as well: values as text, and nothing left to repair."""
    checked = 0
    for document in documents:
        if document.frontmatter.dialect is not Dialect.REPAIRED:
            continue
        found = [each for each in document.findings if each.code.startswith("frontmatter")]
        assert all(each.fix and each.fix.edits for each in found), _name(document)
        mended = apply_fixes(document.source.text, [each.fix for each in found if each.fix])
        strict = _strict(mended)
        assert {key: str(value) for key, value in strict.items()} == _texts(document), _name(document)
        again = read_document(Source("mended.md", encode(mended)))
        assert again.frontmatter.dialect is Dialect.STRICT, _name(document)
        assert again.frontmatter.values == document.frontmatter.values, _name(document)
        checked += 1
    assert checked >= 58


def test_strict_frontmatters_mean_what_a_strict_parser_says(documents: list[Document]) -> None:
    """Where nothing was repaired, each text and list of texts is the one that the strict parser gives."""
    checked = 0
    for document in documents:
        if document.frontmatter.dialect is not Dialect.STRICT:
            continue
        for key, value in _strict(document.source.text).items():
            if isinstance(value, (str, list)):
                assert document.frontmatter.values[key] == value, (_name(document), key)
                checked += 1
    assert checked > 1000


def test_spans_of_fields_quote_the_file(documents: list[Document]) -> None:
    """A field's span begins with its key on the line that it names, and holds its value's span."""
    checked = 0
    for document in documents:
        for field in document.frontmatter.fields:
            text = document.source.slice(field.span)
            assert text.lstrip("\"'").startswith(field.key), _name(document)
            assert document.source.line_of(field.span.start) == field.line
            assert field.span.start <= field.value_span.start <= field.value_span.end <= field.span.end
            if (
                isinstance(field.value, str)
                and "\n" not in field.value
                and document.frontmatter.dialect is Dialect.STRICT
            ):
                assert _words(field.value) == _words(document.source.slice(field.value_span)), _name(document)
            checked += 1
    assert checked > 1500


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lstrip(">-|"))


def _texts(document: Document) -> dict[str, str]:
    return {key: str(value) for key, value in document.frontmatter.values.items()}


def _name(document: Document) -> str:
    return Path(document.source.path).name
