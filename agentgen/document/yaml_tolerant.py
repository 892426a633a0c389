"""Frontmatter read line by line, as its author meant, where strict YAML gives up."""

from __future__ import annotations

import re
from typing import NamedTuple

from agentgen.document.yaml_strict import TEXT_KEYS, NotStrictError, read_strict, scalar

_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]*)[ \t]*:(?:[ \t]+|$)")
_BLOCK = re.compile(r"[|>][+-]?[0-9]?[+-]?[ \t]*(?:#.*)?$")


class TolerantField(NamedTuple):
    """A top-level key: `first` and `end` are its lines (0-based, in the list given), `repaired` if not strict YAML."""

    key: str
    value: object
    first: int
    end: int
    value_column: int
    repaired: bool


def read_tolerant(texts: list[str]) -> list[TolerantField]:
    """The top-level keys of the lines of a frontmatter block, fences excluded."""
    heads = [index for index, text in enumerate(texts) if _KEY.match(text)]
    fields = []
    for position, first in enumerate(heads):
        end = heads[position + 1] if position + 1 < len(heads) else len(texts)
        fields.append(_field(texts, first, end))
    return fields


def _field(texts: list[str], first: int, end: int) -> TolerantField:
    match = _KEY.match(texts[first])
    assert match
    while end > first + 1 and not texts[end - 1].strip():
        end -= 1
    key = match[1]
    try:
        strict = read_strict("\n".join(texts[first:end]) + "\n")
    except NotStrictError:
        return TolerantField(key, _meant(key, texts[first:end], match.end()), first, end, match.end(), True)
    return TolerantField(key, strict[0].value, first, end, match.end(), False)


def _meant(key: str, texts: list[str], column: int) -> object:
    """The value of an entry that strict YAML does not accept."""
    head = texts[0][column:].strip()
    rest = [text.strip() for text in texts[1:]]
    if _BLOCK.match(head):
        return "\n".join(rest).strip() + "\n"
    joined = " ".join(part for part in [head, *rest] if part)
    if len(joined) > 1 and joined[0] == joined[-1] and joined[0] in "\"'":
        joined = joined[1:-1]
    return scalar(joined.replace("\\n", "\n"), typed=key not in TEXT_KEYS)
