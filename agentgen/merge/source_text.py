"""A section's text just as its variant has it, with LF line ends."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice, takewhile

from agentgen.compare.model import Variant
from agentgen.document.model import Section, SegmentKind
from agentgen.merge.write import Line
from agentgen.profile.body import AT_END, BETWEEN, BLANK_LINE, default_heading, split_edges
from agentgen.profile.model import Layout
from agentgen.source import Source, Span, split_lines, to_lf

PREAMBLE_LEVEL = 0


def source_lines(source: Source, span: Span, variant: str) -> list[Line]:
    """The lines of a span, each with its place. The span starts at the beginning of a line."""
    first = source.line_of(span.start)
    texts = split_lines(to_lf(source.slice(span)))
    return [Line(text.rstrip("\n"), variant, first + index) for index, text in enumerate(texts)]


def body_lines(variant: Variant, section: Section, *, with_rules: bool) -> list[Line]:
    """A section's own text without blank lines (and thematic breaks, unless `with_rules`) at its edges."""
    source = variant.document.source
    span = Span(section.heading_span.end, section.span.end)
    lines = source_lines(source, span, variant.id)
    rules = set() if with_rules else _rule_lines(variant, span)
    while lines and _is_edge(lines[0], rules):
        del lines[0]
    while lines and _is_edge(lines[-1], rules):
        del lines[-1]
    return lines


def own_text(variant: Variant, section: Section) -> str:
    """A section's own text without its heading and the blank lines at its edges."""
    return "\n".join(line.text for line in body_lines(variant, section, with_rules=True))


def heading_text(variant: Variant, section: Section) -> str:
    """The heading line(s) as written, without the last line end."""
    return to_lf(variant.document.source.slice(section.heading_span)).removesuffix("\n")


def section_layout(variant: Variant, section: Section, *, level: int, followed: bool) -> Layout:
    """What must be stored so that the section is written just as the variant has it."""
    heading = heading_text(variant, section)
    whole = to_lf(variant.document.source.slice(section.span))
    rest = whole.removeprefix(heading)
    below, body, after = split_edges(rest.removeprefix("\n"))
    default_after = BETWEEN if followed else AT_END
    if not body:
        after = rest
    return Layout(
        heading=None if heading == default_heading(section.heading or "", section.level) else heading,
        level=None if section.level == level else section.level,
        below=None if not body or below == BLANK_LINE else below,
        after=None if after == default_after else after,
    )


def role_layout(variant: Variant) -> tuple[list[Line], Layout]:
    """The text before the first heading, and how it is written."""
    document = variant.document
    headed = [section for section in document.sections if section.level > PREAMBLE_LEVEL]
    end = headed[0].span.start if headed else len(document.source.text)
    span = Span(document.body.start, max(end, document.body.start))
    text = to_lf(document.source.slice(span))
    if not text.strip():  # blanks of any script are no section of the document, and no role
        return [], Layout(below=None if text == BLANK_LINE else text)
    below, body, after = split_edges(text)
    first = document.source.line_of(span.start) + below.count("\n")
    lines = [Line(text, variant.id, first + index) for index, text in enumerate(body.split("\n"))]
    default_after = BETWEEN if headed else AT_END
    return lines, Layout(below=None if below == BLANK_LINE else below, after=None if after == default_after else after)


def _is_edge(line: Line, rules: set[int]) -> bool:
    return not line.text.strip(" \t\f\v") or line.source_line in rules


def _rule_lines(variant: Variant, span: Span) -> set[int]:
    """The lines of a span that are thematic breaks; segments stand in the order of the text."""
    segments, source = variant.document.segments, variant.document.source
    first = bisect_left(segments, span.start, key=lambda segment: segment.span.start)
    within = takewhile(lambda segment: segment.span.start < span.end, islice(segments, first, None))
    return {source.line_of(segment.span.start) for segment in within if segment.kind is SegmentKind.RULE}
