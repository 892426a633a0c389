"""One question of a session on the terminal: what each variant says, side by side, and the keys that decide.

decision 3 of 42 · conflict · p95 latency
1:53  keep p95 latency under 100 ms
2:41  keep p95 latency under 50 ms
1 left   2 right   u both stay   e edit   s skip   q quit, go on later
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import RenderableType
from rich.text import Text

from agentgen.compare.model import Conflict, SectionRef
from agentgen.merge.conflicts import decision_for, holding_variant
from agentgen.merge.questions import Kind, Question, row_of
from agentgen.merge.session import Session, View
from agentgen.profile.recipe import KeyMode, TopicDecision
from agentgen.report.detail import Details
from agentgen.report.diff_topic import marked, stacked, statements
from agentgen.report.diff_words import ABSENT, clipped
from agentgen.report.terminal import QUIET, one_line, paint, shown
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


@dataclass(frozen=True, slots=True)
class QuestionText:
    """The parts of a screen: head and foot always stand there, the body may need several pages."""

    head: str
    body: str
    foot: str


def question_text(view: View, *, width: int = 100, colour: bool = False) -> QuestionText:
    """The screen of a question, `width` columns at most; no control character of a file gets into it."""
    names = {name: str(place) for place, name in enumerate(view.session.start.precedence, 1)}
    parts = (_head(view, width), _body(view, names, width), _foot(view, width))
    return QuestionText(*(paint(part, width=width, colour=colour) for part in parts))


def _head(view: View, width: int) -> Iterator[RenderableType]:
    session, question = view.session, view.question
    place = sum(one.id in session.answers for one in session.asked) + 1
    count = f"decision {place} of {len(session.asked)} · {_ABOUT[question.kind]} · "
    yield Text(count, QUIET).append_text(one_line(clipped(question.subject, width - len(count)), "bold"))
    yield one_line(clipped(f"as it stands: {_standing(session, question)}", width), QUIET)
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
    kind, _, name = view.question.id.partition("/")
    session = view.session
    if kind == "keys":
        yield from _key(session, view.question, names)
    elif kind == "conflicts":
        yield from _conflict(next(one for one in session.comparison.conflicts if one.id == name), names, session)
    elif kind == "alone":
        yield from (line for topic in _topics(session, view.question) for line in _summary(session, topic, width))
    else:
        yield from _topic(session, _topics(session, view.question)[0], names, width)


def _called(variant: str, names: Mapping[str, str]) -> str:
    return f"{names[variant]} {visible(clipped(variant, 24))}"


# -- keys and conflicts ------------------------------------------------------------------------------------------


def _key(session: Session, question: Question, names: Mapping[str, str]) -> Iterator[RenderableType]:
    """Each variant's value, the words marked that not all have."""
    variants = {variant.id: variant for variant in session.comparison.variants}
    having = [name for name in question.variants if question.subject in variants[name].fields]
    texts = side_by_side([show_value(variants[name].fields[question.subject]) for name in having])
    values = {name: marked(stretches) for name, stretches in zip(having, texts, strict=True)}
    absent = Text(ABSENT.get(question.subject, "not given"), QUIET)
    yield stacked([(_called(name, names), values.get(name, absent)) for name in question.variants])


def _conflict(conflict: Conflict, names: Mapping[str, str], session: Session) -> Iterator[RenderableType]:
    """Each side's statement with its place; one word where they differ in a word."""
    values = side_by_side([side.text for side in conflict.members])
    for side, stretches in zip(conflict.members, values, strict=True):
        place = Text(f"{names[side.variant]} ", "bold").append_text(one_line(side.variant, "bold"))
        yield place.append(f"  line {side.line}{_under(side.variant, side.item, session)}  ", QUIET)
        yield stacked([(" ", marked(stretches))])
        yield stacked([("=", one_line(side.value, QUIET))]) if side.value else ""
        yield ""


def _under(variant: str, item: int | None, session: Session) -> str:
    """The heading that a statement stands under."""
    document = next(one.document for one in session.comparison.variants if one.id == variant)
    heading = document.section(document.items[item].section).heading if item is not None else None
    return f', under "{one_line(clipped(heading, 40)).plain}"' if heading else ""


# -- topics ------------------------------------------------------------------------------------------------------


def _topics(session: Session, question: Question) -> list[TopicDecision]:
    wanted = question.topics or (question.id.partition("/")[2],)
    return [topic for topic in session.start.topics if topic.id in wanted]


def _topic(session: Session, topic: TopicDecision, names: Mapping[str, str], width: int) -> Iterator[RenderableType]:
    row = row_of(session.comparison, topic)
    if row is None:
        return
    sections = {section.variant: section for section in row.sections}
    order = [sections[name] for name in names if name in sections]
    yield stacked([(_called(one.variant, names), _place(one)) for one in order])
    yield from statements(Details.of(session.comparison).detail(row), names, width)


def _place(section: SectionRef) -> Text:
    heading = one_line(section.heading or "(before the first heading)")
    return heading.append(f"  line {section.line}", QUIET)


def _summary(session: Session, topic: TopicDecision, width: int) -> Iterator[RenderableType]:
    """One topic of a group: its heading, how much it says, and how it begins."""
    ((name, section_id),) = topic.sections.items()
    document = next(variant.document for variant in session.comparison.variants if variant.id == name)
    items = document.items_of(section_id)
    heading = document.section(section_id).heading
    title = one_line(clipped(heading or topic.id, 60), "bold")
    count = "1 statement" if len(items) == 1 else f"{len(items)} statements"
    start = title.append(f"  line {document.section(section_id).line}, {count}  ", QUIET)
    room = width - start.cell_len
    yield start.append_text(shown(clipped(items[0].text, room))) if items and room > 20 else start


# -- what holds without an answer --------------------------------------------------------------------------------


def _standing(session: Session, question: Question) -> str:
    kind, _, name = question.id.partition("/")
    recipe = session.start
    if kind == "keys":
        decision = next(one for one in recipe.keys if one.key == name)
        mode = "written in the recipe" if decision.mode is KeyMode.VALUE else decision.mode.value
        return f"{mode} {', '.join(decision.variants)}"
    if kind == "conflicts":
        conflict = next(one for one in session.comparison.conflicts if one.id == name)
        holding = holding_variant(decision_for(conflict, recipe), recipe.precedence, question.variants)
        return f"open, the side of {holding} holds"
    topics = _topics(session, question)
    return _taking(topics[0]) if kind == "topics" else f"{_count(topics)} taken from {question.subject}"


def _taking(topic: TopicDecision) -> str:
    if topic.drop or not topic.take:
        return "left out"
    if topic.mine is not None:
        return "written in the recipe"
    return f"{'the union of' if len(topic.take) > 1 else 'taken from'} {', '.join(topic.take)}"


def _count(topics: Sequence[TopicDecision]) -> str:
    taken = sum(not topic.drop for topic in topics)
    return f"{taken} of {len(topics)} topics"
