"""Words with their places, and phrases of a table found among them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from agentgen.compare.words import stem

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)?")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands, its stem, and its offsets in the text."""

    text: str
    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the table `label` at the words `[start, end)`."""

    label: str
    start: int
    end: int


@lru_cache(maxsize=1 << 13)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order; apostrophes are straight, stems lower-case."""
    return tuple(
        Word(match.group(), stem(match.group().lower().replace("\u2019", "'")), match.start(), match.end())
        for match in _WORD.finditer(text)
    )


class PhraseBook:
    """Phrases under labels. Words match by their stem; a phrase that begins with `=` matches only as it is written."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[Word, ...], bool, str]]] = {}
        for label, forms in phrases.items():
            for form in forms:
                words = words_of(form)
                self._by_first.setdefault(words[0].stem, []).append((words, form.startswith("="), label))
        for known in self._by_first.values():
            known.sort(key=lambda entry: (-len(entry[0]), entry[2]))

    def find(self, words: Sequence[Word]) -> list[Found]:
        """The phrases among the words, the longest at each place, without overlap."""
        found: list[Found] = []
        at = 0
        while at < len(words):
            phrase, label = self._at(words, at)
            if label is not None:
                found.append(Found(label, at, at + phrase))
            at += phrase
        return found

    def _at(self, words: Sequence[Word], at: int) -> tuple[int, str | None]:
        for phrase, exact, label in self._by_first.get(words[at].stem, ()):
            here = words[at : at + len(phrase)]
            if len(here) == len(phrase) and all(map(_as_written if exact else _by_stem, phrase, here)):
                return len(phrase), label
        return 1, None


def _as_written(wanted: Word, word: Word) -> bool:
    """Capitals of the table count, others do not."""
    return word.text == wanted.text if wanted.text != wanted.text.lower() else word.text.lower() == wanted.text


def _by_stem(wanted: Word, word: Word) -> bool:
    return wanted.stem == word.stem


@lru_cache(maxsize=4)
def table(name: str) -> Mapping[str, Any]:
    """A TOML table that lies beside this module."""
    with Path(__file__).with_name(name).open("rb") as file:
        return tomllib.load(file)
