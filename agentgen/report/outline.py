"""What was read of agent files: their segments, frontmatter, sections and items, as JSON or as a tree for people.

The JSON is a contract (`agentgen.outline/1`): offsets are bytes of the file, lines are 1-based lines of the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from agentgen.document.model import Document, Section, SectionKind
from agentgen.findings import Finding
from agentgen.report.visible import visible
from agentgen.source import Source, encode

SCHEMA = "agentgen.outline/1"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_SHOWN_WIDTH = 100


def outline_json(documents: Iterable[Document]) -> dict[str, object]:
    """All documents as values that JSON can hold; bytes that are not UTF-8 show as U+FFFD."""
    return {"schema": SCHEMA, "documents": [_document(document) for document in documents]}


def outline_text(documents: Iterable[Document]) -> str:
    """All documents as trees: lines, headings, counts of items, and the findings with their fixes."""
    return "\n".join(_tree(document) for document in documents)


# -- JSON ------------------------------------------------------------------------------------------------------


def _document(document: Document) -> dict[str, object]:
    counts = Counter(item.section for item in document.items)
    return {
        "path": _safe(document.source.path),
        "bytes": len(document.source.raw),
        "segments": _byte_segments(document),
        "frontmatter": {"dialect": document.frontmatter.dialect.value, "fields": _safe(document.frontmatter.values)},
        "sections": [_section(section, counts[section.id]) for section in document.sections],
        "items": [
            {
                "section": item.section,
                "kind": item.kind.value,
                "line": item.line,
                "end_line": item.end_line,
                "text": _safe(item.text),
            }
            for item in document.items
        ],
        "findings": [_finding(document.source, found) for found in document.findings],
    }


def _section(section: Section, items: int) -> dict[str, object]:
    return {
        "id": section.id,
        "heading": _safe(section.heading),
        "level": section.level,
        "kind": section.kind.value,
        "line": section.line,
        "end_line": section.end_line,
        "parent": section.parent,
        "items": items,
    }


def _byte_segments(document: Document) -> list[list[int]]:
    text = document.source.text
    if text.isascii():
        return [[segment.span.start, segment.span.end] for segment in document.segments]
    ends = [0]
    for segment in document.segments:
        ends.append(ends[-1] + len(encode(text[segment.span.start : segment.span.end])))
    return [[*pair] for pair in pairwise(ends)]


def _finding(source: Source, found: Finding) -> dict[str, object]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "line": found.line,
        "column": found.column,
        "end_line": found.end_line,
        "message": _safe(found.message),
        "fix": _safe(found.fix.message) if found.fix else None,
        "edits": [
            {"start": source.byte_offset(edit.start), "end": source.byte_offset(edit.end), "text": _safe(edit.text)}
            for edit in (found.fix.edits if found.fix else ())
        ],
    }


def _safe(value: object) -> object:
    """A value as JSON can hold it."""
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {str(_safe(str(key))): _safe(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_safe(entry) for entry in value]
    return value


# -- text ------------------------------------------------------------------------------------------------------


def _tree(document: Document) -> str:
    lines = [f"{document.source.path}  {len(document.source.raw):,} bytes, {document.source.line_count} lines"]
    lines += [f"  {line}" for line in (*_frontmatter_lines(document), *_section_lines(document))]
    lines += [f"  {line}" for found in document.findings for line in _finding_lines(found)]
    return visible("\n".join(lines)) + "\n"


def _frontmatter_lines(document: Document) -> Iterator[str]:
    frontmatter = document.frontmatter
    if not len(frontmatter.span):
        yield "no frontmatter"
        return
    first = document.source.line_of(frontmatter.span.start)
    last = document.source.line_of(frontmatter.span.end - 1)
    keys = ", ".join(field.key for field in frontmatter.fields) or "no keys"
    yield f"{_place(first, last)}  frontmatter, {frontmatter.dialect.value}: {keys}"


def _section_lines(document: Document) -> Iterator[str]:
    counts = Counter(item.section for item in document.items)
    depths: dict[str | None, int] = {None: -1}
    for section in document.sections:
        depth = depths[section.id] = depths[section.parent] + 1
        yield f"{_place(section.line, section.end_line)}  {'  ' * depth}{_title(section)}{_count(counts[section.id])}"


def _title(section: Section) -> str:
    if section.kind is SectionKind.PREAMBLE:
        return "(before the first heading)"
    heading = section.heading or "(no text)"
    return f"**{heading}**" if section.kind is SectionKind.BOLD else f"{'#' * section.level} {heading}"


def _count(items: int) -> str:
    return "" if not items else f"  · {items} item{'s' if items > 1 else ''}"


def _place(first: int, last: int) -> str:
    return f"{first}-{last}".rjust(9)


def _finding_lines(found: Finding) -> Sequence[str]:
    lines = ["", f"{found.line}:{found.column} {found.severity.value} {found.code}: {found.message}"]
    if found.fix:
        lines.append(f"    fix: {found.fix.message}")
    return lines
