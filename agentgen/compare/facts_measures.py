"""Measures: a number with its unit, for one of the measures that agent files name (latency, coverage, line length)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import attrgetter
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
_INSTANCE_WITHIN = 80  # characters before a number that are looked at
_FOLLOWS = 1.5
"""How much farther away a measure behind the number counts than one in front of it."""


class _Quantity(NamedTuple):
    """A number in base units, where it stands, and how it is written."""

    dimension: str
    value: str
    shown: str
    start: int
    end: int


class _Place(NamedTuple):
    """Where a measure is named: offsets, and its name."""

    end: int
    start: int
    label: str


def measures(statement: Statement) -> Iterator[Fact]:
    """A fact for each measure that a statement gives a value."""
    found: dict[tuple[str, frozenset[str]], list[tuple[str, str, bool]]] = defaultdict(list)
    text = rule_text(statement)
    if _MAY_MEASURE.search(text) is None and _whole_words().isdisjoint(word.stem for word in words_of(text)):
        return
    for clause in _CLAUSE.split(text):
        if is_outcome(clause):
            continue
        measured = list(_measured(clause, text, statement))
        if measured:
            soft, scope = level_of(clause) is Level.SHOULD, _scope(clause)
            for measure, quantity in measured:
                found[measure, scope].append((quantity.value, quantity.shown, soft))
    for (measure, scope), values in found.items():
        shown = ", ".join(dict.fromkeys(shown for _, shown, _ in values))
        soft = all(soft for _, _, soft in values)
        canonical = frozenset(value for value, _, _ in values)
        yield Fact(FactKind.MEASURE, measure, canonical, shown, Reach.EVERYWHERE, statement, scope, soft)


def _measured(clause: str, text: str, statement: Statement) -> Iterator[tuple[str, _Quantity]]:
    """Each number of a clause with the measure it is a value of: the nearest here, else the only one around."""
    words = words_of(clause)
    here = _book().find(words)
    places = _by_dimension(here, words)
    around: frozenset[str] | None = None
    for quantity in (*_quantities(clause), *_wholes(words, here)):
        if quantity.dimension in places:
            yield _nearest(places[quantity.dimension], quantity), quantity
            continue
        if around is None:
            around = _measures_of(text) or _heading_measures(statement)
        fitting = [label for label in around if _dimension(label) == quantity.dimension]
        if len(fitting) == 1:
            yield fitting[0], quantity


def _by_dimension(found: Sequence[Found], words: Sequence[Word]) -> Mapping[str, list[_Place]]:
    """Where the measures of each dimension stand, in order."""
    places: dict[str, list[_Place]] = defaultdict(list)
    for measure in found:
        place = _Place(words[measure.end - 1].end, words[measure.start].start, measure.label)
        places[_dimension(measure.label)].append(place)
    return dict(places)


def _nearest(places: Sequence[_Place], quantity: _Quantity) -> str:
    """The measure beside a number: the last one before it or the first one behind it, for they do not overlap."""
    behind = bisect_right(places, quantity.start, key=attrgetter("end"))
    return min(places[max(0, behind - 1) : behind + 1], key=lambda place: _distance(place, quantity)).label


@lru_cache(maxsize=8)
def _measures_of(text: str) -> frozenset[str]:
    """The measures that a text names; asked for each of its clauses."""
    return frozenset(measure.label for measure in _book().find(words_of(text)))


def _heading_measures(statement: Statement) -> frozenset[str]:
    return frozenset(label for label, terms in _terms_of_measures() if terms <= statement.context.here)


def _quantities(clause: str) -> Iterator[_Quantity]:
    for match in _NUMBER.finditer(clause):
        unit = (match["unit"] or "").strip().lstrip("-")
        dimension, factor = _unit(unit)
        if dimension == "number" and unit:
            unit = ""
        if _INSTANCE.search(clause, max(0, match.start() - _INSTANCE_WITHIN), match.start()):
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


def _distance(place: _Place, quantity: _Quantity) -> float:
    before = place.end <= quantity.start
    return quantity.start - place.end if before else _FOLLOWS * (place.start - quantity.end)


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
