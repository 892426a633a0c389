"""Elements: the things that a short statement lists, and what a statement speaks of first.

"Use circuit breakers, retries and timeouts"   circuit breaker | retry | timeout
"Circuit breaker for every client"             speaks of: circuit breaker
"""

from __future__ import annotations

import re
from functools import lru_cache

from agentgen.compare.items_terms import is_vague, prose_of, terms

Element = frozenset[str]

_LONGEST = 18
"""A statement of more words is a text that speaks of many things."""
_MOST_TERMS = 3
"""An element has at most so many terms."""
_SPLIT = re.compile(r"[,/&+;]|\band\b|\bor\b")
_HEAD_END = re.compile(
    r"[,;:(.\u2013\u2014]|\s-\s|\b(?:for|with|in|on|to|of|from|by|at|via|using|when|where|before|after|across|per|as)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]*\)|[*_`]+")


@lru_cache(maxsize=1 << 13)
def listed(text: str) -> frozenset[Element]:
    """The elements of a short text that lists several things; none for any other."""
    plain = _ASIDE.sub(" ", prose_of(text))
    if len(plain.split()) > _LONGEST:
        return frozenset()
    pieces = (frozenset(_telling(piece)) for piece in _SPLIT.split(plain))
    elements = frozenset(piece for piece in pieces if 0 < len(piece) <= _MOST_TERMS)
    return elements if len(elements) > 1 else frozenset()


def speaks_of(text: str) -> tuple[str, ...]:
    """The telling terms in front of the first preposition, in order."""
    return _telling(_ASIDE.sub("", prose_of(text)))


def _telling(text: str) -> tuple[str, ...]:
    return tuple(term for term in terms(_HEAD_END.split(text, maxsplit=1)[0]) if not is_vague(term))
