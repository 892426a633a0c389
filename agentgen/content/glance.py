"""A quick look whether a text can hold any of some words, before slow patterns are searched."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache


def may_hold(text: str, words: Sequence[str]) -> bool:
    """False only where none of the words, in small ASCII letters, stands in the text in any case that patterns see."""
    folded = _folded(text)
    return any(word in folded for word in words)


@lru_cache(maxsize=2)
def _folded(text: str) -> str:
    """Small letters; for `re.IGNORECASE` the dotted and the dotless i of Turkish are the same, too."""
    return text.casefold().replace("\u0307", "").replace("\u0131", "i")
