"""A merge from files to files: the recipe brought up to date, the profile made anew, edits by hand kept.

variants, recipe.yaml      ->   recipe.yaml         what is new is decided, what changed is shown
profile.yaml                    profile.yaml        what the recipe makes, with the edits of a hand
profile.lock.yaml               profile.lock.yaml   what the recipe alone made: the base for next time
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from agentgen.compare.model import Comparison
from agentgen.findings import Finding
from agentgen.merge.combine import merge
from agentgen.merge.digests import decision_digests, statement_digests
from agentgen.merge.hands import read_hands
from agentgen.merge.model import Merged
from agentgen.merge.notes import hand_notes, recipe_notes
from agentgen.merge.place import Places
from agentgen.merge.propose import UNION, Strategy, propose_recipe
from agentgen.merge.reconcile import reconcile
from agentgen.merge.stale import Memory, accept, check_accepted, find_stale, stale_findings
from agentgen.profile import store
from agentgen.profile.lock import Lock
from agentgen.profile.recipe import Recipe
from agentgen.source import Source

LOCK_NAME = "profile.lock.yaml"


class Files(NamedTuple):
    """The three files as they stand; None for one that is not there."""

    recipe: Source | None = None
    profile: Source | None = None
    lock: Source | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How to merge.

    `precedence` and `strategy` are for a recipe that does not exist yet; `paths` gives each variant's path relative to
    it. `accept` names stale decisions (`topics/api`, `api`, or `all`) that hold for the new input, too. `discard`
    throws edits of the profile by hand away. `decided` is the recipe of `recipe_for` with a person's answers in it.
    """

    precedence: tuple[str, ...] = ()
    paths: Mapping[str, str] = field(default_factory=dict)
    strategy: Strategy = UNION
    accept: frozenset[str] = frozenset()
    discard: bool = False
    decided: Recipe | None = None


class Refreshed(NamedTuple):
    """The texts to write, and all that is to be said. `edited`: the profile holds edits made by hand."""

    merged: Merged
    recipe: str
    profile: str
    lock: str
    edited: bool


def refresh(comparison: Comparison, files: Files, settings: Settings | None = None) -> Refreshed:
    """Merge the variants of a comparison, which was made with the rows of the recipe (if there is one) as pins.

    Nothing is written. The same input gives the same texts, and its own output changes nothing.

    Raises:
        UserError: a file is wrong, the recipe does not fit, a decision to accept is not in it, or a profile is there
            that no lock speaks of.
    """
    chosen = settings or Settings()
    check_accepted(store.load_recipe(files.recipe) if files.recipe else None, chosen.accept)
    lock = store.load_lock(files.lock) if files.lock else None
    lock_path = files.lock.path if files.lock else LOCK_NAME
    hands = read_hands(files.profile, lock, lock_path, discard=chosen.discard)
    recipe, merged = _merged(comparison, files.recipe, chosen, Memory(hands.base, lock))
    recipe, profile, conflicts = hands.apply(recipe, merged.profile)
    full_lock = replace(
        merged.lock,
        recipe=store.recipe_digest(recipe),
        profile=store.profile_digest(profile),
        statements={variant.id: statement_digests(variant) for variant in comparison.variants},
        base=store.dump_profile(merged.profile),
        hands=conflicts,
        stale=merged.stale,
        decisions=decision_digests(recipe),
    )
    return Refreshed(
        merged=replace(merged, profile=profile, lock=full_lock, hands=conflicts),
        recipe=_recipe_text(recipe, comparison, files.recipe, full_lock),
        profile=store.dump_profile(profile, files.profile.text if files.profile else None),
        lock=store.dump_lock(full_lock),
        edited=profile != merged.profile,
    )


def recipe_for(comparison: Comparison, recipe_file: Source | None, settings: Settings) -> Recipe:
    """The recipe that `refresh` would carry out: a first one, or the one that is there brought up to date.

    Raises:
        UserError: the recipe is wrong, or does not fit.
    """
    if recipe_file is None:
        return _proposed(comparison, settings)
    places = Places(store.recipe_tree(recipe_file))
    fitting = reconcile(store.load_recipe(recipe_file), comparison, places, settings.paths)
    return accept(fitting.recipe, comparison, settings.accept)


def _proposed(comparison: Comparison, settings: Settings) -> Recipe:
    precedence = settings.precedence or None
    return propose_recipe(comparison, precedence=precedence, paths=settings.paths, strategy=settings.strategy)


def _merged(
    comparison: Comparison, recipe_file: Source | None, settings: Settings, memory: Memory
) -> tuple[Recipe, Merged]:
    """The recipe as it fits the variants, and what it makes of them."""
    if recipe_file is None:
        recipe = settings.decided or _proposed(comparison, settings)
        return recipe, merge(comparison.variants, recipe, comparison)
    written = store.load_recipe(recipe_file)
    places = Places(store.recipe_tree(recipe_file))
    fitting = reconcile(written, comparison, places, settings.paths)
    looked_at = settings.accept | _decided_anew(written, memory.lock)
    recipe = settings.decided or accept(fitting.recipe, comparison, looked_at)
    stale = find_stale(recipe, comparison, memory)
    merged = merge(comparison.variants, recipe, comparison, places)
    findings: Sequence[Finding] = (*fitting.findings, *stale_findings(stale, places, written), *merged.findings)
    return recipe, replace(merged, stale=stale, findings=tuple(findings))


def _decided_anew(recipe: Recipe, lock: Lock | None) -> set[str]:
    """Decisions that somebody changed since the last merge, and so made on the input of today."""
    known = lock.decisions if lock else {}
    return {name for name, digest in decision_digests(recipe).items() if known.get(name, digest) != digest}


def _recipe_text(recipe: Recipe, comparison: Comparison, previous: Source | None, lock: Lock) -> str:
    """The recipe's file; entries that are new get their alternatives as comments."""
    notes = {**recipe_notes(recipe, comparison), **hand_notes(recipe, lock.hands)}
    return store.dump_recipe(recipe, previous.text if previous else None, notes)
