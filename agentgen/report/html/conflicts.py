"""The conflicts: who says what about the same thing, with quotes and places."""

from __future__ import annotations

import re
from collections.abc import Mapping

from agentgen.compare.model import Comparison, Conflict, ConflictKind, ConflictMember
from agentgen.report.diff_words import clipped
from agentgen.report.html.markup import Child, Html, join, link, tag
from agentgen.report.html.parts import Part, chip, conflict_anchor, line_number, topic_anchor
from agentgen.report.summary import Summary

_KINDS = {
    ConflictKind.VALUE: "different values",
    ConflictKind.POLARITY: "do against do not",
    ConflictKind.FRONTMATTER: "frontmatter",
}
_VALUE = 160  # characters; a frontmatter value stands in full in its own table
_SURE = 0.995  # from here on a confidence is not worth a word


def conflicts_part(summary: Summary) -> Part:
    """Every conflict; nothing where there is none."""
    conflicts = summary.comparison.conflicts
    if not conflicts:
        return Part("conflicts", "Conflicts", Html())
    topics = _topics(summary.comparison)
    return Part("conflicts", "Conflicts", join(_conflict(conflict, topics) for conflict in conflicts), len(conflicts))


def _conflict(conflict: Conflict, topics: Mapping[tuple[str, int], str]) -> Html:
    sure = None if conflict.confidence >= _SURE else chip("note", f"{round(100 * conflict.confidence)} % sure")
    head = tag(
        "h3",
        conflict.subject,
        " ",
        chip("note", _KINDS[conflict.kind]),
        conflict.note and chip("bad", conflict.note),
        sure,
    )
    of_frontmatter = conflict.kind is ConflictKind.FRONTMATTER
    told = (_key_side(member) if of_frontmatter else _side(member, topics) for member in conflict.members)
    sides = tag("ul", told, class_="sides")
    return tag("article", head, sides, id=conflict_anchor(conflict.id), class_="conflict")


def _side(member: ConflictMember, topics: Mapping[tuple[str, int], str]) -> Html:
    topic = topics.get((member.variant, member.item)) if member.item is not None else None
    value = tag("strong", member.value) if member.value else None
    place = tag("small", line_number(member.line))
    where = join(link(topic_anchor(topic), place)) if topic else place
    return tag("li", tag("b", member.variant), value, tag("blockquote", _quote(member)), where)


def _key_side(member: ConflictMember) -> Html:
    """A side of a conflict between frontmatter values, without the quote: the frontmatter's own table has it."""
    place = link("frontmatter", tag("small", line_number(member.line)))
    return tag("li", tag("b", member.variant), tag("strong", clipped(member.value, _VALUE)), place)


def _quote(member: ConflictMember) -> Child:
    """The quote with the value marked where it stands in it word for word."""
    match = re.search(re.escape(member.value), member.text, re.IGNORECASE) if member.value else None
    if match is None or match.group() == member.text:
        return member.text
    return member.text[: match.start()], tag("mark", match.group()), member.text[match.end() :]


def _topics(comparison: Comparison) -> dict[tuple[str, int], str]:
    return {
        (member.variant, member.index): topic.id
        for topic in comparison.topics
        for group in topic.items
        for member in group.members
    }
