"""The value of a tools field, understood in every shape that people write it.

    Read, Grep, Bash(git diff:*)      a comma string; commas in parentheses do not split
    Read Grep Glob                    a space string
    ["Read", "Grep"]                  a list, or a JSON list in a string
    write: true / bash: false         a mapping from tool to permission

This is syntax only: which tool a name means is known by the targets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_MCP = "mcp__"
_DENIED = frozenset({"false", "deny", "denied", "no", "off", "none", "disallow"})
_ITEM_MARK = re.compile(r"^[-*+][ \t]+")


@dataclass(frozen=True, slots=True)
class ToolRef:
    """One entry of a tools value.

    `name` is what stands before the parentheses, `argument` what stands in them (None without parentheses, "" where
    they are empty), `raw` the entry as written. `allowed` is False where a mapping denies the tool.
    """

    name: str
    argument: str | None = None
    raw: str = ""
    allowed: bool = True

    @property
    def mcp(self) -> tuple[str, str] | None:
        """Server and tool of an `mcp__server__tool` name; the tool is `*` where only the server is named."""
        if not self.name.startswith(_MCP):
            return None
        server, _, tool = self.name[len(_MCP) :].partition("__")
        return (server, tool or "*") if server else None


def parse_tools(value: object) -> tuple[ToolRef, ...]:
    """The entries of a tools value in the order written; repeated ones stay. None and "" give no entry."""
    if isinstance(value, Mapping):
        return tuple(ref for name, permission in value.items() for ref in _permission(str(name), permission))
    if isinstance(value, (list, tuple)):
        return tuple(ref for entry in value for ref in _of_entry(entry))
    if value is None or isinstance(value, bool):
        return ()
    return tuple(map(_reference, _split(str(value))))


def _of_entry(entry: object) -> tuple[ToolRef, ...]:
    """The entries that one element of a list stands for: itself, or those of a mapping in the list."""
    if isinstance(entry, (Mapping, list, tuple)):
        return parse_tools(entry)
    text = _unquoted(str(entry)) if entry is not None else ""
    return (_reference(text),) if text else ()


def _permission(name: str, permission: object) -> tuple[ToolRef, ...]:
    ref = _reference(name)
    allowed = str(permission).strip().lower() not in _DENIED
    return (ToolRef(ref.name, ref.argument, ref.raw, allowed),)


def _reference(raw: str) -> ToolRef:
    name, parenthesis, rest = raw.partition("(")
    if not parenthesis or not name.strip() or not raw.endswith(")"):
        return ToolRef(raw, None, raw)
    return ToolRef(name.strip(), rest[:-1].strip(), raw)


def _split(text: str) -> Iterable[str]:
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        entries = _json_list(text)
        if entries is not None:
            return entries
        text = text[1:-1]
    return split_entries(text)


def split_entries(text: str) -> list[str]:
    """The entries of a list written in one text: at commas or line ends, else at blanks, never in parentheses."""
    pieces = _at_top_level(text, ",\n")
    if len(pieces) == 1:
        pieces = _at_top_level(text, " \t\n")
    cleaned = (_unquoted(_ITEM_MARK.sub("", piece.strip())) for piece in pieces)
    return [piece for piece in cleaned if piece]


def _json_list(text: str) -> list[str] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return [str(entry).strip() for entry in found if entry not in (None, "")]


def _at_top_level(text: str, separators: str) -> list[str]:
    """Split at separators that stand in no parentheses; a parenthesis that is never closed counts for nothing."""
    pieces: list[str] = []
    depth = start = 0
    for index, character in enumerate(text):
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(0, depth - 1)
        elif character in separators and depth == 0:
            pieces.append(text[start:index])
            start = index + 1
    tail = text[start:]
    if depth:
        return pieces + re.split(f"[{separators}]", tail)
    return [*pieces, tail]


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'`":
        return text[1:-1].strip()
    return text
