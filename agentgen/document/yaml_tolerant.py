"""Frontmatter read line by line, as its author meant, where strict YAML gives up.

description: Ask it for one thing: a review.\\n\\nIt answers    <- the text, with line breaks where `\\n` stands
tools: *                                                       <- the text `*`
model: sonnet                                                  <- each entry that is YAML by itself stays YAML
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from agentgen.document.keys import KNOWN_KEYS, PROSE_KEYS, TEXT_KEYS, is_known, key_of
from agentgen.document.lines import dedent, indent_of, is_blank
from agentgen.document.scalars import scalar, with_line_breaks
from agentgen.document.yaml_strict import NotStrictError, read_strict

MAX_KEYS = 500

_SPEAKERS = frozenset({"user", "assistant", "human", "system", "context", "commentary", "example", "examples", "note"})
_BLOCK = re.compile(r"([|>])[+-]?[0-9]?([+-]?)[ \t]*(?:#.*)?$")
_STRUCTURE = re.compile(r"[ \t]*(?:<|[-*#]|\d+[.)]|\w+:)")
_LIST_ITEM = re.compile(r"[ \t]*-(?:[ \t]+|$)")
_ESCAPE = re.compile(r'\\([nt"\\/])')
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/"}


class Entry(NamedTuple):
    """A top-level key: its value as meant, its lines `[first, end)` and where the value begins.

    `column` counts from the beginning of the first line, `length` the characters of the value where a strict parser
    knows them (a comment may follow). `error` says why strict YAML refuses the entry; its offset counts from the
    beginning of the first line, lines joined by LF. None where the entry is YAML by itself.
    """

    key: str
    value: object
    first: int
    end: int
    column: int
    error: NotStrictError | None
    length: int | None = None


def read_tolerant(texts: Sequence[str]) -> list[Entry]:
    """The top-level keys of the lines of a block, fences excluded. At most MAX_KEYS are read."""
    heads = _heads(texts)[: MAX_KEYS + 1]
    if len(heads) <= MAX_KEYS:
        heads.append(len(texts))
    return [_entry(texts, first, _trimmed(texts, first, end)) for first, end in pairwise(heads)]


def _heads(texts: Sequence[str]) -> list[int]:
    """The lines that begin an entry."""
    heads: list[int] = []
    current = ""
    quoted_until = 0
    for index, text in enumerate(texts):
        found = key_of(text)
        if found is None or index < quoted_until:
            continue
        key, column = found
        if _continues_prose(current, key):
            continue
        heads.append(index)
        current = key
        quoted_until = _end_of_quoted(texts, index, column)
    return heads


def _continues_prose(current: str, key: str) -> bool:
    """Whether a word with a colon belongs to the sentences above: `User: …` in a description."""
    return current in PROSE_KEYS and key not in KNOWN_KEYS and (key[0].isupper() or key in _SPEAKERS)


def _end_of_quoted(texts: Sequence[str], first: int, column: int) -> int:
    """The line behind a quoted value that goes on over several lines; 0 where it does not."""
    head = texts[first][column:].strip()
    if head[:1] not in ('"', "'") or (len(head) > 1 and head.endswith(head[0])):
        return 0
    for index in range(first + 1, len(texts)):
        if is_known(texts[index]):
            return 0
        if texts[index].rstrip().endswith(head[0]):
            return index + 1
    return 0


def _trimmed(texts: Sequence[str], first: int, end: int) -> int:
    """The end of an entry without the blank and comment lines behind it, and without text that is none of a word's."""
    key, column = key_of(texts[first]) or ("", 0)
    if key not in PROSE_KEYS and texts[first][column : column + 1] not in ("", "[", "{", '"', "'", "|", ">"):
        end = next((index for index in range(first + 1, end) if _is_stray(texts[index])), end)
    while end > first + 1 and (is_blank(texts[end - 1]) or texts[end - 1].startswith("#")):
        end -= 1
    return end


