"""`agentgen init`: a workspace with an example that works at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentgen.workspace import bundled_profiles

from .conftest import Run


def test_init_makes_a_workspace_with_the_example(run: Run, folder: Path) -> None:
    """The variants arrive byte for byte, and the next steps are named."""
    shown = run("init", "agents")
    assert shown.code == 0
    assert "agentgen build" in shown.out
    for example in bundled_profiles():
        for path in example.variant_files():
            copy = folder / "agents" / "profiles" / example.name / "variants" / path.name
            assert copy.read_bytes() == path.read_bytes()


def test_init_works_in_the_current_folder(run: Run, folder: Path) -> None:
    """Without an argument."""
    assert run("init").code == 0
    assert (folder / "profiles").is_dir()
    assert (folder / "dist").is_dir()


def test_git_is_told_how_to_keep_the_workspace(run: Run, folder: Path) -> None:
    """Below what stands in the file already; nothing is told twice."""
    (folder / ".gitattributes").write_bytes(b"*.png binary\r\n")
    assert run("init").code == 0
    told = (folder / ".gitattributes").read_bytes()
    assert told.startswith(b"*.png binary\r\n# agentgen workspace: begin\r\n")
    assert b"\r\ndist/** -text\r\n" in told


@pytest.mark.parametrize("name", ["agentgen.toml", "pyproject.toml"])
@pytest.mark.parametrize("place", ["", "inside/"])
def test_settings_that_are_there_stay_and_hold(run: Run, folder: Path, name: str, place: str) -> None:
    """Of the same folder or of one above it; no second file stands in their way."""
    table = "[tool.agentgen]\n" if name == "pyproject.toml" else ""
    (folder / name).write_text(f'# ours\n{table}targets = ["cursor"]\n')
    assert run("init", place or ".").code == 0
    assert (folder / name).read_text() == f'# ours\n{table}targets = ["cursor"]\n'
    assert [path.name for path in folder.rglob("*.toml")] == [name]


def test_settings_that_are_wrong_are_told_before_anything_is_made(run: Run, folder: Path) -> None:
    """Nothing is changed."""
    (folder / "agentgen.toml").write_text("target = 1\n")
    assert run("init").code == 2
    assert [path.name for path in folder.iterdir()] == ["agentgen.toml"]


def test_init_never_touches_a_workspace_that_exists(run: Run, workspace: Path) -> None:
    """It ends with 2 and names the command that adds a profile."""
    shown = run("init")
    assert shown.code == 2
    assert "there is a workspace already" in shown.err
    assert "agentgen import" in shown.err
    assert list((workspace / "profiles").iterdir()) == []


def test_quiet_says_nothing(run: Run, folder: Path) -> None:
    """Before and behind the command's name."""
    assert run("--quiet", "init", "one").out == ""
    assert run("init", "two", "--quiet").out == ""
    assert (folder / "two" / "profiles").is_dir()
