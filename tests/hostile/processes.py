"""Real processes that are killed at a write, or run at once."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_CHANGES = frozenset({"os.mkdir", "os.remove", "os.rmdir", "os.rename", "os.chmod", "os.link", "os.symlink"})
_WRITING = os.O_WRONLY | os.O_RDWR


class _Killer:
    """Kills this process right before its n-th change of the file system, in the middle of a content among them."""

    def __init__(self, at: int) -> None:
        self._left = at
        sys.addaudithook(self._heard)
        real = os.fdopen

        def fdopen(handle: int, mode: str = "r", *rest: Any, **named: Any) -> Any:
            file = real(handle, mode, *rest, **named)
            return _Halved(file, self) if "w" in mode else file

        os.fdopen = fdopen  # type: ignore[assignment]

    def step(self) -> None:
        self._left -= 1
        if self._left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING):
            self.step()


class _Halved:
    """A file to which half of a content is written, then the other half."""

    def __init__(self, file: Any, killer: _Killer) -> None:
        self._file, self._killer = file, killer

    def write(self, raw: bytes) -> None:
        self._file.write(raw[: len(raw) // 2])
        self._file.flush()
        self._killer.step()
        self._file.write(raw[len(raw) // 2 :])

    def __enter__(self) -> _Halved:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()


def forked(action: Callable[[], object], *, kill_at: int | None = None) -> int:
    """The id of a new process that carries out the action, and is killed at a change of the file system."""
    child = os.fork()
    if child:
        return child
    code = 70
    try:
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in (1, 2):
            os.dup2(quiet, stream)
        if kill_at is not None:
            _Killer(kill_at)
        result = action()
        code = result if isinstance(result, int) else 0
    finally:
        os._exit(code)


def ended(child: int) -> int:
    """The exit code of a process, negative for the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def every_kill(prepare: Callable[[], object], action: Callable[[], object]) -> Iterator[int]:
    """Prepare, carry out and kill at the first change, at the second, and so on, until it is not killed any more."""
    for at in range(500):
        prepare()
        code = ended(forked(action, kill_at=at))
        assert code in (0, -signal.SIGKILL), f"ended with {code} at {at}"
        yield at
        if code == 0:
            assert at > 3, "it was never killed: nothing was tested"
            return
    raise AssertionError("it goes on and on")


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file below a folder with its content."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def litter(root: Path) -> list[str]:
    """What lies about: journals and contents that wait."""
    return sorted(
        path.relative_to(root).as_posix() for path in root.rglob(".agentgen-*") if "installed" not in path.name
    )
