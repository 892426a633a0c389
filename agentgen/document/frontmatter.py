"""The block at the top of an agent file: where it is, and what it says."""

from __future__ import annotations

import re
from typing import NamedTuple

from agentgen.document.lines import Lines
from agentgen.document.model import Dialect, Field, Frontmatter
from agentgen.findings import Finding, finding
from agentgen.source import BOM, Span

_OPEN = re.compile(r"---[ \t]*$")
_CLOSE = re.compile(r"(?:---|\.\.\.)[ \t]*$")


class Located(NamedTuple):
    """Lines of a block: `[first, end)` with its fences, `[inner, inner_end)` without them."""

    first: int
    inner: int
    inner_end: int
    end: int


def locate(lines: Lines) -> Located | None:
    """The frontmatter block, where there is one."""
    if not lines.texts or not _OPEN.match(lines.texts[0].removeprefix(BOM)):
        return None
    for index in range(1, len(lines.texts)):
        if _CLOSE.match(lines.texts[index]):
            return Located(0, 1, index, index + 1)
    return None


def read_frontmatter(lines: Lines) -> tuple[Frontmatter, list[Finding]]:
    """The frontmatter with its values as meant, and what had to be repaired."""
    place = locate(lines)
    start = len(BOM) if lines.source.text.startswith(BOM) else 0
    if place is None:
        return Frontmatter(Dialect.NONE, Span(start, start), ()), []
    span = Span(start, lines.starts[place.end])
    from agentgen.document.yaml_strict import NotStrictError, read_strict

    base = lines.starts[place.inner]
    text = lines.source.text[base : lines.starts[place.inner_end]]
    try:
        strict = read_strict(text)
    except NotStrictError as error:
        fields = _tolerant(lines, place)
        message = f"strict YAML does not accept this: {error.message}"
        found = finding(lines.source, "frontmatter-not-yaml", min(base + error.offset, span.end), message)
        return Frontmatter(Dialect.REPAIRED, span, fields), [found]
    fields = []
    for index, entry in enumerate(strict):
        end = strict[index + 1].key_start if index + 1 < len(strict) else len(text)
        line = lines.source.line_of(base + entry.key_start)
        whole = Span(base + entry.key_start, base + end)
        fields.append(
            Field(entry.key, entry.value, whole, Span(base + entry.value_start, base + entry.value_end), line)
        )
    return Frontmatter(Dialect.STRICT, span, tuple(fields)), []


def _tolerant(lines: Lines, place: Located) -> tuple[Field, ...]:
    from agentgen.document.yaml_tolerant import read_tolerant

    fields = []
    for entry in read_tolerant(lines.texts[place.inner : place.inner_end]):
        first = place.inner + entry.first
        whole = lines.span(first, place.inner + entry.end)
        value = Span(whole.start + entry.value_column, whole.end)
        fields.append(Field(entry.key, entry.value, whole, value, first + 1))
    return tuple(fields)
