"""Tokens of a statement: stems with their places, and signs such as `N+1`, `p95` or `C++`, names as they stand."""

from __future__ import annotations

import re
from functools import lru_cache

from agentgen.compare.words import STOP_WORDS, stem

_TOKEN = re.compile(
    r"\]\((?:[^()\s]|\([^()\s]*\))*\)"  # the target of a link
    r"|(?P<sign>(?<![\w-])(?:[A-Za-z]\+\d|[A-Za-z]\d{1,4}[a-z]?|\d[A-Z]{2,}|[CF](?:\+\+|#)|\.NET|CI/CD)(?![\w-]))"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)"
    r"|(?P<number>\d+(?:[.,]\d+)*%?)"
)
_MAY_HOLD_SIGN = re.compile(r"[\d+#]|\.NET|CI/CD")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")

Term = tuple[str, int]
"""A token or term, and the offset of its first character."""


def tokens_of(text: str) -> list[Term]:
    """Stems, signs and numbers in order of place, without stop words, single letters and link targets."""
    found: list[Term] = []
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "word":
            found.extend([(root, match.start()) for root in _roots(match.group())])
        elif kind is not None and (kind == "sign" or match.end() - match.start() > 1):
            found.append((match.group().lower(), match.start()))
    return found


def signs_of(text: str) -> list[str]:
    """The signs of a text in lower case."""
    if _MAY_HOLD_SIGN.search(text) is None:
        return []
    return [match.group().lower() for match in _TOKEN.finditer(text) if match.lastgroup == "sign"]


@lru_cache(maxsize=1 << 19)
def _roots(word: str) -> tuple[str, ...]:
    """The stems of a word as it stands (`camelCase` is two); none for a stop word or a single letter."""
    parts = [part.lower() for part in _CAMEL.split(word)]
    return tuple(_root(part) for part in parts if len(part) > 1 and part not in STOP_WORDS)


def _root(word: str) -> str:
    """The stem of a word; `idempotency` and `idempotent` are one."""
    found = stem(word)
    return f"{found[:-4]}ent" if found.endswith("enci") else found
