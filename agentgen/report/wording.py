"""The wordings of one statement side by side: which words only one of them has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from agentgen.compare.worddiff import RunKind, word_diff

_AT_MOST = 8  # wordings each text is held against; beyond that the differences are clear
_COMMON_ENOUGH = 0.35  # with a smaller share of common text nearly every word would be marked


class Stretch(NamedTuple):
    """A run of a wording; `differs` where no other wording has it."""

    text: str
    differs: bool = False


def side_by_side(wordings: Sequence[str]) -> tuple[tuple[Stretch, ...], ...]:
    """Each wording in stretches. Nothing is marked where the wordings share too little to be read so."""
    read = _readings(wordings)
    alone = _alone(sorted(set(read)))
    if sum(alone[wording].count(False) for wording in read) < _COMMON_ENOUGH * sum(map(len, read)):
        return tuple((Stretch(wording),) for wording in wordings)
    return tuple(tuple(_runs(wording, alone[small])) for wording, small in zip(wordings, read, strict=True))


def _readings(wordings: Sequence[str]) -> Sequence[str]:
    """The wordings in small letters, so that only words count; as they are where the case alone tells some apart."""
    small = [wording.lower() for wording in wordings]
    told_apart = len(set(small)) == len(set(wordings))
    as_long = all(len(one) == len(wording) for one, wording in zip(small, wordings, strict=True))
    return small if told_apart and as_long else wordings


def _alone(distinct: Sequence[str]) -> dict[str, list[bool]]:
    """For each character of each wording whether no other wording has its word in this place."""
    alone = {wording: [len(distinct) > 1] * len(wording) for wording in distinct}
    for place, wording in enumerate(distinct):
        for other in distinct[: min(place, _AT_MOST)]:
            _meet(alone, other, wording)
    return alone


def _meet(alone: dict[str, list[bool]], one: str, other: str) -> None:
    """Clear what two wordings have in common."""
    here = there = 0
    for run in word_diff(one, other):
        size = len(run.text)
        if run.kind is RunKind.SAME:
            alone[one][here : here + size] = alone[other][there : there + size] = [False] * size
        here += size * (run.kind is not RunKind.ADDED)
        there += size * (run.kind is not RunKind.REMOVED)


def _runs(wording: str, differs: Sequence[bool]) -> list[Stretch]:
    found: list[Stretch] = []
    start = 0
    for at in range(1, len(wording) + 1):
        if at == len(wording) or differs[at] != differs[start]:
            found.append(Stretch(wording[start:at], differs[start]))
            start = at
    return found
