"""A repository to work in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .repositories import make_repository


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository that the others are copies of."""
    folder = tmp_path_factory.mktemp("made") / "repository"
    make_repository(folder)
    return folder


@pytest.fixture
def repository(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one workspace, built and committed, as the current folder."""
    folder = tmp_path / "repository"
    shutil.copytree(made, folder, symlinks=True)
    monkeypatch.chdir(folder)
    return folder
