"""Carry out a plan: the only module that writes below `dist/`, into a workspace or into a project.

All files of a plan change together: each new content is written beside its place, and only when all of them are there
do they take their places (see `journal`). Right before, every place is looked at once more: where one changed since
the plan was made, nothing is written.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from agentgen.errors import Problem, UserError
from agentgen.render.handles import ObstacleError, Root, open_root
from agentgen.render.journal import Step, forget, new_name, note, settle_open
from agentgen.render.model import Action, Change, Plan
from agentgen.source import digest

_WRITES = (Action.CREATE, Action.UPDATE, Action.REMOVE)


def apply(plan: Plan) -> None:
    """Write, remove and note down what the plan says; refused changes are left out.

    Raises:
        UserError: a file cannot be written, or changed since the plan was made. Nothing is changed then.
    """
    everything = (*plan.changes, *([plan.manifest] if plan.manifest else []))
    changes = [change for change in everything if change.action in _WRITES]
    if not changes:
        return
    root = Path(plan.root)
    try:
        root.mkdir(parents=True, exist_ok=True)
        with open_root(root) as opened:
            settle_open(opened)
            _carry_out(opened, list(_still_to_do(opened, changes)))
    except ObstacleError as error:
        raise UserError(Problem(f"{_CHANGED}: {error}", str(root), hint=_AGAIN)) from None
    except OSError as error:
        raise UserError(_cannot(root, error)) from None


_CHANGED, _AGAIN = "it changed while it was being rendered", "run the command again"


def _cannot(place: Path, error: OSError) -> Problem:
    what = f"cannot be written: {error.strerror or error}; nothing was changed"
    return Problem(what, str(place), hint="check the folder's permissions and the space on the disk")


def _still_to_do(root: Root, changes: Sequence[Change]) -> Iterator[Change]:
    """The changes that nobody else has made since the plan. Raises UserError with every place that is another one."""
    problems: list[Problem] = []
    for change in changes:
        try:
            current = _current(root, change.path)
        except ObstacleError as error:
            problems.append(Problem(f"{_CHANGED}: {error}", str(root.path / change.path), hint=_AGAIN))
            continue
        if current not in (change.before, change.after):
            problems.append(Problem(_CHANGED, str(root.path / change.path), hint=_AGAIN))
        elif current != change.after:
            yield change
    if problems:
        raise UserError(problems)


def _current(root: Root, path: str) -> bytes | None:
    try:
        with root.folder(path) as folder:
            return folder.read(path.rpartition("/")[2])
    except FileNotFoundError:
        return None


def _carry_out(root: Root, changes: Sequence[Change]) -> None:
    """All of the changes, or none where one fails."""
    steps = [_step(change) for change in changes]
    if not steps:
        return
    done: list[Change] = []
    try:
        note(root, steps, ready=False)
        for step, change in zip(steps, changes, strict=True):
            _prepare(root, step, change.after)
        if len(steps) > 1:
            note(root, steps, ready=True)
        for step, change in zip(steps, changes, strict=True):
            _place(root, step)
            done.append(change)
    except BaseException:
        _take_back(root, steps, done)
        raise
    forget(root)


def _step(change: Change) -> Step:
    before, after = (None if raw is None else digest(raw) for raw in (change.before, change.after))
    return Step(change.path, before, after, None if change.after is None else new_name())


def _prepare(root: Root, step: Step, raw: bytes | None) -> None:
    if raw is None or step.new is None:
        return
    try:
        with root.folder(step.path, make=True) as folder:
            folder.write_new(step.new, raw, like=step.name)
    except OSError as error:
        raise UserError(_cannot(root.path / step.path, error)) from None


def _place(root: Root, step: Step) -> None:
    try:
        with root.folder(step.path) as folder:
            if step.new is None:
                folder.remove(step.name)
            else:
                folder.rename(step.new, step.name)
    except OSError as error:
        raise UserError(_cannot(root.path / step.path, error)) from None
    if step.new is None:
        root.prune(step.path)


def _take_back(root: Root, steps: Sequence[Step], done: Sequence[Change]) -> None:
    """What was there before takes its place again, and nothing of ours lies about."""
    for change in done:
        old = change._replace(before=change.after, after=change.before)
        with contextlib.suppress(OSError, ObstacleError, UserError):
            step = _step(old)
            _prepare(root, step, old.after)
            _place(root, step)
    for step in steps:
        with contextlib.suppress(OSError, ObstacleError), root.folder(step.path) as folder:
            if step.new is not None:
                folder.remove(step.new)
        root.prune(step.path)
    with contextlib.suppress(OSError, ObstacleError):
        forget(root)
