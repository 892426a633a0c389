"""The union of sections: every statement once, in the order of the first section.

    - a        - a         - a
    - b    +   - x     =   - x      x follows its neighbour a
               - B         - b      B says what b says

A statement that stands elsewhere in the profile is left out here; what it owns goes along to where it is said. A line
that only announced such statements goes with them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from agentgen.document.model import ItemKind
from agentgen.merge.model import Fate, Outcome
from agentgen.merge.nodes import LIST_KINDS, Node, Ref
from agentgen.merge.select import Selection


class _Homeless(NamedTuple):
    """Children of a statement that is said elsewhere, by `parent`; `section` is the list they would have stood in."""

    parent: Ref
    children: list[Node]
    section: list[Node]


class Union:
    """Puts sections together. What was placed is remembered, so that left-over children find their new parent."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._placed: dict[Ref, Node] = {}
        self._owners: set[Ref] = set()
        self._speakers: set[Ref] = set()  # statements that others, which announce nothing, are said by
        self._homeless: deque[_Homeless] = deque()

    def combine(self, sections: Sequence[list[Node]]) -> list[Node]:
        """The union of one topic's sections, in the order of precedence."""
        result: list[Node] = []
        for position, nodes in enumerate(sections):
            self._insert(result, nodes, inserted=position > 0)
        return result

    def settle(self) -> None:
        """Once all topics are combined: put children whose parent is said elsewhere below that statement.

        Where that statement waits for a place itself, it goes first; where two wait for each other, the children stay
        in their own section.
        """
        waited = 0
        while self._homeless:
            case = self._homeless.popleft()
            host = self._placed.get(case.parent)
            if host is None and waited <= len(self._homeless):
                waited += 1
                self._homeless.append(case)
                continue
            waited = 0
            self._insert(case.section if host is None else host.children, case.children, inserted=True)

    def prune(self, nodes: list[Node]) -> list[Node]:
        """The nodes without the lines that announced something and have nothing left to announce."""
        kept = []
        for node in nodes:
            node.children = self.prune(node.children)
            announced = node.ref in self._owners and node.is_label
            if announced and not node.children and node.ref not in self._speakers:
                self._selection.gone[node.ref] = Outcome(Fate.EMPTIED)
            else:
                kept.append(node)
        return kept

    def _insert(self, target: list[Node], nodes: Iterable[Node], *, inserted: bool) -> None:
        """Insert what is not said yet behind its neighbour; what comes before any neighbour goes in front of it."""
        waiting: list[Node] = []
        place: int | None = None
        for node in nodes:
            anchor = self._anchor(target, node)
            if anchor is not None:
                before = _before(target, anchor, waiting)
                target[before:before] = self._fitted(waiting, target, before, inserted=inserted)
                place = _behind(target, anchor + len(waiting))
                waiting = []
            elif node.ref not in self._selection.gone:
                kept = self._kept(node)
                if place is None:
                    waiting.append(kept)
                    continue
                place = _outside_list(target, place, kept)
                target[place:place] = self._fitted([kept], target, place, inserted=inserted)
                place += 1
        end = _end(target, waiting)
        target[end:end] = self._fitted(waiting, target, end, inserted=inserted)

    def _anchor(self, target: list[Node], node: Node) -> int | None:
        """Where in the target stands the node that says what this one says."""
        other = self._selection.stands_for(node.ref)
        if other == node.ref:
            return None
        if not node.is_label:
            self._speakers.add(other)
        if node.children:
            self._homeless.append(_Homeless(other, node.children, target))
        placed = self._placed.get(other)
        return target.index(placed) if placed in target else None

    def _kept(self, node: Node) -> Node:
        """The node in its words, with what it still owns."""
        children, node.children = node.children, []
        if children:
            self._owners.add(node.ref)
        self._placed[node.ref] = node
        self._insert(node.children, children, inserted=False)
        node.wording = self._selection.wordings.get(node.ref)
        return node

    def _fitted(self, nodes: list[Node], target: list[Node], place: int, *, inserted: bool) -> list[Node]:
        """The nodes in the manner of the list that they get into."""
        above = target[place - 1].kind if place > 0 else None
        below = target[place].kind if place < len(target) else None
        for node in nodes:
            node.inserted = inserted
            if inserted and node.kind in LIST_KINDS:
                node.kind = _list_kind(node.kind, above, below)
        return nodes


def _list_kind(own: ItemKind, above: ItemKind | None, below: ItemKind | None) -> ItemKind:
    """Inside a list: that list's kind. At the end of one: its kind too, unless numbers would be gained or lost."""
    if above in LIST_KINDS and (below in LIST_KINDS or ItemKind.NUMBER not in (own, above)):
        return above
    if below in LIST_KINDS and ItemKind.NUMBER not in (own, below):
        return below
    return own


def _behind(target: list[Node], anchor: int) -> int:
    """The place behind an anchor, and behind what others already inserted there."""
    place = anchor + 1
    while place < len(target) and target[place].inserted:
        place += 1
    return place


def _end(target: list[Node], nodes: Sequence[Node]) -> int:
    """The place for what has no neighbour: at the end, but a list not below what announces another one."""
    end = len(target)
    if nodes and nodes[0].kind in LIST_KINDS:
        while end > 0 and target[end - 1].kind is ItemKind.PARAGRAPH and target[end - 1].children:
            end -= 1
    return end


def _before(target: list[Node], anchor: int, nodes: Sequence[Node]) -> int:
    """The place in front of an anchor, or of its whole list where something else than list items goes there."""
    if all(node.kind in LIST_KINDS for node in nodes):
        return anchor
    while anchor > 0 and target[anchor].kind in LIST_KINDS and target[anchor - 1].kind in LIST_KINDS:
        anchor -= 1
    return anchor


def _outside_list(target: list[Node], place: int, node: Node) -> int:
    """Anything but a list item goes behind the list it would tear apart."""
    if node.kind in LIST_KINDS:
        return place
    while 0 < place < len(target) and target[place - 1].kind in LIST_KINDS and target[place].kind in LIST_KINDS:
        place += 1
    return place
