"""How strongly a statement binds: never, avoid, may, should, must, or plainly told."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import lru_cache

from agentgen.compare.facts_words import Found, PhraseBook, Word, table, words_of

_TABLE = "obligation.toml"


class Level(IntEnum):
    """From strictly forbidden to strictly demanded; a plain imperative demands, but without a word that says so."""

    FORBID = -2
    AVOID = -1
    MAY = 1
    SHOULD = 2
    PLAIN = 3
    MUST = 4


_BOUND = frozenset({"you", "i", "we", "please", "to", "be"})
_LABELS = {level.name.lower(): level for level in Level if level is not Level.PLAIN}


def level_named(name: str) -> Level:
    """The level of a phrase that `obligations` found."""
    return _LABELS[name]


def level_of(text: str) -> Level:
    """The level of the strongest word of obligation in a text: a negation wins, then the first word."""
    found = levels_of(text)
    negative = [level for level in found if level < 0]
    return (*negative, *found, Level.PLAIN)[0]


@lru_cache(maxsize=1 << 17)
def levels_of(text: str) -> tuple[Level, ...]:
    """The levels of the words of obligation in a text, in order."""
    return tuple([level_named(phrase.label) for phrase in obligations(words_of(text))])


def obligations(words: Sequence[Word]) -> list[Found]:
    """The words of obligation among `words`, each under the name of its level."""
    return _book().find(words)


def without_obligations(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, without words of obligation and without whom they bind."""
    words = words_of(text)
    covered = {place for phrase in obligations(words) for place in range(phrase.start, phrase.end)}
    kept = (word.text.lower() for place, word in enumerate(words) if place not in covered)
    return tuple(word for word in kept if word not in _BOUND)


@lru_cache(maxsize=1)
def _book() -> PhraseBook:
    return PhraseBook({name: table(_TABLE)[name] for name in _LABELS})
