"""Several files that change together, or not at all: also where the process ends in between.

    {"agentgen": 1, "ready": true, "files": [{"path": "profile.yaml", "new": ".agentgen-1f2e….tmp",
                                              "before": "sha256:…", "after": "sha256:…"}]}

The journal is written first, then every new content beside its place, then the journal says that all is `ready`, then
each content takes its place, then the journal goes. A run that finds a journal completes it where it was ready, and
takes away what lies about where it was not. A file that somebody changed meanwhile is left as it is. What was done is
noted down (`settled`), for a person has to hear that a run had ended before its time.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from agentgen.errors import Problem, UserError
from agentgen.render.handles import Folder, ObstacleError, Root, open_root
from agentgen.render.manifest import is_inside
from agentgen.render.model import Settled
from agentgen.source import digest

JOURNAL = ".agentgen-journal"
_NEXT = ".agentgen-journal.new"
_NEW = re.compile(r"\.agentgen-[0-9a-f]{16}\.tmp")
_VERSION = 1


class Step(NamedTuple):
    """One file: what was there (its digest, None for nothing), what comes, and the name under which that waits."""

    path: str
    before: str | None
    after: str | None
    new: str | None

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name


_settled: list[Settled] = []


def settled() -> list[Settled]:
    """The unfinished runs that were settled in this process since this was last asked."""
    told = list(_settled)
    _settled.clear()
    return told


def new_name() -> str:
    """A name for a content that waits."""
    return f".agentgen-{os.urandom(8).hex()}.tmp"


def note(root: Root, steps: Sequence[Step], *, ready: bool) -> None:
    """Write the journal, whole or not at all."""
    files = [step._asdict() for step in steps]
    raw = json.dumps({"agentgen": _VERSION, "ready": ready, "files": files}, indent=1).encode()
    with root.folder(JOURNAL) as folder:
        folder.remove(_NEXT)
        folder.write_new(_NEXT, raw)
        folder.rename(_NEXT, JOURNAL)


def forget(root: Root) -> None:
    """Remove the journal and what was about to become one."""
    with root.folder(JOURNAL) as folder:
        folder.remove(JOURNAL)
        folder.remove(_NEXT)


def settle(root: Path) -> None:
    """Complete what a run that was killed in a folder had begun; does nothing where there is no journal.

    Raises:
        UserError: the journal is none, or the folder cannot be written.
    """
    if not any(os.path.lexists(root / name) for name in (JOURNAL, _NEXT)) or root.is_symlink():
        return
    try:
        with open_root(root) as opened:
            settle_open(opened)
    except (OSError, ObstacleError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UserError(
            Problem(f"what a run left unfinished cannot be completed: {reason}", str(root / JOURNAL), hint=_HINT)
        ) from None


_HINT = "check the folder's permissions; without that file what was not written yet is given up"


def settle_open(root: Root) -> None:
    """The same for a folder that is open already."""
    with root.folder(JOURNAL) as folder:
        raw = folder.read(JOURNAL)
    if raw is not None:
        ready, steps = _read(raw, root.path / JOURNAL)
        ends = [_settle_step(root, step, ready=ready) for step in steps]
        new, old = (sum(end == wanted for end, wanted in zip(ends, each, strict=True)) for each in _wanted(steps))
        _settled.append(Settled(str(root.path), new, old, len(steps) - new - old))
    forget(root)


def _wanted(steps: Sequence[Step]) -> tuple[list[str | None], list[str | None]]:
    """The digests after the run and before it."""
    return [step.after for step in steps], [step.before for step in steps]


def _settle_step(root: Root, step: Step, *, ready: bool) -> str | None:
    """The digest of what stands at the place in the end; empty where it cannot be reached."""
    current: str | None = None
    try:
        with root.folder(step.path) as folder:
            current = _finish(folder, step, ready=ready)
    except FileNotFoundError:
        pass
    except ObstacleError:
        current = ""
    root.prune(step.path)
    return current


def _finish(folder: Folder, step: Step, *, ready: bool) -> str | None:
    current = _digest(folder.read(step.name))
    if ready and current == step.before:
        if step.new is None:
            folder.remove(step.name)
            current = None
        elif _digest(folder.read(step.new)) == step.after:
            folder.rename(step.new, step.name)
            current = step.after
    if step.new is not None:
        folder.remove(step.new)
    return current


def _digest(raw: bytes | None) -> str | None:
    return None if raw is None else digest(raw)


def _read(raw: bytes, shown: Path) -> tuple[bool, list[Step]]:
    try:
        data = json.loads(raw)
        ready, steps = data["ready"], list(_steps(data["files"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = "remove it; check the files of this folder that are not as they should be"
        raise UserError(Problem("this is no list of files being written", str(shown), hint=hint)) from None
    return bool(ready), steps


def _steps(files: Sequence[Mapping[str, str | None]]) -> Iterator[Step]:
    """Raises ValueError for what no run of ours has written: places outside the folder, names of other files."""
    for entry in files:
        step = Step(str(entry["path"]), entry["before"], entry["after"], entry["new"])
        if not is_inside(step.path) or (step.new is not None and not _NEW.fullmatch(step.new)):
            raise ValueError(step.path)
        yield step
