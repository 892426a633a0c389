"""Nodes as the lines of a body, each with where it came from.

A node that stands as its variant has it keeps its bytes. One that moved to another list gets that list's marker and
indentation; numbers count on from the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from agentgen.document.model import ItemKind
from agentgen.merge.nodes import LIST_KINDS, Node, Wording
from agentgen.profile.lock import Origin

_BOX = "[ ] "


class Line(NamedTuple):
    """One line of a body, and which line of which variant it is; none: a blank, or a line of the recipe."""

    text: str
    variant: str | None = None
    source_line: int | None = None
    decision: str = ""

    @property
    def kind(self) -> str:
        if self.source_line is not None:
            return "variant"
        return "recipe" if self.decision else "template"


def write_nodes(nodes: Sequence[Node], indent: int = 0, shift: int = 0) -> list[Line]:
    """The lines of a list of siblings.

    Nodes of the section that they stood in are moved by `shift` columns, others start in column `indent`.
    """
    lines: list[Line] = []
    previous: Node | None = None
    for run in _runs(nodes):
        column = next((max(node.indent + shift, 0) for node in run if not node.inserted), indent)
        loose = _is_loose(run)
        for node, marker in zip(run, _markers(run), strict=True):
            usual = node is run[0] or loose
            blank = previous is not None and (node.gap > 0 if _follows(node, previous) else usual)
            lines.extend([Line("")] if blank else [])
            lines.extend(_node_lines(node, marker, column))
            previous = node
    return lines


def origins(lines: Sequence[Line]) -> tuple[Origin, ...]:
    """The lines as runs: lines that follow each other in the same file are one."""
    result: list[Origin] = []
    for line in lines:
        origin = _origin(line)
        last = result[-1] if result else None
        if last is not None and _continues(last, origin):
            result[-1] = Origin(last.lines + 1, last.kind, last.variant, last.source_line, last.decision)
        else:
            result.append(origin)
    return tuple(result)


def _origin(line: Line) -> Origin:
    return Origin(1, line.kind, line.variant, line.source_line, line.decision)


def _continues(last: Origin, origin: Origin) -> bool:
    if (last.kind, last.variant, last.decision) != (origin.kind, origin.variant, origin.decision):
        return False
    return last.source_line is None or last.source_line + last.lines == origin.source_line


def _runs(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Siblings that are one list or one table together; anything else alone."""
    for _, group in groupby(enumerate(nodes), key=lambda pair: _run_key(*pair)):
        yield [node for _, node in group]


def _run_key(position: int, node: Node) -> object:
    if node.kind in LIST_KINDS:
        return ItemKind.NUMBER if node.kind is ItemKind.NUMBER else ItemKind.BULLET
    return node.kind if node.kind is ItemKind.TABLE_ROW else position


def _follows(node: Node, previous: Node) -> bool:
    """True where the two follow each other in their variant as well."""
    last = previous
    while last.children:
        last = last.children[-1]
    return node.ref[0] == last.ref[0] and node.follows == last.ref[1]


def _is_loose(run: Sequence[Node]) -> bool:
    """True for a list that has a blank line between most of its items."""
    gaps = [below.gap > 0 for above, below in pairwise(run) if _follows(below, above)]
    return sum(gaps) * 2 > len(gaps)


def _markers(run: Sequence[Node]) -> list[str]:
    """The list markers of siblings: their own where those go together, else like the first one's."""
    own = [node.marker for node in run]
    if run[0].kind is ItemKind.NUMBER:
        return own if _counts(own) and not run[0].continues else _numbered(own)
    bullet = next((marker[0] for marker in own if marker and not marker[0].isdigit()), "-")
    return [_bulleted(node, marker, bullet) for node, marker in zip(run, own, strict=True)]


def _bulleted(node: Node, own: str, bullet: str) -> str:
    if node.kind not in LIST_KINDS:
        return ""
    checkbox = node.kind is ItemKind.CHECKBOX
    if own.startswith(bullet) and checkbox == ("[" in own):
        return own
    box = own[own.index("[") :] if "[" in own else _BOX
    return f"{bullet} {box if checkbox else ''}"


def _counts(markers: Sequence[str]) -> bool:
    """True where the numbers go up one by one, or are all the same."""
    numbers = [_number(marker) for marker in markers]
    if None in numbers or len({marker.strip()[-1] for marker in markers}) > 1:
        return False
    steps = {below - above for above, below in pairwise(number for number in numbers if number is not None)}
    return steps <= {1} or steps <= {0}


def _numbered(own: Sequence[str]) -> list[str]:
    first = _number(own[0])
    start = first if first in (0, 1) else 1
    delimiter = next((marker.strip()[-1] for marker in own if _number(marker) is not None), ".")
    return [f"{number}{delimiter} " for number, _ in enumerate(own, start=start or 0)]


def _number(marker: str) -> int | None:
    digits = marker.split(".")[0].split(")")[0]
    return int(digits) if digits.isdigit() else None


def _node_lines(node: Node, marker: str, column: int) -> list[Line]:
    return [*_own_lines(node, marker, column), *_child_lines(node, marker, column)]


def _own_lines(node: Node, marker: str, column: int) -> list[Line]:
    if node.wording is not None:
        return _worded_lines(node.wording, marker, column)
    if marker == node.marker and column == node.indent:
        texts = node.lines
    elif node.kind in LIST_KINDS:
        texts = _marked(node.text, marker, column)
    else:
        texts = tuple(_moved(line, column - node.indent) for line in node.lines)
    return [Line(text, node.ref[0], node.line + index) for index, text in enumerate(texts)]


def _worded_lines(words: Wording, marker: str, column: int) -> list[Line]:
    texts = _marked(words.text, marker, column)
    if words.ref is None:
        return [Line(text, decision=words.decision) for text in texts]
    return [Line(text, words.ref[0], words.line + index, words.decision) for index, text in enumerate(texts)]


def _marked(text: Sequence[str], marker: str, column: int) -> tuple[str, ...]:
    """A statement behind its marker, the lines after the first below its beginning."""
    rest = " " * (column + len(marker))
    first = f"{' ' * column}{marker}{text[0]}"
    return first, *(f"{rest}{line}" if line else "" for line in text[1:])


def _moved(line: str, columns: int) -> str:
    if columns >= 0:
        return " " * columns + line if line.strip() else line
    line = line.expandtabs(4)
    return line[min(-columns, len(line) - len(line.lstrip(" "))) :]


def _child_lines(node: Node, marker: str, column: int) -> list[Line]:
    if not node.children:
        return []
    nested = node.kind in LIST_KINDS
    start = column + len(marker) if nested else column
    lines = write_nodes(node.children, start, start - node.indent - len(node.marker))
    return [Line(""), *lines] if node.inner_gap else lines
