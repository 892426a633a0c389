"""A body that two sides changed: merged statement by statement.

    base      mine          theirs             merged
    - a       - a           - a, always        - a, always
    - b       - b or c      - b                - b or c
    - d       (removed)     - d                (stays removed)

A unit is what the reader calls a block: a list item without its nested items, a paragraph, a row, a piece of code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from agentgen.document.model import ItemKind, SegmentKind
from agentgen.document.read import read_document
from agentgen.merge.anchors import plain
from agentgen.merge.nodes import LIST_KINDS
from agentgen.merge.sequences import merge_order
from agentgen.source import Source, encode

_MARKER = re.compile(r"[ \t]*(?:[-*+•]|\d+[.)])[ \t]+(?:\[[ xX]\][ \t]+)?")
_NUMBER = re.compile(r"([ \t]*)(\d+)([.)])")
_HEAD = "---\nname: body\n---\n"  # so that nothing in a body is taken for frontmatter
_ALIKE = 60.0
"""How alike (0 to 100) two units must be to count as one that was edited."""

Key = tuple[str, int]
"""A unit's identity: `base` and its index, or the side that added it and its index there."""


class Unit(NamedTuple):
    """A block's lines as written, the blank lines above it, its kind and depth."""

    text: str
    gap: int
    kind: ItemKind | SegmentKind
    depth: int

    @property
    def words(self) -> str:
        """What it says, without marker, markup and case."""
        return plain(_MARKER.sub("", self.text, count=1) if self.kind in LIST_KINDS else self.text)


_NOTHING = Unit("", 0, SegmentKind.BLANK, 0)


class Clash(NamedTuple):
    """A unit that both sides changed, each otherwise; None where a side removed it."""

    base: str | None
    mine: str | None
    theirs: str | None


class MergedBody(NamedTuple):
    """The body, in which mine holds where the sides clash, and the clashes."""

    text: str
    clashes: tuple[Clash, ...] = ()


def merge_bodies(base: str, mine: str, theirs: str, settled: frozenset[str] = frozenset()) -> MergedBody:
    """Merge two changes of one body. `settled` are words of units for which theirs was chosen already."""
    if not settled:
        if mine in (base, theirs):
            return MergedBody(theirs)
        if theirs == base:
            return MergedBody(mine)
    sides = _Sides(_units(base), _units(mine), _units(theirs))
    return sides.merged(settled)


def words_in(text: str) -> set[str]:
    """What each unit of a text says."""
    return {unit.words for unit in _units(text)}


class _Sides:
    """Three lists of units, with the identity of each."""

    def __init__(self, base: Sequence[Unit], mine: Sequence[Unit], theirs: Sequence[Unit]) -> None:
        self.base = {("base", index): unit for index, unit in enumerate(base)}
        self.mine = _identify(base, mine, "mine", {})
        added = {unit.words: key for key, unit in self.mine.items() if key[0] == "mine"}
        self.theirs = _identify(base, theirs, "theirs", added)

    def merged(self, settled: frozenset[str]) -> MergedBody:
        chosen: dict[Key, Unit] = {}
        clashes: list[Clash] = []
        for key in dict.fromkeys((*self.base, *self.mine, *self.theirs)):
            unit, clash = self._choose(key, settled)
            if unit is not None:
                chosen[key] = unit
            if clash is not None:
                clashes.append(clash)
        order = merge_order(list(self.base), list(self.mine), list(self.theirs), chosen.keys())
        return MergedBody(_text([chosen[key] for key in order]), tuple(clashes))

    def _choose(self, key: Key, settled: frozenset[str]) -> tuple[Unit | None, Clash | None]:
        base, mine, theirs = self.base.get(key), self.mine.get(key), self.theirs.get(key)
        if (base or mine or _NOTHING).words in settled:
            return theirs, None
        if _same(mine, base) or _same(mine, theirs):
            return _spaced(base, mine, theirs), None
        if _same(theirs, base):
            return mine, None
        return mine, Clash(_said(base), _said(mine), _said(theirs))


def _same(left: Unit | None, right: Unit | None) -> bool:
    """True where neither is there, or both say the same, numbering aside."""
    if left is None or right is None:
        return left is right
    return left.text == right.text or _unnumbered(left) == _unnumbered(right)


