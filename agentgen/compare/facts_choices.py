"""Closed choices: which of the known options a statement takes (REST or GraphQL, tabs or spaces)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from agentgen.compare.facts import Fact, FactKind, Reach
from agentgen.compare.facts_rules import rule_text
from agentgen.compare.facts_words import Found, PhraseBook, Word, table, words_of
from agentgen.compare.items_statements import Statement
from agentgen.compare.items_terms import terms

_INVENTORY = 4
"""A statement that names so many options lists what there is."""
_REFUSED = re.compile(r"\b(?:over|instead of|rather than|not|never|no|avoid|than|don't)\s+(?:[\w'/-]+\s+){0,2}$", re.I)
_PREFERRED = re.compile(r"\b(?:prefer\w*|favou?r\w*|ideally|recommended)\b", re.I)


class _Choice(NamedTuple):
    """A choice of the table: where two answers disagree, and the terms that a statement must have besides."""

    reach: Reach
    about: frozenset[str]
    narrower: bool


def choices(statement: Statement) -> Iterator[Fact]:
    """A fact for each choice that a statement makes."""
    text = rule_text(statement)
    words = words_of(text)
    options: dict[str, dict[str, list[Found]]] = {}
    for found in _book().find(words):
        choice, _, option = found.label.partition("\n")
        options.setdefault(choice, {}).setdefault(option, []).append(found)
    for choice, named in options.items():
        if len(named) < _INVENTORY and _is_about(statement, _choices()[choice]):
            yield _fact(statement, choice, named, text, words)


def _fact(
    statement: Statement, choice: str, named: Mapping[str, Sequence[Found]], text: str, words: Sequence[Word]
) -> Fact:
    refused = {option for option, places in named.items() if all(_refused(text, words[at.start]) for at in places)}
    values = frozenset(named) - refused
    entry = _choices()[choice]
    soft = bool(_PREFERRED.search(text))
    shown = " and ".join(sorted(values)) or "neither"
    if refused:
        shown = (
            f"{shown} rather than {' or '.join(sorted(refused))}" if values else f"no {' or '.join(sorted(refused))}"
        )
    return Fact(
        FactKind.CHOICE,
        choice,
        values,
        shown,
        entry.reach,
        statement,
        soft=soft,
        refused=frozenset(refused),
        narrower=entry.narrower,
    )


def _refused(text: str, word: Word) -> bool:
    return bool(_REFUSED.search(text[max(0, word.start - 40) : word.start]))


def _is_about(statement: Statement, choice: _Choice) -> bool:
    return not choice.about or bool(
        choice.about & {*statement.terms, *statement.context.here, *statement.context.above}
    )


@lru_cache(maxsize=1)
def _choices() -> Mapping[str, _Choice]:
    return {name: _choice(entry) for name, entry in table("facts.toml")["choices"].items()}


def _choice(entry: Mapping[str, object]) -> _Choice:
    about = entry.get("about", [])
    assert isinstance(about, list)
    reach = Reach(str(entry.get("reach", Reach.MATCHED)))
    return _Choice(reach, frozenset(term for word in about for term in terms(word)), bool(entry.get("narrower")))


@lru_cache(maxsize=1)
def _book() -> PhraseBook:
    entries = table("facts.toml")["choices"].items()
    return PhraseBook(
        {f"{name}\n{option}": forms for name, entry in entries for option, forms in entry["options"].items()}
    )
