"""A file as a tree of nodes: frontmatter keys, headings and statements, each a slice of the file.

A node's `text` ends before its line end; its `gap` is what lies between it and the next node: line end and blank
lines. Texts and gaps in order are the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from agentgen.document.model import Document, Segment, SegmentKind
from agentgen.document.read import read_document
from agentgen.merge.files.model import UnsureError
from agentgen.source import BOM, Source, encode

ROOT, FRONT, FIELD, FENCE, HEADING, RULE = "root", "front", "field", "fence", "heading", "rule"
"""Kinds of nodes that are no items; an item's kind is its own."""


@dataclass(frozen=True, slots=True)
class Node:
    """One slice. `key` is what it is recognised by; `parent` is the index of the node that it stands in."""

    index: int
    kind: str
    key: str
    text: str
    gap: str
    parent: int | None

    @property
    def is_item(self) -> bool:
        return self.kind not in (ROOT, FRONT, FIELD, FENCE, HEADING, RULE)


class Tree(NamedTuple):
    """All nodes in file order; the first is the root, whose text is the byte-order mark or nothing."""

    nodes: tuple[Node, ...]
    children: tuple[tuple[int, ...], ...]

    def below(self, index: int) -> Iterator[Node]:
        """A node and all nodes in it, in file order."""
        yield self.nodes[index]
        for child in self.children[index]:
            yield from self.below(child)


class _Piece(NamedTuple):
    """A slice while the tree is built; `parent` is an index of the pieces."""

    kind: str
    key: str
    start: int
    end: int
    parent: int | None


def read_tree(text: str) -> Tree:
    """The tree of a file's text.

    Raises:
        UnsureError: the file cannot be cut into nodes for certain.
    """
    document = read_document(Source("", encode(text)))
    if any(found.code.startswith("fence-") for found in document.findings):
        raise UnsureError("code fences do not close as they were meant: other readers see other sections")
    start = len(BOM) if text.startswith(BOM) else 0
    pieces = [_Piece(ROOT, "", 0, start, None), *_front(document)]
    pieces += _body(document, len(pieces))
    nodes = tuple(_node(text, pieces, index) for index in range(len(pieces)))
    tree = Tree(nodes, _children(nodes))
    if [node.index for node in tree.below(0)] != list(range(len(nodes))):
        raise UnsureError("nodes do not nest in file order")
    if "".join(node.text + node.gap for node in nodes) != text:
        raise UnsureError("the nodes do not cover the file")
    return tree


def _front(document: Document) -> Iterator[_Piece]:
    """The opening fence, a piece a key with the comments behind it, and the closing fence."""
    span, fields = document.frontmatter.span, document.frontmatter.fields
    if not len(span):
        return
    starts = [field.span.start for field in fields]
    keys = [field.key for field in fields]
    if not fields or starts != sorted(starts) or len(set(keys)) != len(keys):
        raise UnsureError("the frontmatter has no keys, or some of them twice")
    yield _Piece(FRONT, FRONT, span.start, starts[0], 0)
    ends = [*starts[1:], max(fields[-1].span.end, starts[-1])]
    for key, start, end in zip(keys, starts, ends, strict=True):
        yield _Piece(FIELD, key, start, end, 1)
    yield _Piece(FENCE, FENCE, ends[-1], span.end, 1)


def _body(document: Document, first: int) -> Iterator[_Piece]:
    headings = {section.heading_span.start: section for section in document.sections if len(section.heading_span)}
    items = {item.span.start: item for item in document.items}
    places: dict[str | int, int] = {"preamble": 0}
    here = 0
    for index, segment in enumerate(_inked(document), first):
        start, end = segment.span.start, segment.span.end
        if segment.kind is SegmentKind.HEADING:
            section = headings[start]
            here = places[section.id] = index
            parent = places[section.parent] if section.parent else 0
            yield _Piece(HEADING, section.heading or "", start, end, parent)
        elif segment.kind is SegmentKind.ITEM:
            item = items[start]
            places[item.index] = index
            parent = here if item.parent is None else places[item.parent]
            yield _Piece(item.kind.value, " ".join(item.text.split()), start, end, parent)
        else:
            yield _Piece(RULE, document.source.slice(segment.span).strip(), start, end, here)


def _inked(document: Document) -> Iterator[Segment]:
    outside = (SegmentKind.BOM, SegmentKind.FRONTMATTER, SegmentKind.BLANK)
    return (segment for segment in document.segments if segment.kind not in outside)


def _node(text: str, pieces: list[_Piece], index: int) -> Node:
    piece = pieces[index]
    following = pieces[index + 1].start if index + 1 < len(pieces) else len(text)
    body = text[piece.start : piece.end]
    if body.endswith(("\n", "\r")):
        body = body[: -2 if body.endswith("\r\n") else -1]
    return Node(index, piece.kind, piece.key, body, text[piece.start + len(body) : following], piece.parent)


def _children(nodes: tuple[Node, ...]) -> tuple[tuple[int, ...], ...]:
    found: list[list[int]] = [[] for _ in nodes]
    for node in nodes[1:]:
        found[node.parent or 0].append(node.index)
    if any(a.gap == "" for a, _ in pairwise(nodes[1:])):
        raise UnsureError("two nodes share a line")
    return tuple(map(tuple, found))
