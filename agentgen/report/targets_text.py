"""The targets as a table, and one target with everything that it can and cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from agentgen.render.spec import FieldSpec, Target, ToolStyle
from agentgen.report.terminal import QUIET, one_line, paint
from agentgen.report.values import show_value

_STYLES = {
    ToolStyle.NAMES: "a list of names",
    ToolStyle.PERMISSIONS: "a map of permissions",
    ToolStyle.NONE: "cannot be limited",
}
EXPERIMENTAL = "experimental"
_CONFIDENCE = {
    "A": "the vendor's code",
    "B": "the vendor's documentation",
    "C": f"third parties alone ({EXPERIMENTAL})",
}
_ALL_COLUMNS = 130  # characters that the whole table needs
_UNLIMITED = 1000
_LEAST = 12  # characters of a column that wraps
_WRAPPED = ("tool", "file")
_LEFT_OUT = ("fields", "checked")


class Listed(NamedTuple):
    """A target and where it was found: `option`, `workspace` or `package`."""

    target: Target
    origin: str


def targets_text(listed: Sequence[Listed], *, width: int | None = None, colour: bool = False) -> str:
    """All targets, a row each. Without a width (nobody's screen limits it) each row stays on one line."""
    table = _table(listed, narrow=width is not None and width < _ALL_COLUMNS)
    return paint([table, "", Text(_closing(listed), QUIET)], width=width or _UNLIMITED, colour=colour)


def target_text(listed: Listed, *, width: int = 100, colour: bool = False) -> str:
    """One target: what becomes of each field, how tools are written, dated and with its sources."""
    return paint(_parts(listed.target, listed.origin), width=width, colour=colour)


def _table(listed: Sequence[Listed], *, narrow: bool) -> Table:
    """A row a target; `narrow` leaves out what can be looked up, so that names and files stay readable."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    cells = [_cells(one, narrow=narrow) for one in listed]
    for title in dict.fromkeys(title for row in cells for title in row):
        wraps = title in _WRAPPED
        table.add_column(title, overflow="fold", no_wrap=not wraps, min_width=_LEAST if wraps else None)
    for row in cells:
        table.add_row(*map(one_line, row.values()))
    return table


def _cells(one: Listed, *, narrow: bool) -> dict[str, str]:
    target = one.target
    held = sum(field.key is not None for field in target.fields.values())
    title = target.title + (f" ({EXPERIMENTAL})" if target.experimental else "")
    cells = {
        "target": target.name,
        "tool": title,
        "file": target.path,
        "known": target.confidence,
        "fields": f"{held} of {len(target.fields)}",
        "tool list": target.tools.style.value,
        "checked": target.date,
        "from": one.origin,
    }
    return {name: cell for name, cell in cells.items() if not (narrow and name in _LEFT_OUT)}


def _closing(listed: Sequence[Listed]) -> str:
    letters = "; ".join(f"{letter}: {words}" for letter, words in _CONFIDENCE.items())
    return (
        f"{len(listed)} targets, known from {letters}.\n"
        "`agentgen targets NAME` says what becomes of each field, and where that is known from."
    )


def _parts(target: Target, origin: str) -> Iterator[RenderableType]:
    yield one_line(target.title, "bold").append(f"  {target.name}  ({origin})", QUIET)
    yield ""
    yield _pairs(_facts(target))
    yield ""
    yield Text("FIELDS", "bold underline")
    yield _pairs((name, _field(spec)) for name, spec in target.fields.items())
    yield ""
    yield Text("TOOLS", "bold underline")
    yield _pairs(_tools(target))
    if target.notes:
        yield ""
        yield Text("NOTES", "bold underline")
        yield from (one_line(f"- {note}") for note in target.notes)


def _facts(target: Target) -> Iterator[tuple[str, str]]:
    yield "file", f"{target.path}  ({target.format.value})"
    if target.aliases:
        yield "also called", ", ".join(target.aliases)
    yield "checked", f"{target.date} against {target.version}"
    yield "known from", _CONFIDENCE.get(target.confidence, target.confidence)
    for source in target.sources:
        yield "source", f"{source.ref} {source.date}".strip()


def _field(spec: FieldSpec) -> str:
    if spec.key is None:
        return f"dropped: {spec.reason}" if spec.reason else "in the file's name or the tool list"
    text = f"as `{spec.key}`" + (", required" if spec.required else "")
    mapped = [f"{before} → {after}" for before, after in {**spec.values, **spec.approximate}.items() if before != after]
    return "; ".join([text, *([", ".join(mapped)] if mapped else []), *([spec.reason] if spec.reason else [])])


def _tools(target: Target) -> Iterator[tuple[str, str]]:
    tools = target.tools
    yield "written as", _STYLES[tools.style] + ("" if tools.restricts else ", which the tool takes as a hint only")
    for name, own in {**tools.names, **tools.approximate}.items():
        if show_value(own) != name:
            yield name, show_value(own)
    for limit in target.limits:
        holds = "takes away" if limit.holds else "is written, and does not hold; it should take away"
        yield f"{limit.key}: {show_value(limit.value)}", f"{holds} {', '.join(limit.denies)}"
    if tools.always:
        yield "always there", ", ".join(tools.always)


def _pairs(rows: Iterator[tuple[str, str]]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True, style=QUIET)
    table.add_column(overflow="fold")
    for name, value in rows:
        table.add_row(one_line(name), one_line(value))
    return table
