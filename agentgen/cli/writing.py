"""Writing the files of a workspace that are not rendered: planned, shown and carried out as `dist/` is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from agentgen.cli.inputs import shown
from agentgen.errors import Problem, UserError
from agentgen.render.journal import settle
from agentgen.render.model import Action, Change, Plan
from agentgen.render.write import apply
from agentgen.workspace import real


def plan_files(root: Path, files: Mapping[str, bytes], seen: Mapping[str, bytes | None] | None = None) -> Plan:
    """What writing these files below `root` would do; paths are relative and POSIX.

    `seen` holds what stood there when the new content was made of it: a file that changed since is left alone.

    Raises:
        UserError: a file that is there cannot be read.
    """
    root = real(root)
    settle(root)
    there = seen or {path: _content(root / path) for path in files}
    return Plan(shown(root), tuple(_change(path, there[path], content) for path, content in sorted(files.items())))


def write_files(root: Path, files: Mapping[str, bytes], seen: Mapping[str, bytes | None] | None = None) -> Plan:
    """Write these files below `root`, all of them or none; what is equal stays untouched."""
    plan = plan_files(root, files, seen)
    apply(plan)
    return plan


def _content(path: Path) -> bytes | None:
    """What stands at a path. Raises UserError for what is no file, such as a link or a folder."""
    try:
        if not os.path.lexists(path):
            return None
        if path.is_symlink() or not path.is_file():
            what = "a link" if path.is_symlink() else "no file"
            raise UserError(Problem(f"this is {what}, and nothing is written there", shown(path), hint="move it away"))
        return path.read_bytes()
    except OSError as error:
        raise UserError(Problem(f"cannot be read: {error.strerror or error}", shown(path))) from None


def _change(path: str, before: bytes | None, after: bytes) -> Change:
    action = Action.CREATE if before is None else Action.UNCHANGED if before == after else Action.UPDATE
    return Change(path, action, before, after)
