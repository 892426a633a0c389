"""What belongs to an emoji: its selector, its joiner."""

from __future__ import annotations

import unicodedata

_NO_SYMBOLS = frozenset(
    "#*0123456789\u2139\u3030\u303d"
)  # bases that are no symbols (Unicode's emoji-variation-sequences)
_TAIL = frozenset("\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")
_TONES = frozenset("\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff")


def selects_presentation(base: str) -> bool:
    """Whether a text or emoji selector may follow this character."""
    return bool(base) and (base in _NO_SYMBOLS or base in _TONES or _symbol(base))


def joins_pictographs(before: str, after: str) -> bool:
    """Whether a zero-width joiner makes one emoji of what stands before and after it."""
    return bool(before and after) and (before in _TAIL or _symbol(before)) and _symbol(after)


def _symbol(char: str) -> bool:
    """Signs and pictures; those that are newer than this Python's table count by their block."""
    return unicodedata.category(char) in ("So", "Sm", "Po") or "\U0001f000" <= char <= "\U0001faff"
