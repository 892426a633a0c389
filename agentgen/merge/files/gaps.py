"""The blank space between two nodes of a merged file, taken from the versions."""

from __future__ import annotations

from collections.abc import Iterable

from agentgen.merge.files.model import UnsureError
from agentgen.merge.files.versions import END, Name, Version


def gap_between(versions: tuple[Version, Version, Version], above: Name, below: Name, *, is_heading: bool) -> str:
    """What lies between two nodes: as where they are neighbours, else as both of them have it elsewhere.

    Raises:
        UnsureError: the versions do not say.
    """
    base, ours, theirs = (version.gap(above, below) for version in versions)
    if ours is not None and theirs is not None:
        return _choose(base, ours, theirs)
    if ours is not None or theirs is not None:
        return ours or theirs or ""
    if below == END:
        ends = [version.gap_above(END) or "" for version in versions]
        return _choose(ends[0], ends[1], ends[2])
    sides = versions[1:]
    before = _known(side.gap_above(below) for side in sides)
    found = before if is_heading and len(before) == 1 else before | _known(side.gap_below(above) for side in sides)
    if len(found) != 1:
        raise UnsureError("nothing says how far two parts stand apart")
    return found.pop()


def _choose(base: str | None, ours: str, theirs: str) -> str:
    if ours in (base, theirs):
        return theirs
    if theirs != base:
        raise UnsureError("both sides changed the blank lines")
    return ours


def _known(gaps: Iterable[str | None]) -> set[str]:
    return {gap for gap in gaps if gap is not None}
