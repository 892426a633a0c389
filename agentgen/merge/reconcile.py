"""A recipe brought up to date with variants that went on: what is new gets a decision, what was renamed is followed.

    recipe: security: {a: security}       variant a: "## Safety", same text     ->   security: {a: safety}
                                          variant b: "## Audit", new            ->   audit: {b: audit}, taken

Decisions that stand are not touched; what was added, followed or removed is said in findings.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import NamedTuple

from agentgen.compare.model import Comparison, Topic
from agentgen.findings import Finding
from agentgen.merge.check import is_spoken_of, rows_dropped
from agentgen.merge.digests import section_digest, seen_values
from agentgen.merge.place import Places, topic_path
from agentgen.merge.propose import UNION, Proposer, parse_strategy, single_recipe, variant_entries
from agentgen.merge.source_text import own_text
from agentgen.profile.model import CANONICAL_FIELDS, HAND_PREFIX
from agentgen.profile.recipe import OPENING, ConflictDecision, KeyDecision, Recipe, TopicDecision, VariantEntry
from agentgen.profile.yaml_values import Path

Row = tuple[str, str]
"""A variant's id and one of its sections' ids."""


class Reconciled(NamedTuple):
    """The recipe as it fits the variants, and what had to change for that."""

    recipe: Recipe
    findings: tuple[Finding, ...]


def reconcile(recipe: Recipe, comparison: Comparison, places: Places, paths: Mapping[str, str]) -> Reconciled:
    """Bring a recipe up to date. The comparison was made with the recipe's rows held together."""
    reconciler = _Reconciler(recipe, comparison, places)
    return Reconciled(reconciler.run(paths), tuple(reconciler.findings))


