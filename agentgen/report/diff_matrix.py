"""The matrix of a comparison on the terminal: a row a topic, a column a variant.

   topic        A       B      C
!  Security     ≈ 4/9   ≈ 3/7  ·
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from agentgen.compare.model import Status
from agentgen.document.model import Document
from agentgen.report.aligned import aligned
from agentgen.report.diff_words import SIGNS, clipped, letters, open_rows
from agentgen.report.enumerate import counted
from agentgen.report.summary import Cell, Mark, Row, Summary
from agentgen.report.terminal import QUIET, one_line

_STYLES: dict[Mark, str] = {
    Mark.SAME: "green",
    Mark.SIMILAR: "yellow",
    Mark.DIFFERENT: "red",
    Mark.ONLY: "cyan",
    Mark.ABSENT: QUIET,
}

LEGEND = (
    "= says what the others say   ≈ says much of it   ≠ says little of it   · not there   ! conflict\n"
    "4/9: of 9 items, 4 are said by another variant too"
)

_TITLE_WIDTH = 34
_COLUMNS_AT_ONCE = 6


def variants_table(summary: Summary) -> RenderableType:
    """Who is compared: letter, id, tool, sections and items."""
    names = letters(summary.comparison)
    return aligned(
        (
            Text(names[variant.id], "bold"),
            one_line(variant.id),
            one_line(variant.tool or "", QUIET),
            Text(_size(variant.document)),
        )
        for variant in summary.comparison.variants
    )


def _size(document: Document) -> str:
    return f"{counted(len(document.sections), 'section')}, {counted(len(document.items), 'item')}"


def matrix(summary: Summary) -> Iterator[RenderableType]:
    """The rows that several variants share, at most six columns at once; what agrees and what is alone is folded."""
    rows = open_rows(summary)
    ids = [variant.id for variant in summary.comparison.variants]
    for start in range(0, len(ids), _COLUMNS_AT_ONCE) if rows else ():
        yield _table(rows, range(start, min(start + _COLUMNS_AT_ONCE, len(ids))), summary)
        yield ""
    if rows:
        yield Text(LEGEND, QUIET)
    yield from _folded(summary)


def _table(rows: Sequence[Row], columns: range, summary: Summary) -> RenderableType:
    names = list(letters(summary.comparison).values())
    head = [Text(name, "bold") for name in ("", "topic", *(names[column] for column in columns), "in")]
    return aligned([head, *(_row(row, columns) for row in rows)], right=[len(head) - 1])


def _row(row: Row, columns: range) -> list[Text]:
    title = one_line(clipped(row.topic.title, _TITLE_WIDTH))
    cells = [_cell(row.cells[column]) for column in columns]
    spread = Text(f"{len(row.topic.sections)} of {len(row.cells)}")
    return [Text("!" if row.conflicts else "", "bold red"), title, *cells, spread]


def _cell(cell: Cell) -> Text:
    counts = "" if cell.mark is Mark.ABSENT else f" {cell.shared}/{cell.items}"
    return Text(SIGNS[cell.mark] + counts, _STYLES[cell.mark])


def _folded(summary: Summary) -> Iterator[RenderableType]:
    agreeing = [row for row in summary.rows if row.folded and len(row.topic.sections) > 1]
    if agreeing:
        yield ""
        yield _names(f"agree ({len(agreeing)})", agreeing)
    for variant, letter in letters(summary.comparison).items():
        alone = [row for row in summary.rows if _alone(row, variant)]
        if alone:
            yield ""
            yield _names(f"only in {letter} ({len(alone)})", alone)


def _alone(row: Row, variant: str) -> bool:
    return row.topic.status is Status.ONLY and row.topic.sections[0].variant == variant


def _names(label: str, rows: Sequence[Row]) -> Text:
    names = Text(" · ", QUIET).join(one_line(clipped(row.topic.title, _TITLE_WIDTH)) for row in rows)
    return Text(f"{label}: ", "bold").append_text(names)
