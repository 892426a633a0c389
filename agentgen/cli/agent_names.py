"""The agents of a workspace have names of their own: a tool keeps an agent in a file of that name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from agentgen.cli.inputs import read_sources
from agentgen.errors import Problem, UserError
from agentgen.source import Source
from agentgen.workspace import ProfileFolder, Workspace

_NAME = re.compile(r"""^name:[ \t]*["']?([^"'#\s]+)""", re.MULTILINE)
"""A name that can be that of a file needs no YAML reader, so that one profile is rendered without loading all."""


def check_agent_names(workspace: Workspace, loaded: Mapping[str, Source], *, apart: bool = False) -> None:
    """Look for profiles that write one agent; `loaded` has the profile files that were read, by folder.

    Only these count where they are written `apart`, to a place where the workspace's others are not.

    Raises:
        UserError: two profiles have the same name for the agent: each would overwrite the file of the other.
    """
    first: dict[str, tuple[str, str]] = {}
    problems = []
    for folder in map(workspace.profile, loaded if apart else workspace.profile_names()):
        for source, name in _named(folder, loaded):
            key = unicodedata.normalize("NFC", name[1]).casefold()
            other, path = first.setdefault(key, (folder.name, source.path))
            if other != folder.name:
                message = f"the profiles {other} and {folder.name} both write the agent {name[1]!r}"
                hint = f"give one of them another `name:`, here or in {path}"
                problems.append(Problem(message, source.path, *source.position(name.start(1)), hint=hint))
    if problems:
        raise UserError(problems)


def _named(folder: ProfileFolder, loaded: Mapping[str, Source]) -> Iterator[tuple[Source, re.Match[str]]]:
    source = loaded.get(folder.name)
    if source is None and folder.profile.is_file():
        source = read_sources([folder.profile])[0]
    found = _NAME.search(source.text) if source else None
    if source and found:
        yield source, found
