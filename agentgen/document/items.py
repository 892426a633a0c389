"""Segments and items: what the blocks of a document cover and say."""

from __future__ import annotations

from agentgen.document.block import Block, BlockKind, text_of
from agentgen.document.lines import Lines
from agentgen.document.model import Item, ItemKind, Section, Segment, SegmentKind
from agentgen.source import Span

_SEGMENTS = {
    BlockKind.ATX: SegmentKind.HEADING,
    BlockKind.SETEXT: SegmentKind.HEADING,
    BlockKind.BOLD: SegmentKind.HEADING,
    BlockKind.RULE: SegmentKind.RULE,
    BlockKind.TABLE_RULE: SegmentKind.TABLE_RULE,
}
_ITEMS = {kind: ItemKind(kind.value) for kind in BlockKind if kind not in _SEGMENTS}


def read_items(lines: Lines, blocks: list[Block], sections: tuple[Section, ...]) -> tuple[Item, ...]:
    """The items of all sections in file order."""
    items: list[Item] = []
    indexes: dict[Block, int] = {}
    place = 0
    for block in blocks:
        kind = _ITEMS.get(block.kind)
        if kind is None:
            continue
        span = block.span
        while place + 1 < len(sections) and sections[place + 1].span.start <= span.start:
            place += 1
        parent = indexes[block.parent] if block.parent else None
        text = text_of(lines, block)
        indexes[block] = len(items)
        items.append(
            Item(len(items), sections[place].id, kind, text, span, block.first + 1, block.end, parent, block.depth)
        )
    return tuple(items)


def read_segments(lines: Lines, front: list[Segment], blocks: list[Block]) -> tuple[Segment, ...]:
    """`front` (byte-order mark and frontmatter), then a segment a block, and blank ones for what lies between."""
    segments = list(front)
    place = front[-1].span.end if front else 0
    for block in blocks:
        span = block.span
        if span.start > place:
            segments.append(Segment(SegmentKind.BLANK, Span(place, span.start)))
        segments.append(Segment(_SEGMENTS.get(block.kind, SegmentKind.ITEM), span))
        place = span.end
    end = len(lines.source.text)
    if end > place:
        segments.append(Segment(SegmentKind.BLANK, Span(place, end)))
    return tuple(segments)
