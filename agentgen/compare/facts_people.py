"""Whom an agent deals with, and what its opening calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from agentgen.compare.facts import Fact, FactKind, Reach
from agentgen.compare.facts_rules import rule_text
from agentgen.compare.facts_words import PhraseBook, table, words_of
from agentgen.compare.items_statements import Statement
from agentgen.compare.items_terms import names_role

_NAME = re.compile(
    r"[\s:`*@]*(?:the\s+|an?\s+|your\s+)?"
    r"(?P<name>[a-z0-9]+(?:-[a-z0-9]+)+|[A-Z]{2,}(?![\w-])|[A-Z]\w+(?:\s[A-Z]\w+)+"
    r"|[a-z]+ (?:manager|lead|master|owner|orchestrator))"
)
_OPENING = re.compile(
    r"\s*(?:#+\s*)?You(?:'re| are)\s+(?:an?|the)\s+(?P<title>.+?)"
    r"(?=\s+(?:with|who|that|and|for|in|of|on|to|focused|responsible|dedicated|tasked)\b|\s+\w+ing\b"
    r"|[,.;:(\u2014\u2013]|$)",
    re.DOTALL,
)


def people(statement: Statement) -> Iterator[Fact]:
    """A fact for each counterpart that a statement names."""
    text = rule_text(statement)
    words = words_of(text)
    for found in _book().find(words):
        match = _NAME.match(text, words[found.end - 1].end)
        if match and (names_role(match["name"]) or match["name"].isupper()):
            reach = Reach.EVERYWHERE if found.label in table("facts.toml")["people"]["single"] else Reach.MATCHED
            name = match["name"]
            yield Fact(FactKind.PERSON, found.label, frozenset({_canonical(name)}), name, reach, statement)


def title(statement: Statement) -> Iterator[Fact]:
    """What an opening calls the agent, as the kind of its noun."""
    match = _OPENING.match(rule_text(statement))
    if match is None:
        return
    words = words_of(match["title"])
    kinds = [found.label for found in _titles().find(words)]
    if kinds:
        shown = " ".join(match["title"].split())
        yield Fact(FactKind.TITLE, "title of the role", frozenset({kinds[-1]}), shown, Reach.EVERYWHERE, statement)


def same_person(mine: str, yours: str) -> bool:
    """`pm` and `senior product manager` are one, `senior-frontend` and `senior-frontend-engineer` are two names."""
    short, long = sorted((mine, yours), key=len)
    initials = "".join(word[0] for word in long.split())
    return short == long or (" " not in short and len(short) > 1 and short in initials)


def related_names(mine: str, yours: str) -> bool:
    """Whether one name holds all words of the other: likely two names of one agent."""
    left, right = set(mine.split()), set(yours.split())
    return left <= right or right <= left


def _canonical(name: str) -> str:
    return name.lower().replace("-", " ")


@lru_cache(maxsize=1)
def _book() -> PhraseBook:
    kinds: Mapping[str, Mapping[str, list[str]]] = table("facts.toml")["people"]
    return PhraseBook({**kinds["single"], **kinds["several"]})


@lru_cache(maxsize=1)
def _titles() -> PhraseBook:
    return PhraseBook(table("facts.toml")["titles"])
