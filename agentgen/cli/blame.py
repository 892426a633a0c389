"""`agentgen blame`: where every line of a profile, or of a rendered file, came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from agentgen.cli import complete, exit_codes
from agentgen.cli.inputs import open_targets, read_sources, shown
from agentgen.cli.options import Format, Quiet, Templates, TextOrJson
from agentgen.cli.screen import open_screen
from agentgen.cli.workspaces import this_workspace
from agentgen.errors import Problem, UserError
from agentgen.render.journal import settle
from agentgen.workspace import ProfileFolder

if TYPE_CHECKING:
    from agentgen.merge.model import Blamed
    from agentgen.render.targets import Targets

Name = Annotated[
    str, typer.Argument(metavar="PROFILE", help="A profile of the workspace.", autocompletion=complete.profiles)
]
Target = Annotated[
    str | None,
    typer.Option(
        "--target",
        "-t",
        metavar="NAME",
        help="Explain the file rendered for this tool instead of profile.yaml.",
        autocompletion=complete.targets,
    ),
]


def blame(
    context: typer.Context,
    name: Name,
    target: Target = None,
    form: Format = TextOrJson.TEXT,
    templates: Templates = None,
    quiet: Quiet = False,
) -> int:
    """Say where every line came from.

    Which variant and line, or that the recipe or a hand wrote it, and the decision that chose it.

    \b
      agentgen blame my-agent
      agentgen blame my-agent --target NAME --format json
    """
    from agentgen.report.blame import blame_json, blame_text
    from agentgen.report.json_text import json_text

    screen = open_screen(context, quiet)
    workspace = this_workspace()
    folder = workspace.profile(name)
    lines = _lines(folder, target, open_targets(workspace, templates))
    screen.result(json_text(blame_json(lines)) if form is TextOrJson.JSON else blame_text(lines))
    return exit_codes.OK


def _lines(folder: ProfileFolder, target: str | None, targets: Targets) -> tuple[Blamed, ...]:
    from agentgen.merge.blame import blame_file, blame_profile
    from agentgen.profile.store import load_lock, load_profile
    from agentgen.render.engine import render_profile

    _require_merged(folder)
    source, lock_file = read_sources([folder.profile, folder.lock])
    lock = load_lock(lock_file)
    if target is None:
        return blame_profile(source, lock)
    profile = load_profile(source)
    rendering = render_profile(profile, target, targets)
    keys = {spec.key: field for field, spec in targets[target].fields.items() if spec.key}
    return blame_file(rendering.text, profile, lock, rendering.target, keys)


def _require_merged(folder: ProfileFolder) -> None:
    settle(folder.root)
    missing = [path for path in (folder.profile, folder.lock) if not path.is_file()]
    if missing:
        hint = f"`agentgen merge {folder.name}` writes it"
        raise UserError(Problem("no such file", shown(path), hint=hint) for path in missing)
