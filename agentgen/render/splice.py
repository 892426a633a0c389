"""Our own part of a file that others write to as well: found, put in, taken out; the rest keeps its bytes.

In Markdown a part stands between two comment lines with the profile's name. In YAML it is an entry of a list, told
apart by one of its keys. A file in which the place cannot be found for certain is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from agentgen.profile.yaml_loader import FastLoader
from agentgen.render.model import SharedPart
from agentgen.source import split_lines

_MARKED = re.compile(
    r"^<!-- agentgen: begin (?P<name>[a-z0-9-]+) -->\r?\n"
    r"(?P<text>(?:(?!<!-- agentgen: begin ).*(?:\r?\n|\Z))*?)"
    r"<!-- agentgen: end (?P=name) -->[ \t\r]*$",
    re.MULTILINE,
)
_COLUMN = 2
"""The column of the dash in a part that was rendered."""


class CannotSpliceError(Exception):
    """Why the file is better left alone."""


def part_of(rendered: str, place: SharedPart) -> str:
    """The part that a file rendered for one agent alone consists of."""
    if place.list is None:
        begin, end = _marks(place.name)
        return f"{begin}\n{rendered.rstrip()}\n{end}\n"
    lines = split_lines(rendered)
    start = next(index for index, line in enumerate(lines) if line.lstrip(" ").startswith("- "))
    return "".join(lines[start:])


def own_part(text: str, place: SharedPart) -> str | None:
    """Our part as it stands in the file, indented as `part_of` gives it; None where there is none.

    Raises:
        CannotSpliceError: the file cannot be cut for certain.
    """
    found = _span(text, place)
    if found is None:
        return None
    start, end, column = found
    part = _shifted(text[start:end], _COLUMN - column)
    return part if part.endswith("\n") else part + "\n"


def put_part(text: str, place: SharedPart, part: str) -> str:
    """The file with our part in place of the old one, or at the end. Raises CannotSpliceError."""
    found = _span(text, place)
    if found is not None:
        start, end, column = found
        return text[:start] + _shifted(part, column - _COLUMN) + text[end:]
    if place.list is None:
        gap = "" if not text.strip() else "\n" if text.endswith("\n") else "\n\n"
        return text + gap + part
    return _append_entry(text, place, part)


def take_part(text: str, place: SharedPart) -> str:
    """The file without our part, and without the list where it was the last entry. Raises CannotSpliceError."""
    found = _span(text, place)
    if found is None:
        return text
    before, after = text[: found[0]], text[found[1] :]
    if place.list is None:
        return before.removesuffix("\n") + after if before.endswith("\n\n") else before + after
    if len(_entries(text, place)) == 1:
        head = before.rstrip("\n").rpartition("\n")
        return head[0] + head[1] + after if head[2].startswith(place.list) else before + after
    return before + after


def marked_parts(text: str) -> Iterator[tuple[str, str]]:
    """The parts between marks in a Markdown file, each with its profile's name; of parts in parts the inner ones."""
    for found in _MARKED.finditer(text):
        yield found["name"], found["text"]


def _marks(name: str) -> tuple[str, str]:
    return f"<!-- agentgen: begin {name} -->", f"<!-- agentgen: end {name} -->"


def _span(text: str, place: SharedPart) -> tuple[int, int, int] | None:
    """Start, end and column of our part."""
    return _marked_span(text, place.name) if place.list is None else _entry_span(text, place)


def _marked_span(text: str, name: str) -> tuple[int, int, int] | None:
    begin, end = _marks(name)
    found = [text.count(mark) for mark in (begin, end)]
    if found == [0, 0]:
        return None
    start, stop = text.find(begin), text.find(end)
    if found != [1, 1] or stop < start:
        raise CannotSpliceError(f"the comment lines of {name} do not come in one pair")
    line_end = text.find("\n", stop)
    return start, len(text) if line_end < 0 else line_end + 1, _COLUMN


def _entry_span(text: str, place: SharedPart) -> tuple[int, int, int] | None:
    ours = [entry for entry in _entries(text, place) if _name_of(entry, place) == place.name]
    if not ours:
        return None
    if len(ours) > 1:
        raise CannotSpliceError(f"{place.list} has two entries with the {place.key} {place.name}")
    return _lines_of(text, ours[0])


def _lines_of(text: str, entry: yaml.MappingNode) -> tuple[int, int, int]:
    """Start, end and dash column of an entry: up to the first line that is not indented deeper than its dash."""
    start = text.rfind("\n", 0, entry.start_mark.index) + 1
    lines = split_lines(text[start:])
    column = len(lines[0]) - len(lines[0].lstrip(" "))
    if not lines[0][column:].startswith("- "):
        raise CannotSpliceError("an entry does not start with a dash on its own line")
    end = position = start + len(lines[0])
    for line in lines[1:]:
        position += len(line)
        if line.strip() and len(line) - len(line.lstrip(" ")) <= column:
            break
        if line.strip():
            end = position
    return start, end, column


def _entries(text: str, place: SharedPart) -> list[yaml.MappingNode]:
    """The entries of the list, in a file that can be cut by lines."""
    node = _list_node(text, place)
    if node is None:
        return []
    if node.flow_style or "\r" in text:
        raise CannotSpliceError(f"{place.list} is not written as a list of lines with plain line ends")
    if not all(isinstance(entry, yaml.MappingNode) and not entry.flow_style for entry in node.value):
        raise CannotSpliceError(f"{place.list} holds entries that are not written as lines of keys")
    return list(node.value)


def _list_node(text: str, place: SharedPart) -> yaml.SequenceNode | None:
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=FastLoader)):
            raise CannotSpliceError("the file uses YAML aliases")
        root = yaml.compose(text, Loader=FastLoader)
    except yaml.YAMLError as error:
        raise CannotSpliceError(f"the file is not valid YAML: {' '.join(str(error).split())[:120]}") from None
    if root is None:
        return None
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise CannotSpliceError("the file is not written as lines of keys")
    found = [value for key, value in root.value if key.value == place.list]
    if found and not isinstance(found[0], yaml.SequenceNode):
        raise CannotSpliceError(f"{place.list} is not a list")
    return found[0] if found else None


def _name_of(entry: yaml.MappingNode, place: SharedPart) -> str:
    return next((str(value.value) for key, value in entry.value if key.value == place.key), "")


def _append_entry(text: str, place: SharedPart, part: str) -> str:
    entries = _entries(text, place)
    if entries:
        _, end, column = _lines_of(text, entries[-1])
        whole = text[:end] if text[:end].endswith("\n") else text[:end] + "\n"
        return whole + _shifted(part, column - _COLUMN) + text[end:]
    if _list_node(text, place) is not None:
        raise CannotSpliceError(f"{place.list} is empty; remove its line and try again")
    gap = "" if not text or text.endswith("\n") else "\n"
    return f"{text}{gap}{place.list}:\n{part}"


def _shifted(part: str, columns: int) -> str:
    """Each line that is not blank further to the right, or to the left."""
    lines = split_lines(part)
    if columns < 0:
        return "".join(line[-columns:] if line.strip() else line for line in lines)
    return "".join(" " * columns + line if line.strip() else line for line in lines)
