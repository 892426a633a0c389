"""Three versions of a file under common names: a node of the base by its index, a new one by its side and index."""

from __future__ import annotations

from dataclasses import dataclass, field

from agentgen.merge.files.matching import match
from agentgen.merge.files.tree import Node, Tree, read_tree

Name = tuple[str, int]

BASE, OURS, THEIRS = "base", "ours", "theirs"
END: Name = ("end", 0)
"""Stands behind the last node."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its nodes by common name, in file order."""

    tree: Tree
    names: tuple[Name, ...]
    nodes: dict[Name, Node] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "nodes", dict(zip(self.names, self.tree.nodes, strict=True)))

    def __contains__(self, name: Name) -> bool:
        return name in self.nodes

    def parent(self, name: Name) -> Name | None:
        """The name of the node that a node stands in; None for the root."""
        parent = self.nodes[name].parent
        return None if parent is None else self.names[parent]

    def children(self, name: Name) -> list[Name]:
        """What stands in a node, nothing where the node is not here."""
        return [self.names[child] for child in self.tree.children[self.nodes[name].index]] if name in self else []

    def texts(self, name: Name) -> list[str]:
        """The texts of a node and of all that stands in it."""
        return [node.text for node in self.tree.below(self.nodes[name].index)]

    def gap(self, above: Name, below: Name) -> str | None:
        """What lies between two nodes; None where they are not neighbours here."""
        node = self.nodes.get(above)
        return node.gap if node is not None and self.behind(node.index) == below else None

    def behind(self, index: int) -> Name:
        """The name of the next node in the file."""
        return self.names[index + 1] if index + 1 < len(self.names) else END

    def gap_above(self, name: Name) -> str | None:
        """What lies between a node and the one before it."""
        index = len(self.names) if name == END else self.nodes[name].index if name in self else 0
        return self.tree.nodes[index - 1].gap if index else None

    def gap_below(self, name: Name) -> str | None:
        """What lies between a node and the one behind it; None where nothing comes behind it."""
        node = self.nodes.get(name)
        return node.gap if node is not None and self.behind(node.index) != END else None


def read_versions(base: str, ours: str, theirs: str) -> tuple[Version, Version, Version]:
    """The three versions under common names. Raises UnsureError where one cannot be cut into nodes."""
    tree = read_tree(base)
    old = Version(tree, tuple((BASE, node.index) for node in tree.nodes))
    return old, _version(OURS, tree, read_tree(ours)), _version(THEIRS, tree, read_tree(theirs))


def _version(side: str, base: Tree, tree: Tree) -> Version:
    former = {new: old for old, new in match(base, tree).items()}
    names = ((BASE, former[node.index]) if node.index in former else (side, node.index) for node in tree.nodes)
    return Version(tree, tuple(names))
