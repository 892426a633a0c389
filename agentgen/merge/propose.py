"""A first recipe: every topic and every key decided by one strategy, written down so that a person can change it.

- union: all statements of all variants, each once (the default)
- base: only what one variant has
- consensus: what at least N variants say
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from agentgen.compare.frontmatter import values_of
from agentgen.compare.model import Comparison, ConflictKind, ConflictMember, KeyStatus, Topic, Variant
from agentgen.document.model import Item, ItemKind
from agentgen.merge.anchors import CUT
from agentgen.merge.digests import section_digest, side_digests, value_digest
from agentgen.merge.fields import LIST_KEYS
from agentgen.merge.topics import regular_title
from agentgen.profile.model import CANONICAL_FIELDS
from agentgen.profile.recipe import (
    OPENING,
    ConflictDecision,
    ItemAction,
    ItemDecision,
    KeyDecision,
    KeyMode,
    Recipe,
    TopicDecision,
    VariantEntry,
)


class Mode(StrEnum):
    """What a first recipe takes."""

    UNION = "union"
    BASE = "base"
    CONSENSUS = "consensus"


@dataclass(frozen=True, slots=True)
class Strategy:
    """`variant` is the base, `count` how many variants must agree (0: more than half)."""

    mode: Mode = Mode.UNION
    variant: str = ""
    count: int = 0

    def __str__(self) -> str:
        value = self.variant or (str(self.count) if self.count else "")
        return f"{self.mode}={value}" if value else str(self.mode)

    def needed(self, variants: int) -> int:
        """How many variants must say a statement for it to be taken; 0 where it does not matter."""
        if self.mode is not Mode.CONSENSUS:
            return 0
        return self.count or variants // 2 + 1

    def fits(self, variants: Sequence[str]) -> bool:
        """Whether these variants have the base, and are as many as must agree."""
        return self.variant in variants if self.mode is Mode.BASE else self.count <= len(variants)


UNION = Strategy()


def parse_strategy(text: str) -> Strategy | None:
    """The inverse of `str`: `union`, `base=ID`, `consensus` or `consensus=N`; None for anything else."""
    name, _, value = text.partition("=")
    if text == Mode.UNION:
        return UNION
    if name == Mode.BASE and value:
        return Strategy(Mode.BASE, variant=value)
    if name == Mode.CONSENSUS and (text == name or (value.isdecimal() and int(value))):
        return Strategy(Mode.CONSENSUS, count=int(value or 0))
    return None


_ANCHOR_WIDTH = 90


def propose_recipe(
    comparison: Comparison,
    *,
    precedence: Sequence[str] | None = None,
    paths: Mapping[str, str] | None = None,
    strategy: Strategy = UNION,
) -> Recipe:
    """A recipe that decides everything about the variants of a comparison.

    `precedence` is by default the order of the ids; variants that it does not name come behind. `paths` gives each
    variant's path relative to the recipe.

    Raises:
        ValueError: `precedence` or the strategy names a variant that is not compared.
    """
    ids = [variant.id for variant in comparison.variants]
    _check_names([*(precedence or ()), *([strategy.variant] if strategy.variant else ())], ids)
    order = (*(precedence or ()), *(name for name in ids if name not in (precedence or ())))
    if strategy.variant:
        order = (strategy.variant, *(name for name in order if name != strategy.variant))
    entries = variant_entries(comparison.variants, paths or {})
    if len(ids) == 1:
        return single_recipe(comparison.variants[0], entries[0])
    return Proposer(comparison, order, strategy).recipe(entries)


def single_recipe(variant: Variant, entry: VariantEntry) -> Recipe:
    """The recipe that takes one variant as it is."""
    topics = []
    for section in variant.document.sections:
        preamble = section.heading is None
        topics.append(
            TopicDecision(
                id=OPENING if preamble else _free(section.id),
                sections={variant.id: section.id},
                take=(variant.id,),
                parent=_free(section.parent) if section.parent and not preamble else None,
                seen={variant.id: section_digest(variant, section.id)},
            )
        )
    keys = tuple(
        KeyDecision(key, KeyMode.TAKE, (variant.id,), seen={variant.id: value_digest(variant.fields[key])})
        for key in CANONICAL_FIELDS
        if key in variant.fields
    )
    return Recipe((entry,), (variant.id,), keys, tuple(topics))


def variant_entries(variants: Sequence[Variant], paths: Mapping[str, str]) -> tuple[VariantEntry, ...]:
    """The recipe's list of variants, by id."""
    return tuple(
        VariantEntry(
            variant.id,
            paths.get(variant.id, variant.document.source.path),
            variant.document.source.digest,
            variant.tool,
        )
        for variant in sorted(variants, key=lambda variant: variant.id)
    )


def _free(section_id: str) -> str:
    """A topic id for a section; `opening` is kept for the text before the first heading."""
    return f"{section_id}-section" if section_id == OPENING else section_id


def _check_names(names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f"no variant is called '{name}'")


