"""Editing by spans."""

from __future__ import annotations

from agentgen.document.edit import insert, remove, replace
from agentgen.source import Span
from tests.document.helpers import read


def test_replacing_a_span_leaves_the_rest() -> None:
    """Only the characters of the span change."""
    assert replace("one two three", Span(4, 7), "2") == "one 2 three"


def test_inserting_and_removing_are_inverse() -> None:
    """What was put in before an offset is removed by its span."""
    text = insert("ab", 1, "\r\n")
    assert text == "a\r\nb"
    assert remove(text, Span(1, 3)) == "ab"


def test_an_item_can_be_replaced_by_its_span() -> None:
    """The span of an item covers its line, line end included, and nothing else."""
    text = "# A\r\n- one\r\n- two\r\n"
    item = read(text).items[0]
    assert replace(text, item.span, "- 1\r\n") == "# A\r\n- 1\r\n- two\r\n"
