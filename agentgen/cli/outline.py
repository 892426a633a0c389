"""`agentgen outline`: what was read of agent files."""

from __future__ import annotations

import typer

from agentgen.cli import exit_codes
from agentgen.cli.inputs import read_all
from agentgen.cli.options import Files, Format, Quiet, TextOrJson
from agentgen.cli.screen import open_screen


def outline(context: typer.Context, files: Files, form: Format = TextOrJson.TEXT, quiet: Quiet = False) -> int:
    """Show what was read of agent files.

    Frontmatter, sections, items, and what had to be repaired.

    \b
      agentgen outline reviewer.md
      agentgen outline *.md --format json
    """
    from agentgen.report.json_text import json_text
    from agentgen.report.outline import outline_json, outline_text

    screen = open_screen(context, quiet)
    documents = read_all(files)
    screen.result(json_text(outline_json(documents)) if form is TextOrJson.JSON else outline_text(documents))
    return exit_codes.OK
