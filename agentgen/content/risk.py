"""A place in a text that a reader should know of, before it is a finding about a file."""

from __future__ import annotations

from typing import NamedTuple


class Risk(NamedTuple):
    """A code, the offsets it speaks of, what is said about it, and what is the same wherever it stands.

    `key` holds no secret: two risks with one code and key are the same line in two texts.
    """

    code: str
    start: int
    end: int
    message: str
    fix: str
    key: str
