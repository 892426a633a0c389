"""Word-level differences between two texts, for people to read.

    old: "must stay under 100 ms"     same "must stay under ", removed "100", added "50", same " ms"
    new: "must stay under 50 ms"

Texts are cut into words, single punctuation marks and runs of white space; the runs given back are never cut inside a
word. Joining the `same` and `removed` runs gives the old text, `same` and `added` the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_CELLS = 60_000_000
"""How many token pairs are compared exactly (a bit each); larger texts are aligned line by line first."""


class RunKind(StrEnum):
    """What happened to a run of text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Run(NamedTuple):
    """A stretch of text that is in both texts, only in the old one, or only in the new one."""

    kind: RunKind
    text: str


def word_diff(old: str, new: str) -> tuple[Run, ...]:
    """The runs that turn `old` into `new`, in order; a removal stands before the addition that replaces it."""
    return tuple(_tidy(_runs(_TOKEN.findall(old), _TOKEN.findall(new))))


def _runs(old: list[str], new: list[str]) -> Iterator[Run]:
    """Runs between two token lists: equal ends are cut away, the middle is compared."""
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    yield Run(RunKind.SAME, "".join(old[:head]))
    yield from _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    yield Run(RunKind.SAME, "".join(old[len(old) - tail :]))


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many tokens two lists share at their start."""
    shared = 0
    for left, right in zip(old, new, strict=False):
        if left != right:
            break
        shared += 1
    return shared


def _middle(old: list[str], new: list[str]) -> Iterator[Run]:
    if len(old) * len(new) <= _CELLS:
        yield from _replay(old, new)
        return
    old_lines, new_lines = _LINE.findall("".join(old)), _LINE.findall("".join(new))
    if len(old_lines) * len(new_lines) > _CELLS or min(len(old_lines), len(new_lines)) < 2:
        yield from _replaced("".join(old), "".join(new))
        return
    for left, right, equal in _blocks(old_lines, new_lines):
        if equal:
            yield Run(RunKind.SAME, "".join(left))
        else:
            yield from _changed_lines("".join(left), "".join(right))


def _changed_lines(old: str, new: str) -> Iterator[Run]:
    left, right = _TOKEN.findall(old), _TOKEN.findall(new)
    yield from _replay(left, right) if len(left) * len(right) <= _CELLS else _replaced(old, new)


def _replay(old: list[str], new: list[str]) -> Iterator[Run]:
    for left, right, equal in _blocks(old, new):
        if equal:
            yield Run(RunKind.SAME, "".join(left))
        else:
            yield from _replaced("".join(left), "".join(right))


def _replaced(old: str, new: str) -> Iterator[Run]:
    yield Run(RunKind.REMOVED, old)
    yield Run(RunKind.ADDED, new)


def _blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[list[str], list[str], bool]]:
    """Slices of both lists side by side, with whether they are equal."""
    from rapidfuzz.distance import Indel

    for code in Indel.opcodes(old, new):
        left, right = old[code.src_start : code.src_end], new[code.dest_start : code.dest_end]
        yield list(left), list(right), code.tag == "equal"


def _tidy(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs without empty ones; a lone blank between two replacements belongs to both ("a b" for "c d", not a for c)."""
    changes: list[_Change] = []
    for run in runs:
        if not changes or (run.kind is RunKind.SAME and (changes[-1].removed or changes[-1].added)):
            changes.append(_Change())
        changes[-1] = changes[-1].take(run)
    for change in _bridged(changes):
        yield from change.runs()


class _Change(NamedTuple):
    """Equal text, and what was replaced right behind it."""

    before: str = ""
    removed: str = ""
    added: str = ""

    @property
    def replaces(self) -> bool:
        return bool(self.removed and self.added)

    def take(self, run: Run) -> _Change:
        same, removed, added = (run.text if run.kind is kind else "" for kind in RunKind)
        return _Change(self.before + same, self.removed + removed, self.added + added)

    def bridge(self, other: _Change) -> _Change:
        """This change and the next as one, with the equal text between them in both sides."""
        blank = other.before
        return _Change(self.before, self.removed + blank + other.removed, self.added + blank + other.added)

    def runs(self) -> Iterator[Run]:
        for kind, text in zip(RunKind, (self.before, self.removed, self.added), strict=True):
            if text:
                yield Run(kind, text)


def _bridged(changes: Iterable[_Change]) -> Iterator[_Change]:
    last: _Change | None = None
    for change in changes:
        if last is None:
            last = change
        elif change.before.isspace() and last.replaces and change.replaces:
            last = last.bridge(change)
        else:
            yield last
            last = change
    if last is not None:
        yield last
