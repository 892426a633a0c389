"""Repositories with a small workspace, and git without anybody's settings."""

from __future__ import annotations

import os
import subprocess
from contextlib import chdir
from pathlib import Path

from agentgen.cli.git_attributes import ATTRIBUTES, WORKSPACE, WORKSPACE_LINES, put_block
from agentgen.cli.main import main
from tests.cli.agents import two_variants

TARGETS = 'targets = ["claude-code", "droid"]\n'


def git(folder: Path, *arguments: str) -> str:
    """Run git; what it says. Raises CalledProcessError where it fails."""
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who = ("-c", "user.name=A", "-c", "user.email=a@a.example")
    done = subprocess.run(
        ["git", *who, *arguments],
        cwd=folder,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def commit(folder: Path) -> str:
    """Commit everything; the new revision."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "change")
    return git(folder, "rev-parse", "HEAD")


def make_repository(folder: Path) -> None:
    """A workspace as `init` leaves it, with one profile and two targets, built and committed."""
    two_variants(folder)
    (folder / "agentgen.toml").write_text(TARGETS, "utf-8")
    (folder / ATTRIBUTES).write_text(put_block("", WORKSPACE_LINES, WORKSPACE), "utf-8")
    with chdir(folder):
        assert main(["build", "--quiet"]) == 0
    git(folder, "init", "-q", "-b", "main")
    commit(folder)
