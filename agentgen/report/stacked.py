"""Two columns without a frame: short places, and beside each a text that is wrapped to the width that is left.

  A:12     first words of a
           long statement

A table of the library would do the same, and measure every cell three times: half of the time of a comparison.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.text import Text

from agentgen.report.terminal import QUIET, segments

_INDENT = 2
_GAP = 2  # behind each of the columns
_NARROWEST = 8  # cells; below that, lines may be longer than the terminal is wide


class Stacked(NamedTuple):
    """Places and texts one below the other, for `Console.print`."""

    rows: tuple[tuple[str, Text], ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        places = max((cell_len(place) for place, _ in self.rows), default=0)
        width = max(options.max_width - _INDENT - places - 2 * _GAP, _NARROWEST)
        quiet, after = console.get_style(QUIET), Segment(" " * _GAP)
        for place, text in self.rows:
            left = place
            for line in text.wrap(console, width, overflow="fold") or (Text(),):
                blank = " " * (places - cell_len(left))
                yield from (Segment(" " * _INDENT), Segment(left + blank, quiet), after)
                yield from segments(line, console)
                yield Segment.line()
                left = ""


def stacked(rows: Iterable[tuple[str, Text]]) -> Stacked:
    """Places and texts one below the other."""
    return Stacked(tuple(rows))
