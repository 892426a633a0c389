"""What a plain YAML scalar means here, and which texts may be written plain.

Only the core schema's null, booleans and numbers are values; everything else is text. So `no`, `1:30`, `2024-01-01` and
`1_000` stay what somebody typed. For writing we are stricter: what any YAML 1.1 reader would take for something else is
quoted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

import yaml

Path = tuple[str | int, ...]
"""The way to a value: keys of mappings and indices of sequences."""

_INTEGER = re.compile(r"[-+]?[0-9]+\Z")
_OTHER_BASE = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_LONGEST_NUMBER = 300
_SPECIAL_FLOAT = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""What a YAML file may hold as an escape only; tab and LF are not among it."""

_PLAIN = re.compile(r"[^\W_](?:[^\t\n]*\S)?\Z")
_BREAKS_PLAIN = re.compile(r":\s|\s#|:\Z")
_BREAKS_FLOW = re.compile(r"[,\[\]{}?]")
_IMPLICIT = yaml.SafeLoader.yaml_implicit_resolvers


def show_path(path: Path) -> str:
    """A path as people write it: `sections[1].title`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def suggest(word: str, known: Sequence[str]) -> str:
    """The hint for a word that is none of those known."""
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"known: {', '.join(known)}" if known else ""


def is_null(text: str) -> bool:
    """True where a plain scalar says that there is nothing."""
    return text in _WORDS and _WORDS[text] is None


def resolve(text: str) -> object:
    """The value of a plain scalar under the core schema of YAML 1.2; a number that no program holds stays text."""
    if text in _WORDS:
        return _WORDS[text]
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.match(text):
        return int(text)
    if _OTHER_BASE.match(text):
        return int(text, 0)
    if _FLOAT.match(text):
        return float(text)
    if _SPECIAL_FLOAT.match(text):
        return float(text.replace(".", "", 1))
    return text


def is_plain_text(text: str, *, in_flow: bool) -> bool:
    """True where the text may be written without quotes, and every reader gets it back as text."""
    if not _PLAIN.match(text) or UNPRINTABLE.search(text) or _BREAKS_PLAIN.search(text):
        return False
    if in_flow and _BREAKS_FLOW.search(text):
        return False
    patterns = [*_IMPLICIT.get(text[0], ()), *_IMPLICIT.get(None, ())]
    return resolve(text) == text and not any(pattern.match(text) for _, pattern in patterns)
