"""`agentgen merge --interactive` on a real (pseudo) terminal, and `--decisions` without one."""

from __future__ import annotations

import io
import os
import select
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .agents import two_variants
from .conftest import Run

fcntl = pytest.importorskip("fcntl")
pty = pytest.importorskip("pty")
termios = pytest.importorskip("termios")

FILES = ("profile.lock.yaml", "profile.yaml", "recipe.yaml")
PATIENCE = 60  # seconds; far more than any step takes


class Person:
    """`agentgen merge reviewer --interactive` in a terminal of 30 lines, and somebody who reads and types."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.terminal, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        program = "import sys; from agentgen.cli.main import main; sys.exit(main(sys.argv[1:]))"
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, "merge", "reviewer", "--interactive"],
            cwd=folder,
            env={**os.environ, "NO_COLOR": "1", **environment},
            stdin=side,
            stdout=side,
            stderr=side,
        )
        os.close(side)
        self.seen = ""

    def waits_for(self, words: str) -> None:
        """Read until the words are on the screen, from where one read last."""
        end = time.monotonic() + PATIENCE
        while words not in self.seen:
            assert time.monotonic() < end, self.seen
            if select.select([self.terminal], [], [], 1)[0]:
                self.seen += os.read(self.terminal, 65536).decode()
        self.seen = self.seen.partition(words)[2]

    def types(self, keys: str) -> None:
        os.write(self.terminal, keys.encode())

    def ends(self) -> int:
        """The exit code, after everything was read."""
        try:
            while data := os.read(self.terminal, 65536):
                self.seen += data.decode()
        except OSError:  # what Linux says at the end
            pass
        os.close(self.terminal)
        return self.process.wait(PATIENCE)


def contents(profile: Path) -> dict[str, bytes]:
    return {name: (profile / name).read_bytes() for name in FILES}


def test_a_person_decides_quits_goes_on_and_the_journal_gives_the_same_bytes(run: Run, workspace: Path) -> None:
    """Key by key on a terminal; then the journal alone, in a fresh copy, without one."""
    profile = two_variants(workspace)
    editor = workspace / "editor"
    editor.write_text("#!/bin/sh\nprintf -- 'Reviews it all\\n' > \"$1\"\n", "utf-8")
    editor.chmod(0o755)
    person = Person(workspace, EDITOR=str(editor))
    person.waits_for("decision 1 of")
    person.types("2")
    person.waits_for("the description")
    person.types("\x1b[A")  # an arrow is no answer
    person.waits_for("does nothing here")
    person.types("e")
    person.waits_for("decision 3 of")
    person.types("q")
    assert person.ends() == 1
    assert "2 of" in person.seen
    assert not (profile / "recipe.yaml").exists()
    person = Person(workspace, EDITOR=str(editor))
    person.waits_for("decision 3 of")
    person.types("d" * 9 + "s" * 9)
    assert person.ends() == 0
    made = contents(profile)
    assert b"Reviews it all" in made["profile.yaml"]
    assert b"take: right" in made["recipe.yaml"]
    answers = workspace / "answers"
    (profile / "decisions.journal").rename(answers)
    for name in FILES:
        (profile / name).unlink()
    assert run("merge", "reviewer", "--decisions", answers).code == 0
    assert contents(profile) == made
    assert run("merge", "reviewer", "--decisions", answers).code == 0
    assert contents(profile) == made


def test_without_a_terminal_it_stops_and_names_the_other_way(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is written; the message tells of --decisions."""
    profile = two_variants(workspace)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    shown = run("merge", "reviewer", "--interactive")
    assert shown.code == 2
    assert "needs a terminal" in shown.err
    assert "--decisions FILE" in shown.err
    assert [path.name for path in profile.iterdir()] == ["variants"]


def test_decisions_may_be_written_by_hand(run: Run, workspace: Path) -> None:
    """Without digests, for what one wants to decide; the rest stays as proposed."""
    profile = two_variants(workspace)
    answers = workspace / "answers"
    answers.write_text('{"question": "alone/left", "answer": "drop"}\n', "utf-8")
    assert run("merge", "reviewer", "--decisions", answers).code == 0
    text = (profile / "profile.yaml").read_text("utf-8")
    assert "Functions stay short" not in text
    assert "A change comes with a test" in text


def test_decisions_that_do_not_fit_are_named_with_their_line(run: Run, workspace: Path) -> None:
    """All of them; nothing is written."""
    profile = two_variants(workspace)
    answers = workspace / "answers"
    answers.write_text(
        '{"question": "topics/styel", "answer": "drop"}\n{"question": "keys/name", "answer": "union"}\n', "utf-8"
    )
    shown = run("merge", "reviewer", "--decisions", answers)
    assert shown.code == 2
    assert "answers:1:1: error: there is no question 'topics/styel'" in shown.err
    assert "answers:2:1: error:" in shown.err
    assert not (profile / "recipe.yaml").exists()


def test_decisions_are_about_one_profile_and_not_together_with_a_person(run: Run, workspace: Path) -> None:
    """Otherwise it would not be clear what holds."""
    two_variants(workspace)
    two_variants(workspace, "second")
    answers = workspace / "answers"
    answers.write_text("", "utf-8")
    assert "name it" in run("merge", "--decisions", answers).err
    shown = run("merge", "reviewer", "-i", "--decisions", answers)
    assert shown.code == 2
    assert "do not go together" in shown.err


def test_a_journal_that_is_a_link_is_not_written_through(workspace: Path) -> None:
    """It could lead anywhere."""
    profile = two_variants(workspace)
    elsewhere = workspace / "elsewhere"
    elsewhere.write_text("", "utf-8")
    (profile / "decisions.journal").symlink_to(elsewhere)
    person = Person(workspace)
    person.waits_for("decision 1 of")
    person.types("s")
    assert person.ends() == 2
    assert elsewhere.read_text("utf-8") == ""
