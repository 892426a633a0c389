"""`agentgen explain`: what a finding's code means, how bad it is, how often it occurs, and an example."""

from __future__ import annotations

from typing import Annotated

import typer

from agentgen.cli import exit_codes
from agentgen.cli.options import Format, Quiet, TextOrJson
from agentgen.cli.screen import open_screen


def _codes(incomplete: str) -> list[str]:
    from agentgen.codes import CODES

    return [code for code in CODES if code.startswith(incomplete)]


CodeName = Annotated[
    str | None,
    typer.Argument(metavar="[CODE]", help="Explain this one.", autocompletion=_codes, show_default=False),
]


def explain(context: typer.Context, code: CodeName = None, form: Format = TextOrJson.TEXT, quiet: Quiet = False) -> int:
    """Explain a finding's code, or list all of them.

    \b
      agentgen explain
      agentgen explain not-loaded
    """
    from agentgen.codes import CODES
    from agentgen.lint.choice import known_code
    from agentgen.lint.rates import rate
    from agentgen.report.codes_text import code_text, codes_json, codes_text
    from agentgen.report.json_text import json_text

    screen = open_screen(context, quiet)
    entries = [CODES[known_code(code)]] if code else list(CODES.values())
    if form is TextOrJson.JSON:
        screen.result(json_text(codes_json((entry, rate(entry.code)) for entry in entries)))
    elif code:
        screen.result(code_text(entries[0], rate(entries[0].code)))
    else:
        screen.result(codes_text(entries))
    return exit_codes.OK
