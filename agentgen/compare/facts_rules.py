"""Which statements lay something down, and what they say of it."""

from __future__ import annotations

import re
from functools import lru_cache

from agentgen.compare.facts_words import table, words_of
from agentgen.compare.items_statements import Statement
from agentgen.compare.items_terms import prose_of, terms

_MARKUP = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)")
_QUOTED = re.compile(r"[\"\u201c][^\"\u201c\u201d]*[\"\u201d]")
_DRAWN = re.compile(r"[\u2500-\u257f]")


@lru_cache(maxsize=1 << 10)
def rule_text(statement: Statement) -> str:
    """What a statement says as a rule, without emphasis and quoted speech; empty for code, samples and drawings."""
    text = statement.ref.text
    if statement.code or _DRAWN.search(text) or _is_sample(statement):
        return ""
    return _plain(text)


@lru_cache(maxsize=1 << 17)
def _plain(text: str) -> str:
    return _QUOTED.sub(lambda match: " " * len(match.group()), _MARKUP.sub("", prose_of(text)))


def _is_sample(statement: Statement) -> bool:
    context = statement.context
    return bool((context.here | context.above) & _sample_terms())


@lru_cache(maxsize=1)
def _sample_terms() -> frozenset[str]:
    return frozenset(term for heading in table("facts.toml")["samples"]["headings"] for term in terms(heading))


def is_outcome(clause: str) -> bool:
    """Whether a clause tells what happened instead of what shall be."""
    told = table("facts.toml")["outcomes"]["words"]
    return any(word.text.lower() in told for word in words_of(clause))
