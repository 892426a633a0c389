"""The rows: for each topic the variants' wordings side by side."""

from __future__ import annotations

from collections.abc import Iterator

from agentgen.compare.model import Evidence, Status, Topic
from agentgen.report.detail import Detail, Details
from agentgen.report.enumerate import counted
from agentgen.report.html.markup import Html, join, link, tag
from agentgen.report.html.parts import STATUS_WORDS, Part, chip, topic_anchor
from agentgen.report.html.sayings import Names, sayings
from agentgen.report.summary import Row, Summary

_LOOKS = {
    Status.SAME: "good",
    Status.FORMATTING: "good",
    Status.EDITED: "mild",
    Status.PARTIAL: "mild",
    Status.ONLY: "note",
}


def rows_part(summary: Summary, details: Details) -> Part:
    """Every topic, the most important first; agreed topics and those of one variant are closed."""
    names = Names.of(summary)
    lead = "The most important first. Marked words are those that no other wording in the same line has."
    content = join(_topic(row, details.detail(row.topic), names) for row in summary.by_importance)
    return Part("topics", "Topic by topic", content, len(summary.rows), lead)


def _topic(row: Row, detail: Detail, names: Names) -> Html:
    shut = not row.conflicts and (row.folded or row.topic.status is Status.ONLY)
    head = tag("summary", tag("h3", row.topic.title), _chips(row, names))
    content = tag(
        "div", _why(row.topic, names), sayings(row, detail, names), id=topic_anchor(row.topic.id), class_="body"
    )
    return tag("details", head, content, open=not shut, class_="topic")


def _chips(row: Row, names: Names) -> Iterator[Html]:
    topic = row.topic
    yield chip(_LOOKS[topic.status], STATUS_WORDS[topic.status])
    alone = topic.status is Status.ONLY
    yield chip("plain", topic.sections[0].variant if alone else f"{len(topic.sections)} of {names.variants}")
    if row.conflicts:
        yield chip("bad", counted(len(row.conflicts), "conflict"))
    moved = sum(group.moved for group in topic.items)
    if moved:
        yield chip("plain", f"{moved} moved")


def _why(topic: Topic, names: Names) -> Html:
    also = join((", " if at else None, names.topic(near)) for at, near in enumerate(topic.see_also))
    return tag(
        "p",
        _reasons(topic) if topic.evidence else None,
        join("See also ", also, ". ") if also else None,
        link("matrix", "Back to the matrix", class_="back"),
        class_="why",
    )


def _reasons(topic: Topic) -> str:
    reasons = "; ".join(map(_reason, topic.evidence))
    return f"One row because of {reasons}: {round(100 * topic.confidence)} % sure. "


def _reason(evidence: Evidence) -> str:
    detail = f" ({evidence.detail})" if evidence.detail else ""
    return f"{evidence.kind} {round(100 * evidence.weight)} %{detail}"
