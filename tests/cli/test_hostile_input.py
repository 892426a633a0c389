"""Input that is nested without end or leads to itself is refused in words, by every command that reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .agents import LEFT, two_variants, write
from .conftest import Run

DEEP = "[" * 27_000


@pytest.mark.parametrize("name", ["agentgen.toml", "concepts.toml"])
def test_toml_nested_without_end(run: Run, workspace: Path, name: str) -> None:
    """The settings and the concepts of a workspace."""
    two_variants(workspace)
    (workspace / name).write_text(f"targets = {DEEP}")
    shown = run("diff" if name == "concepts.toml" else "build")
    assert shown.code == 2
    assert f"{name}: error: is nested too deeply" in shown.err


def test_a_manifest_nested_without_end(run: Run, workspace: Path) -> None:
    """Nothing is written over files that nobody can account for."""
    two_variants(workspace)
    assert run("merge", "reviewer").code == 0
    (workspace / "dist").mkdir()
    (workspace / "dist" / "manifest.json").write_text(DEEP)
    shown = run("render", "reviewer", "--target", "droid")
    assert shown.code == 2
    assert "this is not a list of rendered files" in shown.err
    assert not (workspace / "dist" / "droid").exists()


def test_lists_nested_too_deeply_to_merge(run: Run, folder: Path) -> None:
    """The limit is stated with the place; reading alone has none."""
    write(folder, deep=LEFT + "".join(f"{'  ' * depth}- x\n" for depth in range(350)))
    shown = run("convert", "deep.md", "--to", "droid")
    assert (shown.code, shown.out) == (2, "")
    assert "deep.md:119: error: lists are nested more than 100 deep here" in shown.err
    assert len(json.loads(run("outline", "deep.md", "--format", "json").out)["documents"][0]["items"]) > 350


@pytest.mark.parametrize(
    "arguments",
    [("targets", "--templates", "loop"), ("init", "loop"), ("render", "--target", "droid", "--out", "loop")],
)
def test_a_folder_that_is_a_link_to_itself(run: Run, workspace: Path, arguments: tuple[str, ...]) -> None:
    """Wherever a folder can be named."""
    two_variants(workspace)
    assert run("merge").code == 0
    (workspace / "loop").symlink_to("loop")
    shown = run(*arguments)
    assert shown.code == 2
    assert "loop" in shown.err


def test_a_folder_of_templates_that_is_not_there(run: Run, folder: Path) -> None:
    """A misspelt option is named, not passed over."""
    shown = run("targets", "--templates", "nosuch")
    assert shown.code == 2
    assert shown.err.startswith("nosuch: error: there is no such folder")
