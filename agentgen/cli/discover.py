"""`agentgen discover`: which agent files in a tree are one agent, and what to merge."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentgen.cli import exit_codes
from agentgen.cli.cores import jobs
from agentgen.cli.inputs import open_targets
from agentgen.cli.options import Format, Quiet, Templates, TextOrJson
from agentgen.cli.screen import Screen, open_screen
from agentgen.errors import Problem, UserError
from agentgen.workspace import ProfileFolder, Workspace, find_workspace

if TYPE_CHECKING:
    from agentgen.compare.model import Variant
    from agentgen.discover.model import Discovery, Group
    from agentgen.render.targets import Targets

Roots = Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders, or files.", show_default=False)]
Near = Annotated[
    float,
    typer.Option(
        "--near", metavar="SHARE", min=0.05, max=1.0, help="From which share of common text on two files are one agent."
    ),
]
Purpose = Annotated[
    float,
    typer.Option(
        "--purpose", metavar="SHARE", min=0.05, max=1.0, help="From which likeness on two agents have one purpose."
    ),
]
Take = Annotated[
    bool,
    typer.Option("--import", help="Import what is worth merging, a profile a group; same purposes only by --only."),
]
Only = Annotated[list[str] | None, typer.Option("--only", metavar="GROUP,...", help="Only these groups (G1, P2).")]
All = Annotated[bool, typer.Option("--all", help="Show every entry of long lists.")]


def discover(
    context: typer.Context,
    roots: Roots,
    take: Take = False,
    only: Only = None,
    near: Near = 0.5,
    purpose: Purpose = 0.5,
    everything: All = False,
    form: Format = TextOrJson.TEXT,
    templates: Templates = None,
    quiet: Quiet = False,
) -> int:
    """Find the files that are one agent.

    Walks folders, recognises the agent files of all tools, groups copies, renamed and re-tooled
    files and forks, tells which file a tool uses where names collide, and shows the commands that
    take a group in for a merge. Agents of the same purpose are shown apart.

    \b
      agentgen discover ~/projects ~/.config
      agentgen discover . --near 0.7 --format json
      agentgen discover . --import --only G1,G3
    """
    screen = open_screen(context, quiet)
    workspace = find_workspace(Path.cwd()) or Workspace(Path.cwd())
    targets = open_targets(workspace, templates)
    if take:
        from agentgen.render.journal import settle

        settle(workspace.profiles)  # before names are chosen: what a killed run left is no profile
    found = _restricted(_search(roots, workspace, targets, near, purpose, screen), _parts(only))
    if take:
        _import(found, bool(only), workspace, targets, screen)
    else:
        _show(found, form, screen, everything=everything)
    return exit_codes.OK


def _search(
    roots: Sequence[Path], workspace: Workspace, targets: Targets, near: float, purpose: float, screen: Screen
) -> Discovery:
    from agentgen.cli.searching import watched
    from agentgen.discover.engine import discover as search
    from agentgen.discover.model import Settings

    missing = [path for path in roots if not path.exists()]
    if missing:
        raise UserError(Problem("there is no such folder", str(path), hint="check the path") for path in missing)
    settings = Settings(near, purpose, frozenset(workspace.profile_names()), jobs())
    ours = (workspace.profiles, workspace.dist)
    with watched(screen) as watch:
        return search(roots, targets, settings, here=Path.cwd(), home=Path.home(), skipped=ours, watch=watch)


def _parts(given: Sequence[str] | None) -> list[str]:
    """The entries of options that take several, with commas or given more than once."""
    return list(dict.fromkeys(part.strip() for text in given or () for part in text.split(",") if part.strip()))


def _restricted(found: Discovery, only: Sequence[str]) -> Discovery:
    """The groups asked for alone, with their agents and pairs. Raises UserError for a group that there is not."""
    if not only:
        return found
    groups = [*found.groups, *found.purposes]
    wanted = {name.upper() for name in only}
    unknown = sorted(wanted - {group.id for group in groups})
    if unknown:
        known = f"there are: {', '.join(group.id for group in groups[:12])}" if groups else "there are no groups"
        raise UserError(Problem(f"there is no group {name}", hint=known) for name in unknown)
    members = {agent.id for group in groups if group.id in wanted for agent in group.members}
    return found._replace(
        agents=tuple(agent for agent in found.agents if agent.id in members),
        groups=tuple(group for group in found.groups if group.id in wanted),
        purposes=tuple(group for group in found.purposes if group.id in wanted),
        pairs=tuple(pair for pair in found.pairs if pair.left in members and pair.right in members),
        collisions=tuple(each for each in found.collisions if any(one.agent.id in members for one in each.contenders)),
        left_out=(),
    )


def _show(found: Discovery, form: TextOrJson, screen: Screen, *, everything: bool) -> None:
    if form is TextOrJson.JSON:
        from agentgen.report.discover_json import discover_json
        from agentgen.report.json_text import json_text

        screen.result(json_text(discover_json(found)))
        return
    from agentgen.report.discover_text import discover_text

    screen.page(discover_text(found, everything=everything))


def _import(found: Discovery, named: bool, workspace: Workspace, targets: Targets, screen: Screen) -> None:
    """Import each group as `agentgen import` does, after all of them were read and found right."""
    from agentgen.cli.import_ import prepare, take_in
    from agentgen.cli.inputs import named_variants

    groups = [group for group in (*found.groups, *(found.purposes if named else ())) if group.worth_merging]
    if not groups:
        screen.say("there is nothing to merge\n")
        return
    prepared: list[tuple[ProfileFolder, tuple[Variant, ...]]] = []
    problems: list[Problem] = []
    for group in groups:
        try:
            folder = workspace.new_profile(group.profile)
            prepared.append((folder, prepare(folder, named_variants(_files(group)), targets)))
        except UserError as error:
            problems += error.problems
    if problems:
        raise UserError(problems)
    take_in(prepared, targets, screen)
    names = " ".join(group.profile for group in groups)
    screen.say(f"next: `agentgen merge {names}` merges them\n")


def _files(group: Group) -> list[Path]:
    return [Path(agent.path) for agent in group.sources]
