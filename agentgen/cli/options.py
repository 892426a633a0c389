"""The options and arguments that several commands share, each written once."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from agentgen.cli import complete


class TextOrJson(StrEnum):
    """How a result is shown."""

    TEXT = "text"
    JSON = "json"


class RenderFormat(StrEnum):
    """How what became of a render is shown."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class Level(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show results and errors only.")]

Format = Annotated[TextOrJson, typer.Option("--format", "-f", help="How to show the result.")]

Templates = Annotated[
    list[Path] | None,
    typer.Option(
        "--templates",
        metavar="DIR",
        help="Look for targets in this folder first; then in the workspace, then among those that come with agentgen.",
    ),
]

Profiles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PROFILE]...",
        help="Profiles; all of the workspace by default.",
        autocompletion=complete.profiles,
        show_default=False,
    ),
]

ProfileOrFiles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PROFILE | FILE...]",
        help="A profile of the workspace, or agent files; the workspace's profiles by default.",
        autocompletion=complete.profiles,
        show_default=False,
    ),
]

Files = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Agent files.", show_default=False)]

FromTool = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="TARGET",
        help="The tool that the files were written for; recognised by default.",
        autocompletion=complete.targets,
    ),
]

Watch = Annotated[
    bool, typer.Option("--watch", help="Go on whenever a profile, template or setting is saved, until Ctrl-C.")
]

Strict = Annotated[bool, typer.Option("--strict", help="End with 1 where a conflict is open or a loss not approved.")]
