"""What a document says, one statement a line: for tools that compare lines.

Two files that differ in formatting alone give the same text. Characters that cannot be seen show as labels.
"""

from __future__ import annotations

from collections.abc import Iterator

from agentgen.document.model import Document, Field, Item, ItemKind
from agentgen.report.values import show_value
from agentgen.report.visible import visible
from agentgen.source import split_lines

_MARKS = {ItemKind.BULLET: "- ", ItemKind.NUMBER: "1. ", ItemKind.CHECKBOX: "- ", ItemKind.QUOTE: "> "}


def plain_text(document: Document) -> str:
    """The frontmatter with a line for each entry of a list, then the sections with their statements."""
    lines = [line for field in document.frontmatter.fields for line in _field(field)]
    lines += [""] * bool(lines)
    for section in document.sections:
        if section.heading is not None:
            lines += ["", f"{'#' * section.level} {section.heading}", ""]
        for item in document.items_of(section.id):
            lines += _item(item)
    return "".join(f"{visible(line)}\n" for line in lines)


def _field(field: Field) -> Iterator[str]:
    if isinstance(field.value, (list, tuple)):
        yield f"{field.key}:"
        yield from (f"  - {show_value(entry)}" for entry in field.value)
    elif isinstance(field.value, str):
        yield f"{field.key}: {' '.join(field.value.split())}"
    else:
        yield f"{field.key}: {show_value(field.value)}"


def _item(item: Item) -> Iterator[str]:
    indent = "  " * item.depth
    if item.kind is ItemKind.CODE:
        yield from (indent + line.rstrip() for line in split_lines(item.text))
    else:
        yield f"{indent}{_MARKS.get(item.kind, '')}{' '.join(item.text.split())}"
