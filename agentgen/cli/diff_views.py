"""The views of a comparison by the name of their format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from agentgen.cli.screen import Screen
from agentgen.compare.model import Comparison, Topic
from agentgen.errors import Problem, UserError
from agentgen.report.focus import Focus
from agentgen.report.json_text import json_text
from agentgen.report.summary import summarize


class Detail(NamedTuple):
    """How much of a comparison the text shows."""

    topic: str | None = None
    stat: bool = False
    focus: Focus | None = None
    explain: bool = False


def is_same(comparison: Comparison) -> bool:
    """Whether nothing differs but formatting."""
    return summarize(comparison).verdict.same


def view(comparison: Comparison, form: str, detail: Detail, screen: Screen) -> str:
    """The comparison as `text`, `markdown`, `html` or `json`; the last three show everything.

    Raises:
        UserError: the detail asked for is for the text alone.
    """
    if form != "text" and detail != Detail():
        hint = "leave --topic, --stat, --only and --explain out, or --format"
        raise UserError(Problem(f"--format {form} always shows everything", hint=hint))
    if form == "json":
        from agentgen.report.comparison_json import comparison_json

        return json_text(comparison_json(comparison))
    if form == "html":
        from agentgen.report.html import comparison_html

        return comparison_html(comparison)
    if form == "markdown":
        from agentgen.report.diff_markdown import diff_markdown

        return diff_markdown(comparison)
    return _text(comparison, detail, screen)


def view_review(comparison: Comparison, old: str, new: str, form: str, screen: Screen) -> str:
    """What changed from the variant `old` to `new`."""
    from agentgen.report.review import review

    changed = review(comparison, old, new)
    if form == "json":
        from agentgen.report.review_json import review_json

        return json_text(review_json(changed))
    if form == "markdown":
        from agentgen.report.review_markdown import review_markdown

        return review_markdown(changed)
    if form == "html":
        from agentgen.report.html import comparison_html

        return comparison_html(comparison, review=changed)
    from agentgen.report.review_text import review_text

    return review_text(changed, width=screen.width, colour=screen.colour)


def _text(comparison: Comparison, detail: Detail, screen: Screen) -> str:
    from agentgen.report.diff_text import diff_text
    from agentgen.report.diff_topic import topic_text

    width, colour = screen.width, screen.colour
    if detail.topic is not None:
        topic = _find(comparison, detail.topic)
        return topic_text(comparison, topic, width=width, colour=colour, explain=detail.explain)
    return diff_text(
        comparison, width=width, colour=colour, stat=detail.stat, focus=detail.focus, explain=detail.explain
    )


def _find(comparison: Comparison, name: str) -> Topic:
    """The topic of that id or title; a part of either is enough where it is clear."""
    wanted = name.lower()
    for matches in (
        [topic for topic in comparison.topics if wanted in (topic.id, topic.title.lower())],
        [topic for topic in comparison.topics if topic.id.startswith(wanted) or topic.title.lower().startswith(wanted)],
        [topic for topic in comparison.topics if wanted in topic.title.lower()],
    ):
        if len(matches) == 1:
            return matches[0]
        if matches:
            raise UserError(Problem(f"{name!r} could be several topics", hint=_ids(matches)))
    raise UserError(Problem(f"no topic {name!r}", hint=_ids(comparison.topics)))


def _ids(topics: Sequence[Topic]) -> str:
    return "there are: " + ", ".join(topic.id for topic in topics)
