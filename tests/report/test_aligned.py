"""Rows of short texts in columns without a frame."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.text import Text

from agentgen.report.aligned import aligned
from agentgen.report.terminal import paint

TEXTS = (("", "topic", "in"), ("!", "Security of the whole", "2 of 10"), ("", "漢字", "1 of 2"))
ROWS = [[Text(cell) for cell in row] for row in TEXTS]


def test_each_column_is_as_wide_as_its_widest_cell() -> None:
    """Wide characters count twice; the columns named end in line."""
    assert paint([aligned(ROWS, right=[2])], width=60, colour=False).splitlines() == [
        "   topic                       in",
        "!  Security of the whole  2 of 10",
        "   漢字                    1 of 2",
    ]


@pytest.mark.parametrize("width", [24, 28, 33])
def test_the_widest_columns_are_cut_where_the_terminal_is_narrow(width: int) -> None:
    """No line is longer than the terminal, each row keeps its line, and what is cut says so."""
    lines = paint([aligned(ROWS)], width=width, colour=False).splitlines()
    assert len(lines) == 3
    assert max(map(cell_len, lines)) <= width
    assert "…" in lines[1]
    assert lines[2].endswith("1 of 2")


def test_cells_keep_their_styles() -> None:
    """A style ends with its cell."""
    shown = paint([aligned([[Text("a", "bold"), Text("b")]])], width=20, colour=True)
    assert shown.startswith("\x1b[1ma\x1b[0m  b")


def test_nothing_gives_nothing() -> None:
    """No rows, no lines."""
    assert paint([aligned([])], width=20, colour=False) == ""
