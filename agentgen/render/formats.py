"""Values as text that every reader of a format understands alike.

YAML is written for the strictest and the oldest reader: a string is plain only where YAML 1.1 and 1.2 and a reader by
lines all take it for that very string, and stands in double quotes with JSON's escapes otherwise, always on one line.
Three hyphens never appear inside a value: some readers take the first ones they meet for the end of the frontmatter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from agentgen.profile.yaml_values import is_plain_text

_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9 ,._/()-]*[A-Za-z0-9._/)]|[A-Za-z]")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
_RULE = "---"


def yaml_block(fields: Mapping[str, object]) -> str:
    """Keys and values, one a line, with the last line end; nothing for no fields."""
    return "".join(f"{line}\n" for line in _mapping_lines(fields, ""))


def yaml_entry(fields: Mapping[str, object], indent: int = 0) -> str:
    """The same as an entry of a list, texts of several lines as blocks where that is safe."""
    lines = list(_mapping_lines(fields, " " * (indent + 2), blocks=True))
    lines[0] = " " * indent + "- " + lines[0].lstrip(" ")
    return "".join(f"{line}\n" for line in lines)


def yaml_scalar(value: object) -> str:
    """One value on one line."""
    if value is None or isinstance(value, (bool, int, float)):
        return json.dumps(value)
    text = str(value)
    if _SAFE.fullmatch(text) and _RULE not in text and is_plain_text(text, in_flow=False):
        return text
    return quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes, with escapes that YAML and JSON share."""
    made = json.dumps(text, ensure_ascii=False).replace(_RULE, "\\u002d--")
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", made)


def raw_lines(fields: Mapping[str, object]) -> str:
    """`key: value` for readers that split each line at its first colon and take the rest as it is."""
    return "".join(f"{key}: {one_line(value)}\n" for key, value in fields.items())


def one_line(value: object) -> str:
    """A value without line ends and without blanks at its edges."""
    return " ".join(str(value if not isinstance(value, bool) else json.dumps(value)).split())


def json_text(value: object) -> str:
    """JSON with two blanks of indentation; keys in the order given."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def toml_text(fields: Mapping[str, object]) -> str:
    """TOML; a text of several lines is written as such."""
    import tomli_w

    return tomli_w.dumps(_without_none(fields), multiline_strings=True)


def _without_none(fields: Mapping[str, object]) -> dict[str, object]:
    plain = {key: _without_none(value) if isinstance(value, Mapping) else value for key, value in fields.items()}
    return {key: value for key, value in plain.items() if value is not None}


def _mapping_lines(fields: Mapping[str, object], indent: str, *, blocks: bool = False) -> Iterator[str]:
    for key, value in fields.items():
        head = f"{indent}{yaml_scalar(str(key))}:"
        if isinstance(value, Mapping) and value:
            yield head
            yield from _mapping_lines(value, indent + "  ", blocks=blocks)
        elif isinstance(value, (list, tuple)) and value:
            yield head
            yield from _list_lines(value, indent + "  ", blocks=blocks)
        elif blocks and isinstance(value, str) and _can_be_block(value):
            yield f"{head} |-" if not value.endswith("\n") else f"{head} |"
            yield from (f"{indent}  {line}" if line else "" for line in value.removesuffix("\n").split("\n"))
        else:
            yield f"{head} {_empty_or_scalar(value)}"


def _list_lines(values: Sequence[object], indent: str, *, blocks: bool) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping) and value:
            first, *rest = _mapping_lines(value, indent + "  ", blocks=blocks)
            yield f"{indent}- {first.lstrip(' ')}"
            yield from rest
        else:
            yield f"{indent}- {json.dumps(value) if isinstance(value, (list, tuple)) else _empty_or_scalar(value)}"


def _empty_or_scalar(value: object) -> str:
    if isinstance(value, Mapping):
        return "{}"
    return "[]" if isinstance(value, (list, tuple)) else yaml_scalar(value)


def _can_be_block(text: str) -> bool:
    """Whether a literal block gives exactly this text back."""
    if "\n" not in text or text.endswith("\n\n") or text[0] in " \n" or not text.strip():
        return False
    return not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]", text)
