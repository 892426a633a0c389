"""Plain YAML scalars: what they mean to a careful reader, and how a value is written so that everybody agrees.

Values keep the author's text wherever a typed value could not give it back: `no`, `1.10`, `010`, `1:30` and
`2024-01-01` stay text; `true`, `12`, `0.7` and `null` do not.
"""

from __future__ import annotations

import json
import re

_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
_INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})$")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+$")
_BREAK_OR_PATH = re.compile(r"\b[A-Za-z]:(?:\\[\w.-]+)+|(?<!\\)(?:\\r)?\\n")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def scalar(text: str, *, typed: bool = True) -> object:
    """The value of a plain scalar; where not `typed`, text, or None for an empty one."""
    if text in _CONSTANTS:
        value = _CONSTANTS[text]
        return value if typed or value is None else text
    if typed and _INT.match(text) and text != "-0":
        return int(text)
    if typed and _FLOAT.match(text) and repr(float(text)) == text:
        return float(text)
    return text


def with_line_breaks(text: str) -> str:
    """The text with a line break where the two characters `\\n` mean one (not in a path such as `C:\\Users\\new`)."""
    return _BREAK_OR_PATH.sub(_as_meant, text) if "\\n" in text else text


def _as_meant(match: re.Match[str]) -> str:
    if match[0].startswith("\\"):
        return "\n"
    names = match[0].split("\\")[1:]
    is_path = not all(name.startswith("n") for name in names)
    return match[0] if is_path else match[0].replace("\\n", "\n")


def written(value: object) -> str:
    """The value as one line of YAML that every parser reads alike: text in double quotes, lists in brackets."""
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))
