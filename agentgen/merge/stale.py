"""Decisions whose input changed since they were made: shown again, with the old and the new wording.

A decision stays stale, and is listed by every merge, until somebody accepts it or decides anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import NamedTuple

from agentgen.compare.frontmatter import shown
from agentgen.compare.model import Comparison, Variant
from agentgen.errors import Problem, UserError
from agentgen.findings import Finding
from agentgen.merge.anchors import plain
from agentgen.merge.digests import section_digest, seen_values, side_digests, statement_digest
from agentgen.merge.place import Places
from agentgen.profile.body import ROLE, walk
from agentgen.profile.lock import Lock, Stale
from agentgen.profile.model import Profile
from agentgen.profile.recipe import OPENING, Recipe, TopicDecision
from agentgen.source import split_lines, to_lf

KEYS = "keys/"
"""What the name of a decision about a frontmatter key starts with."""

EVERYTHING = "all"
"""Among accepted decisions: each of them."""


class Memory(NamedTuple):
    """What the last merge knew: its profile before edits by hand, and the statements of each variant."""

    base: Profile | None
    lock: Lock | None

    def lines(self, owner: str, variant: str) -> list[str]:
        """The lines that a section of the profile (or `role`) had from a variant."""
        if self.base is None or self.lock is None:
            return []
        bodies = {ROLE: self.base.role, **{section.id: section.body for section in walk(self.base.sections)}}
        texts = iter(bodies.get(owner, "").split("\n"))
        runs = self.lock.origins.get(owner, ())
        owned = ((run.variant, text) for run in runs for _, text in zip(range(run.lines), texts, strict=False))
        return [text for name, text in owned if name == variant]

    def value(self, key: str, variant: str) -> object:
        """The value of a key that the profile had from a variant."""
        origin = self.lock.fields.get(key) if self.lock else None
        return self.base.fields.get(key) if self.base and origin and origin.variant == variant else None

    def knows(self, variant: str, statement: str) -> bool:
        """True where the variant said so already."""
        return self.lock is not None and statement_digest(statement) in self.lock.statements.get(variant, ())

    def with_older(self, stale: Stale, variant: Variant) -> Stale:
        """The change together with what had changed before, where nobody looked at it since."""
        known = self.lock.stale if self.lock else ()
        older = next((one for one in known if (one.decision, one.variant) == (stale.decision, stale.variant)), None)
        if older is None:
            return stale
        said = {plain(item.text) for item in variant.document.items}
        still_said = [] if stale.decision.startswith(KEYS) else [one for one in older.new if plain(one) in said]
        new = (*still_said, *stale.new)
        gone = (*older.gone, *(one for one in stale.gone if one not in older.new))
        return stale._replace(gone=tuple(dict.fromkeys(gone)), new=tuple(dict.fromkeys(new)))


def find_stale(recipe: Recipe, comparison: Comparison, memory: Memory) -> tuple[Stale, ...]:
    """All decisions that were made on another input, in the order of the recipe."""
    variants = {variant.id: variant for variant in comparison.variants}
    found = (
        *_stale_keys(recipe, variants, memory),
        *(stale for topic in recipe.topics for stale in _stale_sections(topic, variants, memory)),
        *_stale_conflicts(recipe, comparison),
    )
    return tuple(memory.with_older(stale, variants[stale.variant]) for stale in found)


def check_accepted(recipe: Recipe | None, names: Collection[str]) -> None:
    """Decisions can be accepted by their names only where the recipe has them.

    Raises:
        UserError: with each name that is none of a decision.
    """
    known = _names(recipe) if recipe else {}
    problems = []
    for name in sorted(set(names) - {EVERYTHING, *known, *known.values()}):
        near = get_close_matches(name, [*known, *known.values()], n=1)
        hint = f"did you mean {near[0]}?" if near else "`agentgen merge` lists the decisions that wait to be accepted"
        problems.append(Problem(f"--accept {name}: the recipe has no such decision", hint=hint))
    if problems:
        raise UserError(problems)


def _names(recipe: Recipe) -> dict[str, str]:
    """The names of the recipe's decisions (`topics/api`) with the short ones (`api`)."""
    parts = {
        "keys": [one.key for one in recipe.keys],
        "topics": [one.id for one in recipe.topics],
        "conflicts": [one.id for one in recipe.conflicts],
    }
    return {f"{kind}/{name}": name for kind, names in parts.items() for name in names}


