"""Characters that a reader cannot see, made visible.

A zero-width space becomes `U+200B`, a stray byte `\\xe9`, a run of tag characters the text it hides. What people really
write stays as it is: line ends, tabs, emoji with their joiners and variation selectors, joiners in the scripts that
need them.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_INVISIBLE_LETTERS = "\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5"  # fillers and blanks that count as letters
_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f]")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_PLAIN = frozenset(" \n\t")
_TAGS = range(0xE0000, 0xE0080)
_SUSPECT = re.compile("[^\t\n\x20-\x7e\xa1-\xac\xae-\u034e\u0370-\u05ff]")  # Latin, Greek, Cyrillic hold none
_EMOJI_TAIL = "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
_JOINERS = "\u200c\u200d"
_JOINED_SCRIPTS = range(0x0600, 0x1D00)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: as it stands, or (`hidden`) the label of characters that cannot be seen."""

    text: str
    hidden: bool = False


def pieces(text: str) -> tuple[Piece, ...]:
    """The text cut into what can be seen and labels for what cannot; CR LF and CR count as line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: list[Piece] = []
    start = position = 0
    while match := _SUSPECT.search(text, position):
        position = match.start()
        end, label = _label(text, position)
        if label:
            found += [Piece(text[start:position])] * (start < position)
            found.append(Piece(label, hidden=True))
            start = end
        position = end
    return (*found, Piece(text[start:])) if start < len(text) else tuple(found)


def visible(text: str) -> str:
    """The text as one string, each label between `<` and `>`."""
    return "".join(f"<{piece.text}>" if piece.hidden else piece.text for piece in pieces(text))


def _label(text: str, at: int) -> tuple[int, str]:
    """Where the character (or run of tag characters) at `at` ends, and its label; empty where it can be seen."""
    if ord(text[at]) in _TAGS:
        return _tag_label(text, at)
    return at + 1, "" if _seen(text, at) else _name(text[at])


def _tag_label(text: str, at: int) -> tuple[int, str]:
    end = at
    while end < len(text) and ord(text[end]) in _TAGS:
        end += 1
    if at and text[at - 1] == "\U0001f3f4":  # a regional flag
        return end, ""
    plain = "".join(chr(ord(char) - 0xE0000) for char in text[at:end])
    return end, "tags: " + "".join(char if char.isprintable() else "." for char in plain)


def _name(char: str) -> str:
    code = ord(char)
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"U+{code:04X}"


def _seen(text: str, at: int) -> bool:
    char = text[at]
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if char == "\ufe0f":
        return _pictograph(before) or before in tuple("#*0123456789")
    if char in _JOINERS and before and after:
        return _joins_letters(before, after) or (_pictograph(before) and _pictograph(after))
    if char in _INVISIBLE_LETTERS or _SELECTOR.match(char):
        return False
    return char in _PLAIN or unicodedata.category(char) not in _HIDDEN_CATEGORIES


def _pictograph(char: str) -> bool:
    return bool(char) and (char in _EMOJI_TAIL or unicodedata.category(char) in ("So", "Sm", "Po"))


def _joins_letters(before: str, after: str) -> bool:
    """Joiners belong between the letters and marks of Arabic, Indic and South-East Asian scripts, nowhere else."""
    return all(ord(char) in _JOINED_SCRIPTS and unicodedata.category(char)[0] in "LM" for char in (before, after))
