"""What the shell completes: names of profiles, targets and variants. Names only, so nothing heavy is loaded."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from agentgen.errors import UserError
from agentgen.workspace import Workspace, find_workspace, template_folders


def profiles(incomplete: str) -> list[str]:
    """The workspace's profiles."""
    workspace = _workspace()
    return _starting(workspace.profile_names() if workspace else (), incomplete)


def targets(incomplete: str) -> list[str]:
    """The targets that can be found, and `all`."""
    folders = [folder.path for folder in template_folders(_workspace()) if folder.path.is_dir()]
    names = {spec.parent.name for folder in folders for spec in folder.glob("*/target.yaml")}
    return _starting([*sorted(names), "all"], incomplete)


def variants(incomplete: str) -> list[str]:
    """The variants of the profiles that the command line names so far; of all profiles where it names none."""
    workspace = _workspace()
    if workspace is None:
        return []
    named = [name for name in _typed() if name in workspace.profile_names()]
    return _starting(sorted(_variants(workspace, named or workspace.profile_names())), incomplete)


def _variants(workspace: Workspace, names: Iterable[str]) -> set[str]:
    return {path.stem for name in names for path in workspace.profile(name).variant_files()}


def _typed() -> list[str]:
    """The words of the command line so far, as the shell's completion script hands them over."""
    return (os.environ.get("COMP_WORDS") or os.environ.get("_TYPER_COMPLETE_ARGS") or "").split()


def _workspace() -> Workspace | None:
    try:
        return find_workspace(Path.cwd())
    except (OSError, UserError):
        return None


def _starting(names: Iterable[str], incomplete: str) -> list[str]:
    return [name for name in names if name.startswith(incomplete)]
