"""Looking at a folder without trusting it: what stands at a path, and whether a link lies on the way."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from agentgen.errors import Problem, UserError
from agentgen.workspace import real


def check_root(root: Path) -> None:
    """Raises UserError where the root is a link, or no folder."""
    if root.is_symlink():
        raise UserError(Problem("this folder is a link", str(root), hint=f"name the folder itself: {real(root)}"))
    if root.exists() and not root.is_dir():
        raise UserError(Problem("this is a file, not a folder", str(root), hint="name a folder"))


def obstacle(root: Path, path: str) -> str:
    """Why nothing may be written at a path: a link on the way, or something that is no file; empty for nothing."""
    place = root
    parts = path.split("/")
    for depth, part in enumerate(parts, start=1):
        place = place / part
        mode = _mode(place)
        if mode is None:
            return ""
        if stat.S_ISLNK(mode):
            return f"{place} is a link, and links are not followed"
        if depth < len(parts) and not stat.S_ISDIR(mode):
            return f"{place} is not a folder"
        if depth == len(parts) and not stat.S_ISREG(mode):
            return f"{place} is not a file"
    return ""


def read_plain(root: Path, name: str) -> bytes | None:
    """The bytes of a file right below the root that no link leads to; None where there is none.

    Raises:
        UserError: something else stands there.
    """
    found = obstacle(root, name)
    if found:
        raise UserError(Problem(found, str(root / name), hint="remove it"))
    return bytes_at(root / name)


def bytes_at(path: Path) -> bytes | None:
    """The bytes of a file, None where there is none. Raises UserError where it cannot be read."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UserError(Problem(f"cannot be read: {error.strerror or error}", str(path))) from None


def _mode(path: Path) -> int | None:
    try:
        return os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
