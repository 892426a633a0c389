"""Formatting is claimed only where it is proven."""

from __future__ import annotations

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Status
from tests.compare.helpers import variants

BODY = "- Write **short** sentences\n- Run `make` before 3 merges\n\n1. First\n2. Then\n\nA line\nand more.\n"


def status(one: str, two: str, *, heading: str = "## Rules", other: str = "## Rules") -> Status:
    texts = {"a": f"You write.\n\n{heading}\n\n{one}", "b": f"You write.\n\n{other}\n\n{two}"}
    topics = [topic for topic in compare_variants(variants(texts)).topics if topic.id != "opening"]
    assert len(topics) == 1, "both sections share a row"
    return topics[0].status


@pytest.mark.parametrize("edited", [BODY, BODY + "\n\n\n", "\n" + BODY, BODY.replace("\n", "\r\n")])
def test_same_but_for_blank_lines_at_the_edges(edited: str) -> None:
    """Blank lines around a text and line ends are not even formatting."""
    assert status(BODY, edited) is Status.SAME


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- Write", "* Write"),
        ("**short**", "*short*"),
        ("1. First\n2. Then", "3) First\n4) Then"),
        ("A line\nand more.", "A line and\nmore."),
        ("- Run", "+  Run"),
        ("\n\nA line", "\n\n\nA line"),
    ],
)
def test_formatting_alone_is_formatting(old: str, new: str) -> None:
    """Bullets, numbers, emphasis and line breaks."""
    assert old in BODY
    assert status(BODY, BODY.replace(old, new)) is Status.FORMATTING


@pytest.mark.parametrize("other", ["### Rules", "## Rules:", "## Rules ##", "**Rules:**", "Rules\n-----", "## *Rules*"])
def test_another_way_to_write_a_heading_is_formatting(other: str) -> None:
    """Level, closing marks, emphasis, underlining, bold line, trailing colon."""
    assert status(BODY, BODY, other=other) is Status.FORMATTING


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Write", "Never write"),
        ("short", "long"),
        ("3 merges", "4 merges"),
        ("`make`", "`make -j`"),
        ("- Write **short** sentences\n", ""),
        ("- Run", "  - Run"),
        ("- Write", "- [x] Write"),
        ("1. First\n2. Then", "1. Then\n2. First"),
        ("A line\nand more.", "- A line\n  and more."),
        ("A line\nand more.", "A line\nand more!"),
    ],
)
def test_anything_said_otherwise_is_an_edit(old: str, new: str) -> None:
    """Words, numbers, negation, code, order, nesting, ticks, and text that becomes a list item."""
    assert old in BODY
    assert status(BODY, BODY.replace(old, new)) is Status.EDITED


def test_code_keeps_its_lines() -> None:
    """A longer fence is formatting, another indentation inside is an edit."""
    code = "Run this:\n\n```sh\nif x\n  y\n```\n"
    assert status(code, code.replace("```", "~~~~")) is Status.FORMATTING
    assert status(code, code.replace("  y", "y")) is Status.EDITED


def test_another_heading_is_an_edit() -> None:
    """The text is equal, the heading is not."""
    assert status(BODY, BODY, other="## House rules") is Status.EDITED


def test_a_row_that_lacks_a_variant_is_partial() -> None:
    """However equal the others are."""
    rules = "You write.\n\n## Rules\n\n" + BODY
    texts = {"a": rules, "b": rules, "c": "You write.\n\n## Bicycles\n\n- Oil the chain\n"}
    result = compare_variants(variants(texts))
    assert result.topic("rules").status is Status.PARTIAL
    assert result.topic("bicycles").status is Status.ONLY
