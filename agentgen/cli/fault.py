"""What is told of a fault of our own; loaded only then."""

from __future__ import annotations

import platform
import tempfile
import traceback
from collections.abc import Sequence

from agentgen import __version__
from agentgen.report.visible import visible


def fault_text(error: Exception, arguments: Sequence[str]) -> str:
    """Write the log and say where it is. What the user typed stands in it, no content of any file."""
    with tempfile.NamedTemporaryFile(
        "w", prefix="agentgen-", suffix=".log", delete=False, encoding="utf-8", errors="backslashreplace"
    ) as log:
        log.write(f"agentgen {__version__}, Python {platform.python_version()}, {platform.platform()}\n")
        log.write(f"arguments: {list(arguments)!r}\n\n")
        log.writelines(traceback.format_exception(error))
    kind = visible(f"{type(error).__name__}: {error}".partition("\n")[0])
    return (
        f"this is a fault in agentgen, not in your files: {kind}\n  the log is {log.name}; please report it with that\n"
    )
