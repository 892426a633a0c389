"""`agentgen lint` and `agentgen explain` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.lint.helpers import PLAIN, agent
from tests.render.loading import build

from .conftest import Run

PLACE = ".claude/agents/api-reviewer.md"
BROKEN = agent(description="ends with a colon:")
NOTED = agent(description="Senior API reviewer")


@pytest.mark.parametrize(("text", "code"), [(PLAIN, 0), (NOTED, 0), (BROKEN, 1)], ids=["clean", "a note", "an error"])
def test_it_ends_with_1_where_there_is_an_error_or_a_warning(run: Run, folder: Path, text: str, code: int) -> None:
    """A note is worth reading and no reason to stop."""
    build(folder, {PLACE: text})
    assert run("lint", PLACE).code == code


def test_the_level_decides_what_ends_with_1(run: Run, folder: Path) -> None:
    """Stricter or milder than usual."""
    build(folder, {PLACE: NOTED, "warned.md": agent("tools:", description="Use when asked.")})
    assert run("lint", PLACE, "--level", "info").code == 1
    assert run("lint", "warned.md", "--as", "claude-code").code == 1
    assert run("lint", "warned.md", "--as", "claude-code", "--level", "error").code == 0


def test_a_folder_stands_for_its_agent_files(run: Run, folder: Path) -> None:
    """Folders below it as well, and nothing that is no agent file."""
    build(folder, {PLACE: PLAIN, ".claude/agents/deep/b.md": PLAIN, ".claude/agents/script.sh": "x"})
    shown = json.loads(run("lint", ".claude", "--format", "json").out)
    assert [file["path"] for file in shown["files"]] == [PLACE, ".claude/agents/deep/b.md"]


def test_tools_are_named_once_or_together(run: Run, folder: Path) -> None:
    """With commas, given twice, by alias; the result stands under the name that was used."""
    build(folder, {PLACE: PLAIN})
    shown = json.loads(run("lint", PLACE, "--as", "claude-code,factory-droid", "--as", "gemini", "-f", "json").out)
    assert list(shown["files"][0]["loaders"]) == ["claude-code", "factory-droid", "gemini"]
    everyone = json.loads(run("lint", PLACE, "--as", "all", "-f", "json").out)["files"][0]["loaders"]
    assert everyone["droid"] == everyone["factory-droid"]


def test_fix_writes_what_it_mended_and_nothing_else(run: Run, folder: Path) -> None:
    """The second run has nothing to do; a clean file is not written at all."""
    build(folder, {PLACE: BROKEN, "clean.md": PLAIN})
    before = (folder / "clean.md").stat().st_mtime_ns
    done = run("lint", PLACE, "clean.md", "--fix")
    assert (done.code, done.err) == (0, f"mended {PLACE}\n")
    text = (folder / PLACE).read_text("utf-8")
    assert text == BROKEN.replace("ends with a colon:", '"ends with a colon:"')
    assert run("lint", PLACE, "--fix").err == ""
    assert (folder / "clean.md").stat().st_mtime_ns == before


def test_codes_are_selected_and_ignored(run: Run, folder: Path) -> None:
    """By name or by the beginning of a name; both apply to the exit code."""
    build(folder, {PLACE: BROKEN})
    assert "not-loaded" not in run("lint", PLACE, "--ignore", "not-loaded").out
    assert run("lint", PLACE, "--ignore", "not-loaded,frontmatter-*").code == 0
    only = run("lint", PLACE, "--select", "not-loaded", "-f", "github").out
    assert [line.partition(" ")[0] for line in only.splitlines()] == ["::error"]


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_every_format_is_written_to_standard_output(run: Run, folder: Path, form: str) -> None:
    """With nothing besides on it, so that it can be piped on."""
    build(folder, {PLACE: BROKEN})
    shown = run("lint", PLACE, "--format", form)
    assert (shown.code, shown.err) == (1, "")
    assert "not-loaded" in shown.out
    if form in ("json", "sarif"):
        assert json.loads(shown.out)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["nothing.md"], "check the path"),
        ([PLACE, "--as", "claude-cod"], "did you mean claude-code"),
        ([PLACE, "--select", "not-loadet"], "did you mean not-loaded?"),
        (["empty"], "name files"),
    ],
)
def test_wrong_input_ends_with_2_and_a_hint(run: Run, folder: Path, arguments: list[str], hint: str) -> None:
    """A file, a tool, a code or a folder that is not there."""
    build(folder, {PLACE: PLAIN})
    (folder / "empty").mkdir()
    ended = run("lint", *arguments)
    assert ended.code == 2
    assert hint in ended.err


def test_a_code_is_explained(run: Run) -> None:
    """With what it means, an example and how to ignore it; without a code all are listed."""
    shown = run("explain", "not-loaded")
    assert shown.code == 0
    assert "agentgen: ignore not-loaded" in shown.out
    assert "not-loaded" in run("explain").out
    assert json.loads(run("explain", "not-loaded", "-f", "json").out)["codes"][0]["code"] == "not-loaded"
    assert run("explain", "not-loadet").code == 2
