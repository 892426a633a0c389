"""What a pull request changes for the tools: the difference of the rendered files against its base."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from agentgen.report.markdown import block, folded, plain

Git = Callable[..., str | None]
"""Runs git and gives what it says; None where it fails."""

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_FILES = re.compile(r"^(?=diff --git )", re.MULTILINE)
_NAME = re.compile(r"^(?:\+\+\+ b|--- a)/(.*)$", re.MULTILINE)
_LONG = 15_000  # characters of one file's difference
_QUIET = ("-c", "core.quotePath=false", "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--no-renames")


def effects(folder: Path, base: str | None, git: Git) -> list[str]:
    """Parts of Markdown, one a rendered file; empty where there is no base to compare with, or nothing changed.

    Nothing that a repository's attributes or settings name is run for the comparison.
    """
    commit = _commit(base, git) if base and _COMMIT.fullmatch(base) else None
    places = [str(path) for path in _dist_folders(folder, git)]
    if commit is None or not places:
        return []
    shown = git(*_QUIET, "--relative", commit, "HEAD", "--", *places, ":(exclude,glob)**/manifest.json") or ""
    files = [part for part in _FILES.split(shown) if part.strip()]
    return ["\n### What changes for the tools\n", *map(_file, files)] if files else []


def _commit(base: str, git: Git) -> str | None:
    """The commit to compare with: where the branch left its base, as far as the history is there."""
    if git("cat-file", "-e", f"{base}^{{commit}}") is None:
        git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", base)
    if git("cat-file", "-e", f"{base}^{{commit}}") is None:
        return None
    return (git("merge-base", base, "HEAD") or base).strip()


def _dist_folders(folder: Path, git: Git) -> Iterator[Path]:
    """The folders that agentgen renders into, by their list of files."""
    listed = git("ls-files", "-z", "--", ":(glob)**/dist/manifest.json") or ""
    yield from (Path(path).parent for path in listed.split("\0") if path and (folder / path).is_file())


def _file(difference: str) -> str:
    found = _NAME.search(difference)
    name = found[1] if found else "a file"
    body = difference if len(difference) <= _LONG else f"{difference[:_LONG].rpartition(chr(10))[0]}\n… and more"
    return folded(plain(name), block(body, "diff"))
