"""Three versions of an agent file become one, by section, statement and frontmatter key.

What one side changed applies: an edit, a new place, a removal, something new. Whatever could be read in two ways is
left alone: then there is no result, and the line merge of version control stands. The result is made of slices of the
three versions, and it is read again to see that it is what was meant.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TypeVar

from agentgen.merge.files.gaps import gap_between
from agentgen.merge.files.model import LineMerge, LinesMerged, MergedFile, UnsureError
from agentgen.merge.files.order import merge_children
from agentgen.merge.files.tree import FIELD, FRONT, HEADING, RULE, Node, read_tree
from agentgen.merge.files.versions import BASE, END, Name, Version, read_versions
from agentgen.source import decode, encode, split_lines

T = TypeVar("T")

_TOP: Name = (BASE, 0)
_LINE_END = re.compile(r"\r\n|\r|\n")


def merge_texts(base: str, ours: str, theirs: str, merge_lines: LineMerge) -> MergedFile | None:
    """The three versions as one, every change of both sides in it once; None where that is not certain."""
    if ours == theirs or theirs == base:
        return MergedFile(ours, moved=False)
    if ours == base:
        return MergedFile(theirs, moved=False)
    try:
        merged = _Merger(read_versions(base, ours, theirs), merge_lines).run()
    except (UnsureError, RecursionError):
        return None
    return None if _mixed(merged.text) and not any(map(_mixed, (base, ours, theirs))) else merged


def settle(lines: LinesMerged, merged: MergedFile | None) -> LinesMerged:
    """Which merge to take.

    A clean line merge stands, but for one case: something moved, and it has lines that nobody wants or lacks some (a
    section that one side moved and the other removed). A line merge with conflicts gives way to a certain result.
    """
    if merged is None or (
        not lines.conflicts and (not merged.moved or _lines(decode(lines.raw)) == _lines(merged.text))
    ):
        return lines
    return LinesMerged(encode(merged.text), 0)


def _mixed(text: str) -> bool:
    """Whether a text has line ends of more than one kind."""
    return len(set(_LINE_END.findall(text))) > 1


def _lines(text: str) -> Counter[str]:
    return Counter(line.strip() for line in split_lines(text) if line.strip())


class _Merger:
    def __init__(self, versions: tuple[Version, Version, Version], merge_lines: LineMerge) -> None:
        self.base, self.ours, self.theirs = versions
        self.merge_lines = merge_lines
        self.moved = False

    def run(self) -> MergedFile:
        self._check_front()
        self._check_new()
        names = dict.fromkeys((*self.base.names, *self.ours.names, *self.theirs.names))
        self.parents = {name: self._parent(name) for name in names if self._stays(name)}
        order = self._order(_TOP)
        if len(order) != len(self.parents):
            raise UnsureError("something lost the place where it stood")
        texts = [self._text(name) for name in order]
        versions = (self.base, self.ours, self.theirs)
        heads = [self._node(name).kind == HEADING for name in order[1:]]
        pairs = zip(order, [*order[1:], END], [*heads, False], strict=True)
        gaps = [gap_between(versions, above, below, is_heading=head) for above, below, head in pairs]
        self._check(order, texts, gaps)
        return MergedFile("".join(map("".join, zip(texts, gaps, strict=True))), self.moved)

    def _node(self, name: Name) -> Node:
        return next(side.nodes[name] for side in (self.ours, self.theirs, self.base) if name in side)

    # -- what stays, and where ---------------------------------------------------------------------------------

    def _check_front(self) -> None:
        """Where a frontmatter came, went or broke, its lines may read as something else."""
        fronts = {any(node.kind == FRONT for node in side.tree.nodes) for side in (self.base, self.ours, self.theirs)}
        if len(fronts) > 1:
            raise UnsureError("not all versions have a frontmatter")

    def _check_new(self) -> None:
        """The same thing added by both sides would stand in the file twice."""
        added = [
            {(node.kind, node.key) for name, node in side.nodes.items() if name[0] != BASE and node.kind != RULE}
            for side in (self.ours, self.theirs)
        ]
        if added[0] & added[1]:
            raise UnsureError("both sides added the same")

    def _stays(self, name: Name) -> bool:
        if name[0] != BASE or (name in self.ours and name in self.theirs):
            return True
        lost_by = [side for side in (self.ours, self.theirs) if name not in side]
        kept = [side for side in (self.ours, self.theirs) if name in side]
        if any(side.texts(name) != self.base.texts(name) for side in kept):
            raise UnsureError("one side removed what the other changed")
        touched = not kept or any(self._has_moved(name, side) for side in kept)
        if touched and any(self._could_be_rewritten(name, side) for side in lost_by):
            raise UnsureError("what one side removed may be what it wrote anew")
        return False

    def _has_moved(self, name: Name, side: Version) -> bool:
        """Whether a node stands elsewhere than in the base: in another parent, or in another order."""
        parent = self.base.parent(name)
        if parent is None:
            return False
        old, new = self.base.children(parent), side.children(parent)
        moved = name not in new or [each for each in old if each in new] != [each for each in new if each in old]
        self.moved |= moved
        return moved

    def _could_be_rewritten(self, name: Name, side: Version) -> bool:
        head = self.base.nodes[name].kind == HEADING
        return any(each[0] != BASE and (node.kind == HEADING) == head for each, node in side.nodes.items())

    def _parent(self, name: Name) -> Name | None:
        found = [side.parent(name) if name in side else None for side in (self.base, self.ours, self.theirs)]
        if name[0] != BASE:
            return found[1] or found[2]
        taken = [side for side, parent in zip((self.ours, self.theirs), found[1:], strict=True) if parent != found[0]]
        left = [side for side in (self.ours, self.theirs) if side not in taken]
        if taken and any(self._has_moved(name, side) for side in left):
            raise UnsureError("both sides moved it")
        self.moved |= bool(taken)
        return _choose(*found)

    def _order(self, name: Name) -> list[Name]:
        """A node and all that stands in it, in their order."""
        wanted = {child for child, parent in self.parents.items() if parent == name}
        lists = [
            [each for each in side.children(name) if each in wanted] for side in (self.base, self.ours, self.theirs)
        ]
        is_front = any(self._node(child).kind == FIELD for child in wanted)
        children, moved = merge_children(lists[0], lists[1], lists[2], any_order=is_front)
        self.moved |= moved
        return [name, *(below for child in children for below in self._order(child))]

    # -- what it says ------------------------------------------------------------------------------------------

    def _text(self, name: Name) -> str:
        found = [side.nodes[name].text if name in side else None for side in (self.base, self.ours, self.theirs)]
        base, ours, theirs = found
        if name[0] != BASE or base is None or ours is None or theirs is None:
            return ours or theirs or ""
        try:
            return _choose(base, ours, theirs) or ""
        except UnsureError:
            merged = None if self._node(name).kind == FIELD else self.merge_lines(base, ours, theirs)
            if merged is None:
                raise
            return merged

    def _check(self, order: list[Name], texts: list[str], gaps: list[str]) -> None:
        """What was put together reads as the same nodes in the same places."""
        tree = read_tree("".join(map("".join, zip(texts, gaps, strict=True))))
        places = {name: index for index, name in enumerate(order)}
        wanted = [
            (self._node(name).kind, text, gap, places.get(self.parents[name] or END))
            for name, text, gap in zip(order, texts, gaps, strict=True)
        ]
        if [(node.kind, node.text, node.gap, node.parent) for node in tree.nodes] != wanted:
            raise UnsureError("the result reads otherwise than it was meant")


def _choose(base: T, ours: T, theirs: T) -> T:
    """What one side changed, or both alike."""
    if ours not in (base, theirs) and theirs != base:
        raise UnsureError("both sides changed it")
    return theirs if ours == base else ours
