"""Rows of short texts in columns without a frame, each text in one line.

   topic       A       B      in
!  Security    ≈ 4/9   ≈ 3/7  2 of 3

Where the terminal is too narrow, the widest columns are cut.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

from agentgen.report.terminal import segments

_GAP = 2  # behind each of the columns
_NARROWEST = 8  # cells; below that, lines may be longer than the terminal is wide


class Aligned(NamedTuple):
    """Rows of cells, for `Console.print`; the columns in `right` end in line instead of beginning so."""

    rows: tuple[tuple[Text, ...], ...]
    right: frozenset[int] = frozenset()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        widths = _fitted([max(cell.cell_len for cell in column) for column in zip(*self.rows, strict=True)], options)
        for row in self.rows:
            for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
                if cell.cell_len > width:
                    cell.truncate(width, overflow="ellipsis")
                blank = " " * (width - cell.cell_len)
                before, after = (blank, "") if column in self.right else ("", blank)
                yield from (Segment(before), *segments(cell, console), Segment(after + " " * _GAP))
            yield Segment.line()


def aligned(rows: Iterable[Sequence[Text]], right: Iterable[int] = ()) -> Aligned:
    """Rows of equally many cells in columns."""
    return Aligned(tuple(map(tuple, rows)), frozenset(right))


def _fitted(widths: list[int], options: ConsoleOptions) -> list[int]:
    """The widths with the widest cut, again and again, until all fit."""
    over = sum(widths) + _GAP * len(widths) - options.max_width
    while over > 0 and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
        over -= 1
    return widths
