"""Values that strict YAML accepts but reads otherwise than their author wrote them."""

from __future__ import annotations

from agentgen.document.frontmatter_place import Place
from agentgen.document.frontmatter_repair import quoted
from agentgen.document.keys import KNOWN_KEYS, PROSE_KEYS
from agentgen.document.lines import Lines
from agentgen.document.scalars import with_line_breaks
from agentgen.document.yaml_tolerant import Entry
from agentgen.findings import Finding, Fix, finding


def lost_its_text(lines: Lines, place: Place, entry: Entry, following: Entry) -> bool:
    """Whether the text of a `|` block begins at the left edge, so that YAML takes its first words for keys."""
    head = lines.texts[place.inner + entry.first][entry.column :]
    is_empty_block = entry.value == "" and head[:1] in ("|", ">")
    return is_empty_block and entry.key in PROSE_KEYS and following.key not in KNOWN_KEYS


def as_meant(lines: Lines, place: Place, entry: Entry, found: list[Finding]) -> Entry:
    """A strict value that does not say what its author wrote: `\\n` in a plain text, text behind ` #`."""
    if entry.key not in PROSE_KEYS or not isinstance(entry.value, str):
        return entry
    first = place.inner + entry.first
    line = lines.texts[first]
    head = line[entry.column :].rstrip()
    if head[:1] in ('"', "|", ">", ""):
        return entry
    meant = entry
    if entry.end == entry.first + 1 and _cut_at_hash(entry.value, head):
        meant = entry._replace(value=with_line_breaks(head))
        message = f"`{entry.key}` is cut off at ` #`, which begins a comment in YAML"
        code, offset = "frontmatter-value-needs-quotes", lines.starts[first] + entry.column + len(entry.value)
    elif with_line_breaks(entry.value) != entry.value:
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