class Proposer:
    """Decides by one strategy, entry by entry."""

    def __init__(self, comparison: Comparison, order: Sequence[str], strategy: Strategy) -> None:
        self.comparison = comparison
        self.order = tuple(order)
        self.strategy = strategy
        self.variants = {variant.id: variant for variant in comparison.variants}
        self.conflicting = {
            conflict.subject for conflict in comparison.conflicts if conflict.kind is ConflictKind.FRONTMATTER
        }

    def recipe(self, entries: tuple[VariantEntry, ...]) -> Recipe:
        topics = tuple(self.topic(topic) for topic in self.comparison.topics)
        return Recipe(
            variants=entries,
            precedence=self.order,
            strategy=str(self.strategy),
            keys=tuple(self.key(key) for key in CANONICAL_FIELDS if self.having(key)),
            topics=topics,
            conflicts=tuple(self.conflicts(topics)),
        )

    # -- keys --------------------------------------------------------------------------------------------------

    def key(self, key: str) -> KeyDecision:
        having = self.having(key)
        seen = {name: value_digest(values_of(self.variants[name])[key]) for name in having}
        status = next(entry.status for entry in self.comparison.frontmatter if entry.key == key)
        several = key in LIST_KEYS and status is KeyStatus.DIFFERENT and self.strategy.mode is not Mode.BASE
        mode = KeyMode.UNION if several else KeyMode.TAKE
        taken = having if several else having[:1]
        return KeyDecision(key, mode, taken, open=key in self.conflicting, seen=seen)

    def having(self, key: str) -> tuple[str, ...]:
        return tuple(name for name in self.order if key in self.variants[name].fields)

    # -- topics ------------------------------------------------------------------------------------------------

    def topic(self, topic: Topic) -> TopicDecision:
        rows = {reference.variant: reference.section for reference in topic.sections}
        present = tuple(name for name in self.order if name in rows)
        taken = tuple(name for name in present if self.strategy.mode is not Mode.BASE or name == self.strategy.variant)
        decision = TopicDecision(
            id=topic.id,
            sections={name: rows[name] for name in present},
            take=taken,
            drop=not taken,
            agree=self.strategy.needed(len(self.variants)),
            title=regular_title(topic.title),
            parent=None if topic.parent == OPENING else topic.parent,
            reason="" if taken else f"{self.strategy.variant} does not have it",
            seen={name: section_digest(self.variants[name], rows[name]) for name in present},
        )
        return self._opening(topic, decision) if topic.id == OPENING else decision

    def _opening(self, topic: Topic, decision: TopicDecision) -> TopicDecision:
        """An agent is one person: of the statements that say who it is only the first one stays, in its own words."""
        leads = {name: self._lead(name, decision.sections[name]) for name in decision.take}
        speaker = next((name for name, lead in leads.items() if lead is not None), None)
        if speaker is None:
            return replace(decision, title=None, agree=0)
        take = tuple(
            name for name in decision.take if name == speaker or self._says_more(name, decision.sections[name])
        )
        alike = _alike(topic, leads, speaker)
        items = [
            ItemDecision(_anchor(lead), ItemAction.DROP, reason="one opening statement is enough")
            for name, lead in leads.items()
            if lead is not None and name in take and name not in alike
        ]
        first = leads[speaker]
        if first is not None and len(alike.intersection(take)) > 1:
            items.insert(0, ItemDecision(_anchor(first), ItemAction.PICK, speaker))
        return replace(decision, title=None, agree=0, take=take, items=tuple(items))

    def _lead(self, name: str, section: str) -> Item | None:
        """The paragraph that a section starts with."""
        items = self.variants[name].document.items_of(section)
        return items[0] if items and items[0].kind is ItemKind.PARAGRAPH else None

    def _says_more(self, name: str, section: str) -> bool:
        """True where a section says something beside its leading paragraph."""
        lead = self._lead(name, section)
        return len(self.variants[name].document.items_of(section)) > (1 if lead else 0)

    # -- conflicts ---------------------------------------------------------------------------------------------

    def conflicts(self, topics: Sequence[TopicDecision]) -> Iterator[ConflictDecision]:
        """Conflicts between sections that are taken: open, with the first side by precedence meanwhile."""
        taken = {(one, topic.sections[one]) for topic in topics for one in topic.take if one in topic.sections}
        for conflict in self.comparison.conflicts:
            sides = {side.variant for side in conflict.members if self._section(side) in taken}
            if len(sides) > 1:
                holding = next(name for name in self.order if name in sides)
                seen = side_digests(conflict)
                yield ConflictDecision(conflict.id, conflict.subject, pick=holding, open=True, seen=seen)

    def _section(self, side: ConflictMember) -> tuple[str, str]:
        """The section that one side of a conflict stands in; none for frontmatter."""
        items = self.variants[side.variant].document.items
        return side.variant, "" if side.item is None else items[side.item].section


def _alike(topic: Topic, leads: Mapping[str, Item | None], speaker: str) -> set[str]:
    """The variants whose leading paragraph says what that of `speaker` says."""
    places = {(name, lead.index) for name, lead in leads.items() if lead is not None}
    for group in topic.items:
        members = {(member.variant, member.index) for member in group.members} & places
        if speaker in {name for name, _ in members}:
            return {name for name, _ in members}
    return {speaker}


def _anchor(item: Item) -> str:
    """What a recipe quotes of a statement: all of it, or its beginning where it is long."""
    text = " ".join(item.text.split())
    return text if len(text) <= _ANCHOR_WIDTH else text[:_ANCHOR_WIDTH].rsplit(" ", 1)[0] + CUT
