"""The block at the top of an agent file: what it says, and what had to be repaired to read it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from agentgen.document.frontmatter_place import Place, locate, locate_keys
from agentgen.document.frontmatter_repair import entry_span, misplaced, quoted, repaired
from agentgen.document.keys import KNOWN_KEYS, PROSE_KEYS
from agentgen.document.lines import Lines, is_blank
from agentgen.document.model import Dialect, Field, Frontmatter
from agentgen.document.scalars import holds_written_breaks, with_line_breaks
from agentgen.document.yaml_strict import NotStrictError, StrictField, read_strict
from agentgen.document.yaml_tolerant import Entry, read_tolerant
from agentgen.findings import Finding, Fix, finding
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
    base = lines.starts[place.inner]
    text = lines.source.text[base : lines.starts[place.inner_end]]
    if len(text) > MAX_LENGTH:
        raise NotStrictError(f"more than {MAX_LENGTH} characters", 0, refused=True)
    fields = read_strict(text)
    if not fields and text.strip():
        return _none(lines), []  # rules around comments: a title between two lines, not a frontmatter
    entries = [_entry_of(lines, place, fields, index) for index in range(len(fields))]
    if any(_lost_its_text(lines, place, *pair) for pair in pairwise(entries)):
        raise NotStrictError("a text that begins at the left edge", 0)
    found: list[Finding] = []
    meant = [_as_meant(lines, place, entry, found) for entry in entries]
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
    return Entry(field.key, field.value, first - place.inner, last + 1 - place.inner, max(column, 0), None)


def _lost_its_text(lines: Lines, place: Place, entry: Entry, following: Entry) -> bool:
    """Whether the text of a `|` block begins at the left edge, so that YAML takes its first words for keys."""
    head = lines.texts[place.inner + entry.first][entry.column :]
    is_empty_block = entry.value == "" and head[:1] in ("|", ">")
    return is_empty_block and entry.key in PROSE_KEYS and following.key not in KNOWN_KEYS


def _as_meant(lines: Lines, place: Place, entry: Entry, found: list[Finding]) -> Entry:
    """A strict value that does not say what its author wrote: `\\n` in a plain text, text behind ` #`."""
    if entry.key not in PROSE_KEYS or not isinstance(entry.value, str):
        return entry
    first = place.inner + entry.first
    line = lines.texts[first]
    head = line[entry.column :].rstrip()
    if head[:1] in ('"', "|", ">", ""):
        return entry
    meant = entry
    if entry.end == entry.first + 1 and head[:1] != "'" and _cut_at_hash(entry.value, head):
        meant = entry._replace(value=with_line_breaks(head))
        message = f"`{entry.key}` is cut off at ` #`, which begins a comment in YAML"
        code, offset = "frontmatter-value-needs-quotes", lines.starts[first] + entry.column + len(entry.value)
    elif holds_written_breaks(entry.value):
        meant = entry._replace(value=with_line_breaks(entry.value).strip())
        message = f"`{entry.key}` holds `\\n` as two characters; it is read with line breaks"
        code, offset = "frontmatter-backslash-n", lines.starts[first] + max(line.find("\\n"), 0)
    if meant is not entry:
        edit = quoted(lines, first, place.inner + entry.end, meant)
        fix = Fix(f"write `{entry.key}` in double quotes", (edit,))
        found.append(finding(lines.source, code, offset, message, fix=fix))
    return meant


def _cut_at_hash(value: str, head: str) -> bool:
    """Whether a parser drops words behind ` #`: `#12` or `#tag`, where a comment would have a blank."""
    rest = head[len(value) :].lstrip() if head.startswith(value) else ""
    return rest.startswith("#") and len(rest) > 1 and rest[1] not in " \t#"


# -- tolerant --------------------------------------------------------------------------------------------------


def _tolerant(lines: Lines, place: Place, error: NotStrictError) -> tuple[Frontmatter, list[Finding]]:
    base = lines.starts[place.inner]
    start = min(base + error.offset, lines.starts[place.inner_end])
    if lines.starts[place.inner_end] - base > MAX_LENGTH:
        found = [
            finding(lines.source, "frontmatter-unsafe-yaml", base, f"the frontmatter is not read: {error.message}")
        ]
        return Frontmatter(Dialect.REPAIRED, _span(lines, place), ()), found
    entries = read_tolerant(lines.texts[place.inner : place.inner_end])
    if not entries and place.flaw is None:
        return _none(lines), []
    found = [repaired(lines, place, entry) for entry in entries if entry.error]
    if error.refused:
        found = [each for each in found if each.code == "frontmatter-unsafe-yaml"]
        message = f"this is not followed: {error.message}"
        found = found or [finding(lines.source, "frontmatter-unsafe-yaml", start, message)]
    elif not found:
        message = f"strict YAML does not accept this: {error.message}"
        found = [finding(lines.source, "frontmatter-not-yaml", start, message)]
    extra: list[Finding] = []
    meant = [entry if entry.error else _as_meant(lines, place, entry, extra) for entry in entries]
    return _report(lines, place, meant, [*found, *extra])
