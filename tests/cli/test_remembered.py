"""A render with nothing changed is not made again; whatever changed, it is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import agentgen.cli.rendering as rendering
from agentgen.workspace import bundled

from .agents import two_variants
from .conftest import Ran, Run

OUT = "dist/droid/.factory/droids/reviewer.md"


@pytest.fixture
def made(workspace: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[Ran, int]]:
    """Render the workspace's profile, and count how often it really was."""
    two_variants(workspace)
    run("merge", "reviewer")
    count = [0]
    real = rendering.render_job

    def counted(*arguments: object, **options: object) -> int:
        count[0] += 1
        return real(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(rendering, "render_job", counted)

    def render(*options: str) -> tuple[Ran, int]:
        before = count[0]
        return run("render", "--target", "droid", *options), count[0] - before

    return render


Made = Callable[..., tuple[Ran, int]]


def test_the_second_render_says_the_same_without_being_made(made: Made, workspace: Path) -> None:
    """Ledger and findings word for word; the files are counted as unchanged."""
    first, times = made()
    assert (first.code, times) == (0, 1)
    files = {path: path.stat().st_mtime_ns for path in (workspace / "dist").rglob("*") if path.is_file()}
    second, times = made()
    assert times == 0
    assert second.out == first.out.replace(f"+ create {OUT}", "= 1 unchanged in dist")
    assert (second.code, second.err) == (0, first.err)
    assert files == {path: path.stat().st_mtime_ns for path in (workspace / "dist").rglob("*") if path.is_file()}
    third, _ = made("--quiet")
    assert third.out == ""


def change_profile(workspace: Path) -> None:
    path = workspace / "profiles/reviewer/profile.yaml"
    path.write_text(path.read_text("utf-8").replace("Functions stay short", "Functions stay small"), "utf-8")


def approve(workspace: Path) -> None:
    path = workspace / "profiles/reviewer/recipe.yaml"
    path.write_text(path.read_text("utf-8") + "# a word\n", "utf-8")


def add_profile(workspace: Path) -> None:
    two_variants(workspace, "other")


def take_targets(workspace: Path) -> None:
    shutil.copytree(bundled("templates") / "droid", workspace / "templates/droid")


def set_settings(workspace: Path) -> None:
    (workspace / "agentgen.toml").write_text('strategy = "consensus"\n')


def edit_output(workspace: Path) -> None:
    with (workspace / OUT).open("a") as file:
        file.write("- mine\n")


def remove_output(workspace: Path) -> None:
    (workspace / OUT).unlink()


def link_output(workspace: Path) -> None:
    (workspace / OUT).rename(workspace / "moved.md")
    (workspace / OUT).symlink_to(workspace / "moved.md")


def change_list(workspace: Path) -> None:
    (workspace / "dist/manifest.json").unlink()


def leave_a_journal(workspace: Path) -> None:
    (workspace / "dist/.agentgen-journal.new").write_text("{}")


def spoil_the_record(workspace: Path) -> None:
    for path in (Path(os.environ["XDG_CACHE_HOME"]) / "agentgen").iterdir():
        path.write_text('{"inputs": 1, "outputs": [], "words": {')


@pytest.mark.parametrize(
    "change",
    [
        change_profile,
        approve,
        add_profile,
        take_targets,
        set_settings,
        edit_output,
        remove_output,
        link_output,
        change_list,
        leave_a_journal,
        spoil_the_record,
    ],
)
def test_whatever_changed_the_render_is_made(made: Made, workspace: Path, change: Callable[[Path], None]) -> None:
    """Input, output, the list of outputs, or what was remembered."""
    made()
    assert made()[1] == 0
    change(workspace)
    assert made()[1] == 1


def test_a_template_of_the_workspace_counts(made: Made, workspace: Path) -> None:
    """Each of its files, not only that it is there."""
    take_targets(workspace)
    made()
    assert made()[1] == 0
    spec = workspace / "templates/droid/target.yaml"
    spec.write_text(spec.read_text("utf-8") + "# another fact\n", "utf-8")
    assert made()[1] == 1


@pytest.mark.parametrize("options", [["--check"], ["--diff"], ["--force"], ["--format", "json"], ["--out", "there"]])
def test_a_check_and_its_like_are_always_made(made: Made, options: list[str]) -> None:
    """They answer for what is there now."""
    made()
    assert made()[1] == 0
    assert made(*options)[1] == 1


def test_other_options_are_another_render(made: Made) -> None:
    """A strict one is not answered by one that let losses pass."""
    made()
    strict, times = made("--strict")
    assert (strict.code, times) == (1, 1)
    assert made("--strict")[1] == 1


def test_nothing_is_remembered_where_nobody_wants_it(
    made: Made, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Switched off, or without a folder that can be written."""
    monkeypatch.setenv("AGENTGEN_NO_CACHE", "1")
    assert [made()[1] for _ in range(2)] == [1, 1]
    monkeypatch.delenv("AGENTGEN_NO_CACHE")
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert [(made()[0].code, made()[1]) for _ in range(2)] == [(0, 1), (0, 1)]
