"""Concepts: what words of the field mean, so that "Data layer" and "PostgreSQL schema" can meet.

The table is data (`concepts.toml`); a workspace may extend it. A concept is named `part/<id>` (the role a section plays
in an agent file) or `subject/<id>` (what it speaks of).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from agentgen.compare.words import stems
from agentgen.errors import Problem, UserError

KINDS = ("part", "subject")
_TABLE = Path(__file__).with_name("concepts.toml")
_WEAK = 0.5
_FORM = 'write words = ["..."] and, where it helps, weak = ["..."], near = ["..."], modifier = true'

Phrase = tuple[str, ...]


class Concept(NamedTuple):
    """An entry of the table: phrases as stems, the ambiguous ones apart, and the concepts a reader might take for it.

    A `modifier` says little beside a subject: "Security Best Practices" is about security.
    """

    name: str
    words: tuple[Phrase, ...] = ()
    weak: tuple[Phrase, ...] = ()
    near: tuple[str, ...] = ()
    modifier: bool = False


class Lexicon:
    """Finds concepts in a sequence of stems; the longest phrase wins, each word counts once."""

    def __init__(self, concepts: Mapping[str, Concept]) -> None:
        """From a table of concepts by name."""
        self.names: tuple[str, ...] = tuple(sorted(concepts))
        self._near: dict[str, frozenset[str]] = _both_ways(concepts)
        self._modifiers = frozenset(name for name, concept in concepts.items() if concept.modifier)
        self._phrases: dict[str, dict[Phrase, list[tuple[str, float]]]] = {}
        for name in sorted(concepts):
            for phrases, weight in ((concepts[name].words, 1.0), (concepts[name].weak, _WEAK)):
                for phrase in phrases:
                    self._phrases.setdefault(phrase[0], {}).setdefault(phrase, []).append((name, weight))
        self._longest = {first: max(map(len, phrases)) for first, phrases in self._phrases.items()}

    def find(self, words: Sequence[str]) -> dict[str, float]:
        """How often each concept is named by the stems `words`; an ambiguous word counts half."""
        found: dict[str, float] = {}
        at = 0
        while at < len(words):
            length, named = self._at(words, at)
            for name, weight in named:
                found[name] = found.get(name, 0.0) + weight
            at += length
        return found

    def near(self, name: str) -> frozenset[str]:
        """The concepts a reader might take for this one."""
        return self._near.get(name, frozenset())

    def is_modifier(self, name: str) -> bool:
        """True for a part that says little beside a subject."""
        return name in self._modifiers

    def _at(self, words: Sequence[str], at: int) -> tuple[int, Sequence[tuple[str, float]]]:
        phrases = self._phrases.get(words[at])
        if phrases is not None:
            for length in range(self._longest[words[at]], 0, -1):
                named = phrases.get(tuple(words[at : at + length]))
                if named is not None:
                    return length, named
        return 1, ()


def lexicon(extra: Sequence[Mapping[str, object]] = ()) -> Lexicon:
    """The package's table with the entries and words of `extra` tables (same form, parsed) added.

    Raises:
        UserError: an extra table has another form, with every mistake.
    """
    return Lexicon(_merged(extra)) if extra else _packaged()


@lru_cache(maxsize=1)
def _packaged() -> Lexicon:
    return Lexicon(_table())


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Concept]:
    with _TABLE.open("rb") as file:
        return _concepts(tomllib.load(file))


def _both_ways(concepts: Mapping[str, Concept]) -> dict[str, frozenset[str]]:
    near: dict[str, set[str]] = {}
    for name, concept in concepts.items():
        for other in concept.near:
            near.setdefault(name, set()).add(other)
            near.setdefault(other, set()).add(name)
    return {name: frozenset(others) for name, others in near.items()}


def _merged(extra: Sequence[Mapping[str, object]]) -> dict[str, Concept]:
    merged = dict(_table())
    for table in extra:
        for name, added in _concepts(table).items():
            known = merged.get(name, Concept(name))
            merged[name] = Concept(
                name,
                known.words + added.words,
                known.weak + added.weak,
                known.near + added.near,
                known.modifier or added.modifier,
            )
    return merged


def _concepts(table: Mapping[str, object]) -> dict[str, Concept]:
    problems: list[Problem] = []
    found: dict[str, Concept] = {}
    for kind, entries in table.items():
        if kind not in KINDS or not isinstance(entries, Mapping):
            hint = "use [part.<id>] and [subject.<id>]"
            problems.append(Problem(f"concepts: `{kind}` is not a table of concepts", hint=hint))
            continue
        for name, entry in entries.items():
            concept = _concept(f"{kind}/{name}", entry) if isinstance(entry, Mapping) else None
            if concept is None:
                problems.append(Problem(f"concepts: {kind}.{name} cannot be read", hint=_FORM))
            else:
                found[concept.name] = concept
    if problems:
        raise UserError(problems)
    return found


def _concept(name: str, entry: Mapping[object, object]) -> Concept | None:
    lists = {key: entry.get(key, []) for key in ("words", "weak", "near")}
    modifier = entry.get("modifier", False)
    if not isinstance(modifier, bool) or set(entry) - {*lists, "modifier"}:
        return None
    texts = {key: [str(word) for word in words] for key, words in lists.items() if isinstance(words, list)}
    if len(texts) < len(lists):
        return None
    kind = name.partition("/")[0]
    near = tuple(f"{kind}/{other}" for other in texts["near"])
    return Concept(name, _phrases(texts["words"]), _phrases(texts["weak"]), near, modifier)


def _phrases(words: Sequence[str]) -> tuple[Phrase, ...]:
    return tuple(phrase for phrase in map(stems, words) if phrase)
