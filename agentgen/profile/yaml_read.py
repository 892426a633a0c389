"""Read a YAML file into plain values and keep the place of each.

Scalars are text, as somebody typed them, except below the paths that are `free`: there the core schema applies. Whether
the values make sense is for `validate`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

import yaml

from agentgen.errors import Problem, UserError
from agentgen.profile.yaml_loader import TOO_DEEP, PlainLoader, SlowLoader
from agentgen.profile.yaml_values import Path, is_null, resolve
from agentgen.source import BOM, Source

_TAGS = frozenset(
    f"tag:yaml.org,2002:{word}"
    for word in ("str", "int", "float", "bool", "null", "seq", "map", "timestamp", "merge", "value")
)
"""What the composer gives to values that stand without a tag."""

_CONFLICT = re.compile(r"^(?:<{7}|>{7}) \S+", re.MULTILINE)
MAX_PROBLEMS = 100
"""Mistakes of one kind that are listed of one file."""

_MARKS = ("\n", ",", "[", "{", "- ", ": ", "? ")
_MARK = re.compile(r"[\n,\[{]|[-:?] ")
MAX_VALUES = 250_000
"""Signs that begin a value (line ends, commas, brackets, dashes, colons); a file with more of them is not parsed."""

MAX_LINE = 1_000_000
"""Characters of a line; a file with a longer one is not parsed."""

_NOT_UTF8 = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's values with their places: offsets into the source's text, of keys and of values."""

    source: Source
    value: object
    keys: Mapping[Path, int] = field(default_factory=dict)
    values: Mapping[Path, int] = field(default_factory=dict)

    def problem(self, path: Path, message: str, hint: str = "", *, at_key: bool = False) -> Problem:
        """A problem at a path, or at the nearest place above it that stands in the file."""
        offset = self.keys.get(path) if at_key else None
        while offset is None and path not in self.values and path:
            path = path[:-1]
        line, column = self.source.position(self.values.get(path, 0) if offset is None else offset)
        return Problem(message, self.source.path, line, column, hint)


def read_yaml(source: Source, is_free: Callable[[Path], bool]) -> Tree:
    """The file's values.

    Raises:
        UserError: it is not UTF-8, not YAML, or uses YAML that has no meaning here, with every such place.
    """
    root = compose(source)
    reading = _Reading(source, is_free)
    value = reading.value(root, ()) if root is not None else None
    if reading.problems:
        raise UserError(reading.problems)
    return Tree(source, value, reading.keys, reading.values)


