"""The agents beside a file: whose names exist, and how long all descriptions are together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from agentgen.document.read import read_document
from agentgen.errors import UserError
from agentgen.findings import Finding
from agentgen.lint.model import Neighbour, Subject
from agentgen.source import read_source

_MOST = 1000
_CHARS_A_TOKEN = 4


def read_neighbours(path: Path) -> tuple[Neighbour, ...]:
    """The agents in the folder of a file, itself included, sorted by file name; files that cannot be read left out."""
    try:
        files = sorted(entry for entry in path.resolve().parent.iterdir() if entry.suffix == path.suffix)
    except OSError:
        return ()
    return tuple(found for file in files[:_MOST] if (found := _neighbour(file)) is not None)


def _neighbour(path: Path) -> Neighbour | None:
    try:
        values = read_document(read_source(path)).frontmatter.values
    except UserError:
        return None
    if not values:
        return None
    stem = path.name.partition(".")[0]
    return Neighbour(stem, str(values.get("name") or stem), str(values.get("description") or ""))


def folder_findings(subject: Subject) -> Iterator[Finding]:
    """Names given twice, and descriptions that are too long together."""
    others = subject.folder or ()
    same = [other.stem for other in others if subject.name and other.name == subject.name]
    if len(same) > 1:
        message = f"{len(same)} files in this folder define {subject.name!r}: {', '.join(same)}"
        yield subject.found("name-twice", subject.place("name"), message)
    tokens = sum(map(_tokens, _descriptions(others)))
    for target in subject.judged:
        budget = target.reading.budget
        if budget and tokens > budget:
            share = _tokens(subject.description)
            message = (
                f"the descriptions in this folder have about {tokens} tokens, this one {share}; {target.title} warns "
                f"above {budget}"
            )
            yield subject.found("descriptions-over-budget", subject.place("description"), message)


def _descriptions(others: Sequence[Neighbour]) -> Iterator[str]:
    return (f"{other.name}: {other.description}" for other in others)


def _tokens(text: str) -> int:
    return (len(text) + _CHARS_A_TOKEN - 1) // _CHARS_A_TOKEN
