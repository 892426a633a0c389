"""The entry point. `--version` is answered before anything is loaded; all else goes through the one boundary."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from collections.abc import Sequence

from agentgen import __version__

_GARBAGE_FROM = 100_000
"""Objects made before cycles among them are looked for: a command ends soon, and nearly nothing here is a cycle."""


def run() -> None:
    """The `agentgen` command: ends the process with the exit code."""
    gc.set_threshold(_GARBAGE_FROM, 20, 20)
    _end(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; what it shows goes to the standard streams."""
    if list(arguments) == ["--version"]:
        sys.stdout.write(f"agentgen {__version__}\n")
        return 0
    from agentgen.cli.boundary import guarded

    return guarded(arguments)


def _end(code: int) -> None:
    """Leave at once: to take the heap apart object by object would be a tenth of a short command's time."""
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # closed, or the boundary has told of it
            code = code or 1
    os._exit(code)
