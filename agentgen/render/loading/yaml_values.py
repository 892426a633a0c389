"""YAML as agent tools parse it: the core schema of YAML 1.2, with what the libraries add or refuse.

    description: on              text in all of them (YAML 1.1 would make it true)
    description: 2024-01-01      a date in some libraries, text in others
    name: a / name: b            refused by most, the last one counts in some

Values are built from the parser's events with a stack of our own, so that no input exhausts Python's; references to
anything but a plain text, and endless nesting, are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import yaml

from agentgen.profile.yaml_values import resolve

MAX_DEPTH = 64
MAX_EVENTS = 20_000

_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRAME = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)
_KEY_OF_MAPPING = "[object Object]"  # what `{{x}}` in a plain value becomes
_TABS = re.compile(r"^\t+", re.MULTILINE)
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[Tt ].*[0-9Z])?\Z")


class Dialect(NamedTuple):
    """What YAML libraries do differently: whether a key may come twice (the last one counts), whether an unquoted date
    is a date, whether tabs at the left edge count as nothing instead of being an error, whether unknown tags are passed
    over, whether further lines of a quoted text must be indented."""

    duplicates: bool = False
    dates: bool = False
    tabs: bool = False
    tags: bool = False
    indented: bool = False


class YamlError(Exception):
    """The text cannot be read: why, and the 0-based line of the text."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def read_mapping(text: str, dialect: Dialect) -> dict[str, object]:
    """The mapping that a text holds; its last line counts as ended.

    Raises:
        YamlError: a strict parser refuses the text, or it is no mapping.
    """
    text = _TABS.sub("", text) if dialect.tabs else text
    try:
        value = _build(text if text.endswith("\n") else text + "\n", dialect)
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        line: int = mark.line if mark else 0
        raise YamlError(error.problem or "not YAML", line) from None
    except yaml.YAMLError:
        raise YamlError("a character that YAML does not allow") from None
    if not isinstance(value, dict):
        raise YamlError("there are no keys and values")
    return value


def _build(text: str, dialect: Dialect) -> object:
    stack: list[_Collection] = []
    anchors: dict[str, object] = {}
    result: object = None
    for event in _events(text, dialect):
        value: object
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            stack.append(_Collection(event, dialect))
            if len(stack) > MAX_DEPTH:
                raise YamlError(f"nested deeper than {MAX_DEPTH}", _line(event))
            continue
        if isinstance(event, yaml.ScalarEvent):
            value = _scalar(event, dialect, text)
            anchors[str(event.anchor)] = value
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            value = stack.pop().value
        else:
            value = _referred(event, anchors)
        if stack:
            stack[-1].add(value, event)
        elif result is not None:
            raise YamlError("a second document", _line(event))
        else:
            result = value
    return result if result is not None else {}


def _events(text: str, dialect: Dialect) -> Iterator[Any]:
    parser = _PARSER(text)
    try:
        for _ in range(MAX_EVENTS):
            if not parser.check_event():
                return
            event = parser.get_event()
            if getattr(event, "tag", None) not in (None, "!") and not dialect.tags:
                raise YamlError(f"an unknown tag {event.tag}", _line(event))
            if not isinstance(event, _FRAME):
                yield event
        raise YamlError(f"more than {MAX_EVENTS} values")
    finally:
        parser.dispose()


def _referred(event: Any, anchors: dict[str, object]) -> object:
    """What an alias stands for. Collections are not followed: they can be made to grow without end."""
    if event.anchor not in anchors:
        raise YamlError("a reference to another value", _line(event))
    return anchors[event.anchor]


def _line(event: Any) -> int:
    return int(event.start_mark.line)


def _scalar(event: Any, dialect: Dialect, source: str) -> object:
    text: str = event.value
    written = source[event.start_mark.index : event.end_mark.index]
    if dialect.indented and written[:1] in ("'", '"') and re.search(r"\n[^\s]", written):
        raise YamlError("a quoted text goes on at the left edge", _line(event) + 1)
    if not event.implicit[0]:
        return text
    found = _DATE.match(text) if dialect.dates else None
    if found:
        try:
            return date(*map(int, found.groups()))
        except ValueError:
            return text
    return resolve(text)


class _Collection:
    """A list or mapping while it is built."""

    __slots__ = ("_dialect", "_has_key", "_key", "value")

    def __init__(self, event: Any, dialect: Dialect) -> None:
        self.value: list[object] | dict[str, object] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        self._key = ""
        self._has_key = False
        self._dialect = dialect

    def add(self, value: object, event: Any) -> None:
        if isinstance(self.value, list):
            self.value.append(value)
        elif not self._has_key:
            self._take_key(value, event)
        else:
            self.value[self._key] = value
            self._has_key = False

    def _take_key(self, value: object, event: Any) -> None:
        self._key = _KEY_OF_MAPPING if isinstance(value, dict) else "null" if value is None else str(value)
        self._has_key = True
        if self._key in self.value and not self._dialect.duplicates:
            raise YamlError(f"the key `{self._key}` stands twice", _line(event))
