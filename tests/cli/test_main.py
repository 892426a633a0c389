"""How the process ends: at once, and yet with all that was said, and what was to be done at the end."""

from __future__ import annotations

import subprocess
import sys

import pytest

CALL = "import atexit, sys; atexit.register(lambda: sys.stderr.write('the end')); sys.stdout.write('early '); "
RUN = "sys.argv[1:] = {arguments!r}; from agentgen.cli.main import run; run()"


def python(*arguments: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], stdout=stdout, stderr=subprocess.PIPE, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(("arguments", "code"), [(["--version"], 0), (["explain", "nosuch"], 2)])
def test_the_process_ends_with_all_that_was_said(arguments: list[str], code: int) -> None:
    """Buffers reach their streams, functions registered for the end run, the code is that of the command."""
    ended = python("-c", CALL + RUN.format(arguments=arguments))
    assert ended.returncode == code
    assert ended.stdout.startswith("early ")
    assert ended.stderr.endswith("the end")


def test_a_stream_that_cannot_be_written_at_the_end_is_not_taken_for_success() -> None:
    """Output kept back until the end and lost then gives a code that is not 0."""
    ended = python(
        "-c",
        CALL
        + "sys.stdout.close(); "
        + RUN.format(arguments=["--quiet"]).replace("run()", "_end(0)").replace("import run", "import _end"),
    )
    assert ended.returncode == 1


def test_the_package_can_be_run_as_a_module() -> None:
    """Where no script is on the path, `python -m agentgen` is the same command."""
    assert python("-m", "agentgen", "--version").stdout.startswith("agentgen ")
