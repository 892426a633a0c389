"""What holds of a question while nobody answers it."""

from __future__ import annotations

from collections.abc import Sequence

from agentgen.compare.model import Comparison
from agentgen.merge.conflicts import decision_for, holding_variant
from agentgen.merge.model import Kind, Question
from agentgen.profile.recipe import KeyMode, Recipe, TopicDecision


def topics_of(recipe: Recipe, question: Question) -> list[TopicDecision]:
    """The recipe's topics that a question is about."""
    kind, _, name = question.id.partition("/")
    wanted = question.topics or ((name,) if kind == "topics" else ())
    return [topic for topic in recipe.topics if topic.id in wanted]


def standing_words(recipe: Recipe, comparison: Comparison, question: Question) -> str:
    """In a few words: `the union of left, right`."""
    name = question.id.partition("/")[2]
    if question.kind is Kind.CONFLICT:
        conflict = next(one for one in comparison.conflicts if one.id == name)
        holding = holding_variant(decision_for(conflict, recipe), recipe.precedence, question.variants)
        return f"open, the side of {holding} holds"
    topics = topics_of(recipe, question)
    if not topics:
        return _of_key(recipe, name)
    return _of_group(topics, question.subject) if question.kind is Kind.ALONE else _of_topic(topics[0])


def _of_key(recipe: Recipe, name: str) -> str:
    decision = next(one for one in recipe.keys if one.key == name)
    mode = "written in the recipe" if decision.mode is KeyMode.VALUE else decision.mode.value
    return f"{mode} {', '.join(decision.variants)}".rstrip()


def _of_topic(topic: TopicDecision) -> str:
    if topic.mine is not None:
        return "written in the recipe"
    if topic.drop or not topic.take:
        return "left out"
    return f"{'the union of' if len(topic.take) > 1 else 'taken from'} {', '.join(topic.take)}"


def _of_group(topics: Sequence[TopicDecision], variant: str) -> str:
    taken = sum(not topic.drop for topic in topics)
    return f"{taken} of {len(topics)} topics taken from {variant}"
