"""Where a command's words go: results to standard output, notes and progress to standard error."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TextIO, TypeVar

import typer

WIDTH = 100
"""Columns of a report where there is no terminal, and at most."""

SLOW_FROM = 8
"""From how many steps on a progress bar is worth its start-up."""

_OUT, _ERR = "out", "err"

T = TypeVar("T")


class Screen(NamedTuple):
    """The two standard streams. `quiet` keeps results and errors, and leaves out what only accompanies them.

    `heard` takes down what is written, as stream (`out` or `err`) and text, where somebody wants to know.
    """

    quiet: bool = False
    heard: list[tuple[str, str]] | None = None

    @property
    def width(self) -> int:
        """Columns for a report: those of the terminal, at most WIDTH."""
        if not sys.stdout.isatty():
            return WIDTH
        return max(40, min(WIDTH, shutil.get_terminal_size().columns))

    @property
    def terminal_width(self) -> int | None:
        """Columns for a table that people also cut into fields: all of the terminal's, None where there is none."""
        return max(40, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None

    @property
    def colour(self) -> bool:
        """Whether standard output is a terminal that wants colour (https://no-color.org)."""
        return _wants_colour(sys.stdout)

    def result(self, text: str) -> None:
        """What was asked for; to standard output, also when quiet."""
        self._write(_OUT, text)

    def file(self, text: str) -> None:
        """A file's whole text, to standard output: as it is into a pipe, harmless on a terminal."""
        from agentgen.report.visible import visible

        sys.stdout.write(visible(text) if sys.stdout.isatty() else text)

    def page(self, text: str) -> None:
        """A long result: on a terminal that it does not fit, through the pager that $PAGER names."""
        if sys.stdout.isatty() and text.count("\n") >= shutil.get_terminal_size().lines:
            import pydoc

            os.environ.setdefault("LESS", "FRX")  # colours through, no pager for what fits, the text stays
            pydoc.pager(text)
        else:
            sys.stdout.write(text)

    def say(self, text: str) -> None:
        """What was done; to standard output, nothing when quiet."""
        if not self.quiet:
            self._write(_OUT, text)

    def note(self, text: str) -> None:
        """What is worth knowing besides; to standard error, nothing when quiet."""
        if not self.quiet:
            self._write(_ERR, text)

    def warn(self, text: str) -> None:
        """What must be known; to standard error, also when quiet."""
        self._write(_ERR, text)

    def replay(self, heard: Sequence[Sequence[str]]) -> None:
        """Write what was taken down before."""
        for stream, text in heard:
            self._write(stream, text)

    def _write(self, stream: str, text: str) -> None:
        if self.heard is not None and text:
            self.heard.append((stream, text))
        (sys.stdout if stream == _OUT else sys.stderr).write(text)

    def progress(self, steps: Iterable[T], label: str, total: int) -> Iterator[T]:
        """The `total` steps one by one, with a bar on a terminal while there are many."""
        if self.quiet or total < SLOW_FROM or not sys.stderr.isatty():
            yield from steps
            return
        from rich.console import Console
        from rich.progress import track

        console = Console(file=sys.stderr, no_color=not _wants_colour(sys.stderr))
        yield from track(steps, description=label, total=total, console=console, transient=True)


def open_screen(context: typer.Context, quiet: bool) -> Screen:
    """The screen for a command; `--quiet` counts before and behind the command's name."""
    return Screen(quiet or bool(context.obj))


def _wants_colour(stream: TextIO) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
