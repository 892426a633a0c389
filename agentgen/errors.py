"""Errors for the user.

Everything that a person can cause and mend is a `UserError` and ends in exit code 2. Any other exception is a
fault of ours: the command line turns it into exit code 3 with a log file. Only `agentgen.cli` catches either.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Problem(NamedTuple):
    """One mistake in the input: where it is, what is wrong, and what to do next.

    `line` and `column` are 1-based; `None` where the problem belongs to the whole file. `path` is empty where the
    problem belongs to no file (a wrong option).
    """

    message: str
    path: str = ""
    line: int | None = None
    column: int | None = None
    hint: str = ""

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part not in ("", None))
        text = f"{place}: {self.message}" if place else self.message
        return f"{text}\n  {self.hint}" if self.hint else text


class UserError(Exception):
    """Stop and tell the user. Carries every problem found, not only the first."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
