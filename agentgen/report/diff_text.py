"""A comparison on the terminal: the matrix first, then what differs, the most important first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.text import Text

from agentgen.compare.model import Comparison, Conflict, ConflictKind, KeyDifference, KeyStatus, Status
from agentgen.report.detail import Detail, Details
from agentgen.report.diff_matrix import matrix, variants_table
from agentgen.report.diff_why import why
from agentgen.report.diff_words import ABSENT, TOGETHER, clipped, letters, open_rows
from agentgen.report.enumerate import first_of
from agentgen.report.focus import Focus
from agentgen.report.stacked import stacked
from agentgen.report.summary import PERMISSION_KEYS, Row, Summary, summarize
from agentgen.report.terminal import QUIET, one_line, paint
from agentgen.report.values import entries, show_value

_QUOTE = 200  # characters of a quote outside the view of one topic
_ITEMS = 2  # items of a variant shown for a topic
_NAME = 60  # characters of an entry


def diff_text(
    comparison: Comparison,
    *,
    width: int = 100,
    colour: bool = False,
    stat: bool = False,
    focus: Focus | None = None,
    explain: bool = False,
) -> str:
    """The whole comparison; `stat` shows the matrix alone, `focus` one kind of rows without it.

    `explain` says of each topic why its sections are in one row.
    """
    summary = summarize(comparison)
    parts = _focused(summary, focus, explain=explain) if focus else _parts(summary, stat=stat, explain=explain)
    return paint((*_head(summary), *parts), width=width, colour=colour)


def _head(summary: Summary) -> Iterator[RenderableType]:
    yield Text(summary.verdict.sentence, "bold")
    yield ""
    yield variants_table(summary)


def _parts(summary: Summary, *, stat: bool, explain: bool) -> Iterator[RenderableType]:
    yield ""
    yield from matrix(summary)
    if not stat:
        yield from _frontmatter(summary)
        yield from _conflicts(summary)
        yield from _differing(summary, explain=explain)


def _focused(summary: Summary, focus: Focus, *, explain: bool) -> Iterator[RenderableType]:
    if focus is Focus.CONFLICTS:
        yield from _frontmatter(summary, only_disputed=True)
        yield from _conflicts(summary)
    elif focus is Focus.DIFFERING:
        yield from _frontmatter(summary)
        yield from _differing(summary, explain=explain)
    else:
        alone = [row for row in summary.rows if row.topic.status is Status.ONLY]
        yield from _topics(summary, alone, "topics of one variant", explain=explain)


def _heading(text: str) -> Iterator[RenderableType]:
    yield ""
    yield Text(text.upper(), "bold underline")


def _frontmatter(summary: Summary, *, only_disputed: bool = False) -> Iterator[RenderableType]:
    disputed = {conflict.subject for conflict in summary.comparison.conflicts if _in_frontmatter(conflict)}
    differing = [key for key in summary.keys if key.status is not KeyStatus.SAME]
    differing = [key for key in differing if key.key in disputed or not only_disputed]
    if not differing:
        return
    yield from _heading("frontmatter")
    names = letters(summary.comparison)
    for key in differing:
        yield ""
        yield _key_line(key, disputed=key.key in disputed)
        yield _lines(_key_values(key, names))


def _in_frontmatter(conflict: Conflict) -> bool:
    return conflict.kind is ConflictKind.FRONTMATTER


def _lines(rows: Iterable[tuple[str, str]]) -> RenderableType:
    return stacked((place, one_line(text)) for place, text in rows)


def _key_line(key: KeyDifference, *, disputed: bool) -> Text:
    line = Text("! " if disputed else "", "bold red").append_text(one_line(key.key, "bold"))
    line.append("  differs" if key.status is KeyStatus.DIFFERENT else "  is not in all, equal where it is", QUIET)
    if key.key in PERMISSION_KEYS:
        line.append("  (what the agent may do)", "red")
    return line


def _key_values(key: KeyDifference, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What the variants say, those that say the same together; of lists, what all have is said once."""
    lists = [set(entries(value)) for value in key.values.values()]
    common = set.intersection(*lists) if len(lists) > 1 else set()
    who: dict[str, list[str]] = {}
    for variant, letter in names.items():
        who.setdefault(_value(key, variant, common), []).append(letter)
    yield from ((" ".join(said_by), text) for text, said_by in who.items())


def _value(key: KeyDifference, variant: str, common: set[str]) -> str:
    if variant not in key.values:
        return ABSENT.get(key.key, "not given")
    value = key.values[variant]
    return _list(entries(value), common) if entries(value) else clipped(show_value(value), _QUOTE)


def _list(words: Sequence[str], common: set[str]) -> str:
    """The entries that not all have, the first of them if there are many."""
    own = [word for word in words if word not in common]
    shown = [f"{len(common)} in common"] * bool(common) + [f"+ {word}" if common else word for word in own]
    return first_of([clipped(word, _NAME) for word in shown])


def _conflicts(summary: Summary) -> Iterator[RenderableType]:
    """Those between statements; the frontmatter's stand with their keys."""
    conflicts = [conflict for conflict in summary.comparison.conflicts if not _in_frontmatter(conflict)]
    if not conflicts:
        return
    yield from _heading("conflicts")
    for conflict in conflicts:
        yield ""
        yield _conflict_line(conflict)
        yield _conflict_members(conflict, letters(summary.comparison))


def _conflict_line(conflict: Conflict) -> Text:
    line = Text("! ", "bold red").append_text(one_line(conflict.subject, "bold"))
    return line.append("  " + ", ".join(part for part in (conflict.kind.value, conflict.note) if part), QUIET)


def _conflict_members(conflict: Conflict, names: Mapping[str, str]) -> RenderableType:
    return _lines(
        (f"{names[member.variant]}:{member.line}", f"{member.value}  “{clipped(member.text, _QUOTE)}”")
        for member in conflict.members
    )


def _differing(summary: Summary, *, explain: bool) -> Iterator[RenderableType]:
    shown = {row.topic.id for row in open_rows(summary)}
    rows = [row for row in summary.by_importance if row.topic.id in shown]
    yield from _topics(summary, rows, "topics that differ", explain=explain)


def _topics(summary: Summary, rows: Sequence[Row], title: str, *, explain: bool) -> Iterator[RenderableType]:
    if not rows:
        return
    yield from _heading(title)
    details = Details.of(summary.comparison)
    for row in rows:
        yield ""
        yield _topic_line(row, letters(summary.comparison))
        if explain:
            yield from why(row.topic, explain=True)
        yield _lines(_statements(details.detail(row.topic), letters(summary.comparison)))
    yield ""
    yield Text("--topic NAME shows one of them in full, the wordings side by side", QUIET)


def _topic_line(row: Row, names: Mapping[str, str]) -> Text:
    line = one_line(row.topic.title, "bold")
    for section in row.topic.sections:
        line.append(f"  {names[section.variant]}:{section.line}-{section.end_line}", QUIET)
    return line


def _statements(detail: Detail, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is said together, then the first statements that each variant makes alone."""
    for relation, label in TOGETHER.items():
        count = sum(group.relation is relation for group in detail.together)
        if count:
            yield str(count), label
    for variant in detail.columns:
        alone = [item.text for item in detail.alone if item.variant == variant]
        for text in alone[:_ITEMS]:
            yield f"{names[variant]} only", clipped(text, _QUOTE)
        if len(alone) > _ITEMS:
            yield "", f"… {len(alone) - _ITEMS} more"
    if detail.elsewhere:
        yield str(len(detail.elsewhere)), "compared under another topic"
