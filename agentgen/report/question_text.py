"""One question of a session on the terminal: what each variant says, side by side, and the keys that decide.

decision 3 of 42 · conflict · p95 latency
1:53  keep p95 latency under 100 ms
2:41  keep p95 latency under 50 ms
1 left   2 right   u both stay   e edit   s skip   q quit, go on later
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rich.console import RenderableType
from rich.text import Text

from agentgen.compare.model import Conflict, SectionRef, Topic
from agentgen.document.model import Document
from agentgen.merge.model import Kind, View
from agentgen.report.detail import Details
from agentgen.report.diff_topic import marked, statements
from agentgen.report.diff_words import ABSENT, clipped
from agentgen.report.enumerate import counted
from agentgen.report.stacked import stacked
from agentgen.report.terminal import QUIET, one_line, paint
from agentgen.report.values import show_value
from agentgen.report.visible import visible
from agentgen.report.wording import side_by_side

_ABOUT = {
    Kind.PERMISSION: "what the agent may do",
    Kind.DESCRIPTION: "the description",
    Kind.KEY: "frontmatter",
    Kind.CONFLICT: "conflict",
    Kind.TOPIC: "several variants add to this topic",
    Kind.ALONE: "topics that only one variant has",
    Kind.SINGLE: "only one variant has it",
}
_NOTICE = "bold yellow"
_GAP = "   "


class QuestionText(NamedTuple):
    """The parts of a screen: head and foot always stand there, the body may need several pages."""

    head: str
    body: str
    foot: str


def question_text(view: View, *, width: int = 100, colour: bool = False) -> QuestionText:
    """The screen of a question, `width` columns at most; no control character of a file gets into it."""
    names = {name: str(place) for place, name in enumerate(view.variants, 1)}
    parts = (_head(view, width), _body(view, names, width), _foot(view, width))
    return QuestionText(*(paint(part, width=width, colour=colour) for part in parts))


def _head(view: View, width: int) -> Iterator[RenderableType]:
    count = f"decision {view.number} of {view.total} · {_ABOUT[view.question.kind]} · "
    yield Text(count, QUIET).append_text(one_line(clipped(view.question.subject, width - len(count)), "bold"))
    yield one_line(clipped(f"as it stands: {view.standing}", width), QUIET)
    yield ""


def _foot(view: View, width: int) -> Iterator[RenderableType]:
    yield Text(view.notice, _NOTICE)
    line = Text()
    for key, label in view.keys:
        said = Text(key, "bold").append(" ").append_text(one_line(clipped(label, 30)))
        if line and line.cell_len + len(_GAP) + said.cell_len > width:
            yield line
            line = Text()
        line = line.append(_GAP if line else "").append_text(said)
    yield line


def _body(view: View, names: Mapping[str, str], width: int) -> Iterator[RenderableType]:
    if view.row is not None and view.question.kind is not Kind.ALONE:
        yield from _topic(view, view.row, names, width)
    elif view.sections:
        yield from (_summary(view, variant, section, width) for variant, section in view.sections)
    elif view.question.kind is Kind.CONFLICT:
        name = view.question.id.partition("/")[2]
        yield from _conflict(view, next(one for one in view.comparison.conflicts if one.id == name), names)
    else:
        yield from _key(view, names)


def _called(variant: str, names: Mapping[str, str]) -> str:
    return f"{names[variant]} {visible(clipped(variant, 24))}"


# -- keys and conflicts ------------------------------------------------------------------------------------------


def _key(view: View, names: Mapping[str, str]) -> Iterator[RenderableType]:
    """Each variant's value, the words marked that not all have."""
    key, variants = view.question.subject, view.question.variants
    fields = {variant.id: variant.fields for variant in view.comparison.variants}
    having = [name for name in variants if key in fields[name]]
    texts = side_by_side([show_value(fields[name][key]) for name in having])
    values = {name: marked(stretches) for name, stretches in zip(having, texts, strict=True)}
    absent = Text(ABSENT.get(key, "not given"), QUIET)
    yield stacked([(_called(name, names), values.get(name, absent)) for name in variants])


def _conflict(view: View, conflict: Conflict, names: Mapping[str, str]) -> Iterator[RenderableType]:
    """Each side's statement with its place, and the value that disagrees."""
    values = side_by_side([side.text for side in conflict.members])
    for side, stretches in zip(conflict.members, values, strict=True):
        place = Text(f"{names[side.variant]} ", "bold").append_text(one_line(side.variant, "bold"))
        yield place.append(f"  line {side.line}{_under(view, side.variant, side.item)}  ", QUIET)
        yield stacked([(" ", marked(stretches))])
        yield stacked([("=", one_line(side.value, QUIET))]) if side.value else ""
        yield ""


def _under(view: View, variant: str, item: int | None) -> str:
    """The heading that a statement stands under."""
    document = _document(view, variant)
    heading = document.section(document.items[item].section).heading if item is not None else None
    return f', under "{one_line(clipped(heading, 40)).plain}"' if heading else ""


# -- topics ------------------------------------------------------------------------------------------------------


def _topic(view: View, row: Topic, names: Mapping[str, str], width: int) -> Iterator[RenderableType]:
    """Where each variant has the topic, then all that they say."""
    sections = {section.variant: section for section in row.sections}
    order = [sections[name] for name in names if name in sections]
    yield stacked([(_called(one.variant, names), _place(one)) for one in order])
    yield from statements(Details.of(view.comparison).detail(row), names, width)


def _place(section: SectionRef) -> Text:
    heading = one_line(section.heading or "(before the first heading)")
    return heading.append(f"  line {section.line}", QUIET)


def _summary(view: View, variant: str, section_id: str, width: int) -> RenderableType:
    """One topic of a group: its heading, how much it says, and how it begins."""
    document = _document(view, variant)
    section, items = document.section(section_id), document.items_of(section_id)
    title = one_line(clipped(section.heading or "(before the first heading)", 60), "bold")
    count = counted(len(items), "statement")
    start = title.append(f"  line {section.line}, {count}  ", QUIET)
    room = width - start.cell_len
    return start.append_text(one_line(clipped(items[0].text, room))) if items and room > 20 else start


def _document(view: View, variant: str) -> Document:
    return next(one.document for one in view.comparison.variants if one.id == variant)
