"""Which characters of a text nobody sees: the one definition, for findings and for every view.

What people really write is no mark: line ends, tabs, emoji with their joiners and selectors, flags, joiners in the
scripts that need them, direction marks in lines that hold right-to-left text, a byte-order mark at the very beginning.
The invisible characters are Unicode's Default_Ignorable_Code_Point, with blanks that count as letters or signs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from agentgen.content.decode import bytes_of, tags_of
from agentgen.content.emoji import joins_pictographs, selects_presentation

_SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u2800\u3000\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_SUSPECT_BUT_SPACES = re.compile(f"(?![\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]){_SUSPECT.pattern}")
_TAGS = range(0xE0000, 0xE0080)
_FLAGS = frozenset(
    f"\U0001f3f4{''.join(chr(0xE0000 + ord(c)) for c in name)}\U000e007f" for name in ("gbeng", "gbsct", "gbwls")
)
_LONGEST_FLAG = 7
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_NEVER = re.compile(
    "[\xad\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0]{2,}|[\u202a-\u202e\u2066-\u2069]{2,}"
)  # no script needs two of them in a row
_LISTED = 4  # characters of a run that are named one by one
_DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f")
_ISOLATED = re.compile("[\u2066-\u2068]([^\u2066-\u2069]*)\u2069")
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_BRAILLE = re.compile("[\u2801-\u28ff]")
_LINE_END = re.compile("[\r\n]")
_JOINED = (
    (0x0600, 0x109F), (0x1700, 0x18AF), (0x1900, 0x1C4F), (0xA800, 0xABFF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC),
    (0x10A00, 0x10FFF), (0x11000, 0x11FFF), (0x1E900, 0x1E95F),
)  # fmt: skip
_SPACELESS = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x1950, 0x1AAF),
    (0xA980, 0xA9FF),
    (0xAA60, 0xAADF),
)
_VIRAMA = 9  # combining class


class Kind(StrEnum):
    """Why a character is not seen."""

    INVISIBLE = "invisible"  # takes no room, or is a blank that is none
    DIRECTION = "direction"  # changes the order in which text is shown
    CONTROL = "control"
    PRIVATE = "private"  # no meaning that Unicode knows: each font shows something else
    SPACE = "space"  # a blank of another width
    BYTE = "byte"  # no UTF-8


class Mark(NamedTuple):
    """A character that nobody sees, or a run of them that is one code: offsets, why, and what to show for it."""

    start: int
    end: int
    kind: Kind
    label: str


def marks(text: str, *, spaces: bool = True) -> Iterator[Mark]:
    """What cannot be seen in a text, in its order; blanks of other widths only where `spaces` says so."""
    context = _Line(text)
    position = 0
    suspect = _SUSPECT if spaces else _SUSPECT_BUT_SPACES
    while match := suspect.search(text, position):
        start = match.start()
        position, label = _label(text, start)
        if label and (position > start + 1 or not _seen(text, start, context)):  # a flag has no label
            yield Mark(start, position, _kind(text[start]), label)


def labelled(text: str) -> str:
    """The text with a label between `<` and `>` for each mark."""
    parts: list[str] = []
    place = 0
    for mark in marks(text):
        parts += (text[place : mark.start], f"<{mark.label}>")
        place = mark.end
    return "".join((*parts, text[place:]))


def without_hidden(text: str) -> str:
    """The text without what is invisible; other marks stay."""
    parts: list[str] = []
    place = 0
    for mark in marks(text):
        if mark.kind is Kind.INVISIBLE:
            parts.append(text[place : mark.start])
            place = mark.end
    return "".join((*parts, text[place:])) if parts else text


class _Line:
    """What the line around an offset holds, found once a line."""

    __slots__ = ("_text", "braille", "end", "isolated", "right_to_left", "start")

    def __init__(self, text: str) -> None:
        self._text = text
        self.start = self.end = -1
        self.braille = self.right_to_left = False
        self.isolated: frozenset[int] = frozenset()

    def at(self, offset: int) -> _Line:
        """Itself, about the line around `offset`."""
        if not self.start <= offset < self.end:
            text = self._text
            known = max(self.end, 0)  # offsets come in order: what was looked at is not searched again
            self.start = max(text.rfind("\n", known, offset), text.rfind("\r", known, offset), known - 1) + 1
            close = _LINE_END.search(text, offset)
            self.end = close.end() if close else len(text)
            self.right_to_left = bool(_RIGHT_TO_LEFT.search(text, self.start, self.end))
            self.braille = bool(_BRAILLE.search(text, self.start, self.end))
            self.isolated = frozenset(self._isolates()) if self.right_to_left else frozenset()
        return self

    def _isolates(self) -> Iterator[int]:
        """The controls around right-to-left text that is isolated as a whole."""
        for match in _ISOLATED.finditer(self._text, self.start, self.end):
            if _RIGHT_TO_LEFT.search(match[1]):
                yield from (match.start(), match.end() - 1)


def _kind(char: str) -> Kind:
    if char in _DIRECTIONS:
        return Kind.DIRECTION
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return Kind.CONTROL
    return {"Co": Kind.PRIVATE, "Zs": Kind.SPACE, "Cs": Kind.BYTE}.get(category, Kind.INVISIBLE)


def _label(text: str, at: int) -> tuple[int, str]:
    """Where the character, or the run that is one code, ends, and its label; empty where it can be seen."""
    if ord(text[at]) in _TAGS:
        return _tags(text, at)
    run = _SELECTORS.match(text, at)
    if run and len(run[0]) > 1:
        said = bytes_of(run[0])
        return run.end(), f"selectors: {said}" if said else f"{len(run[0])} selectors"
    run = _NEVER.match(text, at)
    if run:
        return run.end(), _names(run[0])
    code = ord(text[at])
    return at + 1, f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"U+{code:04X}"


def _names(run: str) -> str:
    """Each character of a short run, how many of a long one."""
    if len(run) > _LISTED:
        return f"{len(run)} characters such as U+{ord(run[0]):04X}"
    return " ".join(f"U+{ord(char):04X}" for char in run)


def _tags(text: str, at: int) -> tuple[int, str]:
    end = at
    while end < len(text) and ord(text[end]) in _TAGS:
        end += 1
    flag = at > 0 and end - at < _LONGEST_FLAG and text[at - 1 : end] in _FLAGS
    return end, "" if flag else f"tags: {tags_of(text[at:end])}"


def _seen(text: str, at: int, line: _Line) -> bool:
    """Whether a suspicious character is what people write there."""
    char = text[at]
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if char in "\ufe0e\ufe0f":
        return selects_presentation(before)
    if char in "\u200c\u200d":
        return _joins(char, before, after)
    if char in _DIRECTION_MARKS:
        return line.at(at).right_to_left
    if char in _DIRECTIONS:
        return at in line.at(at).isolated
    if char == "\u2800":
        return line.at(at).braille
    return _belongs(char, before, after)


def _belongs(char: str, before: str, after: str) -> bool:
    """Whether a script needs the character between its neighbours."""
    match char:
        case "\u200b":
            return _within(before, _SPACELESS) or _within(after, _SPACELESS)
        case "\u3000":
            return True  # the blank of Chinese and Japanese
        case "\u115f" | "\u1160":
            return "\u1100" <= (after or " ") <= "\u11ff" or "\u1100" <= (before or " ") <= "\u11ff"
        case "\u034f":
            return bool(before) and unicodedata.category(before) == "Mn"
        case "\u180b" | "\u180c" | "\u180d" | "\u180e" | "\u180f":
            return "\u1820" <= (before or " ") <= "\u18aa"
        case _ if "\ufe00" <= char <= "\ufe02":
            return _ideograph(before) or (bool(before) and unicodedata.category(before) == "Sm")
        case _ if "\U000e0100" <= char <= "\U000e01ef":
            return _ideograph(before)
    return False


def _joins(char: str, before: str, after: str) -> bool:
    """Joiners belong between letters of scripts that join, behind a sign that kills a vowel, and inside emoji."""
    if not before or before in "\u200b\u200c\u200d":
        return False
    if joins_pictographs(before, after):
        return char == "\u200d"
    if unicodedata.combining(before) == _VIRAMA:
        return True
    if char == "\u200c":  # a suffix may follow a foreign word or its quote
        return _letter(after) and not before.isspace()
    return _letter(before) and (_letter(after) or before <= "\u08ff")  # Arabic letters show their joined form


def _letter(char: str) -> bool:
    return _within(char, _JOINED) and unicodedata.category(char)[0] in "LM"


def _within(char: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return bool(char) and any(first <= ord(char) <= last for first, last in ranges)


def _ideograph(char: str) -> bool:
    return bool(char) and (
        "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff" or "\U00020000" <= char <= "\U0003ffff"
    )
