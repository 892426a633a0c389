r"""Write plain values as YAML that people read, edit and review.

    {"role": "You help.\n", "tools": ["Read"]}   ->   role: |
                                                        You help.
                                                      tools: [Read]

Text over several lines becomes a literal block, also with tabs and trailing blanks, which common emitters turn into one
quoted line. What a literal block cannot hold (a lone CR, U+2028, control characters) is quoted with escapes instead.
Short lists and mappings stand on one line, keys keep the order they are given in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from agentgen.profile.yaml_values import UNPRINTABLE, Path, is_plain_text

Notes = Mapping[Path, Sequence[str]]
"""Comment lines (without `#`) to put above the entry at a path."""

WIDTH = 110
STEP = 2
LONGEST_KEY = 1000
"""Characters of a key that stands before its colon: YAML looks no further than 1,024."""
_ESCAPED = re.compile(UNPRINTABLE.pattern + r'|[\\"\t]')


def write_yaml(value: Mapping[str, object], notes: Notes | None = None) -> str:
    """A mapping as YAML text with a final line end."""
    return "".join(write_entry(key, item, 0, (key,), notes or {}) for key, item in value.items())


def write_entry(key: str, value: object, indent: int, path: Path, notes: Notes) -> str:
    """One `key: value` entry of a block mapping, its notes above it, as whole lines."""
    start, written = " " * indent, _key(key)
    head = f"{start}{written}:" if len(written) <= LONGEST_KEY else f"{start}? {written}\n{start}:"
    return write_notes(path, indent, notes) + head + _value(value, indent, path, notes)


def write_element(value: object, indent: int, path: Path, notes: Notes) -> str:
    """One `- value` element of a block sequence, its notes above it, as whole lines."""
    head = write_notes(path, indent, notes) + " " * indent + "-"
    if isinstance(value, Mapping) and value and _flow(value, indent + STEP) is None:
        inner = "".join(write_entry(key, item, indent + STEP, (*path, key), notes) for key, item in value.items())
        if not inner.lstrip(" ").startswith("#"):
            return head + " " + inner.lstrip(" ")
        return head + "\n" + inner
    return head + _value(value, indent, path, notes)


def write_notes(path: Path, indent: int, notes: Notes) -> str:
    """The comment lines above an entry."""
    return "".join((" " * indent + f"# {note}").rstrip() + "\n" for note in notes.get(path, ()))


def _value(value: object, indent: int, path: Path, notes: Notes) -> str:
    """What follows `key:` or `-`, with its leading blank or line end."""
    if isinstance(value, str) and "\n" in value:
        return " " + _text_block(value, indent + STEP) + "\n"
    one_line = _flow(value, indent)
    if one_line is not None and not _noted_inside(path, notes):
        return f" {one_line}\n"
    return "\n" + "".join(_children(value, indent + STEP, path, notes))


def _children(value: object, indent: int, path: Path, notes: Notes) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield write_entry(str(key), item, indent, (*path, str(key)), notes)
    elif isinstance(value, Sequence):
        for index, item in enumerate(value):
            yield write_element(item, indent, (*path, index), notes)


def _noted_inside(path: Path, notes: Notes) -> bool:
    return any(len(noted) > len(path) and noted[: len(path)] == path for noted in notes)


def _flow(value: object, indent: int) -> str | None:
    """The value on one line, or None where it must be a block: too long, or deeper than one level of lists."""
    if not isinstance(value, (Mapping, list, tuple)):
        return _scalar(value)
    if not value:
        return "{}" if isinstance(value, Mapping) else "[]"
    if isinstance(value, Mapping) and ("id" in value or any(_is_nested(item) for item in value.values())):
        return None
    if not isinstance(value, Mapping) and any(isinstance(item, (Mapping, list, tuple)) for item in value):
        return None
    text = _flow_text(value)
    return text if len(text) + indent <= WIDTH and not _has_line_end(value) else None


def _is_nested(value: object) -> bool:
    """True for a mapping, and for a list of anything but scalars."""
    if isinstance(value, (list, tuple)):
        return any(isinstance(item, (Mapping, list, tuple)) for item in value)
    return isinstance(value, Mapping)


def _has_line_end(value: object) -> bool:
    if isinstance(value, (list, tuple)):
        return any(_has_line_end(item) for item in value)
    if isinstance(value, Mapping):
        return any(_has_line_end(item) for item in value.values())
    return isinstance(value, str) and "\n" in value


def _flow_text(value: object) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(str(key))}: {_flow_text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_flow_text(item) for item in value) + "]"
    return _scalar(value, in_flow=True)


def _key(key: str) -> str:
    return key if is_plain_text(key, in_flow=True) else quote(key)


def _scalar(value: object, *, in_flow: bool = False) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, int):
        return str(value)
    text = str(value)
    return text if is_plain_text(text, in_flow=in_flow) else quote(text)


def _float(value: float) -> str:
    special = {"inf": ".inf", "-inf": "-.inf", "nan": ".nan"}.get(str(value))
    if special:
        return special
    mantissa, _, exponent = repr(value).partition("e")
    return f"{mantissa if '.' in mantissa else mantissa + '.0'}{'e' + exponent if exponent else ''}"


def _text_block(text: str, indent: int) -> str:
    """Text with line ends as a literal block, or quoted over several lines."""
    if UNPRINTABLE.search(text) or not text.strip(" \t\n"):
        return quote(text, indent)
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    chomping = ("-", "", "+")[min(ends, 2)]
    indicator = str(STEP) if _hides_indentation(body) else ""
    lines = (" " * indent + line if line else "" for line in body.split("\n"))
    return f"|{indicator}{chomping}\n" + "\n".join(lines) + "\n" * max(ends - 1, 0)


def _hides_indentation(body: str) -> bool:
    """True where a reader cannot tell the indentation from the first line that has something on it."""
    first = next(line for line in body.split("\n") if line.strip(" "))
    return first.startswith(" ") or body.startswith((" ", "\n", "\t"))


def quote(text: str, indent: int | None = None) -> str:
    """A double-quoted scalar; with an indent, one source line for each line of the text."""
    lines = [_ESCAPED.sub(lambda match: _escape(match.group()), line) for line in text.split("\n")]
    if indent is None:
        return '"' + "\\n".join(lines) + '"'
    rest = ("\\" + line if line.startswith(" ") else line for line in lines[1:])
    return '"' + ("\\n\\\n" + " " * indent).join([lines[0], *rest]) + '"'


def _escape(char: str) -> str:
    simple = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\r": "\\r"}.get(char)
    return simple or (f"\\x{ord(char):02x}" if ord(char) < 0x100 else f"\\u{ord(char):04x}")
