"""Frontmatter values for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping

EMPTY = "(empty)"


def show_value(value: object) -> str:
    """A canonical value on one line: lists with commas, mappings as JSON, `(empty)` for nothing in it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=str)
    if isinstance(value, tuple | list | set | frozenset):
        return ", ".join(entries(value)) or EMPTY
    return EMPTY if value is None or value == "" else str(value)


def entries(value: object) -> tuple[str, ...]:
    """The entries of a list value as text, sets in alphabetical order; nothing for other values."""
    if isinstance(value, set | frozenset):
        return tuple(sorted(map(show_value, value)))
    return tuple(map(show_value, value)) if isinstance(value, tuple | list) else ()


def json_value(value: object) -> object:
    """A canonical value in JSON's types; what JSON has no type for (a date) as text."""
    if isinstance(value, Mapping):
        return {str(key): json_value(entry) for key, entry in value.items()}
    if isinstance(value, set | frozenset):
        return list(entries(value))
    if isinstance(value, tuple | list):
        return [json_value(entry) for entry in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
