"""Small pieces that several parts of the page use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from agentgen.compare.model import SectionRef, Status
from agentgen.report.html.markup import Child, Html, join, tag, text
from agentgen.report.wording import Stretch


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page: its anchor, title, content (empty: left out), how many things it lists, one line on top."""

    id: str
    title: str
    content: Html
    count: int | None = None
    lead: str = ""


STATUS_WORDS = {
    Status.SAME: "the same",
    Status.FORMATTING: "formatting only",
    Status.EDITED: "in all, worded differently",
    Status.PARTIAL: "not in all",
    Status.ONLY: "only in one",
}


def topic_anchor(topic_id: str) -> str:
    """The anchor of a topic's row."""
    return f"t-{topic_id}"


def conflict_anchor(conflict_id: str) -> str:
    """The anchor of a conflict."""
    return f"c-{conflict_id}"


def chip(kind: str, *children: Child) -> Html:
    """A short label; `kind` names its look in the style sheet."""
    return tag("span", *children, class_=f"chip {kind}")


def line_number(line: int) -> Html:
    """A line as people cite it; the blank does not break."""
    return Html(f"line&nbsp;{line}")


def heading_of(section: SectionRef) -> str:
    """What a section is called; the text before the first heading has no name of its own."""
    return section.heading if section.heading is not None else "(before the first heading)"


def stretches(runs: Iterable[Stretch]) -> Html:
    """A wording with the words marked that none of its companions has."""
    return join(tag("mark", run.text) if run.differs else text(run.text) for run in runs)


def scroller(label: str, table: Html, *, wide: bool) -> Html:
    """A table that may be wider than the page: then it scrolls by itself, by keyboard too."""
    return tag("div", table, class_="scroll", role="region", aria_label=label, tabindex=0) if wide else table
