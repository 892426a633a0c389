"""What a render is asked for, and the profiles that it reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from agentgen.cli.inputs import read_sources, shown
from agentgen.cli.options import RenderFormat
from agentgen.cli.screen import Screen
from agentgen.cli.settings import ALL, Settings
from agentgen.errors import Problem, UserError
from agentgen.profile.model import Profile
from agentgen.profile.store import load_profile, load_recipe
from agentgen.render.journal import settle
from agentgen.render.model import Rendering
from agentgen.source import Source
from agentgen.workspace import ProfileFolder, Workspace

_MAY_BE_OPEN = re.compile(r"""^(?![ \t]*#).*\b(?:open|conflicts)["']?[ \t]*:""", re.MULTILINE)


class Job(NamedTuple):
    """What to render and where to.

    `targets` are names or `all`; where there are none, the settings tell. `check` and `diff` write nothing.
    `brief` leaves the ledgers out.
    """

    workspace: Workspace
    folders: Sequence[ProfileFolder]
    settings: Settings
    targets: Sequence[str] = ()
    out: Path | None = None
    install: Path | None = None
    force: bool = False
    check: bool = False
    diff: bool = False
    strict: bool = False
    form: RenderFormat = RenderFormat.TEXT
    brief: bool = False

    @property
    def dry(self) -> bool:
        """Whether nothing is to be written."""
        return self.check or self.diff

    def targets_of(self, folder: ProfileFolder) -> tuple[str, ...]:
        """The targets to render a profile for."""
        return tuple(self.targets) or self.settings.targets_of(folder.name)


class Loaded(NamedTuple):
    """A profile with its file and what it is rendered for, the file in which approvals are to be written, and what
    nobody decided yet."""

    profile: Profile
    source: Source
    targets: tuple[str, ...]
    approve_in: str
    undecided: tuple[str, ...] = ()

    def asks_for(self, rendering: Rendering) -> bool:
        """Whether somebody asked for the target by its name, and not only for `all`."""
        return ALL not in self.targets or rendering.target in self.targets

    def place_of(self, rendering: Rendering) -> str:
        """File and line of the restriction that the target cannot hold."""
        fields = [widening.field for widening in rendering.ledger.widenings if not widening.approved]
        lines = self.source.text.split("\n") if fields else []
        line = next((at for at, text in enumerate(lines, start=1) if any(text.startswith(f"{f}:") for f in fields)), 1)
        return f"{self.source.path}:{line}"


Origins = Mapping[str, Loaded]
"""What was loaded, by the name of the profile."""


def load_all(job: Job, screen: Screen) -> list[Loaded]:
    """All profiles of a job. Raises UserError with the mistakes of all of them."""
    loaded: list[Loaded] = []
    problems: list[Problem] = []
    for folder in screen.progress(job.folders, "reading profiles", len(job.folders)):
        try:
            loaded.append(_load(folder, job))
        except UserError as error:
            problems += error.problems
    if problems:
        raise UserError(problems)
    return loaded


def _load(folder: ProfileFolder, job: Job) -> Loaded:
    settle(folder.root)
    if not folder.profile.is_file():
        hint = f"`agentgen merge {folder.name}` makes it from the variants"
        raise UserError(Problem("there is no profile yet", shown(folder.profile), hint=hint))
    source = read_sources([folder.profile])[0]
    if not folder.recipe.is_file():
        return Loaded(load_profile(source), source, job.targets_of(folder), shown(folder.profile))
    undecided = _undecided(read_sources([folder.recipe])[0])
    return Loaded(load_profile(source), source, job.targets_of(folder), shown(folder.recipe), undecided)


def _undecided(recipe: Source) -> tuple[str, ...]:
    """What nobody decided yet; a recipe that speaks of nothing open and of no conflict is not taken apart."""
    return load_recipe(recipe).undecided if _MAY_BE_OPEN.search(recipe.text) else ()
