"""Words: what a text says, freed of how it is set.

Three views of a text, from strict to loose: `normal_form` (equal means: proven to differ in formatting only), `tokens`
(stems without stop words) and `TfIdf` vectors (sparse, words and word pairs).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise

from agentgen.compare.normal import normal_form as normal_form

Vector = Mapping[str, float]

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.,]\d+)*%?")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_LINK_TARGET = re.compile(r"\]\((?:[^()\s]|\([^()\s]*\))*\)")

STOP_WORDS: frozenset[str] = frozenset(
    """a about above across after again against all along also although always am among an and any are as at be because
    been before being below between both but by can cannot could did do does doing done down during each either else
    etc even ever every few for from further get gets give given had has have having he her here his how however i if
    in into is it its itself just let like make makes many may me might more most much must my need needs neither no
    nor not of off often on once one only onto or other our out over own per please same shall she should since so
    some such than that the their them then there these they this those through to too under until unless up upon us
    use used uses using very via was we well were what when where whether which while who whom whose why will with
    within without would you your yourself""".split()  # noqa: SIM905  (a table read as prose)
)

_SUFFIXES: tuple[tuple[str, str, int], ...] = (
    # ending, replacement, letters that must stay in front of it
    ("ization", "iz", 4),
    ("isation", "iz", 4),
    ("ational", "at", 4),
    ("izing", "iz", 3),
    ("ising", "iz", 4),
    ("izers", "iz", 4),
    ("izer", "iz", 4),
    ("ized", "iz", 4),
    ("izes", "iz", 4),
    ("ize", "iz", 4),
    ("ise", "iz", 5),
    ("ised", "iz", 5),
    ("mentation", "ment", 3),
    ("ments", "", 6),
    ("ment", "", 6),
    ("ectural", "ect", 4),
    ("ectures", "ect", 4),
    ("ecture", "ect", 4),
    ("ysis", "yz", 3),
    ("ances", "", 5),
    ("ance", "", 5),
    ("ants", "", 6),
    ("ant", "", 6),
    ("ations", "at", 3),
    ("ation", "at", 3),
    ("ating", "at", 3),
    ("ators", "at", 3),
    ("ator", "at", 3),
    ("ated", "at", 3),
    ("ates", "at", 3),
    ("ate", "at", 3),
    ("ities", "", 4),
    ("ity", "", 4),
    ("iness", "", 4),
    ("ness", "", 4),
    ("ability", "abl", 3),
    ("ables", "abl", 3),
    ("able", "abl", 3),
    ("ural", "ur", 4),
    ("ures", "ur", 4),
    ("ure", "ur", 4),
    ("uring", "ur", 4),
    ("ions", "", 4),
    ("ion", "", 4),
    ("ives", "", 4),
    ("ive", "", 4),
    ("ical", "ic", 3),
    ("ally", "", 4),
    ("ingly", "", 4),
    ("ings", "", 3),
    ("ing", "", 3),
    ("edly", "", 4),
    ("ers", "", 4),
    ("er", "", 4),
    ("ied", "i", 3),
    ("ies", "i", 2),
    ("ed", "", 3),
    ("ly", "", 4),
    ("sses", "ss", 2),
    ("xes", "x", 2),
    ("ches", "ch", 2),
    ("shes", "sh", 2),
    ("s", "", 3),
    ("e", "", 4),
    ("y", "i", 3),
)


_SUFFIXES_BY_LAST: dict[str, list[tuple[str, str, int]]] = {}
for _suffix in _SUFFIXES:
    _SUFFIXES_BY_LAST.setdefault(_suffix[0][-1], []).append(_suffix)


@lru_cache(maxsize=1 << 19)
def stem(word: str) -> str:
    """A light stem of a lower-case word: inflections and common derivations of one word fall together."""
    if word.endswith(("ss", "us", "is")) and len(word) < 7:
        return word
    if word.endswith("y") and word[-2:-1] in "aeou":
        return word
    for ending, replacement, least in _SUFFIXES_BY_LAST.get(word[-1:], ()):
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return _tidy(word[: len(word) - len(ending)] + replacement)
    return word


def _tidy(root: str) -> str:
    """`planning` and `plan`, `caches` and `cache`, `querying` and `query` fall together."""
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz":
        return root[:-1]
    if len(root) > 3 and root[-1] == "y" and root[-2] not in "aeou":
        return root[:-1] + "i"
    return root[:-1] if len(root) > 4 and root.endswith("e") else root


@lru_cache(maxsize=1 << 12)
def stems(text: str) -> tuple[str, ...]:
    """The stems of all words and numbers of a text, in order; link targets are left out."""
    return tuple(stem(word) for word in _words(text))


@lru_cache(maxsize=1 << 12)
def tokens(text: str) -> tuple[str, ...]:
    """As `stems`, without stop words and single letters."""
    return tuple(stem(word) for word in _words(text) if word not in STOP_WORDS and len(word) > 1)


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_CAMEL.sub(" ", _LINK_TARGET.sub("]", text)).lower()))


class TfIdf:
    """Weights of words and word pairs, learned from the texts that are compared.

    `vector` gives unit-length sparse vectors; a term that the corpus does not know weighs as one that stands in a
    single text.
    """

    def __init__(self, corpus: Iterable[Sequence[str]], *, bigrams: bool = True) -> None:
        """Learn from token sequences, one a text."""
        self._bigrams = bigrams
        self._texts = [self._terms(words) for words in corpus]
        self._size = len(self._texts)
        counts = Counter(chain.from_iterable(self._texts))
        self._weights = {term: self._weight(count) for term, count in counts.items()}

    def weight(self, term: str) -> float:
        """The inverse document frequency of a term; pairs are written `first second`."""
        return self._weights.get(term, self._weight(1))

    def vectors(self) -> list[Vector]:
        """The unit vectors of the texts learned from, in their order."""
        return [self._unit(counts) for counts in self._texts]

    def vector(self, words: Sequence[str]) -> Vector:
        """The unit vector of a token sequence; empty for one without words. Terms stand in the order of the words."""
        return self._unit(self._terms(words))

    def _unit(self, counts: Mapping[str, int]) -> Vector:
        known, unknown = self._weights, self._weight(1)
        raw = {term: (1.0 + math.log(count)) * known.get(term, unknown) for term, count in counts.items()}
        length = math.sqrt(math.fsum([value * value for value in raw.values()]))
        return {term: value / length for term, value in raw.items()} if length else {}

    def _weight(self, count: int) -> float:
        return math.log((1 + self._size) / (1 + count)) + 1.0

    def _terms(self, words: Sequence[str]) -> Mapping[str, int]:
        """How often each word, and each pair `first second`, stands in a sequence."""
        pairs = [f"{first} {second}" for first, second in pairwise(words)] if self._bigrams else ()
        return Counter((*words, *pairs))


def cosine(left: Vector, right: Vector) -> float:
    """The cosine of two unit vectors, 0 to 1; the same bits for both orders of the arguments."""
    shared = left.keys() & right.keys()
    return math.fsum([left[term] * right[term] for term in shared]) if shared else 0.0
