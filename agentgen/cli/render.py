"""`agentgen render`: write the file of each tool, with a ledger of what it cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentgen.cli import complete, exit_codes
from agentgen.cli.inputs import chosen_profiles, open_targets, read_sources, shown
from agentgen.cli.options import Format, Profiles, Quiet, Strict, Templates, TextOrJson
from agentgen.cli.screen import Screen, open_screen
from agentgen.errors import Problem, UserError
from agentgen.workspace import ProfileFolder, Workspace

if TYPE_CHECKING:
    from agentgen.profile.model import Profile
    from agentgen.render.model import Plan, Rendering
    from agentgen.render.targets import Targets

Target = Annotated[
    list[str] | None,
    typer.Option(
        "--target",
        "-t",
        metavar="NAME",
        help="Render for this tool; may be given several times. All tools by default.",
        autocompletion=complete.targets,
        show_default=False,
    ),
]
Check = Annotated[
    bool, typer.Option("--check", help="Write nothing; end with 1 and show what differs if anything does.")
]
Diff = Annotated[bool, typer.Option("--diff", help="Write nothing; show the changes as a diff.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Write here instead of into dist/.")]
Install = Annotated[
    Path | None,
    typer.Option("--install", metavar="DIR", help="Write into this project, each file where its tool looks for it."),
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite files that were edited by hand.")]


@dataclass(frozen=True, slots=True)
class Job:
    """What to render and where to."""

    workspace: Workspace
    folders: Sequence[ProfileFolder]
    targets: Targets
    names: Sequence[str]
    out: Path | None = None
    install: Path | None = None
    force: bool = False


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
    """Write the files that each tool expects, and say what became of every field, tool and section.

    Ends with 1 where something differs under --check or --diff, or where a tool's file would let the agent do more
    than the profile allows and nobody approved that.

    \b
      agentgen render my-agent --target all
      agentgen render --check
      agentgen render my-agent --install ~/project
    """
    screen = open_screen(context, quiet)
    workspace, folders = chosen_profiles(names or ())
    job = Job(workspace, folders, open_targets(workspace, templates), target or ["all"], out, install, force)
    renderings, plan = prepare(job, screen)
    dry = check or diff
    held = strict and any(map(has_loss, renderings))
    if not dry and not held:
        carry_out(plan)
    if form is TextOrJson.JSON:
        _show_json(renderings, plan, screen, written=not dry and not held)
    else:
        _show(renderings, plan, screen, check=check, diff=diff)
    return _code(renderings, plan, dry=dry, held=held)


def prepare(job: Job, screen: Screen) -> tuple[tuple[Rendering, ...], Plan]:
    """The renderings, and what writing them would do."""
    from agentgen.render.engine import render_all
    from agentgen.render.plan import plan_dist, plan_install

    profiles = [read_profile(folder) for folder in screen.progress(job.folders, "reading")]
    renderings = render_all(profiles, job.names, job.targets)
    if job.install is not None:
        return renderings, plan_install(renderings, job.install, force=job.force)
    every = {folder.name for folder in job.folders} == set(job.workspace.profile_names())
    whole = {rendering.target for rendering in renderings} if every else set()
    root = job.out or Path(shown(job.workspace.dist))
    return renderings, plan_dist(renderings, root, whole=whole, force=job.force)


def read_profile(folder: ProfileFolder) -> Profile:
    """The canonical profile of a folder. Raises UserError where there is none yet, or it is wrong."""
    from agentgen.profile.store import load_profile

    if not folder.profile.is_file():
        hint = f"`agentgen merge {folder.name}` makes it from the variants"
        raise UserError(Problem("there is no profile yet", shown(folder.profile), hint=hint))
    return load_profile(read_sources([folder.profile])[0])


def carry_out(plan: Plan) -> None:
    """Write what the plan says."""
    from agentgen.render.write import apply

    apply(plan)


def has_loss(rendering: Rendering) -> bool:
    """Whether something is dropped or approximated that nobody approved."""
    from agentgen.render.model import Outcome

    losses = (Outcome.DROPPED, Outcome.APPROXIMATED)
    return any(entry.outcome in losses and not entry.approved for entry in rendering.ledger.entries)


def _show(renderings: Sequence[Rendering], plan: Plan, screen: Screen, *, check: bool, diff: bool) -> None:
    from agentgen.report.findings_text import findings_text
    from agentgen.report.ledger_text import ledger_text
    from agentgen.report.plan_text import plan_diff, plan_text

    if check:
        screen.say(plan_text(plan))
    if check or diff:
        screen.say(plan_diff(plan))
        return
    for rendering in renderings:
        screen.say(ledger_text(rendering))
        screen.warn(findings_text(rendering.findings))
    screen.say(plan_text(plan))


def _show_json(renderings: Sequence[Rendering], plan: Plan, screen: Screen, *, written: bool) -> None:
    from agentgen.report.json_text import json_text
    from agentgen.report.render_json import render_json

    screen.result(json_text(render_json(renderings, plan, written=written)))


def _code(renderings: Sequence[Rendering], plan: Plan, *, dry: bool, held: bool) -> int:
    from agentgen.render.model import Action

    blocked = any(rendering.blocked for rendering in renderings)
    refused = any(change.action is Action.REFUSE for change in plan.changes)
    differs = dry and bool(plan.drift)
    return exit_codes.DIFFERENT if blocked or refused or differs or held else exit_codes.OK
