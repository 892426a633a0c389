"""Versions of languages, frameworks, databases and standards that statements name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from agentgen.compare.facts import Fact, FactKind, Reach
from agentgen.compare.facts_rules import rule_text
from agentgen.compare.facts_words import table
from agentgen.compare.items_statements import Statement

_DIGIT = re.compile(r"\d")
_CONDITION = re.compile(r"\b(?:if|when|whether|from|before|since|until|migrat\w+|upgrad\w+|replac\w+)\b", re.IGNORECASE)


def versions(statement: Statement) -> Iterator[Fact]:
    """A fact for each product that a statement names with a version; what holds for one version only is passed over."""
    text = rule_text(statement)
    if _DIGIT.search(text) is None:
        return
    found: dict[str, list[str]] = defaultdict(list)
    for match in _pattern().finditer(text):
        if not _CONDITION.search(text[max(0, match.start() - 40) : match.start()]):
            found[match["name"]].extend(re.split(r"\s*/\s*", match["version"]))
    for name, given in found.items():
        values = frozenset(_canonical(version) for version in given)
        shown = " / ".join(f"{name} {version}" for version in dict.fromkeys(given))
        yield Fact(FactKind.VERSION, f"version of {name}", values, shown, Reach.EVERYWHERE, statement)


def _canonical(version: str) -> str:
    """`2.0` and `2` are one version, `18+` is from 18 on."""
    number, more = (version[:-1], "+") if version.endswith("+") else (version, "")
    number = re.sub(r"(?:\.x)+$", "", number)
    while number.endswith(".0"):
        number = number[:-2]
    return number + more


def satisfies(mine: frozenset[str], yours: frozenset[str]) -> bool:
    """Whether two sets of versions can both be meant: one in common, or one that the other's least version allows."""
    if mine & yours:
        return True
    return any(_allows(left, right) or _allows(right, left) for left in mine for right in yours)


def _allows(least: str, exact: str) -> bool:
    if not least.endswith("+"):
        return exact.startswith(f"{least}.") or f"{exact}".rstrip("+") == least
    return not exact.endswith("+") and _parts(exact) >= _parts(least[:-1])


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = [name.strip() for name in re.split(r"[;\n]", table("facts.toml")["products"]["names"]) if name.strip()]
    known = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    one = r"\d{1,4}(?:\.(?:\d{1,6}|x)){0,4}\+?"
    between = r"(?:\s+v?|\s+version\s+|v)?"
    return re.compile(rf"(?<![\w.@/-])(?P<name>{known}){between}(?P<version>{one}(?:\s?/\s?{one})*)(?![\w%-])")
