"""Long lists in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

_SHOWN = 8


def first_of(words: Sequence[str], shown: int = _SHOWN) -> str:
    """The words with commas; of many, the first ones and how many more there are."""
    if len(words) <= shown:
        return ", ".join(words)
    return f"{', '.join(words[:shown])} and {len(words) - shown} more"
