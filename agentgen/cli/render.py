"""`agentgen render`: write the file of each tool, with a ledger of what it cannot say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agentgen.cli import complete
from agentgen.cli.inputs import open_targets
from agentgen.cli.options import Format, Profiles, Quiet, Strict, Templates, TextOrJson
from agentgen.cli.screen import open_screen

Target = Annotated[
    list[str] | None,
    typer.Option(
        "--target",
        "-t",
        metavar="NAME",
        help="Render for this tool; may be given several times. `all` leaves out, and names, those that cannot hold "
        "what the profile forbids. By default those that the settings (agentgen.toml) list, or all.",
        autocompletion=complete.targets,
        show_default=False,
    ),
]
Check = Annotated[bool, typer.Option("--check", help="Write nothing; end with 1 and show it if anything differs.")]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show the changes as a diff.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write here instead of into dist/.")]
Install = Annotated[
    Path | None,
    typer.Option("--install", metavar="DIR", help="Write into this project, each file where its tool looks for it."),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite files that were edited by hand.")]


def render(
    context: typer.Context,
    names: Profiles = None,
    target: Target = None,
    check: Check = False,
    diff: Diff = False,
    out: Out = None,
    install: Install = None,
    force: Force = False,
    strict: Strict = False,
    form: Format = TextOrJson.TEXT,
    templates: Templates = None,
    quiet: Quiet = False,
) -> int:
    """Write the file that each tool expects.

    The ledger says what became of every field, tool and section. Ends with 1 where something differs under --check
    or --diff, and where a tool's file would let the agent do more than the profile allows and nobody approved that:
    such a file is not written.

    \b
      agentgen render my-agent --target all
      agentgen render --check
      agentgen render my-agent --install ~/project
    """
    from agentgen.cli.rendering import Job, render_job
    from agentgen.cli.settings_read import check_targets
    from agentgen.cli.workspaces import Chosen, chosen_workspaces, in_each, only_one

    screen = open_screen(context, quiet)
    chosen = chosen_workspaces(names or (), screen)
    only_one(chosen, out=out is not None, install=install is not None, format=form is TextOrJson.JSON)

    def step(one: Chosen) -> int:
        known = open_targets(one.workspace, templates)
        check_targets(one.settings, known)
        where = (one.workspace, one.folders, one.settings)
        return render_job(Job(*where, target or (), out, install, force, check, diff, strict, form), known, screen)

    return in_each(chosen, screen, step)
