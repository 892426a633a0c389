"""The diagnostic type. What each code means stands in `agentgen.codes`.

A finding is a value: whoever reads a file returns findings, `agentgen.report` shows them. A fix is a set of splices on
the file's text, so applying it changes nothing else.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from typing import NamedTuple

from agentgen.codes import CODES, Severity
from agentgen.source import Source


class Edit(NamedTuple):
    """Replace the text between two offsets of the file."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """What to do, in words, and the splices that do it (none where a person must decide)."""

    message: str
    edits: tuple[Edit, ...] = ()


class Finding(NamedTuple):
    """One observation about a file. `line` and `column` are 1-based; `end_line` is the last line it speaks of."""

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    fix: Fix | None = None
    end_line: int | None = None


def finding(
    source: Source, code: str, start: int, message: str, *, end: int | None = None, fix: Fix | None = None
) -> Finding:
    """A finding at offset `start` of a source, with the severity that the table gives its code."""
    line, column = source.position(start)
    end_line = source.line_of(max(start, end - 1)) if end is not None else None
    return Finding(code, CODES[code].severity, source.path, line, column, message, fix, end_line)


def splice(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits applied; their offsets are offsets of the text as given.

    Insertions at the same offset come out in the order given.

    Raises:
        ValueError: two edits overlap, or one lies outside the text.
    """
    parts: list[str] = []
    place = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not place <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit {edit.start}:{edit.end} overlaps another or lies outside the text")
        parts += (text[place : edit.start], edit.text)
        place = edit.end
    return "".join((*parts, text[place:]))


def apply_fixes(text: str, fixes: Iterable[Fix]) -> str:
    """Splice the edits of all fixes into the text, first come first served.

    An edit that an earlier fix makes as well is made once. A fix of which any other edit overlaps an earlier one is
    left out whole, for a second run.
    """
    taken: list[Edit] = []
    known: set[Edit] = set()
    for fix in fixes:
        new = [edit for edit in fix.edits if edit not in known]
        if not any(_overlap(edit, other) for edit in new for other in _near(taken, edit)):
            known.update(new)
            for edit in new:
                bisect.insort(taken, edit, key=_place)
    return splice(text, taken)


def _place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _near(taken: list[Edit], edit: Edit) -> list[Edit]:
    """The edits among those taken that could overlap: they do not overlap each other, so its neighbours are enough."""
    first = bisect.bisect_left(taken, (edit.start, edit.start), key=_place)
    last = bisect.bisect_right(taken, (edit.end, edit.end), key=_place)
    return taken[max(0, first - 1) : last + 1]


def _overlap(one: Edit, other: Edit) -> bool:
    return one.start < other.end and other.start < one.end
