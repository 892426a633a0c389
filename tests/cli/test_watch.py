"""`--watch`: what is saved is rendered again, mistakes are shown, and Ctrl-C ends it well."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from agentgen.cli import watching
from agentgen.cli.screen import Screen
from agentgen.cli.watching import EVERYTHING, Saved, follow, is_meant, what_to_do
from agentgen.errors import Problem, UserError
from agentgen.workspace import Workspace

from .agents import two_variants
from .conftest import Run
from .test_render import HOLDS, rendered

PATIENCE = 60
"""Seconds until a real process must have seen a change."""


@pytest.fixture
def merged(run: Run, workspace: Path) -> Path:
    """A workspace with one merged profile and one target."""
    two_variants(workspace)
    (workspace / "agentgen.toml").write_text(f'targets = ["{HOLDS[0]}"]\n', "utf-8")
    assert run("merge", "reviewer", "--quiet").code == 0
    return workspace


def followed(changes: list[list[Path]], workspace: Path) -> list[Saved]:
    """What is done for these changes, behind the event that says that watching has begun."""
    done: list[Saved] = []
    follow([[], *changes], [Workspace(workspace)], done.append, Screen(quiet=True))
    return done


# -- what is done ----------------------------------------------------------------------------------------------


def test_everything_is_rendered_first_and_then_only_what_was_saved(merged: Path) -> None:
    """A file of a profile means that profile; all else, and a profile that is gone, mean everything."""
    other = merged / "profiles" / "other"
    other.mkdir()
    profile = merged / "profiles" / "reviewer" / "profile.yaml"
    assert followed(
        [
            [profile],
            [profile, other / "variants" / "a.md"],
            [profile, merged / "templates" / "x" / "target.yaml"],
            [merged / "agentgen.toml"],
            [merged / "profiles" / "gone" / "profile.yaml"],
            [merged / "profiles" / "profile.schema.json"],
        ],
        merged,
    ) == [
        EVERYTHING,
        Saved(frozenset({"reviewer"})),
        Saved(frozenset({"reviewer", "other"})),
        EVERYTHING,
        EVERYTHING,
        EVERYTHING,
        EVERYTHING,
    ]


def test_files_of_several_workspaces_are_told_apart(merged: Path, tmp_path: Path) -> None:
    """Each belongs to the workspace around it."""
    (tmp_path / "b" / "profiles" / "mine").mkdir(parents=True)
    both = [Workspace(merged), Workspace(tmp_path / "b")]
    assert what_to_do([tmp_path / "b" / "profiles" / "mine" / "x"], both) == Saved(frozenset({"mine"}))
    assert what_to_do([tmp_path / "profiles" / "mine" / "x"], both) == EVERYTHING


def test_a_mistake_is_shown_and_watching_goes_on(merged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Also one of the file system, where a folder is moved while it is read."""
    errors = [UserError(Problem("first", "a.yaml", 3)), FileNotFoundError(2, "gone", "b.yaml"), None]
    left = iter(errors)

    def step(_: Saved) -> None:
        error = next(left)
        if error is not None:
            raise error

    follow([[], [merged / "x"], [merged / "x"]], [Workspace(merged)], step, Screen())
    assert next(left, "all done") == "all done"
    shown = capsys.readouterr().err
    assert "a.yaml:3: error: first" in shown
    assert "b.yaml: error: gone" in shown
    assert "watching profiles; Ctrl-C ends it" in shown


@pytest.mark.parametrize("name", [".profile.yaml.1a2b.tmp", "profile.yaml~", ".profile.yaml.swp", "4913.tmp", "a.bak"])
def test_passing_copies_of_editors_are_no_change(name: str) -> None:
    """Else one save would be rendered several times."""
    assert not is_meant(Path("profiles/reviewer") / name)
    assert is_meant(Path("profiles/reviewer/profile.yaml"))


# -- the command -----------------------------------------------------------------------------------------------


def play(monkeypatch: pytest.MonkeyPatch, *saves: Collection[Path] | BaseException) -> None:
    """Put these changes in place of the file system's."""

    def changes(_: object) -> Iterator[Collection[Path]]:
        yield []
        for save in saves:
            if isinstance(save, BaseException):
                raise save
            yield save

    monkeypatch.setattr(watching, "saved_files", changes)


