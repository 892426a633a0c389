"""The one place where errors end: each becomes a message on standard error and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from agentgen.cli import exit_codes
from agentgen.cli.app import app_for
from agentgen.errors import Problem, UserError
from agentgen.report.problems_text import problems_text
from agentgen.report.visible import visible

_SURROUNDINGS = frozenset(
    {
        *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENAMETOOLONG, errno.ELOOP),
        *(errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENOTEMPTY),  # somebody else is at work there
    }
)
"""What a file system refuses for reasons of its own."""


def guarded(arguments: Sequence[str]) -> int:
    """Run a command line; no exception but SystemExit leaves this function."""
    _never_fail_on_a_character()
    code = _guarded(arguments)
    _tell_what_was_settled()
    return code


def _tell_what_was_settled() -> None:
    """Also when quiet: a run that somebody believes to be done had ended before its time."""
    journal = sys.modules.get("agentgen.render.journal")
    settled = journal.settled() if journal else ()
    if settled:
        from agentgen.report.settled_text import settled_text

        sys.stderr.write(settled_text(settled))


def _guarded(arguments: Sequence[str]) -> int:
    try:
        return _run(arguments)
    except UserError as error:
        return _fail(problems_text(error.problems), exit_codes.USER_ERROR)
    except typer.TyperException as error:
        return _fail(_usage(error), exit_codes.USER_ERROR)
    except (KeyboardInterrupt, typer.Abort):
        return _fail("interrupted\n", exit_codes.INTERRUPTED)
    except BrokenPipeError:
        # The reader has gone; without this the interpreter complains once more while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.DIFFERENT
    except OSError as error:
        if error.errno in _SURROUNDINGS:
            problem = Problem(
                f"cannot be used: {error.strerror}",
                str(error.filename or ""),
                hint="check that it is there, its permissions, and the space on the disk",
            )
            return _fail(problems_text([problem]), exit_codes.USER_ERROR)
        return _fail(_fault(error, arguments), exit_codes.FAULT)
    except Exception as error:
        return _fail(_fault(error, arguments), exit_codes.FAULT)


def _run(arguments: Sequence[str]) -> int:
    _need_a_folder()
    code = app_for(arguments)(list(arguments), prog_name="agentgen", standalone_mode=False)
    sys.stdout.flush()
    return int(code or exit_codes.OK)


def _need_a_folder() -> None:
    try:
        Path.cwd()
    except FileNotFoundError:
        hint = "go to one that exists"
        raise UserError(Problem("the current folder is not there any more", hint=hint)) from None


def _never_fail_on_a_character() -> None:
    """A terminal that cannot show a character gets an escape instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _fail(text: str, code: int) -> int:
    sys.stderr.write(text)
    return code


def _usage(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "agentgen"
    return f"error: {visible(error.format_message())}\n  `{command} --help` shows the options, with examples\n"


def _fault(error: Exception, arguments: Sequence[str]) -> str:
    from agentgen.cli.fault import fault_text

    return fault_text(error, arguments)
