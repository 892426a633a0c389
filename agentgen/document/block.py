"""A block: a run of lines that is a heading, a list item, a paragraph, or whatever else stands in a body."""

from __future__ import annotations

import re
from enum import StrEnum

from agentgen.document.lines import Lines, dedent, indent_of
from agentgen.source import Span

LIST_MARKER = re.compile(r"[ \t]*(?:([-*+•])|(\d{1,9})[.)])(?:[ \t]+|$)")
"""A list item's marker with the blanks around it: a bullet in group 1 or a number in group 2."""

CHECKBOX = re.compile(r"\[[ xX]\](?:[ \t]|$)")
"""The box that makes a list item a checkbox, right behind the marker."""


NOWHERE = Span(0, 0)


class BlockKind(StrEnum):
    """What a block is."""

    ATX = "atx"
    SETEXT = "setext"
    BOLD = "bold"
    RULE = "rule"
    BULLET = "bullet"
    NUMBER = "number"
    CHECKBOX = "checkbox"
    PARAGRAPH = "paragraph"
    TABLE_HEAD = "table-head"
    TABLE_RULE = "table-rule"
    TABLE_ROW = "table-row"
    CODE = "code"
    QUOTE = "quote"
    HTML = "html"
    DEFINITION = "definition"


class Block:
    """A run of lines `[first, end)`; `span` is set once all lines are known.

    `offset` is the column where a list item's content begins, `level` and `title` belong to headings. `tight` marks an
    ATX heading without a blank behind its `#`, `open_html` a block of HTML that takes in the next line for CommonMark.
    """

    __slots__ = ("depth", "end", "first", "kind", "level", "offset", "open_html", "parent", "span", "tight", "title")

    def __init__(self, kind: BlockKind, first: int, end: int, parent: Block | None = None) -> None:
        self.kind = kind
        self.first = first
        self.end = end
        self.parent = parent
        self.depth: int = parent.depth + 1 if parent else 0
        self.offset = 0
        self.level = 0
        self.title = ""
        self.tight = False
        self.open_html = False
        self.span = NOWHERE


def text_of(lines: Lines, block: Block) -> str:
    """What a block says: without list marker, quote marks and its indentation; lines joined by LF."""
    texts = lines.texts[block.first : block.end]
    if block.kind in (BlockKind.BULLET, BlockKind.NUMBER, BlockKind.CHECKBOX):
        return _item_text(texts, block)
    if block.kind is BlockKind.QUOTE:
        return "\n".join(text.strip().lstrip(">").strip() for text in texts)
    if block.kind is BlockKind.PARAGRAPH:
        return "\n".join(text.strip() for text in texts)
    indent = indent_of(texts[0])
    return "\n".join(dedent(text, indent) for text in texts).rstrip()


def _item_text(texts: list[str], block: Block) -> str:
    match = LIST_MARKER.match(texts[0])
    assert match
    content = texts[0][match.end() :]
    checkbox = CHECKBOX.match(content)
    if checkbox:
        content = content[checkbox.end() :]
    return "\n".join([content.strip(), *(dedent(text, block.offset).rstrip() for text in texts[1:])]).strip()
