"""Numbers and long lists in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

_SHOWN = 8


def counted(number: int, noun: str) -> str:
    """`1 item`, `2 items`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def first_of(words: Sequence[str], shown: int = _SHOWN) -> str:
    """The words with commas; of many, the first ones and how many more there are."""
    if len(words) <= shown:
        return ", ".join(words)
    return f"{', '.join(words[:shown])} and {len(words) - shown} more"
