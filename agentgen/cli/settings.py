"""The settings that a command works by: `agentgen.toml`, or the table `[tool.agentgen]` of `pyproject.toml`.

They hold for the folder that they stand in and for all below it that have none of their own. The docstrings of the
types say what the keys mean; the JSON Schema for editors is made from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from agentgen.cli.inputs import read_sources, shown
from agentgen.cli.options import Level
from agentgen.cli.screen import Screen
from agentgen.errors import UserError
from agentgen.workspace import real

if TYPE_CHECKING:
    from agentgen.profile.yaml_read import Tree
    from agentgen.profile.yaml_values import Path as Keys
    from agentgen.render.targets import Targets

ALL = "all"
"""The name that stands for every target."""

SETTINGS = "agentgen.toml"
PYPROJECT = "pyproject.toml"
TABLE = ("tool", "agentgen")


class Strict:
    """Keys that a type does not name are mistakes; docstrings go into the schema."""

    __slots__ = ()
    __pydantic_config__ = {"extra": "forbid", "use_attribute_docstrings": True}  # noqa: RUF012


@dataclass(frozen=True, slots=True)
class LintSettings(Strict):
    """What `agentgen lint` takes where the command line does not say otherwise."""

    tools: tuple[str, ...] = ()
    """Look at files as these tools do, or as `all`: what `--as` says."""

    select: tuple[str, ...] = ()
    """Show only these codes; `*` stands for any characters."""

    ignore: tuple[str, ...] = ()
    """Leave these codes out; `*` stands for any characters."""

    level: Level = Level.WARNING
    """From which severity on findings end the run with 1."""


@dataclass(frozen=True, slots=True)
class ProfileSettings(Strict):
    """What holds for one profile, in place of what holds for all."""

    targets: tuple[str, ...] | None = None
    """The tools to render this profile for."""

    strategy: str | None = None
    """What a first recipe of this profile takes."""


@dataclass(frozen=True, slots=True)
class Values(Strict):
    """Settings of agentgen."""

    targets: tuple[str, ...] = (ALL,)
    """The tools that `agentgen render` and `agentgen build` write for where none is named, or `all`."""

    strategy: str = "union"
    """What a first recipe takes: `union`, `base=VARIANT`, `consensus` or `consensus=N`."""

    workspaces: tuple[str, ...] = ()
    """Folders with a workspace of their own, such as `services/*`: `render` and `build` in this folder go through
    all of them."""

    lint: LintSettings = field(default_factory=LintSettings)
    """What `agentgen lint` takes where the command line does not say otherwise."""

    profiles: Mapping[str, ProfileSettings] = field(default_factory=dict)
    """What holds for one profile, by the name of its folder."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that hold for a folder. `root` is the folder that they stand in, None where there are none.

    `tree` has their places, below the keys of `base`; `shadowed` is a file whose settings do not count.
    """

    values: Values = field(default_factory=Values)
    root: Path | None = None
    tree: Tree | None = None
    base: tuple[str, ...] = ()
    shadowed: Path | None = None

    @property
    def place(self) -> str:
        """The file that the settings stand in; empty where there are none."""
        return self.tree.source.path if self.tree else ""

    def targets_of(self, profile: str) -> tuple[str, ...]:
        """The targets to render a profile for where the command line names none."""
        own = self.values.profiles.get(profile)
        return self.values.targets if own is None or own.targets is None else own.targets

    def strategy_of(self, profile: str) -> str:
        """What a first recipe of a profile takes where the command line does not say."""
        own = self.values.profiles.get(profile)
        return self.values.strategy if own is None or own.strategy is None else own.strategy

    def targets_needed(self, profiles: Iterable[str], given: Sequence[str]) -> frozenset[str]:
        """The names of the targets that rendering these profiles needs to know; none where it may need all."""
        wanted = {name for profile in profiles for name in given or self.targets_of(profile)}
        return frozenset() if ALL in wanted else frozenset(wanted | {name for _, name in self.named_targets()})

    def named_targets(self) -> Iterator[tuple[Keys, str]]:
        """The targets named one by one, with the keys where they stand."""
        lists: list[tuple[Keys, Sequence[str]]] = [(("targets",), self.values.targets)]
        lists.append((("lint", "tools"), self.values.lint.tools))
        lists += ((("profiles", name, "targets"), own.targets or ()) for name, own in self.values.profiles.items())
        for keys, names in lists:
            yield from (((*keys, at), name) for at, name in enumerate(names) if name != ALL)

    def check_targets(self, known: Targets) -> None:
        """Raises UserError with each name in the settings that is that of no target."""
        if self.tree is None:
            return
        from agentgen.cli.settings_read import strange_targets  # what reads settings is slow to load, and few have any

        if problems := list(strange_targets(self.tree, self.named_targets(), known)):
            raise UserError(problems)


def read_settings(start: Path) -> Settings:
    """The settings for a folder: those of the nearest folder at or above it, in the same repository, that has some.

    Raises:
        UserError: the file is no TOML or holds what is no setting, with every mistake.
    """
    folder = real(start)
    for candidate in (folder, *folder.parents):
        found = list(_files(candidate))
        if found:
            return _read(candidate, found)
        if (candidate / ".git").exists():
            break
    return Settings()


def settings_for(start: Path, screen: Screen, known: Targets | None = None) -> Settings:
    """The settings for a folder, with a word about a second place for settings that does not count.

    The names of targets in them are looked up where `known` is given.

    Raises:
        UserError: as `read_settings`, and for a target that is not there.
    """
    settings = read_settings(start)
    if settings.shadowed and settings.root:
        own = shown(settings.root / SETTINGS)
        screen.warn(f"{shown(settings.shadowed)}: [tool.agentgen] does not count beside {own}; keep one of them\n")
    if known is not None:
        settings.check_targets(known)
    return settings


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder that hold settings, the one that counts first."""
    if (folder / SETTINGS).is_file():
        yield folder / SETTINGS
    project = folder / PYPROJECT
    if project.is_file() and _has_table(project):
        yield project


def _has_table(project: Path) -> bool:
    """Whether a project's file has settings of ours; a file without our name is not even parsed."""
    from agentgen.cli.toml_files import read_toml

    source = read_sources([project])[0]
    if "agentgen" not in source.text:
        return False
    tool = read_toml(source).get("tool")
    return isinstance(tool, dict) and TABLE[1] in tool


def _read(folder: Path, files: list[Path]) -> Settings:
    from agentgen.cli.settings_read import read_values

    base = TABLE if files[0].name == PYPROJECT else ()
    values, tree = read_values(read_sources(files[:1])[0], base, folder)
    return Settings(values, folder, tree, base, files[1] if len(files) > 1 else None)
