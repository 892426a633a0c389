"""`agentgen targets`: the tools, what each can express, dated and with its source."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agentgen.cli import complete, exit_codes
from agentgen.cli.options import Format, Quiet, Templates, TextOrJson
from agentgen.cli.screen import open_screen
from agentgen.workspace import find_workspace, template_folders

Name = Annotated[
    str | None,
    typer.Argument(
        metavar="[NAME]", help="Show this one in full.", autocompletion=complete.targets, show_default=False
    ),
]


def targets(
    context: typer.Context,
    name: Name = None,
    form: Format = TextOrJson.TEXT,
    templates: Templates = None,
    quiet: Quiet = False,
) -> int:
    """List the tools, or say all about one.

    \b
      agentgen targets
      agentgen targets NAME --format json
    """
    from agentgen.render.targets import load_targets
    from agentgen.report.json_text import json_text
    from agentgen.report.targets_json import targets_json
    from agentgen.report.targets_text import Listed, target_text, targets_text

    screen = open_screen(context, quiet)
    folders = template_folders(find_workspace(Path.cwd()), templates or ())
    origins = {folder.path: folder.origin for folder in folders}
    known = load_targets([folder.path for folder in folders])
    found = known.found if name is None else (known.entry(name),)
    listed = [Listed(entry.target, origins[entry.folder.parent]) for entry in found]
    if form is TextOrJson.JSON:
        screen.result(json_text(targets_json(listed)))
    elif name is None:
        screen.result(targets_text(listed, width=screen.terminal_width, colour=screen.colour))
    else:
        screen.result(target_text(listed[0], width=screen.width, colour=screen.colour))
    return exit_codes.OK
