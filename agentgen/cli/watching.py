"""Going on whenever somebody saves a file: `render --watch` and `build --watch`."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from agentgen.cli import exit_codes
from agentgen.cli.inputs import shown
from agentgen.cli.screen import Screen
from agentgen.cli.settings import PYPROJECT, SETTINGS
from agentgen.errors import Problem, UserError
from agentgen.report.problems_text import problems_text
from agentgen.report.visible import visible
from agentgen.workspace import Workspace

SETTLE_MS = 200
"""How long nothing must change before a render, in milliseconds: editors and git write several files at once."""

LOOK_MS = 500
"""How often the settings are looked at; they stand in folders that are too full to be watched."""

Changes = Iterable[Collection[Path]]
"""What was saved, one collection a pause; the first one only says that watching has begun."""


class Saved(NamedTuple):
    """What to do again: the profiles of these names, or everything (None)."""

    profiles: frozenset[str] | None


EVERYTHING = Saved(None)


def watch(workspaces: Sequence[Workspace], step: Callable[[Saved], object], screen: Screen) -> int:
    """Do the step once for everything, and again for what was saved, until the user stops it.

    A mistake in a file is shown, and watching goes on.

    Raises:
        UserError: the library that watches files is not installed.
    """
    changes = saved_files(workspaces)
    with suppress(KeyboardInterrupt):
        follow(changes, workspaces, step, screen)
    screen.note("stopped\n")
    return exit_codes.OK


def follow(changes: Changes, workspaces: Sequence[Workspace], step: Callable[[Saved], object], screen: Screen) -> None:
    """Do the step for everything first, then for each collection of saved files, up to the last."""
    for number, paths in enumerate(changes):
        saved = what_to_do(paths, workspaces) if number else EVERYTHING
        if number:
            names = "everything" if saved.profiles is None else ", ".join(sorted(saved.profiles))
            screen.note(visible(f"{time.strftime('%H:%M:%S')} {names}\n"))
        _attempt(step, saved, screen)
        if not number:
            _announce(workspaces, screen)


def what_to_do(paths: Collection[Path], workspaces: Sequence[Workspace]) -> Saved:
    """The profiles that the saved files belong to; everything where a file belongs to none."""
    names = {_profile(path, workspaces) for path in paths}
    return EVERYTHING if None in names else Saved(frozenset(name for name in names if name))


def _profile(path: Path, workspaces: Sequence[Workspace]) -> str | None:
    for workspace in workspaces:
        if path.is_relative_to(workspace.profiles):
            name, *below = path.relative_to(workspace.profiles).parts or ("",)
            return name if below and (workspace.profiles / name).is_dir() else None
    return None


def _attempt(step: Callable[[Saved], object], saved: Saved, screen: Screen) -> None:
    try:
        step(saved)
    except UserError as error:
        screen.warn(problems_text(error.problems))
    except OSError as error:  # a folder that is being moved while it is read
        screen.warn(problems_text([Problem(error.strerror or str(error), str(error.filename or ""))]))


def _announce(workspaces: Sequence[Workspace], screen: Screen) -> None:
    places = ", ".join(shown(workspace.profiles) for workspace in workspaces)
    screen.note(f"watching {places}; Ctrl-C ends it\n")


# -- the file system -------------------------------------------------------------------------------------------


def saved_files(workspaces: Sequence[Workspace]) -> Changes:
    """Files of profiles, templates and settings as they are saved, without end.

    Raises:
        UserError: the library that watches files is not installed.
    """
    try:
        import watchfiles
    except ImportError:
        hint = "`pip install 'agentgen-toolkit[watch]'` brings it"
        raise UserError(Problem("--watch needs the package watchfiles", hint=hint)) from None
    folders = [folder for each in workspaces for folder in (each.profiles, each.templates) if folder.is_dir()]
    events = watchfiles.watch(
        *folders,
        watch_filter=lambda _, path: is_meant(Path(path)),
        step=SETTLE_MS,
        rust_timeout=LOOK_MS,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    return _with_settings(({Path(path) for _, path in event} for event in events), workspaces)


def is_meant(path: Path) -> bool:
    """Whether a file is one that somebody saved, rather than an editor's or our own passing copy of it."""
    return not path.name.startswith(".") and not path.name.endswith(("~", ".tmp", ".swp", ".bak"))


def _with_settings(events: Changes, workspaces: Sequence[Workspace]) -> Iterator[Collection[Path]]:
    """The first event, and those that hold something, with the settings that changed in the meantime."""
    before = _settings(workspaces)
    for number, paths in enumerate(events):
        now = _settings(workspaces)
        changed = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
        before = now
        found = {*paths, *changed}
        if found or not number:
            yield found


def _settings(workspaces: Sequence[Workspace]) -> dict[Path, tuple[int, int]]:
    """The files with settings at or above the workspaces, with what tells that they were saved."""
    folders = {folder for each in workspaces for folder in (each.root, *each.root.parents)}
    states = {}
    for path in (folder / name for folder in folders for name in (SETTINGS, PYPROJECT)):
        if path.is_file():
            state = path.stat()
            states[path] = (state.st_mtime_ns, state.st_size)
    return states
