"""Which findings somebody wants: `--select` and `--ignore` with codes, or the beginnings of codes with a `*`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase

from agentgen.codes import CODES
from agentgen.errors import Problem, UserError


def choose(select: Sequence[str], ignore: Sequence[str]) -> Callable[[str], bool]:
    """A test for codes: those selected (all where none is), without those ignored.

    Raises:
        UserError: an entry is no code and no pattern that fits one, with the codes that are near.
    """
    problems = [_problem(entry) for entry in (*select, *ignore) if not _fitting(entry)]
    if problems:
        raise UserError(problems)
    chosen = {code for entry in select for code in _fitting(entry)} if select else set(CODES)
    wanted = chosen - {code for entry in ignore for code in _fitting(entry)}
    return wanted.__contains__


def known_code(code: str) -> str:
    """The code itself. Raises UserError where there is none of that name, with the one that is near."""
    if code not in CODES:
        raise UserError(_problem(code))
    return code


def _fitting(entry: str) -> list[str]:
    return [code for code in CODES if fnmatchcase(code, entry)]


def _problem(entry: str) -> Problem:
    near = get_close_matches(entry, CODES, n=1)
    hint = f"did you mean {near[0]}?" if near else "`agentgen explain` lists the codes"
    return Problem(f"there is no code {entry!r}", hint=hint)
