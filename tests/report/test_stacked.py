"""Two columns without a frame: places and, wrapped beside them, texts."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.text import Text

from agentgen.report.stacked import stacked
from agentgen.report.terminal import paint

ROWS = [("A:1", Text("one two three four five six")), ("B:10 C:3", Text("short")), ("", Text("a\nb"))]


def test_texts_are_wrapped_beside_their_places() -> None:
    """Each text keeps to its own column; a place stands at its first line only."""
    assert paint([stacked(ROWS)], width=28, colour=False).splitlines() == [
        "  A:1       one two three",
        "            four five six",
        "  B:10 C:3  short",
        "            a",
        "            b",
    ]


@pytest.mark.parametrize("width", [24, 33, 80])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    """Wide characters and words without a gap are cut to fit."""
    rows = [("A:1", Text("漢字" * 40)), ("B:2", Text("x" * 200)), ("C:3", Text("word " * 30))]
    lines = paint([stacked(rows)], width=width, colour=False).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert "".join(line[7:].strip() for line in lines).count("x") == 200


def test_styles_of_the_text_arrive_and_places_are_quiet() -> None:
    """What is marked in a text is marked on the screen."""
    texts = Text.assemble("plain ", ("bold", "bold")), Text("all bold", "bold")
    shown = paint([stacked([("A:1", text) for text in texts])], width=40, colour=True)
    assert shown.splitlines() == [
        "  \x1b[90mA:1\x1b[0m  plain \x1b[1mbold\x1b[0m",
        "  \x1b[90mA:1\x1b[0m  \x1b[1mall bold\x1b[0m",
    ]


def test_nothing_gives_nothing() -> None:
    """No rows, no lines."""
    assert paint([stacked([])], width=40, colour=False) == ""