def _spaced(base: Unit | None, mine: Unit | None, theirs: Unit | None) -> Unit | None:
    """Their unit, with the blank lines above it that a hand gave it."""
    if theirs is None or mine is None or (base is not None and mine.gap == base.gap):
        return theirs
    return theirs._replace(gap=mine.gap)


def _unnumbered(unit: Unit) -> str:
    return _NUMBER.sub(r"\g<1>\g<3>", unit.text, count=1) if unit.kind is ItemKind.NUMBER else unit.text


def _said(unit: Unit | None) -> str | None:
    return None if unit is None else unit.text


def _identify(base: Sequence[Unit], side: Sequence[Unit], name: str, added: Mapping[str, Key]) -> dict[Key, Unit]:
    """The units of one side under their identities, in the side's order."""
    matches = _match(base, side)
    result: dict[Key, Unit] = {}
    for index, unit in enumerate(side):
        if index in matches:
            result[("base", matches[index])] = unit
        else:
            known = added.get(unit.words)
            result[known if known and known not in result else (name, index)] = unit
    return result


def _match(base: Sequence[Unit], side: Sequence[Unit]) -> dict[int, int]:
    """For each unit of a side that stands in the base, perhaps moved or edited: its index there."""
    left, right = [unit.words for unit in base], [unit.words for unit in side]
    found: dict[int, int] = {}
    for block in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        found.update({block.b + offset: block.a + offset for offset in range(block.size)})
    _match_moved(left, right, found)
    _match_edited(base, side, found)
    return found


def _match_moved(left: Sequence[str], right: Sequence[str], found: dict[int, int]) -> None:
    free = {words: index for index, words in reversed(list(enumerate(left))) if index not in found.values()}
    for index, words in enumerate(right):
        if index not in found and words in free:
            found[index] = free.pop(words)


def _match_edited(base: Sequence[Unit], side: Sequence[Unit], found: dict[int, int]) -> None:
    free_base = [index for index in range(len(base)) if index not in found.values()]
    free_side = [index for index in range(len(side)) if index not in found]
    if not (free_base and free_side):
        return
    from rapidfuzz import fuzz  # only where something was edited

    scored = sorted(
        (-fuzz.ratio(base[left].words, side[right].words), abs(left - right), left, right)
        for left in free_base
        for right in free_side
        if base[left].kind is side[right].kind or {base[left].kind, side[right].kind} <= LIST_KINDS
    )
    for score, _, left, right in scored:
        if -score >= _ALIKE and right not in found and left not in found.values():
            found[right] = left


def _units(body: str) -> list[Unit]:
    document = read_document(Source("", encode(_HEAD + body)))
    source = document.source
    items = {item.span.start: item for item in document.items}
    result: list[Unit] = []
    gap = 0
    for segment in document.segments:
        text = source.slice(segment.span)
        if segment.kind is SegmentKind.BLANK:
            gap = text.count("\n")
        elif segment.kind is not SegmentKind.FRONTMATTER:
            item = items.get(segment.span.start)
            result.append(Unit(text.rstrip("\n"), gap, item.kind if item else segment.kind, item.depth if item else 0))
            gap = 0
    return result


def _text(units: Sequence[Unit]) -> str:
    parts: list[str] = []
    for unit in _numbered(units):
        if parts:
            parts.append("\n" * (1 + _gap(unit)))
        parts.append(unit.text)
    return "".join(parts)


def _gap(unit: Unit) -> int:
    """Blank lines above a unit: its own; one at least where it would run into what stands above now."""
    runs_in = unit.kind is ItemKind.PARAGRAPH and unit.depth == 0
    return max(unit.gap, 1) if runs_in else unit.gap


def _numbered(units: Sequence[Unit]) -> list[Unit]:
    """Numbers of a list that came to be out of step count on from its first."""
    result: list[Unit] = []
    last: dict[int, int] = {}
    for unit in units:
        match = _NUMBER.match(unit.text) if unit.kind is ItemKind.NUMBER else None
        for depth in [depth for depth in last if depth > unit.depth or (depth == unit.depth and not match)]:
            del last[depth]
        if match:
            number = int(match[2])
            if unit.depth in last and number != last[unit.depth] + 1 and number > 1:
                number = last[unit.depth] + 1
                unit = unit._replace(text=_NUMBER.sub(rf"\g<1>{number}\g<3>", unit.text, count=1))
            last[unit.depth] = number
        result.append(unit)
    return result
