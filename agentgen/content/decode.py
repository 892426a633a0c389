"""What characters that nobody sees spell: the ways in which text is smuggled in them."""

from __future__ import annotations

import re

_SHOWN = 200  # characters of decoded text
_BITS = 8
_LEAST_BITS = 24
_LAST_SELECTOR = 0xFE0F


def tags_of(run: str) -> str:
    """The ASCII that Unicode tag characters repeat; what is no letter or sign becomes a dot."""
    plain = "".join(chr(ord(char) - 0xE0000) for char in run[:_SHOWN])
    return "".join(char if char.isprintable() else "." for char in plain)


def bytes_of(run: str) -> str:
    """The text whose bytes variation selectors stand for, one each; empty where that is no text."""
    raw = bytes(_byte(ord(char)) for char in run[: 4 * _SHOWN])
    text = raw.decode("utf-8", "ignore")
    return text[:_SHOWN] if len(text) * 2 > len(raw) and text.isprintable() else ""


def bits_of(run: str) -> str:
    """The text that two alternating characters write as bits; empty where that is no text."""
    kinds = sorted(set(run))
    if len(kinds) != 2 or len(run) < _LEAST_BITS:
        return ""
    for one in reversed(kinds):
        digits = "".join("1" if char == one else "0" for char in run[: _SHOWN * _BITS])
        whole = re.findall(f"[01]{{{_BITS}}}", digits)
        text = bytes(int(digit, 2) for digit in whole).decode("utf-8", "replace")
        if text.isascii() and text.isprintable():
            return text
    return ""


def _byte(code: int) -> int:
    return code - 0xFE00 if code <= _LAST_SELECTOR else code - 0xE0100 + 16
