"""Typed facts: what a statement lays down in a form that can be compared.

    "Target response time under 100ms p95"   latency (percentile p95) = 100 ms
    "Page by keyset"                         pagination = keyset
    "Reports to: scrum-master"               reports to = scrum master

Each module `facts_*` finds one kind. Facts are read from what statements say as rules: not from code, quoted speech,
samples, or what is told to have happened.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from agentgen.compare.items_statements import Statement


class FactKind(StrEnum):
    """What is laid down."""

    MEASURE = "measure"
    VERSION = "version"
    CHOICE = "choice"
    EXTENT = "extent"
    PERSON = "person"
    TITLE = "title"


class Reach(StrEnum):
    """Where two facts on one subject can disagree."""

    EVERYWHERE = "everywhere"  # an agent has one value
    NEAR = "near"  # in statements that speak of the same thing
    MATCHED = "matched"  # in statements that say the same


class Fact(NamedTuple):
    """One subject with the values that a statement gives it.

    `values` are canonical and compared; `shown` is for people. `scope` limits the fact (`percentile:p95`): facts whose
    scopes name different words of one kind do not speak of the same thing. `soft` means wished rather than demanded.
    """

    kind: FactKind
    subject: str
    values: frozenset[str]
    shown: str
    reach: Reach
    statement: Statement
    scope: frozenset[str] = frozenset()
    soft: bool = False
    refused: frozenset[str] = frozenset()  # values that the statement rules out
    narrower: bool = False  # fewer values are another answer


def compatible(left: frozenset[str], right: frozenset[str]) -> bool:
    """Whether two scopes can mean the same thing: no kind with different words."""
    mine, yours = _by_kind(left), _by_kind(right)
    return all(mine[kind] & yours[kind] for kind in mine.keys() & yours.keys())


def _by_kind(scope: frozenset[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for entry in scope:
        kind, _, word = entry.partition(":")
        found.setdefault(kind, set()).add(word)
    return found
