"""Where the keys and values of a TOML file stand: the library that reads TOML does not tell.

    targets = ["one"]     ("targets",)            key at 0, value at 10
    [lint]                ("targets", 0)          value at 11
    level = "error"       ("lint",) at 19, ("lint", "level") at 25, its value at 33

The file has been read already, so it is well-formed here; a reader that gets lost in it stops, and what was not found
is then reported at the nearest place above.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field

Path = tuple[str | int, ...]

_BLANK = re.compile(r"[ \t]*")
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_REST = re.compile(r"[^\n]*\n?")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|'
    r"'''.*?'{3,5}|"
    r'"(?:[^"\\\n]|\\.)*"|'
    r"'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]*|[^\s,\]}#]+")


@dataclass(slots=True)
class Places:
    """Offsets into the text, of keys and of values, by their path."""

    keys: dict[Path, int] = field(default_factory=dict)
    values: dict[Path, int] = field(default_factory=dict)


class _LostError(Exception):
    """Something stands here that this reader does not know."""


def places(text: str) -> Places:
    """The places in a well-formed TOML text."""
    reader = _Reader(text)
    with suppress(_LostError, RecursionError):
        reader.document()
    return reader.found


class _Reader:
    """Goes through the text once; `at` is how far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found = Places()
        self.tables: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        self.skip(_SPACE)
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.skip(_REST)
            self.skip(_SPACE)

    def header(self) -> Path:
        """`[a.b]` or `[[a.b]]`; returns the path that the pairs below it belong to."""
        repeated = self.text.startswith("[[", self.at)
        self.at += 2 if repeated else 1
        path = self.key(())
        if not repeated:
            return path
        self.tables[path] = self.tables.get(path, -1) + 1
        return (*path, self.tables[path])

    def pair(self, table: Path) -> None:
        path = self.key(table)
        self.expect("=")
        self.value(path)

    def key(self, table: Path) -> Path:
        """A dotted key; each of its parts is a key of its own."""
        path = table
        while True:
            self.skip(_BLANK)
            start = self.at
            word = self.take(_STRING if self.text[start : start + 1] in ('"', "'") else _BARE_KEY)
            path = (*path, word.strip("\"'"))
            self.found.keys.setdefault(path, start)
            self.found.values.setdefault(path, start)
            self.skip(_BLANK)
            if self.text[self.at : self.at + 1] != ".":
                return path
            self.at += 1

    def value(self, path: Path) -> None:
        self.skip(_SPACE)
        self.found.values[path] = self.at
        match self.text[self.at : self.at + 1]:
            case "[":
                self.array(path)
            case "{":
                self.inline_table(path)
            case '"' | "'":
                self.take(_STRING)
            case _:
                self.take(_SCALAR)

    def array(self, path: Path) -> None:
        index = 0
        self.at += 1
        while not self.closed("]"):
            self.value((*path, index))
            index += 1
            self.comma()

    def inline_table(self, path: Path) -> None:
        self.at += 1
        while not self.closed("}"):
            self.pair(path)
            self.comma()

    def closed(self, mark: str) -> bool:
        self.skip(_SPACE)
        if self.at >= len(self.text):
            raise _LostError
        if self.text[self.at] != mark:
            return False
        self.at += 1
        return True

    def comma(self) -> None:
        self.skip(_SPACE)
        if self.text[self.at : self.at + 1] == ",":
            self.at += 1

    def expect(self, mark: str) -> None:
        self.skip(_BLANK)
        if self.text[self.at : self.at + 1] != mark:
            raise _LostError
        self.at += 1

    def skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        if found is None:
            raise _LostError
        self.at = found.end()
        return found.group()
