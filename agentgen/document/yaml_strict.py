"""Frontmatter read by a strict YAML parser, with the traps of YAML 1.1 disarmed.

The parser's events are used, not its objects: nothing is ever built from a tag, no alias is expanded, and depth and
size are limited before anything grows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from agentgen.document.keys import TEXT_KEYS
from agentgen.document.scalars import scalar

MAX_DEPTH = 32
MAX_EVENTS = 10_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRAME = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


class StrictField(NamedTuple):
    """A top-level key with its value; offsets are offsets into the text that was read."""

    key: str
    value: object
    key_start: int
    value_start: int
    value_end: int


class NotStrictError(Exception):
    """The text is not a YAML mapping that is safe to read: what is wrong, and at which offset.

    `refused` is True where a parser would accept the text but must not be let loose on it.
    """

    def __init__(self, message: str, offset: int, *, refused: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.refused = refused


def read_strict(text: str) -> list[StrictField]:
    """The top-level keys of a YAML mapping in file order, duplicates included; empty for an empty text.

    Raises:
        NotStrictError: strict YAML does not accept the text, or it uses what agent files never need.
    """
    try:
        return _Builder(text).fields()
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        raise NotStrictError(error.problem or "not YAML", mark.index if mark else 0) from None
    except yaml.reader.ReaderError as error:
        # Its position counts bytes in the compiled reader and characters in the other.
        refused = chr(int(error.character))
        raise NotStrictError("a character that YAML does not allow", text.find(refused)) from None
    except UnicodeEncodeError as error:
        raise NotStrictError("a byte that is not UTF-8", error.start) from None


class _Builder:
    """Builds values from events with a stack of its own, so that no input can exhaust Python's."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._anchors: set[str] = set()

    def fields(self) -> list[StrictField]:
        events = self._events()
        first = next(events, None)
        if first is None:
            return []
        if not isinstance(first, yaml.MappingStartEvent):
            raise NotStrictError("this is not a list of keys and values", _at(first))
        found: list[StrictField] = []
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            found.append(self._field(event, events))
        second = next(events, None)
        if second is not None:
            raise NotStrictError("a second YAML document begins here", _at(second))
        return found

    def _events(self) -> Iterator[Any]:
        loader = _Loader(self._text)
        count = 0
        try:
            while loader.check_event():
                event = loader.get_event()
                count += 1
                self._refuse(event, count)
                if not isinstance(event, _FRAME):
                    yield event
        finally:
            loader.dispose()

    def _refuse(self, event: Any, count: int) -> None:
        """Stop at whatever could grow without limit or mean more than it shows."""
        place = _at(event)
        anchor = getattr(event, "anchor", None)
        if isinstance(event, yaml.AliasEvent):
            known = anchor in self._anchors
            raise NotStrictError("a value that begins with `*` is a reference in YAML", place, refused=known)
        if anchor:
            self._anchors.add(anchor)
        if getattr(event, "tag", None) not in (None, "!"):
            raise NotStrictError("a value with a `!` tag is never built", place, refused=True)
        if count > MAX_EVENTS:
            raise NotStrictError(f"more than {MAX_EVENTS} values", place, refused=True)

    def _field(self, key: Any, events: Iterator[Any]) -> StrictField:
        if not isinstance(key, yaml.ScalarEvent):
            raise NotStrictError("a key must be a plain word", _at(key))
        name = str(key.value)
        event = next(events)
        value, end = self._value(event, events, typed=name not in TEXT_KEYS)
        return StrictField(name, value, _at(key), _at(event), end)

    def _value(self, event: Any, events: Iterator[Any], *, typed: bool) -> tuple[object, int]:
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event, typed=typed), _end(event)
        stack = [_Collection(event)]
        for inner in events:
            top = stack[-1]
            if isinstance(inner, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                stack.pop()
                if not stack:
                    return top.value, _end(inner)
                stack[-1].add(top.value, inner)
            elif isinstance(inner, yaml.ScalarEvent):
                top.add(_scalar(inner, typed=not top.wants_key), inner)
            else:
                stack.append(_Collection(inner))
                if len(stack) > MAX_DEPTH:
                    raise NotStrictError(f"nested deeper than {MAX_DEPTH}", _at(inner), refused=True)
        raise AssertionError("the parser ends every collection that it begins")


def _at(event: Any) -> int:
    """Where an event begins, in characters of the text."""
    return int(event.start_mark.index)


def _end(event: Any) -> int:
    return int(event.end_mark.index)


def _scalar(event: Any, *, typed: bool) -> object:
    plain = event.implicit[0]
    return scalar(event.value, typed=typed) if plain else event.value


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
                raise NotStrictError("a key must be a plain word", _at(event))
            self._key = "null" if value is None else str(value)
        else:
            self.value[self._key] = value
            self._key = None
