"""Reviews of real agent files, each changed in one known way."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Variant
from agentgen.document.model import Document, ItemKind
from agentgen.document.read import read_document
from agentgen.report.review import Review, review
from agentgen.report.review_rules import RuleKind
from agentgen.source import Source, encode, read_source

pytestmark = pytest.mark.corpus

CHANGES = {RuleKind.REMOVED, RuleKind.ADDED, RuleKind.REWORDED, RuleKind.CHANGED, RuleKind.WEAKENED, RuleKind.MOVED}


def document(text: str) -> Document:
    return read_document(Source("agent.md", encode(text)))


def reviewed(old: str, new: str) -> Review:
    variants = [Variant(name, document(text), None, {}) for name, text in (("old", old), ("new", new))]
    return review(compare_variants(variants), "old", "new")


def texts(paths: list[Path]) -> list[str]:
    return [read_source(path).text for path in paths]


def test_a_file_against_itself_has_nothing_to_review(seeds: list[Path]) -> None:
    """Every rule is unchanged."""
    for text in texts(seeds):
        found = reviewed(text, text)
        assert found.same
        assert {change.kind for change in found.rules} == {RuleKind.UNCHANGED}


def test_other_bullets_and_line_ends_are_formatting(seeds: list[Path]) -> None:
    """The file says what it said."""
    for text in texts(seeds):
        bullets = _bullets(text)
        other = "".join("*" if at in bullets else char for at, char in enumerate(text))
        assert other != text
        found = reviewed(text, other.replace("\n", "\r\n"))
        assert found.same
        assert found.tokens[0] == found.tokens[1]


def test_a_rule_that_was_taken_out_is_the_one_removal(seeds: list[Path]) -> None:
    """Nothing else is said to have changed, whichever rule it was; put back, it is the one addition."""
    tried = 0
    for text in texts(seeds):
        whole = document(text)
        bullets = [item for item in whole.items if item.kind is ItemKind.BULLET and _stands_alone(whole, item.index)]
        for item in bullets[::14]:
            rest = text[: item.span.start] + text[item.span.end :]
            there, back = reviewed(text, rest), reviewed(rest, text)
            assert [(one.kind, one.old and one.old.text) for one in there.rules if one.kind in CHANGES] == [
                (RuleKind.REMOVED, item.text)
            ]
            assert [(one.kind, one.new and one.new.text) for one in back.rules if one.kind in CHANGES] == [
                (RuleKind.ADDED, item.text)
            ]
            tried += 1
    assert tried > 10


def _bullets(text: str) -> set[int]:
    """Where the `-` markers of list items stand."""
    starts = (item.span.start for item in document(text).items if item.kind is ItemKind.BULLET)
    places = (start + len(text[start:]) - len(text[start:].lstrip()) for start in starts)
    return {place for place in places if text[place] == "-"}


def _stands_alone(whole: Document, index: int) -> bool:
    """A list item on one line, neither nested nor with others nested in it, with a neighbour that keeps the list."""
    item = whole.items[index]
    family = [other for other in whole.items if other.section == item.section]
    nested = any(other.parent == index for other in family)
    return item.parent is None and not nested and item.line == item.end_line and len(family) > 2
