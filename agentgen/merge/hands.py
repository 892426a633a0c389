"""What hands did to a profile since the merge wrote it, put onto the profile that the merge makes now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from agentgen.errors import Problem, UserError
from agentgen.merge.three_way import SECTION, WHOLE, merge_profiles
from agentgen.merge.units import words_in
from agentgen.profile.body import ROLE, walk
from agentgen.profile.lock import HandConflict, Lock
from agentgen.profile.model import HAND_PREFIX, Profile
from agentgen.profile.recipe import ConflictDecision, Recipe
from agentgen.profile.store import load_profile, profile_digest
from agentgen.source import Source, encode

MINE = "mine"
THEIRS = "theirs"


class Hands(NamedTuple):
    """The profile as a hand left it (None: there is none to keep), the one that the last merge made, open conflicts."""

    path: str
    mine: Profile | None
    base: Profile | None
    open: tuple[HandConflict, ...] = ()

    def apply(self, recipe: Recipe, theirs: Profile) -> tuple[Recipe, Profile, tuple[HandConflict, ...]]:
        """Recipe and profile with the edits of the hand, and what the two disagree about.

        Raises:
            UserError: there is no base to tell edits from, and the profile is not what the merge makes.
        """
        if self.mine is None:
            return _with_entries(recipe, ()), theirs, ()
        if self.base is None:
            if self.mine != theirs:
                raise UserError(self._unknown())
            return _with_entries(recipe, ()), theirs, ()
        decisions = {entry.id: entry for entry in recipe.conflicts}
        waiting = [one for one in self.open if one.id in decisions and decisions[one.id].is_open]
        settled = self._settled(theirs, decisions)
        profile, found = merge_profiles(self.base, self.mine, theirs, settled)
        places = {one.place for one in found}
        conflicts = (*(one for one in waiting if one.place not in places), *found)
        return _with_entries(recipe, conflicts), profile, conflicts

    def _settled(self, theirs: Profile, decisions: Mapping[str, ConflictDecision]) -> dict[str, frozenset[str]]:
        """The statements of which the side of the merge was chosen."""
        return {
            one.place: self._words(one, theirs)
            for one in self.open
            if one.id in decisions and not decisions[one.id].is_open and decisions[one.id].pick == THEIRS
        }

    def _words(self, conflict: HandConflict, theirs: Profile) -> frozenset[str]:
        """What the two sides of a conflict say; everything, where a side does not have the place at all."""
        name = conflict.place.removeprefix(SECTION)
        sides = [side for side in (self.mine, theirs) if side is not None]
        if conflict.place != ROLE and not all(name in _section_ids(side) for side in sides):
            return frozenset({WHOLE})
        return frozenset(words_in(conflict.mine or "") | words_in(conflict.theirs or ""))

    def _unknown(self) -> Problem:
        return Problem(
            "this profile is not what the merge makes, and no lock says what a hand changed in it",
            self.path,
            hint="keep a copy, then let it be overwritten with --discard-edits",
        )


def read_hands(profile: Source | None, lock: Lock | None, lock_path: str, *, discard: bool) -> Hands:
    """What a hand did to the profile; nothing where `discard` throws that away.

    Raises:
        UserError: the profile has mistakes, or the lock does not fit itself.
    """
    base = _base(lock, lock_path)
    if profile is None or discard:
        return Hands("", None, base)
    mine = load_profile(profile)
    if base is None and lock is not None and profile_digest(mine) == lock.profile:
        base = mine
    return Hands(profile.path, mine, base, lock.hands if lock else ())


def _base(lock: Lock | None, path: str) -> Profile | None:
    """The profile that the last merge made, from its lock."""
    if lock is None or not lock.base:
        return None
    base = load_profile(Source(f"{path} (base)", encode(lock.base)))
    bodies = {ROLE: base.role, **{section.id: section.body for section in walk(base.sections)}}
    for place, runs in lock.origins.items():
        if sum(run.lines for run in runs) != bodies.get(place, "").count("\n") + 1 or place not in bodies:
            hint = "restore the file from version control, or remove it and merge with --discard-edits"
            raise UserError(Problem(f"the lock does not fit itself: the lines of '{place}'", path, hint=hint))
    return base


def _section_ids(profile: Profile) -> set[str]:
    return {section.id for section in walk(profile.sections)}


def _with_entries(recipe: Recipe, conflicts: Sequence[HandConflict]) -> Recipe:
    """The recipe with an open entry for each conflict between hand and merge, and without those that are settled."""
    known = {entry.id: entry for entry in recipe.conflicts}
    others = [entry for entry in recipe.conflicts if not entry.id.startswith(HAND_PREFIX)]
    entries = [
        known.get(one.id) or ConflictDecision(one.id, f"edit by hand of {one.place}", pick=MINE, open=True)
        for one in conflicts
    ]
    return replace(recipe, conflicts=(*others, *entries))
