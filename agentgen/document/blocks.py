"""The body as a flat list of blocks: headings, list items, paragraphs, tables, code and the rest.

One pass over the lines, one stack of open list items, no recursion: the work is linear in the size of the file however
deep or odd it is. A line that is not blank belongs to exactly one block.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from agentgen.document import headings
from agentgen.document.block import CHECKBOX, LIST_MARKER, Block, BlockKind
from agentgen.document.fences import CodeBlock
from agentgen.document.keys import is_known
from agentgen.document.lines import TAB_WIDTH, Lines, indent_of, is_blank


class _OpenItem(NamedTuple):
    block: Block
    indent: int
    offset: int


_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$")
_SETEXT = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_DEFINITION = re.compile(r" {0,3}\[[^\[\]]+\]:[ \t]*\S")
_TAG = re.compile(r"[ \t]*</?[A-Za-z][A-Za-z0-9_.:-]*(?:[ \t][^<>]*)?/?>")
_TAG_ONLY = re.compile(r"[ \t]*</?[A-Za-z][A-Za-z0-9_.:-]*(?:[ \t][^<>]*)?/?>[ \t]*$")
_COMMONMARK_TAG = re.compile(r" {0,3}</?[A-Za-z][A-Za-z0-9-]*(?:[ \t][^<>]*)?/?>[ \t]*$")
_RAW_HTML = (
    (re.compile(r"[ \t]*<!--"), "-->"),
    (re.compile(r"[ \t]*<\?"), "?>"),
    (re.compile(r"[ \t]*<!\[CDATA\["), "]]>"),
    (re.compile(r"[ \t]*<(?:pre|script|style|textarea)(?:[ \t>]|$)", re.I), "</"),
)


def read_blocks(lines: Lines, first: int, code: list[CodeBlock]) -> list[Block]:
    """The blocks from line `first` on, in file order."""
    reader = _Reader(lines, code)
    index = first
    count = len(lines.texts)
    while index < count:
        index = reader.take(index)
    for block in reader.blocks:
        block.span = lines.span(block.first, block.end)
    return reader.blocks


def _content_offset(marker: str) -> int:
    """The column behind a marker and its blanks; where these are more than four, the column behind one of them."""
    if "\t" in marker:
        marker = marker.expandtabs(TAB_WIDTH)
    bare = len(marker.rstrip())
    return len(marker) if len(marker) - bare <= TAB_WIDTH else bare + 1


class _Reader:
    """The state of the pass: open list items, and the paragraph that the next line may continue."""

    def __init__(self, lines: Lines, code: list[CodeBlock]) -> None:
        self._lines = lines
        self._texts = lines.texts
        self._code = {block.open.line: block for block in code}
        self._items: list[_OpenItem] = []
        self._text_open = False  # the line above is text that a lazy line would continue
        self._paragraph: Block | None = None  # the open paragraph, where it is a block of its own
        self._habit: bool | None = None
        self.blocks: list[Block] = []

    def take(self, index: int) -> int:
        """Read the block or line at `index`; returns the index behind it."""
        text = self._texts[index]
        if is_blank(text):
            self._text_open = False
            self._paragraph = None
            return index + 1
        if index in self._code:
            return self._take_code(index)
        indent = indent_of(text)
        return (
            self._take_structure(index, text, indent)
            or self._take_list_item(index, text, indent)
            or self._take_leaf(index, text, indent)
            or self._take_text(index, indent)
        )

    # -- where a block belongs ---------------------------------------------------------------------------------

    def _leave_items(self, indent: int) -> None:
        """Close the open list items that a line with this indentation does not belong to."""
        items = self._items
        while items and indent < items[-1].offset and indent < items[-1].indent + 2:
            items.pop()

    def _add(self, kind: BlockKind, first: int, end: int, indent: int) -> Block | None:
        """Add a leaf: to the open list item where there is one without nested items, else as a block."""
        self._leave_items(indent)
        self._text_open = False
        self._paragraph = None
        owner = self._items[-1].block if self._items else None
        if owner is not None and self.blocks[-1] is owner:
            owner.end = end
            return None
        block = Block(kind, first, end, owner)
        self.blocks.append(block)
        return block

    def _add_top(self, kind: BlockKind, first: int, end: int, level: int = 0, title: str = "") -> Block:
        self._items.clear()
        self._text_open = False
        self._paragraph = None
        block = Block(kind, first, end)
        block.level = level
        block.title = title
        self.blocks.append(block)
        return block

    # -- code --------------------------------------------------------------------------------------------------

    def _take_code(self, index: int) -> int:
        block = self._code[index]
        if block.open.on_marker and self._take_list_item(index, self._texts[index], block.open.indent):
            self._items[-1].block.end = block.end
            self._text_open = False
        else:
            self._add(BlockKind.CODE, index, block.end, block.open.indent)
        return block.end

    # -- headings and rules ------------------------------------------------------------------------------------

    def _take_structure(self, index: int, text: str, indent: int) -> int:
        if indent > 3 or (self._items and indent >= self._items[-1].offset):
            return 0
        first = text.lstrip(" ")[0]
        if first == "#":
            return self._take_atx(index, text)
        if first in "-=*_":
            return self._take_underline(index, text) or self._take_bold(index, text)
        return 0

    def _take_atx(self, index: int, text: str) -> int:
        found = headings.atx(text)
        tight = None if found or self._text_open else headings.tight_atx(text)
        if not found and not tight:
            return 0
        level, title = found or tight or (0, "")
        self._add_top(BlockKind.ATX, index, index + 1, level, headings.plain(title)).tight = found is None
        return index + 1

    def _take_underline(self, index: int, text: str) -> int:
        if self._paragraph is not None and _SETEXT.match(text) and self._is_setext(self._paragraph, text):
            paragraph = self._paragraph
            raw = " ".join(line.strip() for line in self._texts[paragraph.first : index])
            self.blocks.pop()
            level = 1 if text.lstrip(" ").startswith("=") else 2
            self._add_top(BlockKind.SETEXT, paragraph.first, index + 1, level, headings.plain(raw))
            return index + 1
        if _RULE.match(text):
            self._add_top(BlockKind.RULE, index, index + 1)
            return index + 1
        return 0

    def _is_setext(self, paragraph: Block, underline: str) -> bool:
        """Whether an underlined paragraph is a heading, or text with a rule right below it."""
        title = self._texts[paragraph.first].strip()
        marks = underline.strip()
        if marks.startswith("="):
            return True
        if paragraph.end - paragraph.first > 1 or len(marks) < 3 or not headings.is_title(title) or is_known(title):
            return False
        return len(marks) > 3 or not self._has_rules_and_atx()

    def _has_rules_and_atx(self) -> bool:
        """Whether the author writes headings with `#` and rules with three dashes: then these are a rule, too."""
        if self._habit is None:
            texts = self._texts
            rules = any(text.rstrip() == "---" and self._lines.is_blank(at - 1) for at, text in enumerate(texts))
            self._habit = rules and any(text.startswith("#") and headings.atx(text) for text in texts)
        return self._habit

    def _take_bold(self, index: int, text: str) -> int:
        if self._paragraph is not None:
            return 0
        title = headings.bold(text)
        if title is None or not self._heads_something(index + 1):
            return 0
        self._add_top(BlockKind.BOLD, index, index + 1, 0, headings.plain(title))
        return index + 1

    def _heads_something(self, index: int) -> bool:
        """Whether text, a list, a table or code comes next: what a bold line needs to act as a heading."""
        count = len(self._texts)
        while index < count and is_blank(self._texts[index]):
            index += 1
        if index == count:
            return False
        text = self._texts[index]
        return not headings.atx(text) and not _RULE.match(text) and headings.bold(text) is None

    # -- list items --------------------------------------------------------------------------------------------

    def _take_list_item(self, index: int, text: str, indent: int) -> int:
        match = LIST_MARKER.match(text)
        if not match:
            return 0
        content = text[match.end() :]
        if not self._may_start_item(match, indent, content):
            return 0
        self._leave_items(indent)
        parent = self._items[-1].block if self._items else None
        checkbox = CHECKBOX.match(content)
        kind = BlockKind.CHECKBOX if checkbox else BlockKind.BULLET if match[1] else BlockKind.NUMBER
        block = Block(kind, index, index + 1, parent)
        block.offset = _content_offset(text[: match.end()]) if content else indent + 2
        self.blocks.append(block)
        self._items.append(_OpenItem(block, indent, block.offset))
        self._text_open = bool(content.strip())
        self._paragraph = None
        return index + 1

    def _may_start_item(self, match: re.Match[str], indent: int, content: str) -> bool:
        """Text at the left edge is interrupted only by a bullet with content or by the number 1, as in CommonMark."""
        base = self._items[-1].offset if self._items else 0
        if indent >= base + 4:
            return bool(self._items) and not self._paragraph
        if self._text_open and not self._items:
            return bool(content) and (bool(match[1]) or match[2] == "1")
        return True

    # -- leaves ------------------------------------------------------------------------------------------------

    def _take_leaf(self, index: int, text: str, indent: int) -> int:
        first = text.lstrip()[0]
        if first == "<":
            return self._take_html(index, text, indent)
        if first == ">":
            return self._take_quote(index, indent)
        if not self._text_open:
            if "|" in text and self._is_table_rule(index + 1):
                return self._take_table(index, indent)
            if first == "[" and _DEFINITION.match(text):
                self._add(BlockKind.DEFINITION, index, index + 1, indent)
                return index + 1
            if self._is_indented_code(indent):
                return self._take_indented_code(index, indent)
        return 0

    def _is_table_rule(self, index: int) -> bool:
        text = self._texts[index] if index < len(self._texts) else ""
        return "|" in text and "-" in text and _TABLE_RULE.match(text) is not None

    def _is_indented_code(self, indent: int) -> bool:
        return indent >= 4 and (not self._items or indent >= self._items[-1].offset + 4)

    def _take_indented_code(self, index: int, indent: int) -> int:
        self._leave_items(indent)
        base = (self._items[-1].offset if self._items else 0) + 4
        end = last = index + 1
        while end < len(self._texts) and end not in self._code:
            text = self._texts[end]
            end += 1
            if not is_blank(text):
                if indent_of(text) < base:
                    break
                last = end
        self._add(BlockKind.CODE, index, last, indent)
        return last

    def _take_html(self, index: int, text: str, indent: int) -> int:
        for start, stop in _RAW_HTML:
            if start.match(text):
                end = self._end_of_raw(index, stop)
                self._add(BlockKind.HTML, index, end, indent)
                return end
        if not (_TAG_ONLY.match(text) or (not self._text_open and _TAG.match(text))):
            return 0
        takes_headings = not self._text_open and _COMMONMARK_TAG.match(text) is not None
        end = index + 1
        while end < len(self._texts) and not self._ends_tag_block(end):
            end += 1
        block = self._add(BlockKind.HTML, index, end, indent)
        if block is not None:
            block.open_html = takes_headings
        return end

    def _end_of_raw(self, index: int, stop: str) -> int:
        for end in range(index, len(self._texts)):
            if stop in self._texts[end]:
                return end + 1
        return len(self._texts)

    def _ends_tag_block(self, index: int) -> bool:
        text = self._texts[index]
        if is_blank(text) or index in self._code or LIST_MARKER.match(text):
            return True
        return headings.atx(text) is not None or (headings.bold(text) is not None and self._heads_something(index + 1))

    def _take_quote(self, index: int, indent: int) -> int:
        end = index + 1
        while end < len(self._texts) and self._texts[end].lstrip().startswith(">"):
            end += 1
        self._add(BlockKind.QUOTE, index, end, indent)
        return end

    def _take_table(self, index: int, indent: int) -> int:
        end = index + 2
        while end < len(self._texts) and "|" in self._texts[end] and end not in self._code:
            end += 1
        self._leave_items(indent)
        if self._items:
            self._add(BlockKind.TABLE_ROW, index, end, indent)
            return end
        self._add_top(BlockKind.TABLE_HEAD, index, index + 1)
        self._add_top(BlockKind.TABLE_RULE, index + 1, index + 2)
        for row in range(index + 2, end):
            self._add_top(BlockKind.TABLE_ROW, row, row + 1)
        return end

    # -- text --------------------------------------------------------------------------------------------------

    def _take_text(self, index: int, indent: int) -> int:
        if self._text_open:
            self.blocks[-1].end = index + 1
        else:
            self._paragraph = self._add(BlockKind.PARAGRAPH, index, index + 1, indent)
            self._text_open = True
        return index + 1
