"""A terminal that shows one question a screen and gives one key."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from agentgen.errors import Problem, UserError
from agentgen.merge.model import View
from agentgen.report.question_text import QuestionText, question_text
from agentgen.source import digest

_ENTER, _LEAVE = "\x1b[?1049h", "\x1b[?1049l"
"""The terminal's second screen, so that what stood on the first one comes back."""

_CLEAR = "\x1b[H\x1b[2J"
_NEXT_PAGE = " "
_ENDS = ("\x04", "")
_ESCAPE = b"\x1b"
_WIDEST = 140
"""Columns beyond which lines are hard to read."""


class Terminal:
    """Shows questions on standard error and reads keys from standard input, one without waiting for a line end.

    The space bar turns the page of a question that is longer than the screen; it is no answer, and is not handed on.
    """

    def __init__(self) -> None:
        self._keys = _Keys()
        _write(_ENTER)
        self._text = QuestionText("", "", "")
        self._page = 0
        self._colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def show(self, view: View) -> None:
        """Draw a question from its first page."""
        width = min(_WIDEST, max(40, os.get_terminal_size(sys.stderr.fileno()).columns))
        self._text = question_text(view, width=width - 1, colour=self._colour)
        self._page = 0
        self._draw()

    def read_key(self) -> str:
        """The next key that is no turning of pages. Raises KeyboardInterrupt at Ctrl-C and where the input ends."""
        while (key := self._keys.one()) == _NEXT_PAGE:
            self._page = (self._page + 1) % len(self._pages())
            self._draw()
        if key in _ENDS:
            raise KeyboardInterrupt
        return key

    def edit(self, text: str) -> str | None:
        """The text after a visit of the editor; None where that failed."""
        with tempfile.TemporaryDirectory(prefix="agentgen-") as folder:
            path = Path(folder, "decision.md")
            path.write_bytes(f"{text}\n".encode("utf-8", "surrogateescape"))
            before = digest(path.read_bytes())
            self.close()
            try:
                ended = subprocess.run([*_editor(), str(path)], check=False).returncode
            except OSError:
                return None
            finally:
                self._keys.take()
                _write(_ENTER)
            after = path.read_bytes()
        return None if ended or digest(after) == before else after.decode("utf-8", "surrogateescape")

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._keys.release()
        _write(_LEAVE)

    def _draw(self) -> None:
        pages = self._pages()
        more = f"page {self._page + 1} of {len(pages)}, space turns it\n" if len(pages) > 1 else ""
        _write(_CLEAR + self._text.head + pages[self._page] + more + self._text.foot)

    def _pages(self) -> list[str]:
        """The body cut to what the screen can hold beside head and foot."""
        rows = os.get_terminal_size(sys.stderr.fileno()).lines
        room = max(3, rows - self._text.head.count("\n") - self._text.foot.count("\n") - 2)
        lines = self._text.body.splitlines(keepends=True)
        return ["".join(lines[start : start + room]) for start in range(0, len(lines), room)] or [""]


@contextmanager
def open_terminal() -> Iterator[Terminal]:
    """A terminal that is left tidy.

    Raises:
        UserError: standard input or standard error is no terminal.
    """
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        hint = "answers come from a file with --decisions FILE: the journal of a session, or one written by hand"
        raise UserError(Problem("--interactive needs a terminal", hint=hint))
    terminal = Terminal()
    try:
        yield terminal
    finally:
        terminal.close()


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def _editor() -> list[str]:
    return shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")


class _Keys:
    """Standard input set to give each key at once, unseen."""

    def __init__(self) -> None:
        self._stream = sys.stdin.fileno()
        self._before = termios.tcgetattr(self._stream)
        self.take()

    def take(self) -> None:
        tty.setcbreak(self._stream, termios.TCSADRAIN)

    def release(self) -> None:
        termios.tcsetattr(self._stream, termios.TCSADRAIN, self._before)

    def one(self) -> str:
        """One character as it is typed; what else a special key sends (an arrow's `[A`) is thrown away."""
        typed = os.read(self._stream, 1)
        if typed == _ESCAPE:
            termios.tcflush(self._stream, termios.TCIFLUSH)
        return typed.decode("ascii", "replace")
