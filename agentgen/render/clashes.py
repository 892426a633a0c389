"""Files that would take each other's place: equal paths, and paths that some file systems cannot tell apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from agentgen.errors import Problem, UserError


class Written(Protocol):
    """What is to be written: where, for whom, and whether the file is shared between profiles."""

    @property
    def path(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def profile(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def shared(self) -> object: ...


T = TypeVar("T", bound=Written)


def folded(path: str) -> str:
    """A path as file systems see it that fold case or compose letters: equal for paths that are one file there."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def check_clashes(files: Sequence[Written]) -> None:
    """Raises UserError with each pair of files of which one would take the other's place."""
    problems = list(_clashes(files))
    if problems:
        raise UserError(problems)


def displaced(files: Sequence[T], asked: Callable[[T], bool]) -> list[tuple[T, T]]:
    """The files that nobody asked for and whose place another one has, each with that other.

    Of the files for one place the first has it; of those that somebody asked for, if there are any.
    """
    places: dict[str, T] = {}
    for file in sorted(files, key=lambda file: not asked(file)):
        places.setdefault(folded(file.path), file)
    holders = [(file, places[folded(file.path)]) for file in files if not asked(file)]
    return [(file, holder) for file, holder in holders if file is not holder and not _go_together(file, holder)]


def _clashes(files: Sequence[Written]) -> Iterator[Problem]:
    ordered = sorted(files, key=lambda file: (folded(file.path), file.path))
    for _, group in groupby(ordered, key=lambda file: folded(file.path)):
        first, *others = group
        yield from (_problem(first, other) for other in others if not _go_together(first, other))


def _go_together(one: Written, other: Written) -> bool:
    """Parts of one shared file, or one file that two targets read and write alike."""
    if one.path != other.path:
        return False
    parts = one.shared and other.shared and one.target == other.target
    return bool(parts) or (one.text == other.text and one.profile == other.profile)


def _problem(one: Written, other: Written) -> Problem:
    here = (
        f"both write {one.path}" if one.path == other.path else f"write {one.path} and {other.path}, one file to some"
    )
    if one.profile != other.profile:
        hint = "give one of the profiles another `name:`, or render each into a folder of its own"
        return Problem(f"the profiles {one.profile} and {other.profile} {here} for {_tools(one, other)}", hint=hint)
    hint = "name one of them with --target, or give each a folder of its own"
    return Problem(f"{one.target} and {other.target} {here}, with different content", hint=hint)


def _tools(one: Written, other: Written) -> str:
    return " and ".join(sorted({one.target, other.target}))
