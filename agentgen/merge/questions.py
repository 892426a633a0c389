"""What a person has to decide about a recipe, the worst first.

Only what needs it is asked: keys that differ, open conflicts, topics to which several variants add something of their
own, and, variant by variant, the topics that only one has. A decision that somebody made already, on the same input,
is not asked again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from agentgen.compare.model import Comparison, Conflict, ItemGroup, KeyDifference, KeyStatus, Relation, Topic
from agentgen.merge.digests import section_digest, seen_values, side_digests, value_digest
from agentgen.merge.fields import LIST_KEYS
from agentgen.merge.model import Act, Kind, Question
from agentgen.merge.propose import UNION, Proposer, parse_strategy
from agentgen.merge.wording import numbers_agree
from agentgen.profile.recipe import OPENING, ConflictDecision, KeyDecision, Recipe, TopicDecision

PERMISSIONS = ("tools", "disallowed_tools", "permission_mode", "mcp_servers", "hooks", "isolation")
"""Keys that say what an agent may do; they are asked first, also where only some variants have them."""

_ALIKE = frozenset({Relation.SAME, Relation.EQUIVALENT, Relation.PART_OF})


def questions(comparison: Comparison, recipe: Recipe) -> tuple[Question, ...]:
    """All questions that can be asked about a recipe that fits the comparison, in the order in which they are."""
    if len(comparison.variants) < 2:
        return ()
    asker = _Asker(comparison, recipe)
    return (*sorted(asker.keys(), key=_rank), *asker.conflicts(), *asker.topics(), *asker.groups())


def row_of(comparison: Comparison, topic: TopicDecision) -> Topic | None:
    """The row of the comparison that a topic of the recipe stands for."""
    rows = topic.sections.items()
    return next(
        (one for one in comparison.topics if any((at.variant, at.section) in rows for at in one.sections)), None
    )


def row_as_decided(row: Topic, topic: TopicDecision) -> Topic:
    """The row with those sections only that a topic of the recipe holds."""
    sections = tuple(one for one in row.sections if topic.sections.get(one.variant) == one.section)
    return row._replace(id=topic.id, sections=sections)


def _rank(question: Question) -> tuple[int, int]:
    place = PERMISSIONS.index(question.subject) if question.kind is Kind.PERMISSION else 0
    return list(Kind).index(question.kind), place


class _Asker:
    """Looks at each entry of one recipe."""

    def __init__(self, comparison: Comparison, recipe: Recipe) -> None:
        self.comparison = comparison
        self.recipe = recipe
        self.variants = {variant.id: variant for variant in comparison.variants}
        self.order = tuple(name for name in recipe.precedence if name in self.variants)
        self.strategy = parse_strategy(recipe.strategy) or UNION
        self.proposer = Proposer(comparison, self.order, self.strategy)
        self.shared = _said_by_several(comparison)
        self.disputed = {
            (side.variant, side.item)
            for conflict in comparison.conflicts
            for side in conflict.members
            if side.item is not None
        }

    # -- keys --------------------------------------------------------------------------------------------------

    def keys(self) -> Iterator[Question]:
        differences = {difference.key: difference for difference in self.comparison.frontmatter}
        for decision in self.recipe.keys:
            difference = differences.get(decision.key)
            if difference is not None and _matters(difference):
                yield self._key(decision, difference)

    def _key(self, decision: KeyDecision, difference: KeyDifference) -> Question:
        key = decision.key
        several = (Act.UNION, Act.INTERSECT) if key in LIST_KEYS else ()
        writable = key in LIST_KEYS or all(isinstance(value, str) for value in difference.values.values())
        edit = (Act.EDIT,) if writable else ()
        drop = (Act.DROP,) if key not in ("name", "description") else ()
        kind = Kind.PERMISSION if key in PERMISSIONS else Kind.DESCRIPTION if key == "description" else Kind.KEY
        seen = seen_values(key, self.variants)
        return Question(
            id=f"keys/{key}",
            kind=kind,
            subject=key,
            variants=tuple(name for name in self.order if name in difference.values or kind is Kind.PERMISSION),
            acts=(Act.TAKE, *several, *drop, *edit, Act.SKIP),
            seen=value_digest(seen),
            needed=decision.open or decision.seen != seen or self._is_proposed(decision),
        )

    def _is_proposed(self, decision: KeyDecision) -> bool:
        proposed = self.proposer.key(decision.key)
        mine, theirs = ((one.mode, frozenset(one.variants), one.subtract, one.reason) for one in (decision, proposed))
        return mine == theirs

    # -- conflicts ---------------------------------------------------------------------------------------------

    def conflicts(self) -> Iterator[Question]:
        decisions = {decision.id: decision for decision in self.recipe.conflicts}
        for conflict in self.comparison.conflicts:
            if conflict.id in decisions:
                yield self._conflict(conflict, decisions[conflict.id])

    def _conflict(self, conflict: Conflict, decision: ConflictDecision) -> Question:
        sides = {member.variant for member in conflict.members}
        seen = side_digests(conflict)
        return Question(
            id=f"conflicts/{conflict.id}",
            kind=Kind.CONFLICT,
            subject=conflict.subject,
            variants=tuple(name for name in self.order if name in sides),
            acts=(Act.TAKE, Act.UNION, Act.EDIT, Act.SKIP),
            seen=value_digest(seen),
            needed=decision.is_open or decision.seen != seen,
        )

    # -- topics ------------------------------------------------------------------------------------------------

    def topics(self) -> Iterator[Question]:
        """The rows of several variants."""
        for topic in self.recipe.topics:
            if len(topic.sections) > 1:
                drop = () if topic.id == OPENING else (Act.DROP,)
                acts = (Act.TAKE, Act.UNION, *drop, Act.EDIT, Act.SKIP)
                needed = self._is_changed(topic) or (self._is_untouched(topic) and self._is_mixed(topic))
                yield self._topic(topic, Kind.TOPIC, acts, needed=needed)

    def _topic(self, topic: TopicDecision, kind: Kind, acts: tuple[Act, ...], *, needed: bool) -> Question:
        row = row_of(self.comparison, topic)
        return Question(
            id=f"topics/{topic.id}",
            kind=kind,
            subject=topic.title or (row.title if row else topic.id),
            variants=tuple(name for name in self.order if name in topic.sections),
            acts=acts,
            seen=value_digest(self._digests(topic)),
            needed=needed,
        )

    def groups(self) -> Iterator[Question]:
        """For each variant the topics that no other one has, together and one by one."""
        for name in self.order:
            alone = [topic for topic in self.recipe.topics if set(topic.sections) == {name} and topic.id != OPENING]
            if not alone:
                continue
            each = (Act.EACH,) if len(alone) > 1 else ()
            yield Question(
                id=f"alone/{name}",
                kind=Kind.ALONE,
                subject=name,
                variants=(name,),
                acts=(Act.TAKE, Act.DROP, *each, Act.SKIP),
                seen=value_digest({topic.id: self._digests(topic)[name] for topic in alone}),
                needed=any(self._is_changed(topic) or self._is_untouched(topic) for topic in alone),
                topics=tuple(topic.id for topic in alone),
            )
            acts = (Act.TAKE, Act.DROP, Act.EDIT, Act.SKIP)
            yield from (self._topic(topic, Kind.SINGLE, acts, needed=False) for topic in alone)

    def _digests(self, topic: TopicDecision) -> dict[str, str]:
        return {name: section_digest(self.variants[name], section) for name, section in topic.sections.items()}

    def _is_changed(self, topic: TopicDecision) -> bool:
        now = self._digests(topic)
        return any(topic.seen.get(name, digest) != digest for name, digest in now.items())

    def _is_untouched(self, topic: TopicDecision) -> bool:
        """True where the decision is the one that a first recipe has by default."""
        row = row_of(self.comparison, topic)
        if row is None or self.strategy != UNION:
            return False
        return _content(topic) == _content(self.proposer.topic(row_as_decided(row, topic)))

    def _is_mixed(self, topic: TopicDecision) -> bool:
        """True where the union is more than what one variant says: two say something of their own, or other numbers.

        What a conflict asks about counts in the opening only, where every statement about who the agent is matters.
        """
        told = self.shared.keys() if topic.id == OPENING else self.shared.keys() | self.disputed
        adding = sum(self._adds(name, section, told) for name, section in topic.sections.items())
        return adding > 1 or any(
            _differ_in_numbers(group) for group in self.shared.values() if self._is_of(group, topic)
        )

    def _is_of(self, group: ItemGroup, topic: TopicDecision) -> bool:
        """True for a group of the topic's own sections that no conflict asks about."""
        if any((member.variant, member.index) in self.disputed for member in group.members):
            return False
        return sum((member.variant, member.section) in topic.sections.items() for member in group.members) > 1

    def _adds(self, name: str, section: str, told: Collection[tuple[str, int]]) -> bool:
        items = self.variants[name].document.items_of(section)
        return any((name, item.index) not in told for item in items)


def _matters(difference: KeyDifference) -> bool:
    """A value that some variants lack is taken from those that have it, unless it is about what the agent may do."""
    if difference.key in PERMISSIONS:
        return difference.status is not KeyStatus.SAME
    return difference.status is KeyStatus.DIFFERENT


def _said_by_several(comparison: Comparison) -> dict[tuple[str, int], ItemGroup]:
    """The items that several variants say, each with its group."""
    groups = (group for topic in comparison.topics for group in topic.items if group.relation in _ALIKE)
    shared = (group for group in groups if len({member.variant for member in group.members}) > 1)
    return {(member.variant, member.index): group for group in shared for member in group.members}


def _differ_in_numbers(group: ItemGroup) -> bool:
    """True where a union would keep several wordings, since none may stand for another one's numbers."""
    first, *others = ((member.text,) for member in group.members)
    return group.relation is not Relation.PART_OF and not all(numbers_agree(first, other) for other in others)


def _content(topic: TopicDecision) -> Mapping[str, object]:
    """What a decision says about the text of its topic."""
    return {
        "take": frozenset(topic.take),
        "drop": topic.drop,
        "agree": topic.agree,
        "mine": topic.mine,
        "items": topic.items,
        "reason": topic.reason,
    }
