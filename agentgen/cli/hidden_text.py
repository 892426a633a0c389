"""What a file hides is not taken in by accident: every place is told, and an option says that it is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from agentgen.codes import Severity
from agentgen.content.hidden import HIDDEN
from agentgen.errors import Problem, UserError
from agentgen.findings import Finding

if TYPE_CHECKING:
    from agentgen.compare.model import Variant

AllowHidden = Annotated[
    bool, typer.Option("--allow-hidden-text", help="Take text that nobody sees in as it is; the findings stay.")
]
_MOST = 100  # places that are told one by one
_HINT = "`agentgen lint FILE --fix` takes out what is safe to; --allow-hidden-text takes it in as it is"


def hidden_in(variants: Sequence[Variant]) -> list[Finding]:
    """What the variants hide for sure, in their order."""
    found = (each for variant in variants for each in variant.document.findings)
    return [each for each in found if each.code in HIDDEN and each.severity is Severity.ERROR]


def refuse_hidden(variants: Sequence[Variant], *, allowed: bool) -> None:
    """Stop where a variant hides something and nobody said that it may.

    Raises:
        UserError: with every place, the first hundred of very many.
    """
    found = hidden_in(variants)
    if not found or allowed:
        return
    problems = [Problem(f"{each.message} [{each.code}]", each.path, each.line, each.column) for each in found[:_MOST]]
    if len(found) > _MOST:
        problems.append(Problem(f"{len(found) - _MOST} more such places"))
    raise UserError([*problems[:-1], _with_hint(problems[-1])])


def _with_hint(problem: Problem) -> Problem:
    return Problem(problem.message, problem.path, problem.line, problem.column, _HINT)
