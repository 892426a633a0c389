"""`agentgen init`: a new workspace with an example that works at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agentgen.cli import exit_codes
from agentgen.cli.git_attributes import ATTRIBUTES, WORKSPACE, WORKSPACE_LINES, put_block
from agentgen.cli.options import Quiet
from agentgen.cli.screen import open_screen
from agentgen.cli.settings import read_settings
from agentgen.errors import Problem, UserError
from agentgen.render.journal import settle
from agentgen.report.visible import visible
from agentgen.source import decode, encode
from agentgen.workspace import ProfileFolder, Workspace, bundled, bundled_profiles, real

Folder = Annotated[Path, typer.Argument(metavar="[DIR]", help="The workspace's folder; made where it is missing.")]


def init(context: typer.Context, folder: Folder = Path(), quiet: Quiet = False) -> int:
    """Make a workspace with an example profile.

    Git is told how to keep it. Settings that are there already stay as they are.

    \b
      agentgen init
      agentgen init agents && cd agents && agentgen build
    """
    screen = open_screen(context, quiet)
    workspace = Workspace(real(folder))
    settle(workspace.root)
    examples = _copy_examples(workspace)
    screen.say(visible(_next_steps(workspace, [example.name for example in examples])))
    return exit_codes.OK


def _copy_examples(workspace: Workspace) -> list[ProfileFolder]:
    if workspace.profiles.exists():
        hint = "nothing was changed; `agentgen import FILE... --profile NAME` adds a profile to it"
        raise UserError(Problem("there is a workspace already", str(workspace.profiles), hint=hint))
    from agentgen.cli.writing import write_files

    examples = bundled_profiles()
    files = {ATTRIBUTES: _attributes(workspace.root / ATTRIBUTES)}
    if read_settings(workspace.root).root is None:  # what is set already, here or above, holds for the new workspace
        files[workspace.settings.name] = bundled(workspace.settings.name).read_bytes()
    for example in examples:
        below = (path for path in example.root.rglob("*") if path.is_file())
        files |= {_inside(workspace, example, path): path.read_bytes() for path in below}
    write_files(workspace.root, files)
    workspace.dist.mkdir(exist_ok=True)
    return examples


def _attributes(path: Path) -> bytes:
    """How git is to keep the workspace; what stands in the file already stays."""
    before = decode(path.read_bytes()) if path.is_file() else ""
    return encode(put_block(before, WORKSPACE_LINES, WORKSPACE))


def _inside(workspace: Workspace, example: ProfileFolder, path: Path) -> str:
    place = workspace.profiles / example.name / path.relative_to(example.root)
    return place.relative_to(workspace.root).as_posix()


def _next_steps(workspace: Workspace, examples: list[str]) -> str:
    name = examples[0]
    steps = {
        f"agentgen diff {name}": "compare its variants",
        "agentgen build": "merge it, and render it for the tools that the settings list",
        "agentgen import FILE... --profile X": "take your own agent files in",
    }
    lines = (f"  {command:<37}{what}\n" for command, what in steps.items())
    return f"workspace {workspace.root} with the example {', '.join(examples)}\n{''.join(lines)}"