class _Reconciler:
    def __init__(self, recipe: Recipe, comparison: Comparison, places: Places) -> None:
        self.recipe = recipe
        self.comparison = comparison
        self.places = places
        self.variants = {variant.id: variant for variant in comparison.variants}
        self.precedence = (*recipe.precedence, *(name for name in self.variants if name not in recipe.precedence))
        self.strategy = parse_strategy(recipe.strategy) or UNION
        self.proposer = Proposer(comparison, self.precedence, self.strategy)
        self.topics = {topic.id: topic for topic in recipe.topics}
        self.order = list(self.topics)
        self.used = {(name, section): topic.id for topic in recipe.topics for name, section in topic.sections.items()}
        self.dropped = rows_dropped(recipe)
        self.lost = {row: topic for row, topic in self.used.items() if self._is_lost(row)}
        self.names: dict[str, str] = {}  # the comparison's name of a topic -> the recipe's
        self.findings: list[Finding] = []

    def run(self, paths: Mapping[str, str]) -> Recipe:
        above: str | None = None
        for topic in self.comparison.topics:
            above = self._take_in(topic, above) or above
        self._forget_lost_rows()
        topics = tuple(self._remembering(self.topics[name]) for name in self.order)
        return replace(
            self.recipe,
            variants=self._entries(paths),
            precedence=self.precedence,
            keys=self._keys(),
            topics=topics,
            conflicts=self._conflicts(topics),
        )

    def _is_lost(self, row: Row) -> bool:
        """True where a variant that was given has no such section (any more)."""
        variant = self.variants.get(row[0])
        return variant is not None and all(section.id != row[1] for section in variant.document.sections)

    def _say(self, code: str, path: Path, message: str, advice: str = "") -> None:
        self.findings.append(self.places.finding(code, path, message, advice))

    # -- sections ----------------------------------------------------------------------------------------------

    def _is_left_out(self, row: Row) -> bool:
        """True for a section that goes with the one that it stands in."""
        variant = self.variants[row[0]]
        return row not in self.dropped and is_spoken_of(variant, variant.document.section(row[1]), self.dropped)

    def _take_in(self, topic: Topic, above: str | None) -> str | None:
        """Give each new section of a row of the comparison its place; returns the recipe's topic for that row."""
        rows = [row for row in ((one.variant, one.section) for one in topic.sections) if not self._is_left_out(row)]
        homes = Counter(self.used[row] for row in rows if row in self.used)
        home = next((name for name in self.order if homes and homes[name] == max(homes.values())), None)
        left = []
        for row in rows:
            if row not in self.used and not self._follow(row, home) and not self._join(row, home):
                left.append(row)
        if left:
            home = self._add(topic, left, home or above)
        if home is not None:
            self.names[topic.id] = home
        return home

    def _follow(self, row: Row, home: str | None) -> bool:
        """Recognise a section that was renamed: by its text, or by its row."""
        lost = [former for former in self.lost if former[0] == row[0]]
        former = next(filter(lambda one: self._same_text(one, row), lost), None)
        former = former or next((one for one in lost if self.lost[one] == home), None)
        if former is None:
            return False
        topic = self.lost.pop(former)
        self._put(topic, row, self.topics[topic].take, self.topics[topic].seen)
        message = f"the section '{former[1]}' of '{row[0]}' is called '{row[1]}' now; the topic follows it"
        self._say("recipe-section-renamed", topic_path(self.recipe, topic), message)
        return True

    def _same_text(self, former: Row, row: Row) -> bool:
        variant = self.variants[row[0]]
        text = own_text(variant, variant.document.section(row[1]))
        return bool(text) and self.topics[self.lost[former]].seen.get(row[0]) == section_digest(variant, row[1])

    def _join(self, row: Row, home: str | None) -> bool:
        """Put a new section beside those that it is like."""
        if home is None or row[0] in self.topics[home].sections:
            return False
        topic = self.topics[home]
        everything = not topic.drop and topic.mine is None and set(topic.take) == set(topic.sections)
        taken = everything and self.strategy.variant in ("", row[0])
        take = (*topic.take, row[0]) if taken else topic.take
        self._put(home, row, take, {**topic.seen, row[0]: section_digest(self.variants[row[0]], row[1])})
        what = "taken into" if taken else "put beside, but not taken into,"
        message = f"the section '{row[1]}' of '{row[0]}' is new; it is {what} the topic '{home}'"
        self._say("recipe-section-new", topic_path(self.recipe, home), message)
        return True

    def _put(self, name: str, row: Row, take: tuple[str, ...], seen: Mapping[str, str]) -> None:
        """Write a section into a topic's row."""
        topic = self.topics[name]
        rows = {**topic.sections, row[0]: row[1]}
        self.topics[name] = replace(
            topic,
            sections={variant: rows[variant] for variant in self.precedence if variant in rows},
            take=take if len(take) == len(topic.take) else tuple(sorted(take, key=self.precedence.index)),
            seen=seen,
        )
        self.used[row] = name

    def _add(self, topic: Topic, rows: Sequence[Row], above: str | None) -> str:
        """A new topic for sections that are like nothing in the recipe, behind the topic `above`."""
        decision = self._proposal(topic, rows)
        name = decision.id if decision.id not in self.topics else _unique(f"{decision.id}-", self.topics)
        parent = self.names.get(decision.parent or "", None)
        self.topics[name] = replace(decision, id=name, parent=None if parent == OPENING else parent)
        self.order.insert(self.order.index(above) + 1 if above in self.order else 0, name)
        for row in rows:
            self.used[row] = name
            what = "is not taken" if decision.drop else f"is the topic '{name}'"
            self._say("recipe-section-new", ("topics",), f"the section '{row[1]}' of '{row[0]}' is new; it {what}")
        return name

    def _proposal(self, topic: Topic, rows: Sequence[Row]) -> TopicDecision:
        if len(self.variants) == 1:
            variant = self.comparison.variants[0]
            alone = single_recipe(variant, variant_entries([variant], {})[0])
            return next(entry for entry in alone.topics if (variant.id, entry.sections[variant.id]) == rows[0])
        references = tuple(one for one in topic.sections if (one.variant, one.section) in rows)
        if topic.id == OPENING and OPENING in self.topics:
            title = next((one.heading for one in references if one.heading), "Opening")
            return self.proposer.topic(topic._replace(id="opening-2", title=title, sections=references))
        return self.proposer.topic(topic._replace(sections=references))

    def _forget_lost_rows(self) -> None:
        for (name, section), topic_id in self.lost.items():
            topic = self.topics[topic_id]
            rest = {variant: row for variant, row in topic.sections.items() if variant != name}
            take = tuple(variant for variant in topic.take if variant != name)
            self.topics[topic_id] = replace(topic, sections=rest, take=take)
            message = f"the section '{section}' of '{name}' is gone"
            if not rest and topic.mine is None:
                self._remove(topic_id)
                message += f", and with it the topic '{topic_id}'"
            self._say("recipe-section-gone", topic_path(self.recipe, topic_id), message)

    def _remove(self, name: str) -> None:
        """Take a topic out; what stood below it moves up."""
        topic = self.topics.pop(name)
        self.order.remove(name)
        for child in self.order:
            if self.topics[child].parent == name:
                self.topics[child] = replace(self.topics[child], parent=topic.parent)

    def _remembering(self, topic: TopicDecision) -> TopicDecision:
        """The topic with digests for sections that it never saw."""
        known = {name: section for name, section in topic.sections.items() if name in self.variants}
        fresh = {name: section_digest(self.variants[name], section) for name, section in known.items()}
        return replace(topic, seen={name: topic.seen.get(name, fresh[name]) for name in known})

    # -- variants, keys, conflicts -----------------------------------------------------------------------------

    def _entries(self, paths: Mapping[str, str]) -> tuple[VariantEntry, ...]:
        fresh = {entry.id: entry for entry in variant_entries(self.comparison.variants, paths)}
        known = [entry.id for entry in self.recipe.variants]
        kept = [
            entry._replace(digest=fresh[entry.id].digest) if entry.id in fresh else entry
            for entry in self.recipe.variants
        ]
        new = [entry for name, entry in fresh.items() if name not in known]
        for entry in new:
            self._say("recipe-variant-new", ("variants",), f"the variant '{entry.id}' is new")
        return (*kept, *new)

    def _keys(self) -> tuple[KeyDecision, ...]:
        """The decisions that stand, and new ones for keys that nobody decided about."""
        known = {decision.key: decision for decision in self.recipe.keys}
        new = [key for key in CANONICAL_FIELDS if key not in known and self.proposer.having(key)]
        for key in new:
            self._say("recipe-key-new", ("keys",), f"the key '{key}' is new; look at what the recipe now says about it")
        decisions = {**known, **{key: self.proposer.key(key) for key in new}}
        order = sorted(decisions, key=lambda key: CANONICAL_FIELDS.index(key) if key in CANONICAL_FIELDS else 99)
        return tuple(self._remembering_key(decisions[key]) for key in order)

    def _remembering_key(self, decision: KeyDecision) -> KeyDecision:
        return decision if decision.seen else replace(decision, seen=seen_values(decision.key, self.variants))

    def _conflicts(self, topics: Sequence[TopicDecision]) -> tuple[ConflictDecision, ...]:
        """The decisions that stand, and open entries for conflicts that are new; open ones that are over go."""
        proposed = {conflict.id: conflict for conflict in self.proposer.conflicts(topics)}
        known = [conflict.id for conflict in self.recipe.conflicts]
        kept = [
            entry if entry.seen or entry.id not in proposed else replace(entry, seen=proposed[entry.id].seen)
            for entry in self.recipe.conflicts
            if not entry.is_open or entry.id in proposed or entry.id.startswith(HAND_PREFIX)
        ]
        return (*kept, *(entry for name, entry in proposed.items() if name not in known))


def _unique(start: str, taken: Mapping[str, object]) -> str:
    return next(f"{start}{number}" for number in count(2) if f"{start}{number}" not in taken)
