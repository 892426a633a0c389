"""TOML files of a workspace."""

from __future__ import annotations

import tomllib
from typing import Any

from agentgen.errors import Problem, UserError
from agentgen.source import Source


def read_toml(source: Source) -> dict[str, Any]:
    """The values of a TOML file.

    Raises:
        UserError: it is no TOML, is nested without end, or holds a number that nobody can hold.
    """
    try:
        return tomllib.loads(source.text)
    except ValueError as error:
        problem = f"is not TOML: {error}"
    except RecursionError:
        problem = "is nested too deeply"
    raise UserError(Problem(problem, source.path, hint="see https://toml.io"))