def accept(recipe: Recipe, comparison: Comparison, names: Collection[str]) -> Recipe:
    """The recipe whose decisions of those names (`topics/api`, `api`, or `all`) are made on the input of today."""
    variants = {variant.id: variant for variant in comparison.variants}
    sides = {conflict.id: side_digests(conflict) for conflict in comparison.conflicts}

    def accepted(kind: str, name: str) -> bool:
        return bool({EVERYTHING, name, f"{kind}/{name}"}.intersection(names))

    return replace(
        recipe,
        keys=tuple(
            replace(one, seen=seen_values(one.key, variants)) if accepted("keys", one.key) else one
            for one in recipe.keys
        ),
        topics=tuple(
            replace(one, seen=_seen_sections(one, variants)) if accepted("topics", one.id) else one
            for one in recipe.topics
        ),
        conflicts=tuple(
            replace(one, seen=sides.get(one.id, one.seen)) if accepted("conflicts", one.id) else one
            for one in recipe.conflicts
        ),
    )


def stale_findings(stale: Collection[Stale], places: Places, known: Recipe) -> Iterator[Finding]:
    """A finding for each stale decision, at its place in the file that holds the recipe `known`."""
    topics = [topic.id for topic in known.topics]
    conflicts = [conflict.id for conflict in known.conflicts]
    for one in stale:
        kind, _, name = one.decision.partition("/")
        listed = {"topics": topics, "conflicts": conflicts}.get(kind, [])
        entry = listed.index(name) if name in listed else name
        said = [*(f"- {text}" for text in one.gone), *(f"+ {text}" for text in one.new)]
        message = "\n".join([f"'{one.variant}' changed since '{one.decision}' was decided", *said])
        advice = f"look at it, then `agentgen merge --accept {one.decision}`, or decide anew"
        yield places.finding("recipe-decision-stale", (kind, entry), message, advice)


def _stale_keys(recipe: Recipe, variants: Mapping[str, Variant], memory: Memory) -> Iterator[Stale]:
    for decision in recipe.keys:
        now = seen_values(decision.key, variants)
        for name in sorted({*now, *decision.seen}.intersection(variants)):
            if now.get(name) != decision.seen.get(name):
                sides = (memory.value(decision.key, name), variants[name].fields.get(decision.key))
                gone, new = (() if value is None else (shown(value),) for value in sides)
                yield Stale(f"{KEYS}{decision.key}", name, gone, new)


def _stale_sections(topic: TopicDecision, variants: Mapping[str, Variant], memory: Memory) -> Iterator[Stale]:
    for name, digest in _seen_sections(topic, variants).items():
        if topic.seen.get(name, digest) != digest:
            yield Stale(f"topics/{topic.id}", name, *_wordings(topic, variants[name], memory))


def _wordings(topic: TopicDecision, variant: Variant, memory: Memory) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the section said for the profile and does not any more, and what it says now."""
    items = variant.document.items_of(topic.sections[variant.id])
    lines = {plain(line) for line in split_lines(to_lf(variant.document.source.text))}
    lines |= {plain(line) for item in variant.document.items for line in item.text.split("\n")}
    owner = ROLE if topic.id == OPENING else topic.id
    gone = (line.strip() for line in memory.lines(owner, variant.id) if not _is_said(line, lines))
    new = (item.text for item in items if not memory.knows(variant.id, item.text))
    return tuple(dict.fromkeys(gone)), tuple(dict.fromkeys(new))


def _is_said(line: str, lines: Collection[str]) -> bool:
    """True where a line of the profile, its marker aside, still stands in the variant, or says nothing."""
    words = plain(line)
    return not any(map(str.isalnum, words)) or any(words == other or words.endswith(f" {other}") for other in lines)


def _stale_conflicts(recipe: Recipe, comparison: Comparison) -> Iterator[Stale]:
    conflicts = {conflict.id: conflict for conflict in comparison.conflicts}
    for decision in recipe.conflicts:
        conflict = conflicts.get(decision.id)
        if conflict is None or decision.is_open:
            continue
        for name, digest in side_digests(conflict).items():
            if decision.seen.get(name) != digest:
                said = tuple(side.text for side in conflict.members if side.variant == name)
                yield Stale(f"conflicts/{decision.id}", name, (), said)


def _seen_sections(topic: TopicDecision, variants: Mapping[str, Variant]) -> dict[str, str]:
    return {name: section_digest(variants[name], one) for name, one in topic.sections.items() if name in variants}
