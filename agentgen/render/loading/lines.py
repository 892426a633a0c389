"""Frontmatter read line by line, as tools do whose YAML parser failed or that have none.

description: Use when: x        each line is split at its first colon
tools:                          lists are found by their dashes, or not at all
  - Read
text: >                         block scalars are lost: the value is `>`
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from agentgen.profile.yaml_values import resolve

_LINE_END = re.compile(r"\r?\n")
_ITEM = "- "


def raw_lines(block: str) -> dict[str, object]:
    """Keys in small letters, values as they stand, quotes included; the last one of a key counts."""
    pairs = (line.strip().partition(":") for line in block.split("\n") if not line.strip().startswith("#"))
    return {key.strip().lower(): value.strip() for key, colon, value in pairs if colon}


def typed_lines(block: str, lists: Sequence[str]) -> dict[str, object]:
    """Values without one pair of quotes, `true` and `false` as such, JSON in brackets read.

    The keys `lists` are split at commas, or take the lines below that begin with a dash.
    """
    found: dict[str, object] = {}
    lines = [line.strip() for line in _LINE_END.split(block)]
    for index, line in enumerate(lines):
        key, colon, rest = line.partition(":")
        if not colon or line.startswith(("#", _ITEM)):
            continue
        value = _typed(rest.strip())
        if key.strip() in lists and isinstance(value, str):
            value = _split_or_below(value, lines[index + 1 :])
        found[key.strip()] = value
    return found


def _typed(text: str) -> object:
    if text[:1] in "[{" and text[-1:] in "]}" and text:
        try:
            value: object = json.loads(text)
        except (ValueError, RecursionError):
            return text
        return value
    if text in ("true", "false"):
        return text == "true"
    return _unquoted(text)


def _split_or_below(text: str, below: Sequence[str]) -> object:
    if text[:1] == "[":
        return text
    if text:
        return [part.strip() for part in text.split(",") if part.strip()]
    items = []
    for line in below:
        if not line.startswith(_ITEM):
            break
        items.append(_unquoted(line.removeprefix(_ITEM).strip()))
    return items


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


def simple_lines(block: str) -> dict[str, object]:
    """Values without double quotes, numbers and flags as such; lists and mappings where exactly two blanks indent them.

    A key without a value and without such lines is absent.
    """
    found: dict[str, object] = {}
    lines = [line for line in block.split("\n") if line.strip() and not line.strip().startswith("#")]
    index = 0
    while index < len(lines):
        key, colon, rest = lines[index].partition(":")
        index += 1
        if not colon or lines[index - 1].startswith("  - "):
            continue
        if rest.strip():
            found[key.strip()] = _simple(rest.strip())
            continue
        below = _indented(lines, index)
        index += len(below)
        if below:
            found[key.strip()] = _nested(below)
    return found


def _indented(lines: Sequence[str], start: int) -> list[str]:
    """The lines that belong to a key: items where the first is one, else all that two blanks indent."""
    mark = "  - " if start < len(lines) and lines[start].startswith("  - ") else "  "
    end = start
    while end < len(lines) and lines[end].startswith(mark):
        end += 1
    return list(lines[start:end])


def _nested(lines: Sequence[str]) -> object:
    if lines[0].startswith("  - "):
        return [_simple(line[4:].strip()) for line in lines]
    pairs = (line.strip().partition(":") for line in lines)
    return {key.strip(): _simple(value.strip()) for key, _, value in pairs}


def _simple(text: str) -> object:
    if len(text) > 1 and text[0] == text[-1] == '"':
        return text[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    if text in ("true", "false") or re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return resolve(text)
    return text
