"""Writing the files of a workspace that are not rendered: planned, shown and carried out as `dist/` is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from agentgen.cli.inputs import shown
from agentgen.errors import Problem, UserError
from agentgen.render.model import Action, Change, Plan
from agentgen.render.write import apply


def plan_files(root: Path, files: Mapping[str, bytes]) -> Plan:
    """What writing these files below `root` would do; paths are relative and POSIX.

    Raises:
        UserError: a file that is there cannot be read.
    """
    return Plan(shown(root), tuple(_change(root, path, content) for path, content in sorted(files.items())))


def write_files(root: Path, files: Mapping[str, bytes]) -> Plan:
    """Write these files below `root`, each whole or not at all; what is equal stays untouched."""
    plan = plan_files(root, files)
    apply(plan)
    return plan


def _change(root: Path, path: str, after: bytes) -> Change:
    try:
        before = (root / path).read_bytes() if (root / path).exists() else None
    except OSError as error:
        raise UserError(Problem(f"cannot be read: {error.strerror or error}", shown(root / path))) from None
    action = Action.CREATE if before is None else Action.UNCHANGED if before == after else Action.UPDATE
    return Change(path, action, before, after)
