"""A reference to a tool as agent files write it: `Read`, `Bash(git diff:*)`, `mcp__docs__search`.

Files write lists of them as a comma string, a blank-separated string, a YAML list, a JSON list in a string, or a list
whose entries are again such strings. All of these are read alike here. What a name means is not known on this floor.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

MCP_PREFIX = "mcp__"
_SEPARATORS = frozenset(", \t\r\n")
_DASH = "-"  # of a YAML list that stands in a block of text


class ToolRef(NamedTuple):
    """One entry of a tool list. `pattern` is what stands in parentheses; None where it limits nothing (`Read(*)`)."""

    name: str
    pattern: str | None = None

    def __str__(self) -> str:
        return self.name if self.pattern is None else f"{self.name}({self.pattern})"

    @property
    def mcp(self) -> tuple[str, str | None] | None:
        """Server and tool of a name in the canonical spelling `mcp__server__tool`; the tool is None for all of them."""
        if not self.name.startswith(MCP_PREFIX):
            return None
        server, _, tool = self.name.removeprefix(MCP_PREFIX).partition("__")
        return (server, tool if tool not in ("", "*") else None) if server else None


def mcp_name(server: str, tool: str | None = None) -> str:
    """The canonical spelling of one tool of a server, or of the whole server."""
    return f"{MCP_PREFIX}{server}__{tool}" if tool else f"{MCP_PREFIX}{server}"


def parse_tool(text: str) -> ToolRef:
    """One entry: a name with or without a pattern. Quotes around it are not part of it."""
    text = text.strip().strip("\"'").strip()
    name, opening, rest = text.partition("(")
    if not opening or not rest.endswith(")") or not name.strip():
        return ToolRef(text)
    pattern = rest[:-1].strip()
    return ToolRef(name.strip(), None if pattern in ("", "*") else pattern)


def split_tools(text: str) -> tuple[str, ...]:
    """The entries of a string: split at commas and blanks outside parentheses; the brackets of a JSON list go."""
    text = text.strip()
    if text.startswith("[") and text.endswith("]"):
        text = text[1:-1]
    return tuple(entry for entry in _entries(text) if entry != _DASH)


def parse_tools(value: object) -> tuple[ToolRef, ...]:
    """Every tool of a frontmatter value in its order, repeated ones once.

    A string or a list of strings; entries of any other type (and a value of any other type) hold no tool.
    """
    texts = value if isinstance(value, (list, tuple)) else (value,)
    return tuple(dict.fromkeys(ref for text in texts if isinstance(text, str) for ref in _parsed(text)))


@lru_cache(maxsize=1 << 12)
def _parsed(text: str) -> tuple[ToolRef, ...]:
    """The tools of one string; a workspace names the same few again and again."""
    return tuple(ref for ref in map(parse_tool, split_tools(text)) if ref.name)


def _entries(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for index, char in enumerate(text):
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif depth == 0 and char in _SEPARATORS:
            if text[start:index].strip():
                yield text[start:index]
            start = index + 1
    if text[start:].strip():
        yield text[start:]
