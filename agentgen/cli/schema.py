"""`agentgen schema`: the JSON Schema of what a command prints, or of a file that people edit."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

import typer

from agentgen.cli import exit_codes
from agentgen.cli.options import Quiet
from agentgen.cli.screen import open_screen
from agentgen.errors import Problem, UserError


def _names(incomplete: str) -> list[str]:
    from agentgen.report.schema import schema_names

    return [name for name in schema_names() if name.startswith(incomplete)]


Name = Annotated[
    str | None, typer.Argument(metavar="[NAME]", help="Print this one.", autocompletion=_names, show_default=False)
]


def schema(context: typer.Context, name: Name = None, quiet: Quiet = False) -> int:
    """Print a JSON Schema, or list them.

    Those of commands say what `--format json` gives; those of files are for editors and for programs that write them.

    \b
      agentgen schema
      agentgen schema diff > diff.schema.json
    """
    from agentgen.report.schema import schema_names, schema_text

    screen = open_screen(context, quiet)
    known = schema_names()
    if name is not None and name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there is: {', '.join(known)}"
        raise UserError(Problem(f"there is no schema {name!r}", hint=hint))
    screen.result("".join(f"{one}\n" for one in known) if name is None else schema_text(name))
    return exit_codes.OK
