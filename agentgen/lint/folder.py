"""The agents beside a file: whose names exist, and how long all descriptions are together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from agentgen.document.frontmatter import read_frontmatter
from agentgen.document.lines import Lines
from agentgen.errors import UserError
from agentgen.findings import Finding
from agentgen.lint.model import Neighbours, Subject
from agentgen.render.naming import named_by_file
from agentgen.render.targets import Targets
from agentgen.source import read_source

_MOST = 1000
_CHARS_A_TOKEN = 4


class _Agent(NamedTuple):
    """What the agent is called by its file, the agent's name and description."""

    stem: str
    name: str
    description: str


def read_neighbours(path: Path, targets: Targets) -> Neighbours:
    """The agents in the folder of a file, itself included; files that cannot be read are left out."""
    try:
        files = sorted(entry for entry in path.resolve().parent.iterdir() if entry.suffix == path.suffix)
    except OSError:
        files = []
    agents = [found for file in files[:_MOST] if (found := _agent(file, targets)) is not None]
    stems: dict[str, list[str]] = defaultdict(list)
    for agent in agents:
        stems[agent.name].append(agent.stem)
    return Neighbours(
        len(agents),
        frozenset(name.lower() for agent in agents for name in (agent.stem, agent.name)),
        {name: tuple(same) for name, same in stems.items()},
        sum(_tokens(f"{agent.name}: {agent.description}") for agent in agents),
    )


def _agent(path: Path, targets: Targets) -> _Agent | None:
    try:
        values = read_frontmatter(Lines(read_source(path)))[0].values
    except UserError:
        return None
    if not values:
        return None
    stem = named_by_file(str(path), targets)
    return _Agent(stem, str(values.get("name") or stem), str(values.get("description") or ""))


def folder_findings(subject: Subject) -> Iterator[Finding]:
    """Names given twice, and descriptions that are too long together."""
    folder = subject.folder
    if folder is None:
        return
    name = subject.name
    same = folder.stems.get(name, ()) if name else ()
    if len(same) > 1:
        message = f"{len(same)} files in this folder define {name!r}: {', '.join(same)}"
        yield subject.found("name-twice", subject.place("name"), message)
    for target in subject.judged:
        budget = target.reading.budget
        if budget and folder.tokens > budget:
            share = _tokens(subject.description)
            message = (
                f"the descriptions in this folder have about {folder.tokens} tokens, this one {share}; "
                f"{target.title} warns above {budget}"
            )
            yield subject.found("descriptions-over-budget", subject.place("description"), message)


def _tokens(text: str) -> int:
    return (len(text) + _CHARS_A_TOKEN - 1) // _CHARS_A_TOKEN
