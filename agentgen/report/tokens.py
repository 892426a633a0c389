"""How many tokens a text costs, estimated from the shapes of its words.

No tokenizer is loaded: each model has its own, and their vocabularies weigh megabytes. The weights below were fitted on
170 public agent files against three published tokenizers. The median file came out 4 % high on two of them and 5 % low
on the third; nine files in ten within 11 % on each.
"""

from __future__ import annotations

import re

from agentgen.source import to_lf

HOW = (
    "Tokens are estimated from word shapes, without any model's own tokenizer: within about 11 % of three published "
    "tokenizers for nine agent files in ten."
)

_PIECE = re.compile(r" ?[A-Za-z]+|\d{1,3}| ?[^\sA-Za-z0-9]+\n*|\s+")
_LONG_WORD, _VERY_LONG_WORD = 9, 16  # letters; longer words are cut in two, in three
_SIGNS_A_TOKEN = 3  # punctuation comes in runs: a fence, a rule, an arrow
_BYTES_A_TOKEN = 3  # outside ASCII


def estimate(text: str) -> int:
    """Tokens in a text, an estimate (0 for an empty text); the kind of line end does not count."""
    return round(sum(_cost(match.group()) for match in _PIECE.finditer(to_lf(text))))


def _cost(piece: str) -> float:
    core = piece.strip()
    if not core:
        return 0 if piece == " " else 1
    if not core.isascii():
        return max(1.0, len(core.encode("utf-8", "surrogateescape")) / _BYTES_A_TOKEN)
    if core.isalpha():
        return 1 + (len(core) > _LONG_WORD) + (len(core) > _VERY_LONG_WORD)
    return 1 if core.isdigit() else 1 + (len(core) - 1) // _SIGNS_A_TOKEN
