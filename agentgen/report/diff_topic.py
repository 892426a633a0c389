"""One row of a comparison in full on the terminal: every statement, the variants' wordings side by side.

Where the columns would be too narrow to read, the wordings stand one below the other instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from agentgen.compare.model import Comparison, ItemGroup, ItemRef, Relation, SectionRef, Topic
from agentgen.report.detail import Detail, Details, Elsewhere
from agentgen.report.diff_matrix import variants_table
from agentgen.report.diff_why import why
from agentgen.report.diff_words import TOGETHER, letters
from agentgen.report.stacked import stacked
from agentgen.report.summary import summarize
from agentgen.report.terminal import QUIET, one_line, paint, shown
from agentgen.report.wording import Stretch, side_by_side

_NARROWEST = 26  # columns of text that are still comfortable to read
_DIFFERS = "bold yellow"


def topic_text(
    comparison: Comparison, topic: Topic, *, width: int = 100, colour: bool = False, explain: bool = False
) -> str:
    """The row of `topic` in full; `explain` says what each piece of evidence for it saw."""
    return paint(_parts(comparison, topic, width, explain=explain), width=width, colour=colour)


def _parts(comparison: Comparison, topic: Topic, width: int, *, explain: bool) -> Iterator[RenderableType]:
    names = letters(comparison)
    detail = Details.of(comparison).detail(topic)
    yield one_line(topic.title, "bold").append(f"  {topic.status.value}", QUIET)
    yield ""
    yield variants_table(summarize(comparison))
    yield ""
    yield from (_section(section, names) for section in topic.sections)
    yield from why(topic, explain=explain)
    yield from statements(detail, names, width)


def statements(detail: Detail, names: Mapping[str, str], width: int) -> Iterator[RenderableType]:
    """All that the sections of a row say; `names` are short names of the variants."""
    yield from _together(detail, names, width)
    yield from _alone(detail, names, width)
    yield from _elsewhere(detail.elsewhere, names)


def _section(section: SectionRef, names: Mapping[str, str]) -> Text:
    place = Text(f"  {names[section.variant]}:{section.line}-{section.end_line}  ", QUIET)
    for heading in section.path:
        place.append_text(one_line(heading, QUIET)).append(" › ", QUIET)
    return place.append_text(one_line(section.heading or "(before the first heading)"))


def _together(detail: Detail, names: Mapping[str, str], width: int) -> Iterator[RenderableType]:
    for relation, title in TOGETHER.items():
        groups = [group for group in detail.together if group.relation is relation]
        if groups:
            yield from _heading(title)
        for group in groups:
            yield ""
            yield _wordings(group, detail.columns, names, width)


def _wordings(group: ItemGroup, columns: Sequence[str], names: Mapping[str, str], width: int) -> RenderableType:
    """The members of a group with the words that differ marked; equal texts are shown once."""
    if group.relation is Relation.SAME:
        places = " ".join(_place(member, names) for member in group.members)
        return stacked([(places, shown(group.members[0].text))])
    texts = (marked(stretches) for stretches in side_by_side([member.text for member in group.members]))
    cells = [(_place(member, names), text) for member, text in zip(group.members, texts, strict=True)]
    variants = [member.variant for member in group.members]
    if len(set(variants)) < len(variants) or _too_narrow(len(columns), width):
        return stacked(cells)
    return _columns(columns, {variant: [cell] for variant, cell in zip(variants, cells, strict=True)})


def _alone(detail: Detail, names: Mapping[str, str], width: int) -> Iterator[RenderableType]:
    """What only one variant says, a column a variant."""
    if not detail.alone:
        return
    yield from _heading("said by one only")
    yield ""
    cells = [(item.variant, (_place(item, names), shown(item.text))) for item in detail.alone]
    if _too_narrow(len(detail.columns), width):
        yield stacked([cell for _, cell in cells])
    else:
        by_variant = {column: [cell for variant, cell in cells if variant == column] for column in detail.columns}
        yield _columns(detail.columns, by_variant)


def _elsewhere(moved: Sequence[Elsewhere], names: Mapping[str, str]) -> Iterator[RenderableType]:
    if not moved:
        return
    yield from _heading("compared under another topic")
    yield ""
    yield stacked([(_place(one.item, names), one_line(f"{one.item.text} → {one.topic}")) for one in moved])


def _heading(text: str) -> Iterator[RenderableType]:
    yield from ("", Text(text.upper(), "bold underline"))


def _place(item: ItemRef, names: Mapping[str, str]) -> str:
    return f"{names[item.variant]}:{item.line}"


def marked(stretches: Sequence[Stretch]) -> Text:
    """A wording with what differs in colour."""
    text = Text()
    for stretch in stretches:
        text.append_text(shown(stretch.text, _DIFFERS if stretch.differs else ""))
    return text


def _too_narrow(columns: int, width: int) -> bool:
    return width // columns < _NARROWEST


def _columns(columns: Sequence[str], cells: Mapping[str, Sequence[tuple[str, Text]]]) -> RenderableType:
    """A column a variant, all of the same width; each cell begins with its place."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, expand=True)
    for _ in columns:
        table.add_column(ratio=1, overflow="fold")
    texts = [[Text(f"{place}  ", QUIET).append_text(text) for place, text in cells.get(one, ())] for one in columns]
    table.add_row(*(Text("\n").join(column) for column in texts))
    return Padding(table, (0, 0, 0, 2))
