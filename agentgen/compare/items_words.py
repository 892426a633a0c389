"""The table of words behind the terms of statements (`items_words.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from agentgen.compare.items_tokens import tokens_of

_TABLE = Path(__file__).with_name("items_words.toml")

Form = tuple[str, ...]


def is_vague(term: str) -> bool:
    """Whether a term fits any statement."""
    return term in _vague()


def subject_of(terms_in_order: Sequence[str]) -> str:
    """The term that a statement speaks of first; empty where it has none that tells anything."""
    openers = _openers()
    return next((term for term in terms_in_order if term not in openers), "")


def commonness(term: str) -> float:
    """The share of statements in agent files that have a term; 0 for rare ones."""
    return _common().get(term, 0.0)


@lru_cache(maxsize=1)
def roles() -> frozenset[str]:
    """Words that make a name with hyphens the name of an agent, and may be cut off its end."""
    return frozenset(_table()["roles"].split())


@lru_cache(maxsize=1)
def ranks() -> frozenset[str]:
    """Words that make it one too, and belong to the name."""
    return frozenset(_table()["ranks"].split())


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, tuple[tuple[Form, Form], ...]]:
    """First token of a phrase -> the phrases that begin with it, the longest first, each with what stands for it."""
    found: dict[str, set[tuple[Form, Form]]] = {}
    for form, canonical in _synonyms():
        words = _tokens(form)
        found.setdefault(words[0], set()).add((words, canonical))
    return {first: tuple(sorted(forms, key=lambda form: (-len(form[0]), form))) for first, forms in found.items()}


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    with _TABLE.open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def _vague() -> frozenset[str]:
    """The vague words; a phrase of vague words is vague too."""
    words = set(_tokens(_table()["vague"]))
    forms = {form for _, canonical in _synonyms() for form in canonical if words.issuperset(form.split("_"))}
    return frozenset({*map(_canonical, words), *forms})


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """Terms that open a statement without being what it speaks of."""
    return _vague().union(map(_canonical, _tokens(_table()["verbs"])))


@lru_cache(maxsize=1)
def _common() -> Mapping[str, float]:
    bands = _table()["common"].items()
    return {term: int(mille) / 1000 for mille, band in bands for term in band.split()}


def _canonical(word: str) -> str:
    """What stands for a single token."""
    return next((form[0] for phrase, form in phrases().get(word, ()) if phrase == (word,)), word)


def _synonyms() -> Iterator[tuple[str, Form]]:
    """Each form of the table with what stands for it."""
    for first, *others in _table()["phrases"]["same"]:
        canonical = ("_".join(_tokens(first)),)
        for form in (first, *others):
            yield form, canonical
    for acronym, words in _table()["spelled"].items():
        yield acronym, _tokens(words)


def _tokens(text: str) -> Form:
    return tuple(token for token, _ in tokens_of(text))
