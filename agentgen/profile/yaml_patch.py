"""Rewrite a YAML file that people edit: only what changed is written anew, everything else keeps its bytes.

    # reviewed in May                   # reviewed in May
    role: |                 model  ->   role: |
      You help.             changed       You help.
    model:   fast   # cheap             model: deep   # cheap

Comments and blank lines above an entry belong to it: they move and go with it. Elements of lists are recognised by
their `id`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from agentgen.profile.yaml_values import Path
from agentgen.profile.yaml_write import Notes, write_element, write_entry

_Values = Mapping[str, Any]


class _Entry(NamedTuple):
    """An entry of the old text: `lead` is where its comments start, `start` its first character, `end` its last + 1."""

    name: str
    lead: int
    start: int
    end: int
    node: yaml.Node
    old: Any


class Patcher(NamedTuple):
    """The old text, and the comments for entries that are new."""

    text: str
    notes: Notes

    def patch(self, root: yaml.Node, old: object, new: Mapping[str, Any]) -> str | None:
        """The old text, of which `old` was read, changed so that it says `new`; None where it has another form."""
        if not (isinstance(root, yaml.MappingNode) and not root.flow_style and isinstance(old, Mapping)):
            return None
        first = self._line_start(root.value[0][0].start_mark.index)
        body = self._mapping(root, old, new, (), first)
        return self.text[:first] + body + self.text[self._end(root) :]

    def _mapping(
        self, node: yaml.MappingNode, old: Mapping[str, Any], new: Mapping[str, Any], path: Path, at: int
    ) -> str:
        """The entries of a block mapping. `at` is where the region of the first one starts."""
        entries = self._mapping_entries(node, old, at)
        column = node.value[0][0].start_mark.column
        kept = {entry.name: entry for entry in entries if entry.name in new}
        return "".join(
            self._entry(kept[key], new[key], column, (*path, key))
            if key in kept
            else write_entry(key, new[key], column, (*path, key), self.notes)
            for key in _merged_order(list(kept), list(new))
        )

    def _mapping_entries(self, node: yaml.MappingNode, old: Mapping[str, Any], at: int) -> list[_Entry]:
        entries: list[_Entry] = []
        for key, value in node.value:
            start = max(at, self._line_start(key.start_mark.index))
            end = self._end(value, at_least=key.end_mark.index)
            entries.append(_Entry(key.value, at, start, end, value, old[key.value]))
            at = end
        return entries

    def _entry(self, entry: _Entry, new: Any, column: int, path: Path) -> str:
        if _says(entry.old, new):
            return self.text[entry.lead : entry.end]
        lead = self.text[entry.lead : entry.start]
        inner = self._collection(entry.node, entry.old, new, path)
        if inner is not None:
            return lead + self.text[entry.start : self._first_line(entry.node)] + inner
        written = write_entry(entry.name, new, column, path, {})
        if entry.start == entry.lead and not self._starts_line(entry.start):
            written = written.lstrip(" ")  # behind the dash of a list element
        return lead + self._with_remark(entry, written)

    def _collection(self, node: yaml.Node, old: Any, new: Any, path: Path) -> str | None:
        """A block collection patched inside; None where the value must be written anew."""
        if not isinstance(node, yaml.CollectionNode) or node.flow_style or not new:
            return None
        at = self._first_line(node)
        if isinstance(node, yaml.MappingNode) and isinstance(new, Mapping):
            return self._mapping(node, old, new, path, at)
        if isinstance(node, yaml.SequenceNode) and isinstance(new, list) and _have_ids(old) and _have_ids(new):
            return self._sequence(node, old, new, path, at)
        return None

    def _sequence(self, node: yaml.SequenceNode, old: list[Any], new: list[Any], path: Path, at: int) -> str:
        column = node.start_mark.column
        elements: dict[str, _Entry] = {}
        for child, value in zip(node.value, old, strict=True):
            end = self._end(child)
            start = self._line_start(child.start_mark.index)
            elements[value["id"]] = _Entry("-", at, max(at, start), end, child, value)
            at = end
        return "".join(
            self._element(elements.get(value["id"]), value, column, (*path, index)) for index, value in enumerate(new)
        )

    def _element(self, element: _Entry | None, new: Mapping[str, Any], column: int, path: Path) -> str:
        if element is None:
            return write_element(new, column, path, self.notes)
        if _says(element.old, new):
            return self.text[element.lead : element.end]
        lead = self.text[element.lead : element.start]
        node = element.node
        if not isinstance(node, yaml.MappingNode) or node.flow_style or node.value[0][0].value not in new:
            return lead + write_element(new, column, path, {})
        first = node.value[0][0].start_mark.index
        return lead + self.text[element.start : first] + self._mapping(node, element.old, new, path, first)

    def _with_remark(self, entry: _Entry, written: str) -> str:
        """The new entry with the comment that stood behind the old one, where both are one line."""
        old_line = self.text[entry.node.end_mark.index : entry.end]
        one_line = entry.node.start_mark.line == entry.node.end_mark.line and written.count("\n") == 1
        if one_line and old_line.lstrip(" \t").startswith("#"):
            return written.rstrip("\n") + old_line
        return written

    def _first_line(self, node: yaml.Node) -> int:
        """Where the line after the collection's own key starts: comments above the first entry belong to it."""
        key_line = self.text.rfind("\n", 0, max(node.start_mark.index, 0))
        position = key_line + 1
        while position > 0 and self._is_trivia(self.text[self._line_start(position - 1) : position]):
            position = self._line_start(position - 1)
        return position

    def _end(self, node: yaml.Node, at_least: int = 0) -> int:
        """The offset behind the last line of a node's content, without the blank lines and comments that follow."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1], last[0].end_mark.index) if isinstance(last, tuple) else self._end(last)
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return self._block_end(node)
        end = self.text.find("\n", max(node.end_mark.index, at_least))
        return len(self.text) if end < 0 else end + 1

    def _block_end(self, node: yaml.ScalarNode) -> int:
        start, end = node.start_mark.index, node.end_mark.index
        header = self.text[start : self.text.find("\n", start)]
        if "+" in header:
            return int(end)
        while end > start and not self.text[self._line_start(end - 1) : end].strip():
            end = self._line_start(end - 1)
        return int(end)

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def _starts_line(self, offset: int) -> bool:
        return self._line_start(offset) == offset

    @staticmethod
    def _is_trivia(line: str) -> bool:
        return not line.strip() or line.lstrip().startswith("#")


def _says(old: Any, new: Any) -> bool:
    """True where a value as it was read (scalars may be text) is the one to be written."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return old.keys() == new.keys() and all(_says(old[key], new[key]) for key in new)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_says, old, new))
    return bool(old == new) or (isinstance(old, str) and isinstance(new, (bool, int)) and old == str(new).lower())


def _have_ids(values: Sequence[Any]) -> bool:
    return all(isinstance(value, Mapping) and isinstance(value.get("id"), str) for value in values)


def _merged_order(old: list[str], new: list[str]) -> list[str]:
    """The old keys in their order; each new one behind the key that comes before it in the new order."""
    order = list(old)
    for index, key in enumerate(new):
        if key not in order:
            order.insert(order.index(new[index - 1]) + 1 if index else 0, key)
    return order
