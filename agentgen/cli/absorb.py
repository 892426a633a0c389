"""`agentgen absorb`: take an edit made in a rendered file over into the profile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentgen.cli import complete, exit_codes
from agentgen.cli.inputs import open_targets, read_sources, shown
from agentgen.cli.options import Quiet, Templates
from agentgen.cli.screen import open_screen
from agentgen.cli.workspaces import this_workspace
from agentgen.errors import Problem, UserError
from agentgen.render.journal import settle
from agentgen.workspace import ProfileFolder, Workspace

if TYPE_CHECKING:
    from agentgen.profile.model import Profile
    from agentgen.render.absorb_place import Origin
    from agentgen.render.targets import Targets
    from agentgen.source import Source

File = Annotated[Path, typer.Argument(metavar="FILE", help="A rendered file that was edited.", show_default=False)]
Name = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar="NAME",
        help="The profile that the file was rendered from, where its path does not tell.",
        autocompletion=complete.profiles,
    ),
]
Target = Annotated[
    str | None,
    typer.Option(
        "--target",
        "-t",
        metavar="NAME",
        help="The tool that the file is for, where its path does not tell.",
        autocompletion=complete.targets,
    ),
]


def absorb(
    context: typer.Context,
    file: File,
    name: Name = None,
    target: Target = None,
    templates: Templates = None,
    quiet: Quiet = False,
) -> int:
    """Take an edit of a rendered file over into its profile.

    Text goes into its section, keys and tools into the fields that they stand for; `agentgen render` then writes
    exactly the edited file. Ends with 1, and changes nothing, where one of the edits cannot be told back: each is
    shown with its place and the reason.

    \b
      agentgen absorb dist/some-tool/agents/reviewer.md
      agentgen absorb ~/project/agents/reviewer.md --profile reviewer
    """
    from agentgen.content.hidden import hidden_findings
    from agentgen.render.absorb import absorb as take_back
    from agentgen.report.findings_text import findings_text
    from agentgen.report.problems_text import problems_text

    screen = open_screen(context, quiet)
    workspace = this_workspace()
    known = open_targets(workspace, templates)
    (edited,) = read_sources([file])
    screen.warn(findings_text(hidden_findings(edited)))
    folder, source, profile, origin = _origin(workspace, file, known, name, target)
    _check_current(profile, origin, known, file)
    absorbed = take_back(edited.text, edited.path, profile, origin.target, known)
    if absorbed.refusals:
        screen.warn(problems_text(absorbed.refusals))
        screen.warn("nothing was changed\n")
        return exit_codes.DIFFERENT
    _write(folder, source, absorbed.profile, changed=absorbed.profile != profile)
    what = "is edited" if absorbed.profile != profile else "says so already"
    screen.say(f"{shown(folder.profile)} {what}; `agentgen render` writes the other files anew\n")
    return exit_codes.OK


def _origin(
    workspace: Workspace, file: Path, targets: Targets, name: str | None, target: str | None
) -> tuple[ProfileFolder, Source, Profile, Origin]:
    from agentgen.profile.store import load_profile
    from agentgen.render.absorb_place import origin_of

    names = [name] if name else workspace.profile_names()
    for name in names:
        settle(workspace.profile(name).root)
    folders = [folder for folder in map(workspace.profile, names) if folder.profile.is_file()]
    if not folders:
        hint = "`agentgen merge` makes it from the variants"
        raise UserError(Problem("there is no profile yet", shown(workspace.profiles), hint=hint))
    sources = read_sources([folder.profile for folder in folders])
    loaded = {
        profile.name: (folder, source, profile)
        for folder, source, profile in zip(folders, sources, map(load_profile, sources), strict=True)
    }
    origin = origin_of(file, loaded, targets, target=target)
    return (*loaded[origin.profile], origin)


def _check_current(profile: Profile, origin: Origin, targets: Targets, file: Path) -> None:
    """What was written must be what would be written now: else the edit cannot be told from the profile's change.

    Raises:
        UserError: it is not.
    """
    from agentgen.render.absorb import rendered_part
    from agentgen.render.engine import render_profile
    from agentgen.source import digest, encode

    now = digest(encode(rendered_part(render_profile(profile, origin.target, targets))))
    if origin.digest not in (None, now):
        message = "the profile changed since this file was rendered, so the edit cannot be told from that change"
        hint = "take the file in as a variant with `agentgen import`, or absorb it with profile.yaml as it was"
        raise UserError(Problem(message, shown(file), hint=hint))


def _write(folder: ProfileFolder, source: Source, profile: Profile, *, changed: bool) -> None:
    from agentgen.cli.writing import write_files
    from agentgen.profile.store import dump_profile
    from agentgen.source import encode

    if changed:
        text = encode(dump_profile(profile, source.text))
        write_files(folder.root, {folder.profile.name: text}, seen={folder.profile.name: source.raw})
