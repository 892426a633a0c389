"""Acts: what the clauses of a statement demand or forbid, as a verb and what it is done to.

"Never expose internal errors to clients"   forbidden: expose | internal, error, client
"Secrets must not be logged"                forbidden: log | secret
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from agentgen.compare.facts_rules import rule_text
from agentgen.compare.facts_words import Found, PhraseBook, Word, table, words_of
from agentgen.compare.items_statements import Statement
from agentgen.compare.items_terms import terms
from agentgen.compare.obligation import Level, level_named, levels_of, obligations

_CLAUSE = re.compile(r"[.;!?](?=\s|$)|\n|\bbut\b|\u2014")
_EXCEPTION = re.compile(
    r"\b(?:without|unless|until|except|before|after|only|just|merely|if|when|where|while)\b", re.IGNORECASE
)
_FILLERS = frozenset({"be", "ever", "directly", "blindly", "simply", "being", "to", "you", "been"})
_SUBJECTS = frozenset({"you", "i", "we", "it", "they", "agents", "this", "the", "agent", "and"})
_LEADING = 5
"""How many words into a demand its verb may stand."""


class Act(NamedTuple):
    """`verbs` are the names of the groups that the verb belongs to, or its stem; `about` the terms of the rest."""

    statement: Statement
    level: Level
    verbs: frozenset[str]
    about: frozenset[str]


def prohibitions(statement: Statement, discouraged: bool) -> Iterator[Act]:
    """What a statement forbids; where it stands under a heading such as "avoid", that is what it names.

    A prohibition with an exception ("never merge without a review") forbids nothing by itself and is passed over.
    """
    text = rule_text(statement)
    if not discouraged and all(level > 0 for level in levels_of(text)):
        return
    for clause in _CLAUSE.split(text):
        words = words_of(clause)
        negative = _negative(words)
        if negative is not None and not discouraged:
            head, tail = words[: negative.start], words[negative.end :]
            act = _forbidden(statement, level_named(negative.label), head, tail, clause)
        else:
            act = _forbidden(statement, Level.AVOID, (), words, clause) if negative is None and discouraged else None
        if act is not None:
            yield act


def verbs_in(statement: Statement) -> frozenset[str]:
    """The words of a statement as the names of verbs: one that demands something has its verb among them."""
    return frozenset(name for word in words_of(rule_text(statement)) for name in _groups(word))


def demands(statement: Statement, verbs: frozenset[str]) -> Iterator[Act]:
    """What a statement demands with one of `verbs`; it stands under no heading that discourages."""
    for clause in _CLAUSE.split(rule_text(statement)):
        words = words_of(clause)
        used = frozenset(name for word in words[:_LEADING] for name in _groups(word))
        if not verbs.isdisjoint(used) and _negative(words) is None:
            found = obligations(words)
            level = level_named(found[0].label) if found else Level.PLAIN
            yield Act(statement, level, used, frozenset(terms(clause)))


def _negative(words: Sequence[Word]) -> Found | None:
    """The first words that forbid or discourage."""
    return next((found for found in obligations(words) if level_named(found.label) < 0), None)


def _forbidden(
    statement: Statement, level: Level, head: Sequence[Word], tail: Sequence[Word], clause: str
) -> Act | None:
    kept = [word for word in tail if word.text.lower() not in _FILLERS]
    if not kept or _EXCEPTION.search(clause, kept[0].start):
        return None
    verb, rest = kept[0], kept[1:]
    subject = [word for word in head if word.text.lower() not in _SUBJECTS]
    about = terms(" ".join(word.text for word in (*subject, *rest)))
    return Act(statement, level, _groups(verb), frozenset(about)) if about else None


def _groups(word: Word) -> frozenset[str]:
    return _verbs().get(word.stem, frozenset({word.stem}))


@lru_cache(maxsize=1)
def _verbs() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for group in table("obligation.toml")["verbs"]["groups"]:
        for verb in group:
            for word in words_of(verb)[:1]:
                found.setdefault(word.stem, set()).add(group[0])
    return {stem: frozenset(names) for stem, names in found.items()}


def is_discouraging(heading: str) -> bool:
    """Whether a heading says that what stands below it is not to be done ("Anti-patterns to avoid")."""
    return bool(_headings().find(words_of(heading)))


@lru_cache(maxsize=1)
def _headings() -> PhraseBook:
    return PhraseBook({"negative": table("obligation.toml")["headings"]["negative"]})
