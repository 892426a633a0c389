"""The shell completes commands and the names of profiles, targets and variants."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from agentgen.workspace import bundled


def completed(folder: Path, line: str) -> list[str]:
    """What bash is offered behind the words of a command line; the last word is the one being typed."""
    words = line.split(" ")
    environment = {
        **os.environ,
        "_AGENTGEN_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    program = [sys.executable, "-c", "from agentgen.cli.main import run; run()"]
    done = subprocess.run(program, capture_output=True, text=True, env=environment, cwd=folder, check=False)
    assert done.stderr == ""
    return done.stdout.split()


def some_target() -> str:
    return sorted(path.parent.name for path in bundled("templates").glob("*/target.yaml"))[0]


def test_commands_complete(folder: Path) -> None:
    """A prefix gives the commands that begin with it."""
    assert completed(folder, "agentgen outl") == ["outline"]


def test_targets_complete(folder: Path) -> None:
    """Also outside a workspace."""
    assert some_target() in completed(folder, f"agentgen targets {some_target()[:3]}")


@pytest.mark.parametrize("command", ["diff", "merge", "render"])
def test_profiles_complete(workspace: Path, command: str) -> None:
    """Those of the workspace around the current folder."""
    for name in ("alpha", "alps", "beta"):
        (workspace / "profiles" / name).mkdir()
    assert completed(workspace, f"agentgen {command} al") == ["alpha", "alps"]


def test_variants_complete(workspace: Path) -> None:
    """Those of the profile that the command line names."""
    for profile, variant in (("alpha", "one"), ("beta", "other")):
        (workspace / "profiles" / profile / "variants").mkdir(parents=True)
        (workspace / "profiles" / profile / "variants" / f"{variant}.md").write_text("", "utf-8")
    assert completed(workspace, "agentgen diff alpha --variant o") == ["one"]


def test_a_broken_workspace_does_not_disturb_typing(folder: Path) -> None:
    """Nothing is offered, and no message breaks the line."""
    assert completed(folder, "agentgen render x") == []
