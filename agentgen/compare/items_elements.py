"""What a statement says first, and the things that a short statement lists.

"**Retries**: with growing pauses"             title: retry
"Use circuit breakers, retries and timeouts"   lists: circuit breaker | retry | timeout
"Circuit breaker for every client"             speaks of: circuit breaker
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from agentgen.compare.items_terms import located_terms
from agentgen.compare.items_words import is_vague

Element = frozenset[str]

_LONGEST = 18
"""A statement of more words is a text that speaks of many things."""
_MOST_TERMS = 3
"""An element has at most so many terms."""
_LEAD = re.compile(
    r"\s*+(?:(?:\*\*|__)(?P<bold>.+?)(?:\*\*|__)\s*[:\u2013\u2014-]?"
    r"|(?P<colon>[^:.\n]{3,60}):(?=\s+\S)"
    r"|(?P<dash>[^.\n]{3,60}?)\s+[\u2013\u2014-](?=\s+\S))",
    re.DOTALL,
)
_PARENTHESES = re.compile(r"\([^()]*\)")
_SPLIT = re.compile(r"[,/&+;]|\band\b|\bor\b")
_HEAD_END = re.compile(
    r"[,;:(.\u2013\u2014]|\s-\s|\b(?:for|with|in|on|to|of|from|by|at|via|using|when|where|before|after|across|per|as)\b",
    re.IGNORECASE,
)


def title_terms(prose: str) -> frozenset[str]:
    """The terms of what a statement says first: its bold or colon lead, else all but what stands in parentheses."""
    plain = _without_asides(prose)
    lead = _LEAD.match(plain)
    titled = frozenset(_between(prose, plain, 0, lead.end() if lead else len(plain)))
    return titled or frozenset(term for term, _ in located_terms(prose))


@lru_cache(maxsize=1 << 17)
def listed(prose: str) -> frozenset[Element]:
    """The elements of a short text that lists several things; none for any other."""
    plain = _without_asides(prose)
    if _SPLIT.search(plain) is None or len(plain.split()) > _LONGEST:
        return frozenset()
    cuts = [0, *(match.end() for match in _SPLIT.finditer(plain)), len(plain)]
    pieces = (frozenset(_head(prose, plain, start, end)) for start, end in pairwise(cuts))
    elements = frozenset(piece for piece in pieces if 0 < len(piece) <= _MOST_TERMS)
    return elements if len(elements) > 1 else frozenset()


def speaks_of(prose: str) -> tuple[str, ...]:
    """The telling terms in front of the first preposition, in order."""
    return tuple(_head(prose, _without_asides(prose), 0, len(prose)))


def _head(prose: str, plain: str, start: int, end: int) -> list[str]:
    """The telling terms of `[start, end)` in front of the first preposition or comma."""
    stop = _HEAD_END.search(plain, start, end)
    return [term for term in _between(prose, plain, start, stop.start() if stop else end) if not is_vague(term)]


def _between(prose: str, plain: str, start: int, end: int) -> Iterable[str]:
    """The terms of a text that stand in `[start, end)` and outside parentheses."""
    found = located_terms(prose)
    first, last = (bisect_left(found, place, key=itemgetter(1)) for place in (start, end))
    return [term for term, at in found[first:last] if plain[at] != " "]


def _without_asides(prose: str) -> str:
    """The text with blanks for parentheses, so that places stay."""
    return _PARENTHESES.sub(lambda match: " " * len(match.group()), prose) if "(" in prose else prose
