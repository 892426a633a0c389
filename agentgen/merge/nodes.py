"""A section's statements as a tree that can be taken apart and put together again.

Check:                Node("Check:")            a paragraph that ends with a colon owns the list, code or table
- input                 Node("input")           that follows; a table's head owns its rows
  - length                Node("length")
| a | b |             Node("| a | b |")
|---|---|
| 1 | 2 |               Node("| 1 | 2 |")
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from agentgen.compare.model import Variant
from agentgen.document.model import Item, ItemKind, Section, SegmentKind
from agentgen.errors import Problem, UserError
from agentgen.source import split_lines, to_lf

Ref = tuple[str, int]
"""An item of a variant: the variant's id and the item's index in its document."""

LIST_KINDS = frozenset({ItemKind.BULLET, ItemKind.NUMBER, ItemKind.CHECKBOX})
TEXT_KINDS = LIST_KINDS | {ItemKind.PARAGRAPH}
_ANNOUNCING = frozenset({ItemKind.PARAGRAPH, ItemKind.TABLE_HEAD})
_OWNED_KINDS = LIST_KINDS | {ItemKind.CODE, ItemKind.TABLE_HEAD}
DEEPEST = 100
"""How deep lists may be nested in a section that is merged."""
_LABEL_END = re.compile(r":[*_]*\s*\Z")
_MARKER = re.compile(r"[ \t]*((?:[-*+•]|\d+[.)])(?:[ \t]+|$)(?:\[[ xX]\](?:[ \t]+|$))?)")


@dataclass(slots=True, eq=False)
class Node:
    """One item on its way into the profile.

    `lines` are the item's lines as the variant has them (LF, without line ends), `text` the same without marker and
    indentation, `line` the first one's 1-based line. `gap` counts the blank lines above it in the variant, `follows` is
    the item above it. A step `continues` a list that began above it. A node that `announces` is a paragraph or table
    head that owns what follows; `inner_gap` counts the blank lines between the two. Merging changes `children`, `kind`
    (a bullet in a numbered list) and `wording`.
    """

    ref: Ref
    kind: ItemKind
    text: tuple[str, ...]
    lines: tuple[str, ...]
    line: int
    gap: int
    follows: int | None
    children: list[Node] = field(default_factory=list)
    continues: bool = False
    announces: bool = False
    inner_gap: int = 0
    inserted: bool = False
    wording: Wording | None = None

    @property
    def is_label(self) -> bool:
        """True for a line that only announces what it owns."""
        return self.kind is ItemKind.TABLE_HEAD or bool(_LABEL_END.search(self.text[-1]))

    @property
    def marker(self) -> str:
        """The list marker with the blanks behind it (and a checkbox); empty for anything but list items."""
        match = _MARKER.match(self.lines[0]) if self.kind in LIST_KINDS else None
        return match[1] if match else ""

    @property
    def indent(self) -> int:
        """The column of the first character."""
        first = self.lines[0].expandtabs(4)
        return len(first) - len(first.lstrip(" "))


class Taken(NamedTuple):
    """All statements of the sections that the recipe takes: their nodes, and the topic that each stands in."""

    nodes: Mapping[Ref, Node]
    topics: Mapping[Ref, str]


class Wording(NamedTuple):
    """Words to use in place of a node's own: from another variant, or (no `ref`) from the recipe."""

    text: tuple[str, ...]
    ref: Ref | None = None
    line: int = 0
    decision: str = ""


def section_nodes(variant: Variant, section: Section) -> list[Node]:
    """The top-level nodes of a section's own text, in file order."""
    roots: list[Node] = []
    by_index: dict[int, Node] = {}
    previous: Item | None = None
    for item in variant.document.items_of(section.id):
        _check_depth(variant, item)
        node = _node(variant, item, previous)
        by_index[item.index] = node
        parent = by_index.get(item.parent) if item.parent is not None else None
        siblings = parent.children if parent else roots
        node.continues = bool(siblings) and siblings[-1].kind is node.kind is ItemKind.NUMBER
        siblings.append(node)
        previous = item
    return _owned(roots)


def _check_depth(variant: Variant, item: Item) -> None:
    if item.depth > DEEPEST:
        message = f"lists are nested more than {DEEPEST} deep here"
        hint = "flatten the list; no reader follows one that deep"
        raise UserError(Problem(message, variant.document.source.path, item.line, hint=hint))


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """All nodes, parents before their children."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def _node(variant: Variant, item: Item, previous: Item | None) -> Node:
    source = variant.document.source
    end = item.span.end
    if item.kind is ItemKind.TABLE_HEAD:
        end = _table_rule_end(variant, end)
    lines = [line.rstrip("\n") for line in split_lines(to_lf(source.text[item.span.start : end]))]
    return Node(
        ref=(variant.id, item.index),
        kind=item.kind,
        text=tuple(to_lf(item.text).split("\n")),
        lines=tuple(lines),
        line=item.line,
        gap=item.line - previous.end_line - 1 if previous and item.kind is not ItemKind.TABLE_ROW else 0,
        follows=previous.index if previous else None,
    )


def _table_rule_end(variant: Variant, start: int) -> int:
    for segment in variant.document.segments:
        if segment.span.start == start and segment.kind is SegmentKind.TABLE_RULE:
            return segment.span.end
    return start


def _owned(nodes: list[Node]) -> list[Node]:
    """Put lists, code and rows below the paragraph or table head that announces them."""
    result: list[Node] = []
    for node in nodes:
        owner = _owner(result[-1], node) if result else None
        (owner.children if owner else result).append(node)
        node.children = _owned(node.children)
    for node in result:
        node.announces = bool(node.children) and node.kind in _ANNOUNCING
        node.inner_gap = node.children[0].gap if node.children else 0
    return result


def _owner(last: Node, node: Node) -> Node | None:
    """The node that announces this one: the last of its siblings, or a table at that one's end."""
    if node.kind is ItemKind.TABLE_ROW:
        table = last.children[-1] if last.kind is ItemKind.PARAGRAPH and last.children else last
        return table if table.kind is ItemKind.TABLE_HEAD else None
    if last.kind is not ItemKind.PARAGRAPH or not last.is_label or node.kind not in _OWNED_KINDS:
        return None
    owned = last.children[-1].kind if last.children else None
    return last if owned is None or (node.kind in LIST_KINDS and owned in LIST_KINDS) else None
