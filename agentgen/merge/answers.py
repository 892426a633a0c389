"""What each answer to a question does to the recipe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from agentgen.compare.model import Comparison
from agentgen.merge.combine import merge
from agentgen.merge.conflicts import decision_for, holding_variant
from agentgen.merge.digests import section_digest, seen_values, side_digests
from agentgen.merge.fields import LIST_KEYS
from agentgen.merge.model import Act, Kind, Question
from agentgen.merge.propose import UNION, Proposer, parse_strategy
from agentgen.merge.questions import row_as_decided, row_of
from agentgen.profile.body import walk
from agentgen.profile.model import HAND_PREFIX
from agentgen.profile.recipe import (
    OPENING,
    ConflictDecision,
    KeyDecision,
    KeyMode,
    Recipe,
    TopicDecision,
)
from agentgen.toolrefs import parse_tools


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to the question of that id: `variant` for take, `text` for edit.

    `seen` is the digest that the question had. `along`: given together with the answer before it. `line` is where it
    stands in a file of decisions.
    """

    question: str
    act: Act
    variant: str = ""
    text: str = ""
    seen: str = ""
    along: bool = False
    line: int = field(default=0, compare=False)


def decide(recipe: Recipe, comparison: Comparison, given: Mapping[Question, Answer]) -> Recipe:
    """The recipe with these answers in it. The order in which they were given makes no difference."""
    decider = _Decider(comparison, recipe)
    for question in sorted(given, key=lambda question: question.kind is Kind.SINGLE):  # behind what all of them got
        if given[question].act not in (Act.SKIP, Act.EACH):
            recipe = decider.carry_out(recipe, question, given[question])
    return decider.with_fitting_conflicts(recipe)


def draft(recipe: Recipe, comparison: Comparison, question: Question) -> str:
    """The text that an editor begins with: what would stand in the profile without an answer."""
    kind, _, name = question.id.partition("/")
    if kind == "conflicts":
        conflict = next(one for one in comparison.conflicts if one.id == name)
        holding = holding_variant(decision_for(conflict, recipe), recipe.precedence, question.variants)
        return next(side.text for side in conflict.members if side.variant == holding)
    profile = merge(comparison.variants, recipe, comparison).profile
    if kind == "keys":
        value = profile.fields.get(name, "")
        return "\n".join(map(str, value)) if isinstance(value, tuple) else str(value)
    if name == OPENING:
        return profile.role
    return next((section.body for section in walk(profile.sections) if section.id == name), "")


class _Decider:
    def __init__(self, comparison: Comparison, recipe: Recipe) -> None:
        self.comparison = comparison
        self.variants = {variant.id: variant for variant in comparison.variants}
        self.proposer = Proposer(comparison, recipe.precedence, parse_strategy(recipe.strategy) or UNION)
        self.union = Proposer(comparison, recipe.precedence, UNION)

    def carry_out(self, recipe: Recipe, question: Question, answer: Answer) -> Recipe:
        kind, _, name = question.id.partition("/")
        if kind == "keys":
            changed = (self._key(one, answer) if one.key == name else one for one in recipe.keys)
            return replace(recipe, keys=tuple(changed))
        if kind == "conflicts":
            decided = (self._conflict(one, answer) if one.id == name else one for one in recipe.conflicts)
            return replace(recipe, conflicts=tuple(decided))
        names = question.topics or (name,)
        topics = (self._topic(one, answer) if one.id in names else one for one in recipe.topics)
        return replace(recipe, topics=tuple(topics))

    def with_fitting_conflicts(self, recipe: Recipe) -> Recipe:
        """Open conflicts about what is not taken any more go, and those that come with what is taken now are added."""
        proposed = {conflict.id: conflict for conflict in self.proposer.conflicts(recipe.topics)}
        kept = [
            one for one in recipe.conflicts if not one.is_open or one.id in proposed or one.id.startswith(HAND_PREFIX)
        ]
        known = {one.id for one in kept}
        return replace(recipe, conflicts=(*kept, *(one for name, one in proposed.items() if name not in known)))

    def _key(self, decision: KeyDecision, answer: Answer) -> KeyDecision:
        having = self.proposer.having(decision.key)
        clean = replace(
            decision, value=None, variants=(), subtract=(), open=False, seen=seen_values(decision.key, self.variants)
        )
        match answer.act:
            case Act.TAKE:
                return replace(clean, mode=KeyMode.TAKE, variants=(answer.variant,))
            case Act.EDIT:
                return replace(clean, mode=KeyMode.VALUE, value=_value(decision.key, answer.text))
            case Act.UNION | Act.INTERSECT:
                return replace(clean, mode=KeyMode(answer.act.value), variants=having)
            case _:
                return replace(clean, mode=KeyMode.DROP)

    def _conflict(self, decision: ConflictDecision, answer: Answer) -> ConflictDecision:
        conflict = next(one for one in self.comparison.conflicts if one.id == decision.id)
        return replace(
            decision,
            pick=answer.variant or None,
            text=answer.text if answer.act is Act.EDIT else None,
            keep_both=answer.act is Act.UNION,
            open=False,
            seen=side_digests(conflict),
        )

    def _topic(self, topic: TopicDecision, answer: Answer) -> TopicDecision:
        clean = replace(
            topic,
            take=tuple(topic.sections),
            drop=False,
            mine=None,
            agree=0,
            seen={name: section_digest(self.variants[name], section) for name, section in topic.sections.items()},
        )
        change = _TOPIC_CHANGES.get(answer.act)
        return change(clean, answer) if change else self._united(clean)

    def _united(self, topic: TopicDecision) -> TopicDecision:
        """All variants of the topic; of the opening what a first recipe would take."""
        row = row_of(self.comparison, topic)
        if topic.id != OPENING or row is None:
            return topic
        proposed = self.union.topic(row_as_decided(row, topic))
        return replace(topic, take=proposed.take, items=proposed.items)


def _taken(topic: TopicDecision, answer: Answer) -> TopicDecision:
    """One variant as it is: what was decided about other variants' statements of the opening has no object."""
    items = () if topic.id == OPENING else topic.items
    return replace(topic, take=(answer.variant,), items=items)


def _dropped(topic: TopicDecision, _: Answer) -> TopicDecision:
    return replace(topic, take=(), drop=True, items=())


def _written(topic: TopicDecision, answer: Answer) -> TopicDecision:
    return replace(topic, mine=answer.text, items=())


_TOPIC_CHANGES: Mapping[Act, Callable[[TopicDecision, Answer], TopicDecision]] = {
    Act.TAKE: _taken,
    Act.DROP: _dropped,
    Act.EDIT: _written,
}


def _value(key: str, text: str) -> object:
    """What a person wrote for a key: lists one entry a line, or with commas."""
    if key not in LIST_KEYS:
        return text.strip()
    if key == "skills":
        return tuple(entry for word in text.replace("\n", ",").split(",") if (entry := word.strip()))
    return tuple(map(str, parse_tools(text)))
