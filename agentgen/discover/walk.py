"""Walking a messy tree: every file that could be an agent file, each once.

What tools install or cache is skipped. Links are never followed: a link to something inside the folders named is one
more path of a file that is found anyway, and one that leads out of them is left out. So there is no way to walk in
circles. What git ignores is looked at like anything else, because the tools that load agents do not ask git.
"""

from __future__ import annotations

import os
import stat
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from agentgen.discover.model import LeftOut

MAX_BYTES = 1 << 20
"""Larger files are no agent files."""

_SKIPPED = frozenset(
    """.git .hg .svn .jj node_modules bower_components __pycache__ .venv venv .tox .nox .eggs site-packages
    .mypy_cache .pytest_cache .ruff_cache .cache .npm .yarn .pnpm-store .gradle .m2 .cargo .rustup .terraform .next
    .nuxt .parcel-cache .turbo .Trash Trash""".split()  # noqa: SIM905  (a table read as prose)
)
_ENVIRONMENT = "pyvenv.cfg"

Wanted = Callable[[str], bool]


class Walked(NamedTuple):
    """A file: its absolute path and the links that lead to it. `named` is true where the user named it itself."""

    place: str
    links: tuple[str, ...] = ()
    named: bool = False


class Walk(NamedTuple):
    """All files that could be agents, sorted by path; what was left out, and how many folders were walked."""

    files: tuple[Walked, ...]
    left_out: tuple[LeftOut, ...]
    folders: int


def walk(roots: Sequence[Path], wanted: Wanted, skipped: Sequence[Path] = (), tick: Callable[[], object] = int) -> Walk:
    """Every file below the roots whose path is `wanted`; `skipped` are folders to leave out, `tick` is called a folder.

    A root may be a file, which is taken whatever its name is.
    """
    walker = _Walker(roots, wanted, skipped, tick)
    for root in walker.roots:
        walker.walk(root)
    walker.settle_links()
    return walker.result()


class _Walker:
    def __init__(self, roots: Sequence[Path], wanted: Wanted, skipped: Sequence[Path], tick: Callable[[], object]):
        self.roots = sorted({os.path.realpath(root) for root in roots})
        self._wanted = wanted
        self._tick = tick
        self._skipped = {os.path.realpath(path) for path in skipped}
        self._files: dict[str, bool] = {}
        self._identities: dict[tuple[int, int], str] = {}
        self._aliases: dict[str, set[str]] = {}
        self._links: list[str] = []
        self._seen: set[str] = set()
        self._left_out: list[LeftOut] = []

    def result(self) -> Walk:
        files = (Walked(path, tuple(sorted(self._aliases.get(path, ()))), self._files[path]) for path in self._files)
        left_out = sorted(self._left_out, key=lambda entry: (entry.path, entry.reason))
        return Walk(tuple(sorted(files, key=lambda file: file.place)), tuple(left_out), len(self._seen))

    def walk(self, root: str) -> None:
        if not os.path.isdir(root):  # noqa: PTH112  (strings: a tree may have a million entries)
            self._file(root, named=True)
            return
        waiting = [root]
        while waiting:
            folder = waiting.pop()
            if folder not in self._seen:
                self._seen.add(folder)
                waiting += reversed(self._folder(folder))
                self._tick()

    def _folder(self, folder: str) -> list[str]:
        """Take in the files of a folder and return the folders in it."""
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            self._leave(folder, f"the folder cannot be read: {error.strerror or error}")
            return []
        if any(entry.name == _ENVIRONMENT for entry in entries):
            return []
        return [entry.path for entry in entries if self._entry(entry)]

    def _entry(self, entry: os.DirEntry[str]) -> bool:
        """Take in a file or link; true for a folder to walk."""
        try:
            if entry.is_symlink():
                self._links.append(entry.path)
            elif entry.is_dir(follow_symlinks=False):
                return entry.name not in _SKIPPED and entry.path not in self._skipped
            elif entry.is_file(follow_symlinks=False) and self._wanted(entry.path):
                self._file(entry.path)
        except OSError as error:
            self._leave(entry.path, f"cannot be looked at: {error.strerror or error}")
        return False

    def _file(self, path: str, *, named: bool = False) -> None:
        """Take in a file once, whatever the number of its names."""
        try:
            state = os.stat(path)  # noqa: PTH116
        except OSError as error:
            self._leave(path, f"cannot be looked at: {error.strerror or error}")
            return
        if not stat.S_ISREG(state.st_mode):
            self._leave(path, "this is not a regular file")
        elif state.st_size > MAX_BYTES:
            self._leave(path, f"{state.st_size:,} bytes; at most {MAX_BYTES:,} are read")
        else:
            known = self._identities.setdefault((state.st_dev, state.st_ino), path)
            self._files[known] = self._files.get(known, False) or named
            if known != path:
                self._aliases.setdefault(known, set()).add(path)

    def settle_links(self) -> None:
        """Give every link that stays inside the roots to the files that it leads to."""
        for link in self._links:
            try:
                self._link(link)
            except OSError as error:  # such as a link of another user's process
                self._leave(link, f"cannot be looked at: {error.strerror or error}")

    def _link(self, link: str) -> None:
        target = os.path.realpath(link)
        if not any(target == root or target.startswith(root + os.sep) for root in self.roots):
            if self._wanted(link) or os.path.isdir(target):  # noqa: PTH112
                self._leave(link, "the link leads out of the folders named")
        elif os.path.isdir(target):  # noqa: PTH112
            self._folder_link(link, target)
        elif os.path.exists(target) and self._wanted(link):  # noqa: PTH110
            self._file(target)
            known = self._known(target)
            if known:
                self._aliases.setdefault(known, set()).add(link)

    def _folder_link(self, link: str, target: str) -> None:
        if link.startswith(target + os.sep):
            return  # the folder that it stands in: it only leads round
        for path in list(_below(sorted(self._files), target + os.sep)):
            self._aliases.setdefault(path, set()).add(link + path[len(target) :])

    def _known(self, path: str) -> str | None:
        state = os.stat(path)  # noqa: PTH116
        return self._identities.get((state.st_dev, state.st_ino))

    def _leave(self, path: str, reason: str) -> None:
        self._left_out.append(LeftOut(path, reason))


def _below(paths: Sequence[str], prefix: str) -> Iterator[str]:
    """Of sorted paths those that begin with a prefix."""
    at = bisect_left(paths, prefix)
    while at < len(paths) and paths[at].startswith(prefix):
        yield paths[at]
        at += 1
