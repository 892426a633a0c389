"""Words with their places, and phrases of a table found among them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from agentgen.compare.words import stem

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W\d_]+)?")


class Word(NamedTuple):
    """A word as it stands, its stem, and its offsets in the text."""

    text: str
    stem: str
    start: int
    end: int


class Found(NamedTuple):
    """A phrase of the table `label` at the words `[start, end)`."""

    label: str
    start: int
    end: int


@lru_cache(maxsize=1 << 12)
def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text in order; apostrophes are straight in stems, which are lower-case."""
    return tuple([Word(m.group(), _stem(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)])


@lru_cache(maxsize=1 << 19)
def _stem(word: str) -> str:
    return stem(word.lower().replace("\u2019", "'"))


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
        known = self._by_first
        free = 0
        for at, word in enumerate(words):
            if word.stem in known and at >= free:
                phrase = self._at(words, at)
                if phrase is not None:
                    found.append(phrase)
                    free = phrase.end
        return found

    def _at(self, words: Sequence[Word], at: int) -> Found | None:
        for phrase, exact, label in self._by_first[words[at].stem]:
            here = words[at : at + len(phrase)]
            if len(here) == len(phrase) and all(map(_as_written if exact else _by_stem, phrase, here)):
                return Found(label, at, at + len(phrase))
        return None


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
