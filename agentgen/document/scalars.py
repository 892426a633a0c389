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
_LINE_BREAK = re.compile(r"(?<![\\])(\\r)?\\n")
_DRIVE_PATH = re.compile(r"\b[A-Za-z]:\\[\w\\.-]*")
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


def holds_written_breaks(text: str) -> bool:
    """Whether the text holds the two characters `\\n` where a line break is meant (not in a Windows path)."""
    return "\\n" in text and _LINE_BREAK.search(_DRIVE_PATH.sub("", text)) is not None


def with_line_breaks(text: str) -> str:
    """The text with each `\\n` of two characters as a line break."""
    if not holds_written_breaks(text):
        return text
    parts = _DRIVE_PATH.split(text)
    paths = [*_DRIVE_PATH.findall(text), ""]
    return "".join(_LINE_BREAK.sub("\n", part) + path for part, path in zip(parts, paths, strict=True))


def written(value: object) -> str:
    """The value as one line of YAML that every parser reads alike: text in double quotes, lists in brackets."""
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))
