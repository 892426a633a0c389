"""Carry out a plan: the only module that writes below `dist/` or into a project.

Each file is written beside its place and renamed over it, so a reader sees the old file or the new one. Right before,
the place is looked at once more: what changed since the plan was made is left alone.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from agentgen.errors import Problem, UserError
from agentgen.render.model import Action, Change, Plan
from agentgen.render.places import still_safe

_WRITES = (Action.CREATE, Action.UPDATE)


def apply(plan: Plan) -> None:
    """Write, remove and note down what the plan says; refused changes are left out.

    Raises:
        UserError: a file cannot be written, or changed since the plan was made. What was written before stays.
    """
    root = Path(plan.root)
    todo = [change for change in plan.changes if change.action in (*_WRITES, Action.REMOVE)]
    problems = [problem for change in todo for problem in _carry_out(root, change)]
    if problems:
        raise UserError(problems)
    if plan.manifest is not None and plan.manifest.action in _WRITES:
        problems.extend(_carry_out(root, plan.manifest))
    if problems:
        raise UserError(problems)


def _carry_out(root: Path, change: Change) -> Iterator[Problem]:
    path = root / change.path
    if not still_safe(root, change):
        yield Problem("it changed while it was being rendered", str(path), hint="run the command again")
        return
    try:
        if change.after is None:
            _remove(root, path)
        else:
            _replace(path, change.after)
    except OSError as error:
        yield Problem(f"cannot be written: {error.strerror or error}", str(path), hint="check the folder's permissions")


def _replace(path: Path, raw: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _remove(root: Path, path: Path) -> None:
    """Remove a file, and the folders above it that are empty then."""
    path.unlink()
    for folder in path.parents:
        if folder == root:
            return
        with contextlib.suppress(OSError):
            folder.rmdir()
