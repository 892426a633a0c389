"""Measures: a number with its unit, for one of the measures that agent files name (latency, coverage, line length)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from agentgen.compare.facts import Fact, FactKind, Reach
from agentgen.compare.facts_rules import is_outcome, rule_text
from agentgen.compare.facts_words import Found, PhraseBook, Word, table, words_of
from agentgen.compare.items_statements import Statement
from agentgen.compare.obligation import Level, level_of

_NUMBER = re.compile(
    r"(?<![\w.,$#/:-])(?P<sign>[<>\u2264\u2265~\u2248]?=?\s?)"
    r"(?P<low>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
    r"(?:\s?(?:[-\u2013]|to)\s?(?P<high>\d+(?:\.\d+)?))?"
    r"(?P<unit>\s?%|:1|[ -]?[A-Za-z]+(?:/[a-z]+)?)?(?P<more>\+)?"
)
_MAY_MEASURE = re.compile(r"\d")
_CLAUSE = re.compile(r"[.;!?](?=\s|$)|\n|\|")
_INSTANCE = re.compile(r"\b(?:like|such as|e\.g\.,?|for example)\s+\S{0,12}\s?$", re.IGNORECASE)
_FOLLOWS = 1.5
"""How much farther away a measure behind the number counts than one in front of it."""


class _Quantity(NamedTuple):
    """A number in base units, where it stands, and how it is written."""

    dimension: str
    value: str
    shown: str
    start: int
    end: int


def measures(statement: Statement) -> Iterator[Fact]:
    """A fact for each measure that a statement gives a value."""
    found: dict[tuple[str, frozenset[str]], list[tuple[str, str, bool]]] = defaultdict(list)
    text = rule_text(statement)
    if _MAY_MEASURE.search(text) is None and _whole_words().isdisjoint(word.stem for word in words_of(text)):
        return
    for clause in _CLAUSE.split(text):
        if is_outcome(clause):
            continue
        for measure, quantity in _measured(clause, text, statement):
            soft = level_of(clause) is Level.SHOULD
            found[measure, _scope(clause)].append((quantity.value, quantity.shown, soft))
    for (measure, scope), values in found.items():
        shown = ", ".join(dict.fromkeys(shown for _, shown, _ in values))
        soft = all(soft for _, _, soft in values)
        canonical = frozenset(value for value, _, _ in values)
        yield Fact(FactKind.MEASURE, measure, canonical, shown, Reach.EVERYWHERE, statement, scope, soft)


def _measured(clause: str, text: str, statement: Statement) -> Iterator[tuple[str, _Quantity]]:
    """Each number of a clause with the measure it is a value of: the nearest here, else the only one around."""
    words = words_of(clause)
    here = _book().find(words)
    for quantity in (*_quantities(clause), *_wholes(words, here)):
        fitting = [measure for measure in here if _dimension(measure.label) == quantity.dimension]
        if fitting:
            yield min(fitting, key=lambda measure: _distance(measure, quantity, words)).label, quantity
            continue
        around = {measure.label for measure in _book().find(words_of(text))} or _heading_measures(statement)
        around = {label for label in around if _dimension(label) == quantity.dimension}
        if len(around) == 1:
            yield around.pop(), quantity


def _heading_measures(statement: Statement) -> set[str]:
    return {label for label, terms in _terms_of_measures() if terms <= statement.context.here}


def _quantities(clause: str) -> Iterator[_Quantity]:
    for match in _NUMBER.finditer(clause):
        unit = (match["unit"] or "").strip().lstrip("-")
        dimension, factor = _unit(unit)
        if dimension == "number" and unit:
            unit = ""
        if _INSTANCE.search(clause[: match.start()]):
            continue
        if unit == "s" and float(match["low"].replace(",", "")) > 999:
            continue  # the 1990s
        low = _in_base(match["low"], factor)
        high = _in_base(match["high"], factor) if match["high"] else None
        more = "+" if match["more"] and unit else ""
        shown = f"{match['sign']}{match['low']}{'-' + match['high'] if match['high'] else ''} {unit}".strip() + more
        yield _Quantity(dimension, low if high is None else f"{low}..{high}", shown, match.start(), match.end())


def _wholes(words: Sequence[Word], measures_here: Sequence[Found]) -> Iterator[_Quantity]:
    """`complete test coverage` is a coverage of 100 %."""
    for measure in measures_here:
        before = words[measure.start - 1] if measure.start else None
        if before is None or before.stem not in _whole_words() or words[measure.start].start > before.end + 1:
            continue
        if _dimension(measure.label) == "share":
            yield _Quantity("share", "100", f"{before.text.lower()} (100 %)", before.start, before.end)


def _distance(measure: Found, quantity: _Quantity, words: Sequence[Word]) -> float:
    start, end = words[measure.start].start, words[measure.end - 1].end
    return quantity.start - end if end <= quantity.start else _FOLLOWS * (start - quantity.end)


def _in_base(number: str, factor: float) -> str:
    return f"{float(number.replace(',', '')) * factor:g}"


def _scope(clause: str) -> frozenset[str]:
    """What limits a clause; words that belong to the measure's own name do not."""
    words = words_of(clause)
    named = {place for measure in _book().find(words) for place in range(measure.start, measure.end)}
    return frozenset(found.label for found in _scopes().find(words) if found.start not in named)


def _dimension(measure: str) -> str:
    return str(table("facts.toml")["metrics"][measure]["dimension"])


@cache
def _unit(unit: str) -> tuple[str, float]:
    for dimension, units in table("facts.toml")["units"].items():
        if unit in units:
            return dimension, float(units[unit])
    return "number", 1.0


@lru_cache(maxsize=1)
def _book() -> PhraseBook:
    return PhraseBook({name: entry["words"] for name, entry in table("facts.toml")["metrics"].items()})


@lru_cache(maxsize=1)
def _terms_of_measures() -> tuple[tuple[str, frozenset[str]], ...]:
    from agentgen.compare.items_terms import terms

    entries = table("facts.toml")["metrics"].items()
    return tuple((name, frozenset(terms(form))) for name, entry in entries for form in entry["words"])


@lru_cache(maxsize=1)
def _scopes() -> PhraseBook:
    scopes = table("facts.toml")["scopes"]
    return PhraseBook({f"{kind}:{word}": [word] for kind, words in scopes.items() for word in words})


@lru_cache(maxsize=1)
def _whole_words() -> frozenset[str]:
    return frozenset(word.stem for form in table("facts.toml")["whole"]["words"] for word in words_of(form))
