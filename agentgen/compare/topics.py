"""Topics: rows with a name, a place and a parent.

Ids, titles, order and parents come from what the sections say and where they stand, never from the order of the
variants given.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agentgen.compare.sketches import Key, Sketch, heading_text

OPENING_ID = "opening"
OPENING_TITLE = "Opening"
_PREAMBLE_TITLE = "Preamble"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_MARKUP = re.compile(r"[*_`]+")


class Row(NamedTuple):
    """A row with its name: sketches sorted by variant, the place of the row's parent in the list of rows."""

    id: str
    title: str
    sketches: tuple[Sketch, ...]
    parent: str | None


def name_rows(rows: Sequence[Sequence[Sketch]], opening: frozenset[Key]) -> list[Row]:
    """Rows with ids, titles and parents, in the order in which the variants speak of them, children below parents."""
    parents = _parents(rows, opening)
    order = _order(rows, parents, opening)
    ids: dict[int, str] = {}
    titles: dict[int, str] = {}
    taken = {OPENING_ID: 1}
    for number in order:
        if _is_opening(rows[number], opening):
            ids[number], titles[number] = OPENING_ID, OPENING_TITLE
        else:
            titles[number] = row_title(rows[number])
            ids[number] = _unique(slug(titles[number]), taken)
    return [Row(ids[number], titles[number], _members(rows[number]), _named(parents[number], ids)) for number in order]


def _members(row: Sequence[Sketch]) -> tuple[Sketch, ...]:
    return tuple(sorted(row, key=lambda sketch: sketch.key))


def _named(number: int | None, ids: Mapping[int, str]) -> str | None:
    return None if number is None else ids[number]


def row_title(row: Sequence[Sketch]) -> str:
    """The most common heading; among equally common ones the one whose words the others share most."""
    headings = [shown_heading(sketch) for sketch in row if sketch.section.heading is not None]
    if not headings:
        return _PREAMBLE_TITLE
    common = Counter(heading.casefold() for heading in headings)
    words = Counter(word for sketch in row for word in set(sketch.heading))
    typical = {
        shown_heading(sketch): sum(words[word] for word in set(sketch.heading)) / (1 + len(set(sketch.heading)))
        for sketch in row
        if sketch.section.heading is not None
    }
    return min(headings, key=lambda text: (-common[text.casefold()], -typical[text], len(text), text.isupper(), text))


def shown_heading(sketch: Sketch) -> str:
    """A heading as a title: without numbering, markup and trailing colon."""
    text = _MARKUP.sub("", heading_text(sketch.section)).strip().rstrip(":").rstrip()
    return " ".join(text.split()) or "Untitled"


def slug(title: str) -> str:
    """Lower-case ASCII letters, digits and hyphens; never empty."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return _NOT_SLUG.sub("-", plain.lower()).strip("-")[:60].rstrip("-") or "topic"


def _unique(wanted: str, taken: dict[str, int]) -> str:
    """The name, or the first with a number that is free; `taken` has the last number tried behind each name."""
    name, count = wanted, taken.get(wanted, 1)
    while name in taken:
        count += 1
        name = f"{wanted}-{count}"
    taken |= {name: 1, wanted: count}
    return name


def _is_opening(row: Sequence[Sketch], opening: frozenset[Key]) -> bool:
    return any(sketch.key in opening for sketch in row)


def _parents(rows: Sequence[Sequence[Sketch]], opening: frozenset[Key]) -> list[int | None]:
    """The row that holds the parents of most sections of each row; a file's title or opening is nobody's parent."""
    home = {sketch.key: number for number, row in enumerate(rows) for sketch in row}
    roots = {sketch.key for row in rows for sketch in row if sketch.title or sketch.key in opening}
    chosen: list[int | None] = []
    for number, row in enumerate(rows):
        above = [_home_of_parent(sketch, home, roots) for sketch in row]
        counts = Counter(above)
        best = min(counts, key=lambda parent: (-counts[parent], parent is not None, _text(rows, parent)))
        chosen.append(None if best == number or _is_opening(row, opening) else best)
    for number in range(len(rows)):
        if _in_cycle(chosen, number):
            chosen[number] = None
    return chosen


def _home_of_parent(sketch: Sketch, home: Mapping[Key, int], roots: set[Key]) -> int | None:
    return None if sketch.parent is None or sketch.parent in roots else home[sketch.parent]


def _in_cycle(parents: Sequence[int | None], start: int) -> bool:
    at = parents[start]
    for _ in parents:
        if at is None or at == start:
            break
        at = parents[at]
    return at == start


def _order(rows: Sequence[Sequence[Sketch]], parents: Sequence[int | None], opening: frozenset[Key]) -> list[int]:
    children: dict[int | None, list[int]] = {}
    for number, parent in enumerate(parents):
        children.setdefault(parent, []).append(number)
    found: list[int] = []
    waiting = sorted(children.get(None, []), key=lambda number: _rank(rows, number, opening), reverse=True)
    while waiting:
        number = waiting.pop()
        found.append(number)
        below = sorted(children.get(number, []), key=lambda child: _rank(rows, child, opening), reverse=True)
        waiting.extend(below)
    return found


def _rank(rows: Sequence[Sequence[Sketch]], number: int, opening: frozenset[Key]) -> tuple[bool, float, str]:
    """The opening first, then by the mean place in the files."""
    row = rows[number]
    place = sum(sorted(sketch.place for sketch in row)) / len(row)
    return not _is_opening(row, opening), round(place, 9), _text(rows, number)


def _text(rows: Sequence[Sequence[Sketch]], number: int | None) -> str:
    """Something stable to order rows by that stand at the same place."""
    if number is None:
        return ""
    return "\n".join(sorted(f"{shown_heading(sketch)}\n{sketch.form}" for sketch in rows[number]))


def topic_of(rows: Sequence[Row]) -> Mapping[Key, str]:
    """The id of the row of each section."""
    return {sketch.key: row.id for row in rows for sketch in row.sketches}
