"""`agentgen discover`: what a person sees, and what `--import` does."""

from __future__ import annotations

import json
import os
import pty
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from .agents import LEFT, RIGHT, write
from .conftest import Run
from .test_completion import completed

EDITED = LEFT.replace("- Functions stay short\n", "- Functions stay short\n- Names say what a thing is for\n")


@pytest.fixture
def tree(workspace: Path) -> Path:
    """One agent in three places, edited in one; another one; a page."""
    write(workspace / "one/agents", reviewer=LEFT)
    write(workspace / "two words/agents", reviewer=EDITED)
    write(workspace / "three", other=LEFT)
    write(workspace / "docs", page="# A page\n\nwith many words that nobody takes for an agent\n")
    return workspace


def test_the_report_shows_what_to_merge_first(run: Run, tree: Path) -> None:
    """The group with its files, how near they are, and the command that takes one of each text in."""
    shown = run("discover", ".")
    assert shown.code == 0
    assert shown.err == ""
    assert "WORTH MERGING" in shown.out
    assert "G1  reviewer  (3 files, 2 texts)" in shown.out
    assert "edited, " in shown.out
    assert "a copy" in shown.out
    assert "page.md" not in shown.out


def test_the_command_shown_does_the_import(run: Run, tree: Path) -> None:
    """Paths are quoted for a shell, and each text is taken in once."""
    line = next(line for line in run("discover", ".").out.splitlines() if line.startswith("    $ "))
    arguments = shlex.split(line.removeprefix("    $ agentgen "))
    assert run(*arguments).code == 0
    variants = sorted((tree / "profiles/reviewer/variants").glob("*.md"))
    assert sorted(path.read_text("utf-8") for path in variants) == sorted([LEFT, EDITED])


def test_import_takes_in_every_group(run: Run, tree: Path) -> None:
    """The same as the commands; a second run takes another name, because that profile is there."""
    shown = run("discover", ".", "--import")
    assert shown.code == 0
    assert "next: `agentgen merge reviewer`" in shown.out
    first = {path.name: path.read_bytes() for path in (tree / "profiles/reviewer/variants").iterdir()}
    assert len(first) == 2
    assert run("discover", ".", "--import").code == 0
    assert sorted(path.name for path in (tree / "profiles").iterdir()) == ["reviewer", "reviewer-2"]
    assert {path.name: path.read_bytes() for path in (tree / "profiles/reviewer/variants").iterdir()} == first


def test_import_writes_all_groups_or_none(run: Run, tree: Path) -> None:
    """Where one group cannot be taken in, nothing of any other is left behind."""
    other = RIGHT.replace("name: reviewer", "name: weaver").replace("reviewer", "weaver of cloth")
    write(tree / "four/agents", weaver=other)
    write(tree / "five/agents", weaver=other + "- More of it\n")
    (tree / "profiles/weaver").write_text("in the way", "utf-8")
    shown = run("discover", ".", "--import")
    assert shown.code == 2
    assert not (tree / "profiles/reviewer").exists()


def test_only_takes_the_groups_that_it_names(run: Run, tree: Path) -> None:
    """In the report and for the import; another name is refused with those that there are."""
    assert run("discover", ".", "--only", "g1", "--import").code == 0
    wrong = run("discover", ".", "--only", "G7")
    assert wrong.code == 2
    assert "there is no group G7" in wrong.err
    assert "there are: G1" in wrong.err


def test_the_workspace_itself_is_not_searched(run: Run, tree: Path) -> None:
    """Variants that were imported and files that were rendered are no finds."""
    run("discover", ".", "--import")
    write(tree / "dist/agents", reviewer=LEFT)
    paths = [one["path"] for one in json.loads(run("discover", ".", "--format", "json").out)["agents"]]
    assert len(paths) == 3
    assert not any(path.startswith(("profiles/", "dist/")) for path in paths)


def test_json_says_the_same(run: Run, tree: Path) -> None:
    """Kinds, measures and the command."""
    shown = json.loads(run("discover", ".", "--format", "json").out)
    assert {pair["kind"] for pair in shown["pairs"]} == {"copy", "edited"}
    assert shown["groups"][0]["import"].startswith("agentgen import ")
    assert all(0.5 <= pair["alike"] <= 1 for pair in shown["pairs"])


def test_a_hostile_name_reaches_no_terminal(run: Run, workspace: Path) -> None:
    """Control characters become labels, and the profile's name is one that a folder can have."""
    bad = LEFT.replace("name: reviewer", 'name: "../\\e[31mred"')
    write(workspace / "a/agents", x=bad)
    write(workspace / "b/agents", x=bad + "- One more\n")
    out = run("discover", ".").out
    assert "\x1b" not in out
    assert "--profile 31mred" in out


def test_a_folder_that_is_not_there_is_named(run: Run, folder: Path) -> None:
    """All of them, with exit code 2."""
    shown = run("discover", "no", "such")
    assert shown.code == 2
    assert shown.err.count("there is no such folder") == 2


def test_nothing_found_is_said(run: Run, folder: Path) -> None:
    """An empty folder is no mistake."""
    shown = run("discover", ".")
    assert (shown.code, shown.out) == (0, "no agents; 0 files in 1 folder looked at\n")


def test_the_first_line_says_only_what_there_is(run: Run, folder: Path) -> None:
    """No counts of nothing."""
    agent = "---\nname: {0}\ndescription: Use for {0}\n---\n\nYou do {0}, and nothing else.\n"
    for name in ("painting", "welding"):
        path = folder / ".claude" / "agents" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(agent.format(name))
    assert run("discover", ".").out == "2 agents: no two of them are one (2 files in 3 folders looked at)\n"


def test_long_lists_are_cut_unless_all_is_asked_for(run: Run, folder: Path) -> None:
    """With the number of what is not shown."""
    for number in range(22):
        rules = "\n".join(
            f"- {'abcdefghijklmnopqrstuvw'[number] * line} is rule {line}{number}" for line in range(3, 40)
        )
        text = f"---\nname: agent{number}\ndescription: Thing {number * 7}\n---\n\n{rules}\n"
        write(folder / f"{number}/agents", a=text, b=text)
    assert "… and 2 more; --all shows them" in run("discover", ".").out
    assert "--all shows" not in run("discover", ".", "--all").out


def test_a_bar_is_shown_on_a_terminal_only(folder: Path) -> None:
    """On standard error, and gone at the end; with --quiet there is none."""
    write(folder / "agents", a=LEFT, b=RIGHT)
    program = [sys.executable, "-c", "from agentgen.cli.main import run; run()", "discover", "."]
    shown = {}
    for option in ((), ("--quiet",)):
        outer, inner = pty.openpty()
        environment = {**os.environ, "TERM": "xterm"}
        done = subprocess.run([*program, *option], stdout=subprocess.PIPE, stderr=inner, env=environment, check=True)
        os.close(inner)
        shown[option] = os.read(outer, 100_000) if not option else b""
        os.close(outer)
        assert b"reading" not in done.stdout
    assert b"reading" in shown[()]


def test_options_complete(folder: Path) -> None:
    """Like those of every command."""
    assert completed(folder, "agentgen disc") == ["discover"]
    assert "--import" in completed(folder, "agentgen discover --imp")
