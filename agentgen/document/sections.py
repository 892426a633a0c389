"""The section tree: a view of the heading blocks, with stable unique ids."""

from __future__ import annotations

import re

from agentgen.document.block import Block, BlockKind
from agentgen.document.lines import Lines
from agentgen.document.model import Section, SectionKind
from agentgen.source import Span

_NOT_WORD = re.compile(r"[\W_]+")
_LONGEST = 100  # characters: the names of sections stand in recipes and links, with a number behind them at times
_KINDS = {BlockKind.ATX: SectionKind.ATX, BlockKind.SETEXT: SectionKind.SETEXT, BlockKind.BOLD: SectionKind.BOLD}
MAX_LEVEL = 6


class _Open:
    """A section while the tree is built: its block, level, parent and where its subtree ends."""

    __slots__ = ("block", "id", "level", "parent", "subtree_end")

    def __init__(self, block: Block | None, level: int, parent: _Open | None, section_id: str) -> None:
        self.block = block
        self.level = level
        self.parent = parent
        self.id = section_id
        self.subtree_end = 0


def read_sections(lines: Lines, first: int, blocks: list[Block]) -> tuple[Section, ...]:
    """The sections of the body, which begins at line `first`, in file order."""
    heads = [block for block in blocks if block.kind in _KINDS]
    opened = _levels(heads)
    if blocks and blocks[0].kind not in _KINDS:
        opened.insert(0, _Open(None, 0, None, "preamble"))
    _name(opened)
    starts = [first if entry.block is None else entry.block.first for entry in opened]
    ends = [*starts[1:], len(lines.texts)] if starts else []
    _close_subtrees(opened, ends)
    return tuple(_section(lines, entry, start, end) for entry, start, end in zip(opened, starts, ends, strict=True))


def _levels(heads: list[Block]) -> list[_Open]:
    """Level and parent of each heading. A bold heading never has children."""
    stack: list[_Open] = []
    opened: list[_Open] = []
    for position, block in enumerate(heads):
        if block.kind is BlockKind.BOLD:
            opened.append(_bold(heads, position, stack))
            continue
        while stack and stack[-1].level >= block.level:
            stack.pop()
        entry = _Open(block, block.level, stack[-1] if stack else None, "")
        stack.append(entry)
        opened.append(entry)
    return opened


def _bold(heads: list[Block], position: int, stack: list[_Open]) -> _Open:
    """A bold heading: one deeper than the section it stands in.

    One that stands alone at the end of a section, right before a heading of a higher rank, does not belong to that
    section's subject any more: it is a sibling of what follows.
    """
    level = min((stack[-1].level if stack else 0) + 1, MAX_LEVEL)
    parent = stack[-1] if stack else None
    following = heads[position + 1] if position + 1 < len(heads) else None
    above = heads[position - 1] if position else None
    alone = above is not None and above.kind is not BlockKind.BOLD and above.end < heads[position].first - 1
    if parent and alone and following and following.kind is not BlockKind.BOLD and following.level < parent.level:
        level = following.level
        while parent and parent.level >= level:
            parent = parent.parent
    return _Open(heads[position], level, parent, "")


def _name(opened: list[_Open]) -> None:
    """Give each section a slug of its heading, with a number behind it where the slug is taken."""
    slugs = [entry.id or slug(entry.block.title if entry.block else "") for entry in opened]
    natural = set(slugs)
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for entry, base in zip(opened, slugs, strict=True):
        name = base
        while name in taken or (name != base and name in natural):
            counts[base] = counts.get(base, 1) + 1
            name = f"{base}-{counts[base]}"
        taken.add(name)
        entry.id = name


def slug(text: str) -> str:
    """Lower case, letters and digits of any script, joined by hyphens, of a long text the first words; `section`
    where nothing is left."""
    return _NOT_WORD.sub("-", text.lower()).strip("-")[:_LONGEST].strip("-") or "section"


def _close_subtrees(opened: list[_Open], ends: list[int]) -> None:
    for entry, end in zip(reversed(opened), reversed(ends), strict=True):
        entry.subtree_end = max(entry.subtree_end, end)
        if entry.parent is not None:
            entry.parent.subtree_end = max(entry.parent.subtree_end, entry.subtree_end)


def _section(lines: Lines, entry: _Open, start: int, end: int) -> Section:
    block = entry.block
    span = lines.span(start, end)
    last = end
    while last > start + 1 and lines.is_blank(last - 1):
        last -= 1
    line = start
    while line < last - 1 and lines.is_blank(line):
        line += 1
    return Section(
        id=entry.id,
        heading=block.title if block else None,
        level=entry.level,
        kind=_KINDS[block.kind] if block else SectionKind.PREAMBLE,
        heading_span=block.span if block else Span(span.start, span.start),
        span=span,
        subtree=span if entry.subtree_end == end else lines.span(start, entry.subtree_end),
        line=line + 1,
        end_line=last,
        parent=entry.parent.id if entry.parent else None,
    )
