"""TOML files of a workspace."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from agentgen.errors import Problem, UserError
from agentgen.source import BOM, Source

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


def read_toml(source: Source) -> dict[str, Any]:
    """The values of a TOML file.

    Raises:
        UserError: it is no TOML, is nested without end, or holds a number that nobody can hold.
    """
    try:
        return tomllib.loads(toml_text(source))
    except ValueError as error:
        problem = _problem(source, str(error))
    except RecursionError:
        problem = Problem("is nested too deeply", source.path, hint="see https://toml.io")
    raise UserError(problem)


def toml_text(source: Source) -> str:
    """The text without a byte-order mark, every character at its offset in the source."""
    return source.text.replace(BOM, " ", 1) if source.text.startswith(BOM) else source.text


def _problem(source: Source, message: str) -> Problem:
    found = _PLACE.search(message)
    said = f"is not TOML: {message[: found.start()] if found else message}"
    if found is None:
        return Problem(said, source.path, hint="see https://toml.io")
    if found["line"]:
        line, column = int(found["line"]), int(found["column"])
        mark = line == 1 and source.text.startswith(BOM)  # it takes no column
        return Problem(said, source.path, line, column - mark, "see https://toml.io")
    return Problem(said, source.path, *source.position(len(source.text)), hint="see https://toml.io")
