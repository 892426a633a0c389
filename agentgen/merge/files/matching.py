"""Which node of one version is which of another. Only what is plain is matched: the rest counts as removed and new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from difflib import SequenceMatcher

from agentgen.merge.files.tree import FENCE, FIELD, FRONT, HEADING, ROOT, RULE, Node, Tree

_EDITED = 0.6
"""How alike (0 to 1) two texts in the same place must be to be one statement before and after an edit."""

_RENAMED = 0.5
"""Which share of the statements of two sections must be equal for them to be one section under another heading."""


def match(base: Tree, side: Tree) -> dict[int, int]:
    """The index in `side` of each node of `base` that is there."""
    matcher = _Matcher(base, side)
    matcher.run()
    return matcher.found


class _Matcher:
    def __init__(self, base: Tree, side: Tree) -> None:
        self.base = base
        self.side = side
        self.found: dict[int, int] = {}
        self.taken: set[int] = set()

    def run(self) -> None:
        self._by(lambda node: (node.kind, node.key) if node.kind in (ROOT, FRONT, FIELD, FENCE) else None)
        self._headings()
        self._by(lambda node: (node.kind, node.key) if node.is_item else None)
        self._in_place()

    def _headings(self) -> None:
        self._by_tree(_path)
        self._by_tree(lambda _, node: node.key)
        self._by_tree(_content)
        olds, news = self._left(self.base, self.found), self._left(self.side, self.taken)
        for old in olds:
            near = [new for new in news if _shared(self.base, old, self.side, new) >= _RENAMED]
            back = [other for new in near for other in olds if _shared(self.base, other, self.side, new) >= _RENAMED]
            if len(back) == 1:  # `old` itself, so that there is one of `near` as well
                self._put(old.index, near[0].index)

    def _left(self, tree: Tree, known: Iterable[int]) -> list[Node]:
        seen = set(known)
        return [node for node in tree.nodes if node.kind == HEADING and node.index not in seen]

    def _by_tree(self, key: Callable[[Tree, Node], Hashable]) -> None:
        self._pair(
            {node.index: key(self.base, node) for node in self._left(self.base, self.found)},
            {node.index: key(self.side, node) for node in self._left(self.side, self.taken)},
        )

    def _by(self, key: Callable[[Node], Hashable]) -> None:
        self._pair(
            {node.index: key(node) for node in self.base.nodes if node.index not in self.found},
            {node.index: key(node) for node in self.side.nodes if node.index not in self.taken},
        )

    def _pair(self, olds: dict[int, Hashable], news: dict[int, Hashable]) -> None:
        """Match what has a key that stands once in either version."""
        counts = Counter(olds.values()), Counter(news.values())
        places = {key: index for index, key in news.items()}
        for index, key in olds.items():
            if key is not None and counts[0][key] == counts[1][key] == 1:
                self._put(index, places[key])

    def _put(self, old: int, new: int) -> None:
        self.found[old] = new
        self.taken.add(new)

    # -- by place ----------------------------------------------------------------------------------------------

    def _in_place(self) -> None:
        """Match what stands in the same place of the same parent: equal texts, then edited ones."""
        for node in self.base.nodes:
            if node.index in self.found:
                self._children(self.base.children[node.index], self.side.children[self.found[node.index]])

    def _children(self, olds: tuple[int, ...], news: tuple[int, ...]) -> None:
        names = {new: old for old, new in self.found.items()}
        left = [old if old in self.found else _say(self.base.nodes[old]) for old in olds]
        right = [names[new] if new in names else _say(self.side.nodes[new]) for new in news]
        for tag, i, end, j, stop in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            free = [old for old in olds[i:end] if old not in self.found]
            open_ = [new for new in news[j:stop] if new not in self.taken]
            if tag == "equal":
                for old, new in zip(free, open_, strict=True):
                    self._put(old, new)
            elif tag == "replace" and len(free) == len(open_):
                for old, new in zip(free, open_, strict=True):
                    if _is_edit(self.base.nodes[old], self.side.nodes[new]):
                        self._put(old, new)


def _say(node: Node) -> tuple[str, str]:
    return node.kind, node.key


def _path(tree: Tree, node: Node) -> Hashable:
    path = [node.key]
    while node.parent:
        node = tree.nodes[node.parent]
        path.append(node.key)
    return tuple(path)


def _content(tree: Tree, node: Node) -> Hashable:
    return tuple(sorted(_statements(tree, node).elements())) or None


def _statements(tree: Tree, node: Node) -> Counter[str]:
    """The statements below a heading, those of its subsections left out."""
    own = (child for child in tree.children[node.index] if tree.nodes[child].kind != HEADING)
    return Counter(each.key for child in own for each in tree.below(child) if each.kind != RULE)


def _shared(base: Tree, old: Node, side: Tree, new: Node) -> float:
    one, other = _statements(base, old), _statements(side, new)
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


def _is_edit(old: Node, new: Node) -> bool:
    from rapidfuzz import fuzz  # only where a statement or a heading changed

    if old.kind != new.kind or not (old.is_item or old.kind == HEADING):
        return False
    return fuzz.ratio(old.key.casefold(), new.key.casefold()) >= 100 * _EDITED
