"""Asking git: its output as bytes, its refusals as errors for the user."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from agentgen.errors import Problem, UserError
from agentgen.merge.files.model import LinesMerged
from agentgen.source import decode, encode

_MOST_CONFLICTS = 127
"""What `git merge-file` returns at most; more is its own failure."""


def git(*arguments: str, cwd: Path | None = None) -> bytes:
    """What git writes to standard output.

    Raises:
        UserError: git is missing or says no, with its own words.
    """
    done = _run(arguments, cwd)
    if done.returncode:
        message = decode(done.stderr).strip().removeprefix("fatal: ").removeprefix("error: ")
        raise UserError(Problem(f"git says: {message or 'no'}", hint=f"the command was `git {' '.join(arguments)}`"))
    return done.stdout


def git_config(key: str, root: Path) -> str | None:
    """A value of the repository's own configuration."""
    done = _run(("config", "--local", "--get", key), root)
    return decode(done.stdout).rstrip("\n") if done.returncode == 0 else None


def merge_files(ours: Path, base: Path, theirs: Path, size: int, labels: Sequence[str]) -> LinesMerged | None:
    """Git's own merge of three files by lines; `labels` in the order of the files. None where git cannot."""
    named = [part for label in labels for part in ("-L", label)]
    files = [str(path.absolute()) for path in (ours, base, theirs)]
    done = _run(("merge-file", "-p", f"--marker-size={size}", *named, *files), None)
    return LinesMerged(done.stdout, done.returncode) if 0 <= done.returncode <= _MOST_CONFLICTS else None


def merge_lines(base: str, ours: str, theirs: str) -> str | None:
    """Git's own merge of three texts; None where it has a conflict."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("ours", "base", "theirs")]
        for path, text in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(encode(text))
        merged = merge_files(paths[0], paths[1], paths[2], 7, ())
    return decode(merged.raw) if merged is not None and not merged.conflicts else None


def _run(arguments: Sequence[str], cwd: Path | None) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(("git", *arguments), cwd=cwd, capture_output=True, check=False)
    except FileNotFoundError:
        raise UserError(Problem("git is not installed", hint="install it, or leave out what needs it")) from None
