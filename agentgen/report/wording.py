"""The wordings of one statement side by side: which words not all of them have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from agentgen.compare.worddiff import RunKind, word_diff

_AT_MOST = 8  # wordings each text is held against; beyond that the differences are clear
_COMMON_ENOUGH = 0.35  # with a smaller share of common text nearly every word would be marked


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of a wording; `differs` where another wording does not have it."""

    text: str
    differs: bool = False


def side_by_side(wordings: Sequence[str]) -> tuple[tuple[Stretch, ...], ...]:
    """Each wording in stretches. Nothing is marked in a wording that shares too little with the others."""
    distinct = sorted(set(wordings))[:_AT_MOST]
    return tuple(_stretches(wording, [other for other in distinct if other != wording]) for wording in wordings)


def _stretches(wording: str, others: Sequence[str]) -> tuple[Stretch, ...]:
    for reading in (str, _caseless):
        differs = _differing(reading(wording), [reading(other) for other in others])
        if differs.count(False) >= _COMMON_ENOUGH * len(differs):
            return tuple(_runs(wording, differs))
    return (Stretch(wording),)


def _caseless(text: str) -> str:
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def _differing(wording: str, others: Sequence[str]) -> list[bool]:
    """For each character whether some other wording does not have it."""
    differs = [False] * len(wording)
    for other in others:
        at = 0
        for run in word_diff(wording, other):
            if run.kind is not RunKind.ADDED:
                end = at + len(run.text)
                differs[at:end] = [known or run.kind is RunKind.REMOVED for known in differs[at:end]]
                at = end
    return differs


def _runs(wording: str, differs: Sequence[bool]) -> list[Stretch]:
    found: list[Stretch] = []
    start = 0
    for at in range(1, len(wording) + 1):
        if at == len(wording) or differs[at] != differs[start]:
            found.append(Stretch(wording[start:at], differs[start]))
            start = at
    return found
