"""How a run ends: exit codes, messages for people, a log for faults of ours."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from agentgen import __version__
from agentgen.cli import boundary

from .conftest import Run


def test_the_version_is_shown(run: Run) -> None:
    """With and without other options before it."""
    assert run("--version").out == f"agentgen {__version__}\n"
    assert run("--quiet", "--version").out == f"agentgen {__version__}\n"


def test_help_lists_every_command_with_examples_and_exit_codes(run: Run) -> None:
    """The first screen says what to do first."""
    shown = run("--help")
    assert shown.code == 0
    for word in ("Usage: agentgen", "agentgen init demo", "Exit codes:", "outline", "targets", "init"):
        assert word in shown.out
    assert run().out == shown.out


def test_every_command_has_help_with_an_example(run: Run) -> None:
    """Nobody needs the manual for the common case; what the list says about each fits its line."""
    listed = run("--help").out.split("Commands:\n")[1]
    assert "..." not in listed
    commands = re.findall(r"^  ([a-z-]+)", listed, re.MULTILINE)
    assert len(commands) > 2
    for command in commands:
        shown = run(command, "--help")
        assert shown.code == 0
        assert re.search(rf"^    agentgen {command}\b", shown.out, re.MULTILINE), command


def test_wrong_input_ends_with_2_and_names_every_mistake(run: Run, folder: Path) -> None:
    """All files that cannot be read are reported in one go, and nothing goes to standard output."""
    shown = run("outline", "missing.md", folder)
    assert shown.code == 2
    assert shown.out == ""
    assert "missing.md: error: no such file\n  check the path\n" in shown.err
    assert "this is a folder" in shown.err
    assert shown.err.endswith("2 errors\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["outlin"], "Did you mean 'outline'"),
        (["outline"], "Missing argument 'FILE...'"),
        (["outline", "--nope", "x"], "No such option"),
        (["outline", "x", "--format", "xml"], "'xml' is not one of"),
    ],
)
def test_a_wrong_command_line_ends_with_2_and_points_to_the_help(run: Run, arguments: list[str], message: str) -> None:
    """The message says what is wrong and which help to read, without a box or a trace."""
    shown = run(*arguments)
    assert shown.code == 2
    assert message in shown.err
    assert "--help` shows the options" in shown.err


def test_a_fault_of_ours_ends_with_3_and_a_log(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The screen stays short; the log has version, arguments and trace; no content of a file stands in it."""
    monkeypatch.setattr(boundary, "app_for", lambda _: broken)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    shown = run("outline", "x.md")
    assert shown.code == 3
    assert "this is a fault in agentgen, not in your files: ZeroDivisionError: <U+001B>[31m boom" in shown.err
    assert "Traceback" not in shown.err
    named = re.search(r"the log is (\S+\.log);", shown.err)
    assert named
    log = Path(named[1]).read_text("utf-8")
    for part in (__version__, "'outline', 'x.md'", "Traceback", "ZeroDivisionError"):
        assert part in log


def broken(*_: object, **__: object) -> int:
    raise ZeroDivisionError("\x1b[31m boom")


@pytest.mark.parametrize("kind", [errno.EACCES, errno.ENOSPC, errno.EROFS, errno.ENAMETOOLONG])
def test_what_the_file_system_refuses_is_no_fault_of_ours(run: Run, monkeypatch: pytest.MonkeyPatch, kind: int) -> None:
    """It ends with 2 and names the file and the reason."""

    def refused(*_: object, **__: object) -> int:
        raise OSError(kind, os.strerror(kind), "profiles/x/profile.yaml")

    monkeypatch.setattr(boundary, "app_for", lambda _: refused)
    shown = run("merge")
    assert shown.code == 2
    assert shown.err.startswith(f"profiles/x/profile.yaml: error: cannot be used: {os.strerror(kind)}\n")


def test_links_that_go_round_are_no_fault_of_ours(run: Run, folder: Path) -> None:
    """A file that is a link to itself is named like any other that cannot be read."""
    (folder / "loop.md").symlink_to("loop.md")
    shown = run("outline", "loop.md")
    assert shown.code == 2
    assert shown.err.startswith("loop.md: error: cannot be read")


def test_a_current_folder_that_was_removed_is_named(run: Run, folder: Path) -> None:
    """Nothing can be found from a folder that is gone, which a person can mend."""
    folder.rmdir()
    shown = run("targets")
    assert (shown.code, shown.out) == (2, "")
    assert "the current folder is not there any more" in shown.err


def test_an_interrupt_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person who stops a run gets one word, not a trace."""

    def interrupted(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(boundary, "app_for", lambda _: interrupted)
    shown = run("outline", "x.md")
    assert (shown.code, shown.err) == (130, "interrupted\n")


def agentgen(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    program = [sys.executable, "-c", "from agentgen.cli.main import run; run()", *map(str, arguments)]
    return subprocess.run(program, capture_output=True, env={**os.environ, **environment}, check=False)


def test_a_reader_that_goes_away_causes_no_trace(tmp_path: Path) -> None:
    """`agentgen outline … | head -1` is silent about the rest."""
    path = tmp_path / "long.md"
    path.write_text("".join(f"# Heading {i}\n\ntext\n\n" for i in range(20_000)), "utf-8")
    program = f"{sys.executable} -c 'from agentgen.cli.main import run; run()' outline {path} | head -n 1"
    done = subprocess.run(["bash", "-c", program], capture_output=True, check=True)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_a_terminal_that_cannot_show_a_character_gets_an_escape(tmp_path: Path) -> None:
    """An ASCII terminal is no reason to fail."""
    path = tmp_path / "a.md"
    path.write_text("# Größe →\n\n- é\n", "utf-8")
    done = agentgen("outline", path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert b"Gr\\xf6\\xdfe" in done.stdout
