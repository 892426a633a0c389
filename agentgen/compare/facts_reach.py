"""How far a statement reaches: all operations, the critical ones, the earliest boundary."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from agentgen.compare.facts import Fact, FactKind, Reach
from agentgen.compare.facts_rules import rule_text
from agentgen.compare.facts_words import PhraseBook, table, words_of
from agentgen.compare.items_statements import Statement

_SHORT = 16
"""A statement of more words says more than one thing: a quantifier speaks of a part of it."""
_WITHIN = 3
"""How many words may stand between the quantifier and its noun."""


def reaches(statement: Statement) -> Iterator[Fact]:
    """A fact for the first quantifier of a statement that stands in front of a countable thing."""
    words = words_of(rule_text(statement))
    if len(words) > _SHORT:
        return
    nouns = {found.start for found in _nouns().find(words)}
    quantifiers = _quantifiers().find(words)
    limits = {found.start for found in quantifiers}
    for found in quantifiers:
        if found.end in limits:
            continue  # "all critical paths" reaches as far as "critical paths"
        noun = next((place for place in range(found.end, found.end + _WITHIN + 1) if place in nouns), None)
        if noun is not None:
            shown = " ".join(word.text for word in words[found.start : noun + 1])
            values = frozenset({found.label})
            yield Fact(FactKind.EXTENT, "reach", values, shown, Reach.NEAR, statement)
            return


@lru_cache(maxsize=1)
def _quantifiers() -> PhraseBook:
    return PhraseBook(table("facts.toml")["scope"]["options"])


@lru_cache(maxsize=1)
def _nouns() -> PhraseBook:
    return PhraseBook({"noun": table("facts.toml")["scope"]["nouns"]})
