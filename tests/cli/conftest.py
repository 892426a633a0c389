"""A workspace to work in, and a way to run a command line in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from agentgen.cli.main import main


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command line ended, and what it showed."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process."""

    def runner(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return Ran(code, shown.out, shown.err)

    return runner


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the current one, in no repository and below no workspace."""
    (tmp_path / ".git").mkdir()
    empty = tmp_path / "here"
    empty.mkdir()
    monkeypatch.chdir(empty)
    return empty


@pytest.fixture
def workspace(folder: Path) -> Path:
    """A workspace without profiles as the current folder."""
    (folder / "profiles").mkdir()
    return folder
