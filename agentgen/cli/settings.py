"""A workspace's settings: `agentgen.toml` at its root.

targets = ["one", "two"]    # the tools that `render` and `build` write for where none is named
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from agentgen.cli.inputs import read_sources
from agentgen.cli.toml_files import read_toml
from agentgen.errors import Problem, UserError
from agentgen.workspace import Workspace

ALL = "all"
"""The name that stands for every target."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`targets` are those to render for where none is named."""

    targets: tuple[str, ...] = (ALL,)


def read_settings(workspace: Workspace) -> Settings:
    """The settings of a workspace, the defaults where it has none.

    Raises:
        UserError: the file is no TOML or holds what is no setting, with every mistake.
    """
    if not workspace.settings.is_file():
        return Settings()
    source = read_sources([workspace.settings])[0]
    values = read_toml(source)
    problems = list(_problems(values, source.path))
    if problems:
        raise UserError(problems)
    targets = values.get("targets")
    return Settings(tuple(map(str, targets))) if isinstance(targets, list) else Settings()


def _problems(values: Mapping[str, object], path: str) -> Iterator[Problem]:
    for key in values:
        if key != "targets":
            yield Problem(f"there is no setting {key!r}", path, hint="there is: targets")
    targets = values.get("targets", [ALL])
    if not isinstance(targets, list) or not targets or not all(isinstance(name, str) for name in targets):
        yield Problem("`targets` is no list of names", path, hint='write `targets = ["NAME", …]`')