def _is_stray(text: str) -> bool:
    """Whether a line at the left edge is neither a list item nor a comment."""
    return not is_blank(text) and text[0] not in " \t#" and not _LIST_ITEM.match(text)


def _entry(texts: Sequence[str], first: int, end: int) -> Entry:
    key, column = key_of(texts[first]) or ("", 0)
    try:
        fields = read_strict("\n".join(texts[first:end]) + "\n")
        if [field.key for field in fields] != [key]:
            raise NotStrictError("this does not begin with a key", 0)
    except NotStrictError as error:
        value = _meant(key, texts[first][column:].strip(), texts[first + 1 : end])
        return Entry(key, value, first, end, column, error)
    return Entry(key, fields[0].value, first, end, column, None)


def _meant(key: str, head: str, rest: Sequence[str]) -> object:
    """The value of an entry that strict YAML does not accept."""
    if _BLOCK.match(head):
        return _block(head, rest)
    if not head and all(_LIST_ITEM.match(text) or indent_of(text) or is_blank(text) for text in rest):
        items = _list_items(rest)
        if items is not None:
            return items
    if head.startswith("[") and key not in TEXT_KEYS:
        return _flow_entries(" ".join([head, *(text.strip() for text in rest)]).strip("[] \t"))
    text = _unquoted(_joined(head, rest))
    if key in PROSE_KEYS:
        text = with_line_breaks(text).strip()
    return scalar(text, typed=key not in TEXT_KEYS)


def _block(head: str, rest: Sequence[str]) -> str:
    """A block scalar with lines that stand too far left."""
    lines = _dedented(rest)
    text = "\n".join(lines) if head[0] == "|" else _folded(lines)
    return text.strip("\n") + ("" if "-" in head.partition("#")[0] else "\n")


def _folded(lines: Sequence[str]) -> str:
    paragraphs = re.split(r"\n{2,}", "\n".join(lines).strip("\n"))
    return "\n".join(" ".join(paragraph.split("\n")) for paragraph in paragraphs)


def _list_items(rest: Sequence[str]) -> list[object] | None:
    """The entries of a list below a key, None where the first line is none. Further lines belong to the entry above."""
    items: list[str] = []
    for text in rest:
        match = _LIST_ITEM.match(text)
        if match:
            items.append(text[match.end() :].strip())
        elif not is_blank(text):
            if not items:
                return None
            items[-1] = f"{items[-1]} {text.strip()}".strip()
    return [scalar(_unquoted(item)) for item in items] if items else None


def _flow_entries(text: str) -> list[str]:
    """The entries between the brackets of a list; commas in parentheses do not split."""
    entries: list[str] = []
    depth = start = 0
    for index, character in enumerate((*text, ",")):
        depth += (character == "(") - (character == ")" and depth > 0)
        if (character == "," and not depth) or index == len(text):
            entries.append(_unquoted(text[start:index].strip()))
            start = index + 1
    return [entry for entry in entries if entry]


def _joined(head: str, rest: Sequence[str]) -> str:
    """Lines that a reader sees as structured keep their breaks; wrapped sentences become one line."""
    lines = _dedented(rest)
    if any(is_blank(line) or _STRUCTURE.match(line) for line in lines):
        return "\n".join([head, *lines]).strip()
    return " ".join([head, *(line.strip() for line in lines)]).strip()


def _dedented(texts: Sequence[str]) -> list[str]:
    indent = min((indent_of(text) for text in texts if not is_blank(text)), default=0)
    return [dedent(text, indent).rstrip() for text in texts]


def _unquoted(text: str) -> str:
    """Without the quotes around it, where they are around all of it."""
    quote = text[:1]
    if quote not in ('"', "'") or len(text) < 2:
        return text
    closed = text.endswith(quote)
    if not closed and quote in text[1:]:
        return text
    inner = text[1:-1] if closed else text[1:]
    if quote == "'":
        return inner.replace("''", "'")
    return _ESCAPE.sub(lambda match: _ESCAPES[match[1]], inner)
