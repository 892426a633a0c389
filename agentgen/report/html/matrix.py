"""The matrix: a row a topic, a column a variant, a picture of who says what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from agentgen.compare.model import Status
from agentgen.report.diff_words import SIGNS
from agentgen.report.enumerate import counted
from agentgen.report.html.markup import Html, join, link, tag
from agentgen.report.html.parts import Part, heading_of, scroller, topic_anchor
from agentgen.report.summary import Cell, Mark, Row, Summary

_LEGEND = (
    (Mark.SAME, "same words"),
    (Mark.SIMILAR, "a third or more said by others too"),
    (Mark.DIFFERENT, "mostly its own"),
    (Mark.ABSENT, "no such section"),
)
_FITS = 8  # columns that the page holds without scrolling


def matrix_part(summary: Summary) -> Part:
    """Topics of several variants as a table; those of one variant are counted in its last line."""
    shared = [row for row in summary.by_importance if row.topic.status is not Status.ONLY]
    alone = [row for row in summary.rows if row.topic.status is Status.ONLY]
    lead = "A row is a topic, a column a variant. A number such as 5/8: five of eight items are said by another too."
    return Part("matrix", "Who says what", join(_legend(), _table(summary, shared, alone)), len(shared), lead)


def alone_part(summary: Summary) -> Part:
    """The topics that only one variant has, a list for each variant."""
    alone = [row for row in summary.rows if row.topic.status is Status.ONLY]
    lists = join(_list(variant.id, _owned(variant.id, alone)) for variant in summary.comparison.variants)
    return Part("alone", "Only in one", tag("div", lists, class_="columns") if lists else lists, len(alone))


def _legend() -> Html:
    marks = (tag("li", tag("span", SIGNS[mark], class_=f"sign {mark}"), f" {words}") for mark, words in _LEGEND)
    flag = tag("li", tag("span", "!", class_="sign flag"), " in conflict")
    return tag("ul", marks, flag, tag("li", "heading: without text of its own"), class_="legend")


def _table(summary: Summary, shared: list[Row], alone: list[Row]) -> Html:
    variants = [variant.id for variant in summary.comparison.variants]
    head = tag("tr", tag("th", "Topic", scope="col"), (_column(variant) for variant in variants))
    body = (_group(label, rows, len(variants)) for label, rows in _groups(shared))
    foot = tag("tfoot", _foot(variants, alone)) if alone else None
    table = tag("table", tag("thead", head), body, foot, class_="matrix")
    return scroller("Who says what", table, wide=len(variants) > _FITS)


def _column(variant: str) -> Html:
    return tag("th", tag("span", variant), scope="col")


def _groups(rows: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    for label, group in groupby(rows, key=_group_label):
        yield label, list(group)


def _group_label(row: Row) -> str:
    if row.conflicts:
        return "In conflict"
    if row.folded:
        return "Agreed"
    return "In all, worded differently" if row.topic.status is Status.EDITED else "Not in all"


def _group(label: str, rows: list[Row], width: int) -> Html:
    head = tag(
        "tr", tag("th", f"{label} ", tag("span", len(rows), class_="count"), colspan=width + 1, scope="rowgroup")
    )
    return tag("tbody", head, map(_row, rows))


def _row(row: Row) -> Html:
    title = link(topic_anchor(row.topic.id), row.topic.title)
    return tag("tr", tag("th", title, scope="row"), (_cell(row, cell) for cell in row.cells))


def _cell(row: Row, cell: Cell) -> Html:
    target = topic_anchor(row.topic.id)
    sign = tag("span", SIGNS[cell.mark], class_="sign")
    if cell.mark is Mark.ABSENT:
        return tag("td", link(target, sign, aria_label=f"{row.topic.title}: not in {cell.variant}"), class_="absent")
    if cell.heading_only:
        return tag("td", link(target, tag("small", "heading"), title=_told(cell)), class_="heading")
    figure = tag("small", f"{cell.shared}/{cell.items}")
    flag = tag("b", "!", class_="flag") if cell.conflicts else None
    return tag("td", link(target, sign, figure, flag, title=_told(cell)), class_=f"{cell.mark} h{_tenths(cell)}")


def _tenths(cell: Cell) -> int:
    return round(10 * cell.shared / cell.items)


def _told(cell: Cell) -> str:
    heading = f"“{heading_of(cell.section)}” in {cell.variant}: " if cell.section else ""
    if cell.heading_only:
        return f"{heading}no text of its own"
    told = [f"{cell.shared} of {counted(cell.items, 'item')} said by others too", f"{cell.alone} alone"]
    told += [f"{cell.moved} moved"] * bool(cell.moved) + [counted(cell.conflicts, "conflict")] * bool(cell.conflicts)
    return heading + ", ".join(told)


def _foot(variants: list[str], alone: list[Row]) -> Html:
    """How many topics each variant has to itself, linked to their list."""
    return tag(
        "tr",
        tag("th", link("alone", "Only in one"), scope="row"),
        (tag("td", _own(variant, _owned(variant, alone)), class_="only") for variant in variants),
    )


def _own(variant: str, rows: list[Row]) -> Html | None:
    label = f"{counted(len(rows), 'topic')} only in {variant}"
    return link(f"only-{variant}", tag("span", len(rows), class_="sign"), title=label) if rows else None


def _owned(variant: str, alone: list[Row]) -> list[Row]:
    return [row for row in alone if row.topic.sections[0].variant == variant]


def _list(variant: str, rows: list[Row]) -> Html | None:
    if not rows:
        return None
    title = tag("h3", variant, " ", tag("span", len(rows), class_="count"), id=f"only-{variant}")
    return tag("div", title, tag("ul", map(_owned_entry, rows)))


def _owned_entry(row: Row) -> Html:
    items = sum(cell.items for cell in row.cells)
    return tag("li", link(topic_anchor(row.topic.id), row.topic.title), " ", tag("small", counted(items, "item")))
