"""The terms of a statement: its tokens with synonyms folded, and the names that two statements hardly share by chance.

"Profile N+1 query problems (p95)"  ->  profil, n+1, queri, problem, p95
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from agentgen.compare.items_tokens import Term, signs_of, tokens_of
from agentgen.compare.items_words import Form, phrases, ranks, roles

_FENCED = re.compile(r"^[ \t]*+(`{3,}+|~{3,}+)[^\n]*\n.*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_ACRONYM = re.compile(r"(?<![\w-])(?:[A-Z][A-Z0-9]{2,}|[A-Z][a-z]*[A-Z]\w*|[a-z]+[A-Z]\w*)(?![\w-])")
_AGENT = re.compile(r"(?<![\w/.-])[a-z][a-z0-9]*(?:-[a-z0-9]+)+(?![\w/.-]|\()")


def prose_of(text: str) -> str:
    """A text without its fenced code; the whole text where it is nothing else."""
    if "```" not in text and "~~~" not in text:
        return text
    prose = _FENCED.sub(" ", text)
    return prose if prose.strip() else text


@lru_cache(maxsize=1 << 17)
def located_terms(text: str) -> tuple[Term, ...]:
    """The terms of a text in order of place."""
    return tuple(_folded(tokens_of(text)))


def terms(text: str) -> tuple[str, ...]:
    """The terms of a text in order of place, agents' names (`@senior-frontend`) behind them."""
    return (*(term for term, _ in located_terms(text)), *_people(text))


def anchors(text: str) -> frozenset[str]:
    """Names that two statements hardly share by chance: acronyms, mixed-case names, signs, agents."""
    return frozenset(name.lower() for name in _ACRONYM.findall(text)).union(signs_of(text), _people(text))


def agent_names(text: str) -> tuple[str, ...]:
    """Names such as `senior-frontend-engineer`: words joined by hyphens, one of which is a role."""
    return tuple(name for name in _AGENT.findall(text) if names_role(name)) if "-" in text else ()


def names_role(name: str) -> bool:
    """Whether one of the words of a name is a role (engineer, manager, reviewer)."""
    words = name.lower().replace("-", " ").split()
    return not (roles().isdisjoint(words) and ranks().isdisjoint(words))


def _people(text: str) -> tuple[str, ...]:
    """The agents named in a text, each once, without the role at the end of its name."""
    return tuple(dict.fromkeys(f"@{_person(name)}" for name in agent_names(text)))


def _person(name: str) -> str:
    parts = name.split("-")
    while len(parts) > 1 and parts[-1] in roles():
        parts.pop()
    return "-".join(parts)


def _folded(tokens: Sequence[Term]) -> list[Term]:
    """Tokens with each known phrase replaced by what stands for it; the longest phrase wins."""
    known = phrases()
    found: list[Term] = []
    at = 0
    while at < len(tokens):
        token, start = tokens[at]
        if token not in known:
            found.append((token, start))
            at += 1
            continue
        length, forms = _longest(tokens, at, known[token])
        found.extend([(form, start) for form in forms])
        at += length
    return found


def _longest(tokens: Sequence[Term], at: int, known: Sequence[tuple[Form, Form]]) -> tuple[int, Form]:
    for phrase, forms in known:
        if tuple(token for token, _ in tokens[at : at + len(phrase)]) == phrase:
            return len(phrase), forms
    return 1, (tokens[at][0],)
