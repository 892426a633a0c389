"""The block at the top of an agent file: what it says, and what had to be repaired to read it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agentgen.document.frontmatter_meant import as_meant, lost_its_text
from agentgen.document.frontmatter_place import Place, locate, locate_keys
from agentgen.document.frontmatter_repair import entry_span, misplaced, repaired, rewritten
from agentgen.document.lines import Lines, is_blank
from agentgen.document.model import Dialect, Field, Frontmatter
from agentgen.document.yaml_strict import NotStrictError, StrictField, read_strict
from agentgen.document.yaml_tolerant import Entry, read_tolerant
from agentgen.findings import Edit, Finding, Fix, finding, splice
from agentgen.source import Span

MAX_LENGTH = 512 * 1024
"""Characters of a block; a larger one is not read at all."""


def read_frontmatter(lines: Lines) -> tuple[Frontmatter, list[Finding]]:
    """The frontmatter with its values as meant, and what had to be repaired. `span` is empty where there is none."""
    place = locate(lines)
    if place is None:
        return _none(lines), []
    try:
        return _strict(lines, place)
    except NotStrictError as error:
        if place.flaw is None:
            place = locate_keys(lines, place) or place
        if place.flaw is None:
            return _tolerant(lines, place, error)
    try:
        return _strict(lines, place)
    except NotStrictError as error:
        return _tolerant(lines, place, error)


def _none(lines: Lines) -> Frontmatter:
    start = lines.starts[0]
    return Frontmatter(Dialect.NONE, Span(start, start), ())


def _span(lines: Lines, place: Place) -> Span:
    return lines.span(place.first, place.end)


def _report(
    lines: Lines, place: Place, entries: Sequence[Entry], found: list[Finding]
) -> tuple[Frontmatter, list[Finding]]:
    fields = []
    for entry in entries:
        whole, value = entry_span(lines, place, entry)
        fields.append(Field(entry.key, entry.value, whole, value, place.inner + entry.first + 1))
    found = [*misplaced(lines, place), *found, *_duplicates(lines, fields)]
    meant_otherwise = any(each.code != "frontmatter-duplicate-key" for each in found)
    dialect = Dialect.REPAIRED if meant_otherwise else Dialect.STRICT
    return Frontmatter(dialect, _span(lines, place), tuple(fields)), found


def _duplicates(lines: Lines, fields: Sequence[Field]) -> list[Finding]:
    seen: dict[str, Field] = {}
    found = []
    for field in fields:
        if field.key in seen:
            message = f"`{field.key}` stands on line {seen[field.key].line} already; this one counts"
            found.append(finding(lines.source, "frontmatter-duplicate-key", field.span.start, message))
        seen[field.key] = field
    return found


# -- strict ----------------------------------------------------------------------------------------------------


def _strict(lines: Lines, place: Place) -> tuple[Frontmatter, list[Finding]]:
    text = _inner(lines, place)
    if len(text) > MAX_LENGTH:
        raise NotStrictError(f"more than {MAX_LENGTH} characters", 0, refused=True)
    fields = read_strict(text)
    if not fields and text.strip():
        return _none(lines), []  # rules around comments: a title between two lines, not a frontmatter
    entries = [_entry_of(lines, place, fields, index) for index in range(len(fields))]
    if any(lost_its_text(lines, place, *pair) for pair in pairwise(entries)):
        raise NotStrictError("a text that begins at the left edge", 0)
    found: list[Finding] = []
    meant = [as_meant(lines, place, entry, found) for entry in entries]
    return _report(lines, place, meant, found)


def _entry_of(lines: Lines, place: Place, fields: Sequence[StrictField], index: int) -> Entry:
    """The lines of a strict field: from its key to the last line of its value."""
    base = lines.starts[place.inner]
    field = fields[index]
    first = lines.line_of(base + field.key_start)
    following = base + fields[index + 1].key_start if index + 1 < len(fields) else lines.starts[place.inner_end]
    last = lines.line_of(max(min(base + field.value_end, following) - 1, base + field.value_start))
    while last > first and (is_blank(lines.texts[last]) or lines.texts[last].startswith("#")):
        last -= 1
    column = base + field.value_start - lines.starts[first]
    length = field.value_end - field.value_start
    return Entry(field.key, field.value, first - place.inner, last + 1 - place.inner, max(column, 0), None, length)


# -- tolerant --------------------------------------------------------------------------------------------------


def _tolerant(lines: Lines, place: Place, error: NotStrictError) -> tuple[Frontmatter, list[Finding]]:
    start = min(lines.starts[place.inner] + error.offset, lines.starts[place.inner_end])
    if len(_inner(lines, place)) > MAX_LENGTH:
        message = f"the frontmatter is not read: {error.message}"
        found = [finding(lines.source, "frontmatter-unsafe-yaml", lines.starts[place.inner], message)]
        return Frontmatter(Dialect.REPAIRED, _span(lines, place), ()), found
    entries = read_tolerant(lines.texts[place.inner : place.inner_end])
    if not entries and place.flaw is None:
        return _none(lines), []
    found = [repaired(lines, place, entry) for entry in entries if entry.error]
    if error.refused:
        found = [each for each in found if each.code == "frontmatter-unsafe-yaml"]
        message = f"this is not followed: {error.message}"
        found = found or [finding(lines.source, "frontmatter-unsafe-yaml", start, message)]
        return _report(lines, place, entries, found)
    extra: list[Finding] = []
    meant = [entry if entry.error else as_meant(lines, place, entry, extra) for entry in entries]
    return _report(lines, place, meant, _checked(lines, place, meant, [*found, *extra], error, start))


def _checked(
    lines: Lines, place: Place, entries: Sequence[Entry], found: list[Finding], error: NotStrictError, start: int
) -> list[Finding]:
    """The findings, once their fixes are proven to give the same meaning; else all with one fix for the whole block."""
    base = lines.starts[place.inner]
    edits = [edit for each in found if each.fix for edit in each.fix.edits]
    mended = splice(_inner(lines, place), [Edit(edit.start - base, edit.end - base, edit.text) for edit in edits])
    try:
        proven = [(field.key, field.value) for field in read_strict(mended)] == [(e.key, e.value) for e in entries]
    except NotStrictError:
        proven = False
    if proven:
        return found
    whole = Fix("write the keys anew, one line each", (rewritten(lines, place, entries),))
    message = f"strict YAML does not accept this: {error.message}"
    found = found or [finding(lines.source, "frontmatter-not-yaml", start, message)]
    return [each._replace(fix=whole) for each in found]


def _inner(lines: Lines, place: Place) -> str:
    return lines.source.text[lines.starts[place.inner] : lines.starts[place.inner_end]]
