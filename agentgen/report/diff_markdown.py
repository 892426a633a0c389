"""A comparison as Markdown for a pull request: the matrix, then what differs; what agrees is folded away.

What is less important is left out where the text gets longer than a forge takes, and said so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from agentgen.compare.model import (
    Comparison,
    Conflict,
    ConflictKind,
    ItemGroup,
    ItemRef,
    KeyDifference,
    KeyStatus,
    Status,
)
from agentgen.report.detail import Details
from agentgen.report.diff_words import ABSENT, SIGNS, TOGETHER, clipped, letters, open_rows
from agentgen.report.markdown import code, folded, plain, row, within
from agentgen.report.summary import PERMISSION_KEYS, Mark, Row, Summary, summarize
from agentgen.report.values import show_value

_LEGEND = (
    "\n= says what the others say, ≈ much of it, ≠ little of it, · is not there; 4/9: of 9 items, 4 are said by "
    "another variant too\n"
)
_QUOTE = 240  # characters of a statement
_VALUE = 400  # characters of a frontmatter value


def diff_markdown(comparison: Comparison) -> str:
    """The comparison as one Markdown text of at most `markdown.LIMIT` characters."""
    return within(_parts(summarize(comparison)))


def _parts(summary: Summary) -> Iterator[str]:
    yield f"## Comparison of {summary.verdict.variants} agent files\n\n{summary.verdict.sentence}\n\n"
    yield from _variants(summary)
    yield from _matrix(summary)
    yield from _frontmatter(summary)
    yield from _conflicts(summary)
    yield from _topics(summary)
    yield from _folded(summary)


def _variants(summary: Summary) -> Iterator[str]:
    yield row("", "variant", "file", "sections", "items") + row("---", "---", "---", "---:", "---:")
    names = letters(summary.comparison)
    for variant in summary.comparison.variants:
        document = variant.document
        sizes = (str(len(document.sections)), str(len(document.items)))
        yield row(names[variant.id], code(variant.id), code(document.source.path), *sizes)


def _matrix(summary: Summary) -> Iterator[str]:
    rows = open_rows(summary)
    if not rows:
        return
    names = tuple(letters(summary.comparison).values())
    yield "\n### Topics\n\n" + row("topic", *names) + row("---", *("---" for _ in names))
    for one in rows:
        title = plain(one.topic.title) + (" **conflict**" if one.conflicts else "")
        yield row(title, *(_cell(cell.mark, cell.shared, cell.items) for cell in one.cells))
    yield _LEGEND


def _cell(mark: Mark, shared: int, items: int) -> str:
    return SIGNS[mark] if mark is Mark.ABSENT else f"{SIGNS[mark]} {shared}/{items}"


def _frontmatter(summary: Summary) -> Iterator[str]:
    differing = [key for key in summary.keys if key.status is not KeyStatus.SAME]
    if differing:
        yield "\n### Frontmatter\n"
    yield from (_key(key, letters(summary.comparison)) for key in differing)


def _key(key: KeyDifference, names: Mapping[str, str]) -> str:
    permission = " (what the agent may do)" if key.key in PERMISSION_KEYS else ""
    who: dict[str, list[str]] = {}
    for variant, letter in names.items():
        there = variant in key.values
        value = code(clipped(show_value(key.values[variant]), _VALUE)) if there else ABSENT.get(key.key, "not given")
        who.setdefault(value, []).append(letter)
    lines = (f"- {', '.join(said_by)}: {value}\n" for value, said_by in who.items())
    return "".join([f"\n**{plain(key.key)}**{permission}\n\n", *lines])


def _conflicts(summary: Summary) -> Iterator[str]:
    """Those between statements; the frontmatter's are seen at their keys."""
    conflicts = [one for one in summary.comparison.conflicts if one.kind is not ConflictKind.FRONTMATTER]
    if conflicts:
        yield "\n### Conflicts\n\n"
    yield from (_conflict(conflict, letters(summary.comparison)) for conflict in conflicts)


def _conflict(conflict: Conflict, names: Mapping[str, str]) -> str:
    sides = (
        f"  - {names[side.variant]}, line {side.line}: {code(side.value)} in {code(clipped(side.text, _QUOTE))}\n"
        for side in conflict.members
    )
    note = f", {plain(conflict.note)}" if conflict.note else ""
    return "".join([f"- **{plain(conflict.subject)}** ({conflict.kind.value}{note})\n", *sides])


def _topics(summary: Summary) -> Iterator[str]:
    details = Details.of(summary.comparison)
    shown = {one.topic.id for one in open_rows(summary)}
    rows = [one for one in summary.by_importance if one.topic.id in shown]
    if rows:
        yield "\n### What differs\n"
    for one in rows:
        detail = details.detail(one.topic)
        lines = [
            *(_group(group, summary) for group in detail.together),
            *(_alone(item, summary) for item in detail.alone),
        ]
        title = f"\n#### {plain(one.topic.title)}\n\n{_places(one, summary)}\n"
        yield title + folded(f"Statements: {len(lines)}", "".join(lines))


def _places(one: Row, summary: Summary) -> str:
    names = letters(summary.comparison)
    return ", ".join(f"{names[part.variant]} {part.line}–{part.end_line}" for part in one.topic.sections)


def _group(group: ItemGroup, summary: Summary) -> str:
    sides = (f"  - {_said(member, summary)}\n" for member in group.members)
    return "".join([f"- {TOGETHER[group.relation]}\n", *sides])


def _alone(item: ItemRef, summary: Summary) -> str:
    return f"- only {_said(item, summary)}\n"


def _said(item: ItemRef, summary: Summary) -> str:
    return f"{letters(summary.comparison)[item.variant]}, line {item.line}: {code(clipped(item.text, _QUOTE))}"


def _folded(summary: Summary) -> Iterator[str]:
    names = letters(summary.comparison)
    for status, label in ((Status.FORMATTING, "Differ in formatting only"), (Status.SAME, "The same")):
        rows = [one for one in summary.rows if one.folded and one.topic.status is status]
        if rows:
            yield folded(f"{label}: {len(rows)}", _list(rows))
    for variant, letter in names.items():
        rows = [one for one in summary.rows if one.topic.status is Status.ONLY and _variant(one) == variant]
        if rows:
            yield folded(f"Only in {letter}: {len(rows)}", _list(rows))


def _variant(one: Row) -> str:
    return one.topic.sections[0].variant


def _list(rows: Sequence[Row]) -> str:
    return "".join(f"- {plain(one.topic.title)}\n" for one in rows)
