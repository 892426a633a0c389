"""`agentgen git-textconv`: an agent file as git compares it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agentgen.cli import exit_codes
from agentgen.cli.options import Quiet
from agentgen.cli.screen import open_screen
from agentgen.source import read_source

File = Annotated[Path, typer.Argument(metavar="FILE", help="An agent file.", show_default=False)]


def git_textconv(context: typer.Context, file: File, quiet: Quiet = False) -> int:
    """Show what a file says without formatting; git calls it.

    One statement a line.

    \b
      agentgen git-textconv reviewer.md
    """
    from agentgen.document.read import read_document
    from agentgen.report.plain_text import plain_text

    open_screen(context, quiet).result(plain_text(read_document(read_source(file))))
    return exit_codes.OK
