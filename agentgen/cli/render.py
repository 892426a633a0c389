"""`agentgen render`: write the file of each tool, with a ledger of what it cannot say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agentgen.cli import complete, exit_codes
from agentgen.cli.inputs import open_targets
from agentgen.cli.options import Profiles, Quiet, RenderFormat, Strict, Templates, Watch
from agentgen.cli.screen import open_screen
from agentgen.errors import Problem, UserError

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
Form = Annotated[RenderFormat, typer.Option("--format", "-f", help="How to show the result; Markdown for a review.")]
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
    form: Form = RenderFormat.TEXT,
    templates: Templates = None,
    watch: Watch = False,
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
      agentgen render --watch
    """
    from agentgen.cli.remembered import record_of
    from agentgen.cli.workspaces import Chosen, chosen_workspaces, in_each, only_one, watch_each

    screen = open_screen(context, quiet)
    options = (target or (), out, install, force, check, diff, strict, form, watch)
    plain = form is RenderFormat.TEXT and not (out or install or force or check or diff or watch)
    several = {"out": out is not None, "install": install is not None, "format": form is RenderFormat.JSON}

    def step(one: Chosen) -> int:
        way = {"targets": target or (), "strict": strict}
        record = record_of(one, templates or (), way, screen) if plain else None
        if record is not None and record.show(screen):
            return exit_codes.OK
        from agentgen.cli.rendering import render_job
        from agentgen.cli.rendering_job import Job

        needed = one.settings.targets_needed((folder.name for folder in one.folders), target or ())
        known = open_targets(one.workspace, templates, needed)
        one.settings.check_targets(known)
        heard = screen._replace(heard=[])
        return render_job(Job(one.workspace, one.folders, one.settings, *options), known, heard, record)

    if watch:
        _check_watching(check=check, diff=diff, format=form is not RenderFormat.TEXT)
        return watch_each(names or (), screen, step, several)
    chosen = chosen_workspaces(names or (), screen)
    only_one(chosen, **several)
    return in_each(chosen, screen, step)


def _check_watching(**options: bool) -> None:
    """Raises UserError for each option that a render without end cannot obey."""
    if given := [name for name, is_given in options.items() if is_given]:
        hint = "leave out one of them"
        raise UserError(Problem(f"--watch and --{name} do not go together", hint=hint) for name in given)
