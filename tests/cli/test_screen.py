"""Where words go: results and deeds to standard output, notes to standard error, colour and progress to terminals."""

from __future__ import annotations

import io
import sys

import pytest

from agentgen.cli.screen import SLOW_FROM, WIDTH, Screen


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def open_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make both standard streams one terminal of 200 columns. (A fixture would be undone before the test runs.)"""
    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    return stream


def test_colour_is_for_terminals_that_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """`NO_COLOR` (with any value) and dumb terminals get none."""
    open_terminal(monkeypatch)
    assert Screen().colour
    monkeypatch.setenv("NO_COLOR", "1")
    assert not Screen().colour
    monkeypatch.setenv("NO_COLOR", "")
    assert Screen().colour
    monkeypatch.setenv("TERM", "dumb")
    assert not Screen().colour


def test_a_pipe_gets_no_colour_and_a_fixed_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the terminal around it is like."""
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setenv("COLUMNS", "61")
    assert not Screen().colour
    assert Screen().width == WIDTH


@pytest.mark.parametrize(("columns", "width"), [("200", WIDTH), ("72", 72), ("10", 40)])
def test_reports_fit_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: str, width: int) -> None:
    """Never wider than is comfortable to read, never narrower than makes sense."""
    open_terminal(monkeypatch)
    monkeypatch.setenv("COLUMNS", columns)
    assert Screen().width == width


def test_quiet_leaves_results_and_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    """What was asked for and what must be known."""
    screen = Screen(quiet=True)
    for write in (screen.result, screen.say, screen.note, screen.warn):
        write(f"{write.__name__} ")
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("result ", "warn ")


def test_progress_is_shown_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """And only where there are many steps and nobody asked for quiet; the steps are the same."""
    terminal = open_terminal(monkeypatch)
    steps = list(range(SLOW_FROM))
    assert list(Screen().progress(iter(steps), "reading", len(steps))) == steps
    assert "reading" in terminal.getvalue()
    for screen, few in ((Screen(quiet=True), steps), (Screen(), steps[1:])):
        terminal.truncate(0)
        assert list(screen.progress(few, "reading", len(few))) == few
        assert terminal.getvalue() == ""
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    assert list(Screen().progress(iter(steps), "reading", len(steps))) == steps
    assert pipe.getvalue() == ""
