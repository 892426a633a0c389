"""What was read of agent files: their segments, frontmatter, sections and items, as JSON or as a tree for people.

The JSON is a contract (`agentgen.outline/1`): offsets are bytes of the file, also those of a fix; lines are 1-based
lines of the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from agentgen.document.model import Document, ItemKind, Section, SectionKind
from agentgen.findings import Edit, Finding
from agentgen.report.visible import visible
from agentgen.source import encode

SCHEMA = "agentgen.outline/1"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_NOUNS = {ItemKind.NUMBER: "step", ItemKind.CODE: "code block", ItemKind.HTML: "HTML block"}


def outline_json(documents: Iterable[Document]) -> dict[str, object]:
    """All documents as values that JSON can hold; bytes that are not UTF-8 show as U+FFFD."""
    return {"schema": SCHEMA, "documents": [_document(document) for document in documents]}


def outline_text(documents: Iterable[Document]) -> str:
    """All documents as trees: lines, headings, counts of items, and the findings with their fixes."""
    return "\n".join(_tree(document) for document in documents)


# -- JSON ------------------------------------------------------------------------------------------------------


def _document(document: Document) -> dict[str, object]:
    counts = Counter(item.section for item in document.items)
    places = _Bytes(document)
    return {
        "path": _safe(document.source.path),
        "bytes": len(document.source.raw),
        "segments": [[places[segment.span.start], places[segment.span.end]] for segment in document.segments],
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
        "findings": [_finding(found, places) for found in document.findings],
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


class _Bytes:
    """Byte offsets of character offsets, with one pass over the text for many of them."""

    def __init__(self, document: Document) -> None:
        text = document.source.text
        wanted = {segment.span.end for segment in document.segments}
        wanted.update(
            place for found in document.findings for edit in _edits(found) for place in (edit.start, edit.end)
        )
        self._offsets: dict[int, int] | None = None
        if not text.isascii():
            self._offsets = {0: 0}
            previous = total = 0
            for offset in sorted(wanted):
                total += len(encode(text[previous:offset]))
                self._offsets[offset] = total
                previous = offset

    def __getitem__(self, offset: int) -> int:
        return offset if self._offsets is None else self._offsets[offset]


def _edits(found: Finding) -> tuple[Edit, ...]:
    return found.fix.edits if found.fix else ()


def _finding(found: Finding, places: _Bytes) -> dict[str, object]:
    return {
        "code": found.code,
        "severity": found.severity.value,
        "line": found.line,
        "column": found.column,
        "end_line": found.end_line,
        "message": _safe(found.message),
        "fix": _safe(found.fix.message) if found.fix else None,
        "edits": [
            {"start": places[edit.start], "end": places[edit.end], "text": _safe(edit.text)} for edit in _edits(found)
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
    size = f"{_counted(len(document.source.raw), 'byte')}, {_counted(document.source.line_count, 'line')}"
    lines = [f"{document.source.path}  {size}"]
    lines += [f"  {line}" for line in (*_frontmatter_lines(document), *_section_lines(document))]
    for found in document.findings:
        lines += ["", *(f"  {line}" for line in _finding_lines(found))]
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
    kinds: dict[str, Counter[ItemKind]] = {section.id: Counter() for section in document.sections}
    for item in document.items:
        kinds[item.section][item.kind] += 1
    depths: dict[str | None, int] = {None: -1}
    for section in document.sections:
        depth = depths[section.id] = depths[section.parent] + 1
        yield f"{_place(section.line, section.end_line)}  {'  ' * depth}{_title(section)}{_items(kinds[section.id])}"


def _title(section: Section) -> str:
    if section.kind is SectionKind.PREAMBLE:
        return "(before the first heading)"
    heading = section.heading or "(no text)"
    return f"**{heading}**" if section.kind is SectionKind.BOLD else f"{'#' * section.level} {heading}"


def _items(kinds: Mapping[ItemKind, int]) -> str:
    """How many items of which kind, in the order in which the kinds come up."""
    counted = ", ".join(
        _counted(count, _NOUNS.get(kind, kind.value.replace("-", " "))) for kind, count in kinds.items()
    )
    return f"  · {counted}" if counted else ""


def _counted(count: int, noun: str) -> str:
    plural = "es" if noun.endswith("x") else "s"
    return f"{count:,} {noun}{'' if count == 1 else plural}"


def _place(first: int, last: int) -> str:
    return f"{first}-{last}".rjust(9)


def _finding_lines(found: Finding) -> Sequence[str]:
    lines = [f"{found.line}:{found.column} {found.severity.value} {found.code}: {found.message}"]
    if found.fix:
        lines.append(f"    fix: {found.fix.message}")
    return lines
