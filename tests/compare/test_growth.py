"""Comparing grows like n log n: shown by what is counted, never by the clock."""

from __future__ import annotations

import random
from itertools import combinations

import pytest

from agentgen.compare.conflicts_obligation import opposite_demands
from agentgen.compare.engine import compare_variants
from agentgen.compare.items_candidates import candidates
from agentgen.compare.items_similarity import Similarity
from agentgen.compare.items_statements import Statement, read_statements
from agentgen.compare.items_words import is_vague
from agentgen.compare.likeness import Likeness
from agentgen.compare.model import Conflict, Variant
from agentgen.compare.obligation_acts import demands, prohibitions
from agentgen.compare.words import TfIdf
from tests.compare.helpers import variants

_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprtvz" for vowel in "aeiou"]


def invented(number: int) -> str:
    """A word that no table knows, a different one for each number."""
    return "".join(_SYLLABLES[number // 65**place % 65] for place in range(3)) + "x"


def statements_of(found: list[Variant]) -> tuple[Statement, ...]:
    topics = {(variant.id, section.id): section.id for variant in found for section in variant.document.sections}
    return read_statements(found, topics)


def rules(seed: int, names: str, count: int, words: int) -> dict[str, str]:
    """Rules of random words: the words with low numbers stand in most of them."""
    chance = random.Random(seed)

    def rule() -> str:
        return " ".join(invented(int(words * chance.random() ** 2)) for _ in range(chance.randint(1, 7)))

    return {name: "".join(f"- {rule()}\n" for _ in range(count)) for name in names}


@pytest.mark.parametrize("seed", range(4))
def test_the_index_finds_what_trying_all_pairs_finds(seed: int) -> None:
    """Statements of different variants whose vectors are near, whatever number of terms they share."""
    statements = statements_of(variants(rules(seed, "abc", 14, 40)))
    similarity = Similarity(statements)
    found = {(left.order, right.order) for left, right in candidates(statements, similarity)}
    tried = [pair for pair in combinations(statements, 2) if pair[0].ref.variant != pair[1].ref.variant]
    near = {(left.order, right.order): _cosine(similarity, left, right) for left, right in tried}
    enough = {pair for pair, cosine in near.items() if cosine >= 0.2}
    assert found <= enough
    for order in {order for pair in enough for order in pair}:
        nearest = sorted((pair for pair in enough if order in pair), key=lambda pair: -near[pair])[:12]
        assert {pair for pair in nearest if near[pair] > near[nearest[-1]]} <= found


def _cosine(similarity: Similarity, left: Statement, right: Statement) -> float:
    mine, yours = similarity.vector(left), similarity.vector(right)
    return sum(value * yours[term] for term, value in mine.items() if term in yours and not is_vague(term))


def test_what_too_many_statements_share_brings_nobody_together() -> None:
    """A word of 121 statements does still, a word of 300 does no more."""
    few, many = (
        statements_of(variants({"a": f"- {invented(7)}\n" * size, "b": f"- {invented(7)} {invented(8)}\n"}))
        for size in (120, 300)
    )
    assert list(candidates(few, Similarity(few)))
    assert not list(candidates(many, Similarity(many)))


@pytest.mark.parametrize("what", [(Likeness, "features"), (Similarity, "score")], ids=["sections", "statements"])
def test_pairs_that_are_scored_grow_with_the_sections(monkeypatch: pytest.MonkeyPatch, what: tuple[type, str]) -> None:
    """Four times as many sections, at most five times as many pairs; all pairs would be sixteen times as many."""
    owner, name = what
    inner, calls = getattr(owner, name), []

    def counted(*arguments: object) -> object:
        calls.append(name)
        return inner(*arguments)

    monkeypatch.setattr(owner, name, counted)
    counts = []
    for size in (40, 160):
        calls.clear()
        compare_variants(variants({"a": _sections(size, 0), "b": _sections(size, size // 5)}))
        counts.append(len(calls))
    assert 0 < counts[1] <= 5 * counts[0]


def _sections(count: int, start: int) -> str:
    """Sections with words of their own, from the given one on."""
    return "".join(
        f"## {invented(9 * number)}\n\n- {invented(9 * number + 1)} {invented(9 * number + 2)} {invented(number % 7)}\n"
        for number in range(start, start + count)
    )


def test_what_is_forbidden_meets_only_demands_of_the_same_thing() -> None:
    """With twice as many prohibitions and demands of one verb, twice as much is weighed, not four times."""
    (small, found), (large, more) = _weighed(100), _weighed(200)
    assert large <= 2.1 * small
    assert (len(found), len(more)) == (100, 200)


def _weighed(count: int) -> tuple[int, list[Conflict]]:
    """How often a term is weighed, and the conflicts found."""
    texts = {
        "a": "".join(f"- Never log {invented(3 * at)} {invented(3 * at + 1)}\n" for at in range(count)),
        "b": "".join(f"- Log {invented(3 * at)} {invented(3 * at + 1)} {invented(3)}\n" for at in range(count)),
    }
    statements = statements_of(variants(texts))
    forbidden = [act for each in statements for act in prohibitions(each, False)]
    verbs = frozenset(verb for act in forbidden for verb in act.verbs)
    demanded = [act for each in statements for act in demands(each, verbs)]
    weighed: list[str] = []

    def weight(term: str) -> float:
        weighed.append(term)
        return 1.0

    found = list(opposite_demands(forbidden, demanded, weight))
    return len(weighed), found


def test_vectors_of_the_texts_learned_from_are_those_of_their_words() -> None:
    """Counted once, they are the same as counted anew."""
    texts = [("alpha", "beta", "alpha"), ("beta", "gamma"), ()]
    weights = TfIdf(texts)
    assert weights.vectors() == [weights.vector(words) for words in texts]
