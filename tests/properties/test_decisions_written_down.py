"""Same variants and same recipe give the same profile, byte for byte; the order of the variants decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from random import Random

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Comparison, Variant
from agentgen.merge.combine import merge
from agentgen.merge.notes import recipe_notes
from agentgen.merge.place import Places
from agentgen.merge.propose import Mode, Strategy, propose_recipe
from agentgen.merge.reconcile import reconcile
from agentgen.merge.stale import Memory, accept, find_stale
from agentgen.profile.store import dump_lock, dump_profile, dump_recipe, load_recipe
from agentgen.source import Source, encode
from tests.merge.helpers import read_variants
from tests.merge.helpers import variant as make_variant

STRATEGIES = (Strategy(), Strategy(Mode.BASE, "001-0bf9add19f8839af"), Strategy(Mode.CONSENSUS, count=2))


def written(variants: Sequence[Variant], strategy: Strategy = STRATEGIES[0]) -> tuple[str, str, str]:
    """The three files of a first merge."""
    comparison = compare_variants(variants)
    recipe = propose_recipe(comparison, strategy=strategy)
    result = merge(variants, recipe, comparison)
    return (
        dump_recipe(recipe, notes=recipe_notes(recipe, comparison)),
        dump_profile(result.profile),
        dump_lock(result.lock),
    )


@pytest.mark.corpus
@pytest.mark.parametrize("strategy", STRATEGIES, ids=lambda strategy: strategy.mode.value)
def test_the_order_of_variants_decides_nothing(seeds: list[Path], strategy: Strategy) -> None:
    """Recipe, profile and lock have the same bytes however the variants are given."""
    variants = read_variants(seeds)
    orders = [variants, variants[::-1], (*variants[2:], *variants[:2])]
    assert len({written(order, strategy) for order in orders}) == 1


@pytest.mark.corpus
def test_every_permutation_merges_alike(seeds: list[Path]) -> None:
    """All 120 orders of five variants give one profile and one lock."""
    variants = read_variants(seeds)
    comparison = compare_variants(variants)
    recipe = propose_recipe(comparison)
    results = {
        dump_profile(result.profile) + dump_lock(result.lock)
        for order in permutations(variants)
        for result in [merge(order, recipe, comparison)]
    }
    assert len(results) == 1


@pytest.mark.corpus
def test_the_recipe_alone_decides(seeds: list[Path]) -> None:
    """A recipe that was written, read and written again gives the same profile, also where the list order differs."""
    variants = read_variants(seeds)
    comparison = compare_variants(variants)
    recipe = propose_recipe(comparison)
    text = dump_recipe(recipe, notes=recipe_notes(recipe, comparison))
    again = load_recipe(Source("recipe.yaml", encode(text)))
    assert again == recipe
    assert dump_recipe(again, text) == text
    first, second = merge(variants, recipe, comparison), merge(variants, again, comparison)
    assert (first.profile, first.lock) == (second.profile, second.lock)


@pytest.mark.corpus
def test_only_a_declared_precedence_makes_a_difference(seeds: list[Path]) -> None:
    """Another precedence gives another profile, and says so in the recipe."""
    variants = read_variants(seeds)
    comparison = compare_variants(variants)
    ids = [variant.id for variant in variants]
    recipes = [propose_recipe(comparison, precedence=order) for order in (ids, ids[::-1])]
    assert [list(recipe.precedence) for recipe in recipes] == [ids, ids[::-1]]
    profiles = [merge(variants, recipe, comparison).profile for recipe in recipes]
    assert dump_profile(profiles[0]) != dump_profile(profiles[1])


PARTS = (
    "Weigh the parcel before it leaves the bench",
    "Print two labels and keep one of them",
    "Call the carrier when a pallet is full",
    "Lock the cage at the end of the shift",
    "Write the count of boxes into the book",
)


def document(random: Random, sections: int) -> list[list[str]]:
    """Sections as lists of statements."""
    return [[random.choice(PARTS) + f" ({number})" for number in range(random.randint(1, 4))] for _ in range(sections)]


def variant_of(name: str, sections: list[list[str]], model: str) -> Variant:
    bodies = ["".join(f"- {one}\n" for one in part) for part in sections]
    text = "\n".join(f"## Part {index}\n\n{body}" for index, body in enumerate(bodies))
    return make_variant(name, text, model=model)


def mutate(random: Random, sections: list[list[str]]) -> None:
    """One small change of one section, perhaps one that says nothing new."""
    part = random.choice(sections)
    place = random.randrange(len(part))
    match random.randrange(4):
        case 0:
            part.insert(place, f"A new statement {random.random()}")
        case 1 if len(part) > 1:
            del part[place]
        case 2:
            part[place] += random.choice((" always", " never", ""))
        case _:
            part.sort()


@pytest.mark.parametrize("chunk", range(10))
def test_nothing_stale_is_applied_in_silence(chunk: int) -> None:
    """Over 10,000 random changes: exactly the decisions whose input changed are shown, until they are accepted."""
    random = Random(chunk)
    for _ in range(10):
        sections = {name: document(random, 3) for name in ("a", "b")}
        variants = {name: variant_of(name, sections[name], "fast") for name in sections}
        comparison = compare_variants(list(variants.values()))
        recipe = reconcile(propose_recipe(comparison), comparison, Places(), {}).recipe
        for _ in range(100):
            name = random.choice(("a", "b"))
            before = [list(part) for part in sections[name]]
            old = variants[name]
            mutate(random, sections[name])
            variants[name] = variant_of(name, sections[name], random.choice(("fast", "deep")))
            now = Comparison(tuple(variants.values()), (), (), (), ())
            expected = {("topics", name)} if sections[name] != before else set()
            expected |= {("keys", name)} if variants[name].fields != old.fields else set()
            stale = find_stale(recipe, now, Memory(None, None))
            assert {(one.decision.split("/")[0], one.variant) for one in stale} == expected
            recipe = accept(recipe, now, {"all"})
            assert find_stale(recipe, now, Memory(None, None)) == ()
