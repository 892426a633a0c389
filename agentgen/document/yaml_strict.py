"""Frontmatter read by a strict YAML parser, with the traps of YAML 1.1 disarmed.

The parser's events are used, not its objects: nothing is ever built from a tag, no alias is expanded, and depth and
size are limited before anything grows. Values keep the author's text wherever a typed value could not give it back:
`no`, `1.10`, `010`, `1:30` and `2024-01-01` stay text, `true`, `12`, `0.7` and `null` do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

MAX_DEPTH = 32
MAX_EVENTS = 20_000

TEXT_KEYS = frozenset({"name", "description", "model", "color", "version"})
"""Top-level keys whose plain values are text whatever they look like."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})$")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+$")
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


class StrictField(NamedTuple):
    """A top-level key with its value; offsets are relative to the text that was read."""

    key: str
    value: object
    key_start: int
    value_start: int
    value_end: int


class NotStrictError(Exception):
    """The text is not a YAML mapping that is safe to read. `offset` is where, `refused` why it must never be."""

    def __init__(self, message: str, offset: int, refused: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.refused = refused


def read_strict(text: str) -> list[StrictField]:
    """The top-level keys of a YAML mapping, in file order, duplicates included.

    Raises:
        NotStrictError: strict YAML does not accept the text, or it uses what agent files never need.
    """
    try:
        return _Builder(text).fields()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise NotStrictError(error.problem or str(error), mark.index if mark else 0) from None
    except yaml.YAMLError as error:
        raise NotStrictError(str(error), getattr(error, "position", 0) or 0) from None


def scalar(text: str, *, typed: bool = True) -> object:
    """The value of a plain scalar."""
    if text in _CONSTANTS and (typed or _CONSTANTS[text] is None):
        return _CONSTANTS[text]
    if typed and _INT.match(text) and text != "-0":
        return int(text)
    if typed and _FLOAT.match(text) and repr(float(text)) == text:
        return float(text)
    return text


class _Builder:
    """Builds values from events with a stack of its own, so that no input can exhaust Python's."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._key: str | None = None

    def fields(self) -> list[StrictField]:
        events = self._events()
        found: list[StrictField] = []
        first = next(events, None)
        if first is None:
            return []
        if not isinstance(first, yaml.MappingStartEvent):
            raise NotStrictError("this is not a list of keys and values", first.start_mark.index)
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            found.append(self._field(event, events))
        if next(events, None) is not None:
            raise NotStrictError("a second YAML document begins here", 0)
        return found

    def _events(self) -> Iterator[Any]:
        loader = _Loader(self._text)
        skipped = (
            yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent
        )  # fmt: skip
        try:
            for count in range(MAX_EVENTS + 1):
                if not loader.check_event():
                    return
                event = loader.get_event()
                self._check(event, count)
                if not isinstance(event, skipped):
                    yield event
        finally:
            loader.dispose()

    def _check(self, event: Any, count: int) -> None:
        place = event.start_mark.index
        if isinstance(event, yaml.AliasEvent):
            raise NotStrictError("aliases are not expanded", place, "alias")
        if getattr(event, "tag", None) not in (None, "!"):
            raise NotStrictError("tags are not read", place, "tag")
        if count >= MAX_EVENTS:
            raise NotStrictError(f"more than {MAX_EVENTS} YAML nodes", place, "size")

    def _field(self, key: Any, events: Iterator[Any]) -> StrictField:
        if not isinstance(key, yaml.ScalarEvent):
            raise NotStrictError("a key must be a plain word", key.start_mark.index)
        name = str(key.value)
        event = next(events)
        value, end = self._value(event, events, typed=name not in TEXT_KEYS)
        return StrictField(name, value, key.start_mark.index, event.start_mark.index, end)

    def _value(self, event: Any, events: Iterator[Any], *, typed: bool) -> tuple[object, int]:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, typed=typed), event.end_mark.index
        stack: list[_Collection] = [_Collection(event)]
        for event in events:
            top = stack[-1]
            if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                stack.pop()
                if not stack:
                    return top.value, event.end_mark.index
                stack[-1].add(top.value, event)
            elif isinstance(event, yaml.ScalarEvent):
                top.add(self._scalar(event, typed=not top.wants_key), event)
            else:
                stack.append(_Collection(event))
                if len(stack) > MAX_DEPTH:
                    raise NotStrictError(f"nested deeper than {MAX_DEPTH}", event.start_mark.index, "depth")
        raise NotStrictError("the value does not end", len(self._text))

    @staticmethod
    def _scalar(event: Any, *, typed: bool) -> object:
        return scalar(event.value, typed=typed) if event.implicit[0] else event.value


class _Collection:
    """A list or mapping while it is read."""

    __slots__ = ("_key", "value")

    def __init__(self, event: Any) -> None:
        self.value: list[object] | dict[str, object] = [] if isinstance(event, yaml.SequenceStartEvent) else {}
        self._key: str | None = None

    @property
    def wants_key(self) -> bool:
        return isinstance(self.value, dict) and self._key is None

    def add(self, value: object, event: Any) -> None:
        if isinstance(self.value, list):
            self.value.append(value)
        elif self._key is None:
            if isinstance(value, (list, dict)):
                raise NotStrictError("a key must be a plain word", event.start_mark.index)
            self._key = "null" if value is None else str(value)
        else:
            self.value[self._key] = value
            self._key = None
