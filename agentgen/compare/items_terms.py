"""The terms of a statement: its stems, synonyms folded, plus the special terms that words alone would lose.

"Profile N+1 query problems (p95)"  ->  profil, n+1, queri, problem, p95
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

from agentgen.compare.words import stem, tokens

_TABLE = Path(__file__).with_name("items_words.toml")

_FENCED = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_SPECIAL = re.compile(
    r"(?<![\w-])(?:[A-Za-z]\+\d|[A-Za-z]\d{1,4}[a-z]?|\d[A-Z]{2,}|[CF](?:\+\+|#)|\.NET|CI/CD)(?![\w-])"
)
_ACRONYM = re.compile(r"(?<![\w-])(?:[A-Z][A-Z0-9]{2,}|[A-Z][a-z]*[A-Z]\w*|[a-z]+[A-Z]\w*)(?![\w-])")
_AGENT = re.compile(r"(?<![\w/.-])[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?![\w/.-]|\()")
_BOLD_LEAD = re.compile(r"\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*[:\u2013\u2014-]?\s*(.*)\Z", re.DOTALL)
_COLON_LEAD = re.compile(r"\s*([^:.\n]{3,60}):\s+(\S.*)\Z", re.DOTALL)
_DASH_LEAD = re.compile(r"\s*([^.\n]{3,60}?)\s+[\u2013\u2014-]\s+(\S.*)\Z", re.DOTALL)
_Form = tuple[str, ...]
_PARENTHESES = re.compile(r"\(([^()]*)\)")


def prose_of(text: str) -> str:
    """A text without its fenced code; the whole text where it is nothing else."""
    prose = _FENCED.sub(" ", text)
    return prose if prose.strip() else text


def split_title(text: str) -> tuple[str, str]:
    """What a statement says first, and its elaboration: behind a bold or colon lead, or in parentheses."""
    elaboration = " ".join(_PARENTHESES.findall(text))
    plain = _PARENTHESES.sub(" ", text)
    for pattern in (_BOLD_LEAD, _COLON_LEAD, _DASH_LEAD):
        lead = pattern.match(plain)
        if lead and tokens(lead.group(1)):
            return lead.group(1), f"{lead.group(2)} {elaboration}"
    return (plain, elaboration) if tokens(plain) else (text, "")


@lru_cache(maxsize=1 << 14)
def terms(text: str) -> tuple[str, ...]:
    """The stems of a text in order, synonyms folded, special terms (`n+1`, `p95`, agents' names) behind them."""
    return (*_folded(_roots(_SPECIAL.sub(" ", text))), *special_terms(text))


def special_terms(text: str) -> tuple[str, ...]:
    """Terms whose sign or digit is part of the name, and agents' names without their role (`@senior-frontend`)."""
    signs = (_signs().get(sign, (sign,)) for sign in map(str.lower, _SPECIAL.findall(text)))
    return tuple(dict.fromkeys([*chain.from_iterable(signs), *(f"@{_person(name)}" for name in agent_names(text))]))


def agent_names(text: str) -> tuple[str, ...]:
    """Names such as `senior-frontend-engineer`: words joined by hyphens, one of which is a role."""
    return tuple(name for name in _AGENT.findall(text) if names_role(name))


def names_role(name: str) -> bool:
    """Whether one of the words of a name is a role (engineer, manager, reviewer)."""
    return bool((_roles() | _ranks()) & set(name.lower().replace("-", " ").split()))


def anchors(text: str) -> frozenset[str]:
    """Names that two statements hardly share by chance: acronyms, mixed-case names, special terms."""
    return frozenset({*(name.lower() for name in _ACRONYM.findall(text)), *special_terms(text)})


def is_vague(term: str) -> bool:
    """Whether a term fits any statement."""
    return term in _vague()


def subject_of(terms_in_order: Sequence[str]) -> str:
    """The term that a statement speaks of first; empty where it has none that tells anything."""
    return next((term for term in terms_in_order if term not in _openers()), "")


def commonness(term: str) -> float:
    """The share of statements in agent files that have a term; 0 for rare ones."""
    return _common().get(term, 0.0)


def _roots(text: str) -> tuple[str, ...]:
    """The tokens of a text; `idempotency` and `idempotent` are one."""
    return tuple(f"{word[:-4]}ent" if word.endswith("enci") else word for word in tokens(text))


def _person(name: str) -> str:
    parts = name.split("-")
    while len(parts) > 1 and parts[-1] in _roles():
        parts.pop()
    return "-".join(parts)


def _folded(words: Sequence[str]) -> list[str]:
    """Words with each known phrase replaced by its first form; the longest phrase wins."""
    phrases = _phrases()
    found: list[str] = []
    at = 0
    while at < len(words):
        known = phrases.get(words[at])
        length, canonical = next(
            ((len(phrase), form) for phrase, form in known or () if tuple(words[at : at + len(phrase)]) == phrase),
            (1, (words[at],)),
        )
        found.extend(canonical)
        at += length
    return found


@lru_cache(maxsize=1)
def _table() -> Mapping[str, object]:
    with _TABLE.open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def _roles() -> frozenset[str]:
    return frozenset(str(_table()["roles"]).split())


@lru_cache(maxsize=1)
def _ranks() -> frozenset[str]:
    return frozenset(str(_table()["ranks"]).split())


@lru_cache(maxsize=1)
def _openers() -> frozenset[str]:
    """Terms that open a statement without being what it speaks of."""
    return _vague() | frozenset(_folded([stem(word) for word in str(_table()["verbs"]).split()]))


@lru_cache(maxsize=1)
def _common() -> Mapping[str, float]:
    bands = _table()["common"]
    assert isinstance(bands, dict)
    return {term: int(mille) / 1000 for mille, terms_of_band in bands.items() for term in terms_of_band.split()}


@lru_cache(maxsize=1)
def _vague() -> frozenset[str]:
    words = {stem(word) for word in str(_table()["vague"]).split()}
    phrases = {name for _, form in _synonyms() for name in form if words.issuperset(name.split("_"))}
    return frozenset({*_folded(sorted(words)), *phrases})


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, tuple[tuple[_Form, _Form], ...]]:
    """First stem of a phrase -> the phrases that begin with it, longest first, each with its canonical form."""
    found: dict[str, set[tuple[_Form, _Form]]] = {}
    for form, canonical in _synonyms():
        words = _roots(form)
        if not _SPECIAL.fullmatch(form):
            found.setdefault(words[0], set()).add((words, canonical))
    return {first: tuple(sorted(forms, key=lambda form: (-len(form[0]), form))) for first, forms in found.items()}


@lru_cache(maxsize=1)
def _signs() -> Mapping[str, _Form]:
    return {form.lower(): canonical for form, canonical in _synonyms() if _SPECIAL.fullmatch(form)}


def _synonyms() -> Iterator[tuple[str, _Form]]:
    """Each form of the table with what stands for it."""
    phrases, spelled = _table()["phrases"], _table()["spelled"]
    assert isinstance(phrases, dict)
    assert isinstance(spelled, dict)
    for first, *others in phrases["same"]:
        canonical = first.lower() if _SPECIAL.fullmatch(first) else "_".join(_roots(first))
        for form in (first, *others):
            yield form, (canonical,)
    for acronym, words in spelled.items():
        yield acronym, _roots(words)
