"""The words of a prompt as sets that can be compared: statements and shingles.

A shingle is three words in a row within one statement (a list item, paragraph, heading or table row), so moving a
section changes none, and rewording an item changes that item's alone. Hashes are CRC-32: the same on every machine.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from zlib import crc32

from agentgen.compare.words import tokens
from agentgen.discover.model import Trace

SIZE = 3
"""Words of a shingle."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_OPENS = re.compile(r"\s*(?:#{1,6}\s|[-*+•]\s|\d+[.)]\s|\||>|```|~~~|$)")
_HEADING = re.compile(r"^#{1,6}[ \t]+(.+)$", re.MULTILINE)
_MARKS = re.compile(r"[\s*_`#>|~+-]+")
_OPENING = 300
_HEADINGS = 24


def trace(body: str) -> Trace:
    """The trace of a prompt."""
    shingles, starts, statements = array("I"), array("I"), array("I")
    for statement in _statements(body):
        starts.append(len(shingles))
        statements.append(crc32(" ".join(statement).encode()))
        shingles.extend(_shingles(statement))
    return Trace(_said(body), shingles, starts, statements, _topics(body))


def _statements(body: str) -> list[list[str]]:
    """The words of each statement; lines that only go on belong to the one above."""
    found: list[list[str]] = [[]]
    for line in body.lower().split("\n"):
        if _OPENS.match(line) and found[-1]:
            found.append([])
        found[-1] += _WORD.findall(line)
    return [words for words in found if words]


def _shingles(words: list[str]) -> list[int]:
    if len(words) < SIZE:
        return [crc32(" ".join(words).encode())]
    runs = zip(words, words[1:], words[2:], strict=False)
    return [crc32(f"{first} {second} {third}".encode()) for first, second, third in runs]


def _said(body: str) -> str:
    plain = _MARKS.sub(" ", body).strip().encode("utf-8", "surrogateescape")
    return hashlib.blake2b(plain, digest_size=12).hexdigest()


def _topics(body: str) -> tuple[str, ...]:
    headings = " . ".join(_HEADING.findall(body)[:_HEADINGS])
    return tokens(f"{body.strip()[:_OPENING]} . {headings}")