def compose(source: Source) -> yaml.Node | None:
    """The file's node tree; None for a file without content.

    Raises:
        UserError: it is not UTF-8, not YAML, or holds a conflict of git.
    """
    check_size(source)
    undecodable = _NOT_UTF8.search(source.text)
    if undecodable:
        raise UserError(_problem(source, undecodable.start(), "this byte is not UTF-8", "save the file as UTF-8"))
    markers = [
        _problem(
            source, found.start(), f"a conflict that git left here: {found[0]}", "choose a side, remove the markers"
        )
        for found in islice(_CONFLICT.finditer(source.text), MAX_PROBLEMS)
    ]
    if markers:
        raise UserError(markers)
    text = source.text.removeprefix(BOM)
    shift = len(source.text) - len(text)
    try:
        return _compose(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"this is not valid YAML: {error.problem or error.context}"
        raise UserError(_problem(source, (mark.index if mark else 0) + shift, what, _hint(error))) from None
    except yaml.reader.ReaderError as error:
        what = f"the character U+{int(error.character):04X} may not stand in YAML"
        hint = "write it as an escape in quotes"
        raise UserError(_problem(source, int(error.position) + shift, what, hint)) from None


def check_size(source: Source) -> None:
    """Refuse what would take long, before a parser sees it.

    Raises:
        UserError: a line is longer than any in a file that people edit, or there are more values than in any of them.
    """
    text = source.text
    if len(text) <= MAX_VALUES:
        return
    longest = max(text.split("\n"), key=len)
    if len(longest) > MAX_LINE:
        what = f"a line of {len(longest)} characters; at most {MAX_LINE} are read"
        raise UserError(_problem(source, text.find(longest), what, "check that this is the right file"))
    if sum(map(text.count, _MARKS)) > MAX_VALUES:
        place = next(islice(_MARK.finditer(text), MAX_VALUES, None)).start()
        what = f"more than {MAX_VALUES} values"
        raise UserError(_problem(source, place, what, "check that this is the right file"))


def _compose(text: str) -> yaml.Node | None:
    """Fast where possible. The slow reader also takes escapes of lone surrogates, and gives the better messages."""
    try:
        return yaml.compose(text, Loader=PlainLoader)
    except yaml.YAMLError as error:
        if getattr(error, "problem", None) == TOO_DEEP:
            raise
        return yaml.compose(text, Loader=SlowLoader)


def _hint(error: yaml.MarkedYAMLError) -> str:
    problem = str(error.problem)
    if problem == TOO_DEEP:
        return "check the brackets"
    if "\\t" in problem:
        return "indent with blanks instead of tabs"
    if "mapping values are not allowed" in problem:
        return "put the text in quotes if it holds a colon, and check the indentation"
    if "expected <block end>" in problem:
        return "check the indentation: entries of one list or mapping start in the same column"
    return "check quotes, brackets and indentation around this place"


def _problem(source: Source, offset: int, message: str, hint: str) -> Problem:
    line, column = source.position(offset)
    return Problem(message, source.path, line, column, hint)


@dataclass(slots=True)
class _Reading:
    """Collects values, places and problems while it walks the nodes."""

    source: Source
    is_free: Callable[[Path], bool]
    keys: dict[Path, int] = field(default_factory=dict)
    values: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    shift: int = 0  # of what stands before the text that the parser saw

    def __post_init__(self) -> None:
        self.shift = len(BOM) if self.source.text.startswith(BOM) else 0

    def value(self, node: yaml.Node, path: Path) -> object:
        self.values[path] = self._offset(node)
        if not self._is_allowed(node):
            return None
        if isinstance(node, yaml.MappingNode):
            return {key: self.value(child, (*path, key)) for key, child in self._entries(node, path)}
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*path, index)) for index, child in enumerate(node.value)]
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node, path)

    def _scalar(self, node: yaml.ScalarNode, path: Path) -> object:
        text = str(node.value)
        if node.style:  # quoted, or a block
            return text
        return resolve(text) if self.is_free(path) else None if is_null(text) else text

    def _entries(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, yaml.Node]]:
        places: dict[str, int] = {}
        for key_node, child in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse(key_node, "a key must be a word", "write the key as plain text")
                continue
            key = str(key_node.value)
            if key in places:
                line = self.source.line_of(places[key])
                self._refuse(key_node, f"the key '{key}' is given twice", f"it stands in line {line} already")
                continue
            places[key] = self.keys[(*path, key)] = self._offset(key_node)
            yield key, child

    def _is_allowed(self, node: yaml.Node) -> bool:
        if node.tag not in _TAGS:
            self._refuse(node, f"the tag {node.tag} has no meaning here", "remove the tag")
        elif isinstance(node, yaml.CollectionNode) and id(node) in self.seen:
            self._refuse(node, "an alias (`*name`) is used here", "write the value out where it is needed")
        else:
            self.seen.add(id(node))
            return True
        return False

    def _refuse(self, node: yaml.Node, message: str, hint: str) -> None:
        problem = _problem(self.source, self._offset(node), message, hint)
        if len(self.problems) < MAX_PROBLEMS and problem not in self.problems:  # each alias is what it repeats
            self.problems.append(problem)

    def _offset(self, node: yaml.Node) -> int:
        return int(node.start_mark.index) + self.shift