def test_render_watch_renders_and_ends_well_at_an_interrupt(
    run: Run, merged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With 0: it did what it was asked to."""
    play(monkeypatch, KeyboardInterrupt())
    shown = run("render", "--watch")
    assert (shown.code, shown.err.splitlines()[-1]) == (0, "stopped")
    assert "create dist/" in shown.out
    assert " kept" not in shown.out
    assert rendered(merged / "dist")


def test_settings_are_read_again(run: Run, merged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A target that was added is rendered from then on."""
    settings = merged / "agentgen.toml"

    def changes(_: object) -> Iterator[Collection[Path]]:
        yield []
        settings.write_text(f'targets = ["{HOLDS[0]}", "{HOLDS[1]}"]\n', "utf-8")
        yield [settings]
        settings.write_text("targets = 3\n", "utf-8")
        yield [settings]

    monkeypatch.setattr(watching, "saved_files", changes)
    shown = run("render", "--watch")
    assert shown.code == 0
    assert {path.split("/")[0] for path in rendered(merged / "dist")} == set(HOLDS[:2])
    assert "agentgen.toml:1:11: error: targets must be a list" in shown.err


def test_build_watch_merges_what_was_saved(run: Run, merged: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit of a variant reaches the rendered file."""
    variant = merged / "profiles" / "reviewer" / "variants" / "left.md"

    def changes(_: object) -> Iterator[Collection[Path]]:
        yield []
        variant.write_text(variant.read_text("utf-8").replace("stay short", "stay tiny"), "utf-8")
        yield [variant]

    monkeypatch.setattr(watching, "saved_files", changes)
    assert run("build", "--watch", "--quiet").code == 0
    assert any("stay tiny" in text for text in rendered(merged / "dist").values())


@pytest.mark.parametrize("option", [["--check"], ["--diff"], ["--format", "json"]])
def test_watching_does_not_go_with_what_ends_by_itself(run: Run, merged: Path, option: list[str]) -> None:
    """Each has one result."""
    shown = run("render", "--watch", *option)
    assert shown.code == 2
    assert f"--watch and {option[0]} do not go together" in shown.err


def test_a_missing_library_is_named_with_what_brings_it(
    run: Run, merged: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is rendered."""
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    shown = run("render", "--watch")
    assert shown.code == 2
    assert shown.err == (
        "error: --watch needs the package watchfiles\n  `pip install 'agentgen-toolkit[watch]'` brings it\n"
    )
    assert not (merged / "dist").exists()


# -- a real process --------------------------------------------------------------------------------------------


def test_a_real_save_is_rendered_by_a_real_process(merged: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A profile that is saved, one that is saved with a mistake, settings that are replaced; then Ctrl-C."""
    program = "import sys; from agentgen.cli.main import main; sys.exit(main(['render', '--watch']))"
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    told = tmp_path_factory.mktemp("told") / "err"
    with (
        told.open("w") as log,
        subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=log, text=True, env=environment
        ) as process,
    ):
        try:
            saves(merged, told)
            process.send_signal(signal.SIGINT)
            out, _ = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
    err = told.read_text()
    assert (process.returncode, err.splitlines()[-1]) == (0, "stopped")
    assert re.search(r"^\d\d:\d\d:\d\d reviewer$", err, re.MULTILINE)
    assert "~ update dist/" in out


def saves(workspace: Path, told: Path) -> None:
    """Four saves, each behind the result of the one before."""
    profile, settings = workspace / "profiles" / "reviewer" / "profile.yaml", workspace / "agentgen.toml"
    dist, text = workspace / "dist", profile.read_text("utf-8")
    wait_for(lambda: "stay short" in said(dist))
    profile.write_text(text.replace("stay short", "stay tiny"), "utf-8")
    wait_for(lambda: "stay tiny" in said(dist))
    profile.write_text("a: [", "utf-8")
    wait_for(lambda: "profile.yaml:" in told.read_text())
    profile.write_text(text.replace("stay short", "stay neat"), "utf-8")
    wait_for(lambda: "stay neat" in said(dist))
    beside = workspace / "agentgen.toml.new"
    beside.write_text(f'targets = ["{HOLDS[1]}"]\n', "utf-8")
    beside.replace(settings)
    wait_for(lambda: (dist / HOLDS[1]).is_dir() and "stay neat" in said(dist / HOLDS[1]))


def said(folder: Path) -> str:
    return "".join(rendered(folder).values()) if folder.is_dir() else ""


def wait_for(condition: object) -> None:
    assert callable(condition)
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "nothing was rendered"
        time.sleep(0.05)
