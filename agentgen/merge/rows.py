"""Rows of a comparison under the names that the recipe gives them.

comparison: b-2-database {a: tables, b: b-2-database}      recipe: database {a: tables, b: b-2-database}
->          database     {a: tables, b: b-2-database}
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from agentgen.compare.model import Comparison, Topic
from agentgen.merge.topics import regular_title
from agentgen.profile.recipe import OPENING, Recipe, TopicDecision


def name_rows(comparison: Comparison, recipe: Recipe) -> Comparison:
    """The comparison, which kept the recipe's rows together, with the recipe's ids and titles for them."""
    decided = {topic: decision for decision in recipe.topics if (topic := _row_of(decision, comparison))}
    ids = _ids(comparison, {topic: decision.id for topic, decision in decided.items()})
    topics = tuple(_named(topic, decided.get(topic.id), ids, recipe.precedence) for topic in comparison.topics)
    return comparison._replace(topics=topics)


def _row_of(decision: TopicDecision, comparison: Comparison) -> str | None:
    """The row that holds the decision's sections."""
    rows = decision.sections.items()
    found = (topic for topic in comparison.topics if any((one.variant, one.section) in rows for one in topic.sections))
    topic = next(found, None)
    return topic.id if topic and OPENING not in (topic.id, decision.id) else None


def _ids(comparison: Comparison, decided: Mapping[str, str]) -> dict[str, str]:
    """The new id of each row; where a row has an id that the recipe gave to another one, it gets a number."""
    taken = set(decided.values())
    ids = dict(decided)
    for topic in comparison.topics:
        if topic.id not in ids:
            numbered = (f"{topic.id}-{number}" for number in count(2))
            ids[topic.id] = topic.id if topic.id not in taken else next(name for name in numbered if name not in taken)
            taken.add(ids[topic.id])
    return ids


def _named(topic: Topic, decision: TopicDecision | None, ids: Mapping[str, str], precedence: tuple[str, ...]) -> Topic:
    title = topic.title if decision is None else decision.title or _heading(topic, decision, precedence)
    return topic._replace(
        id=ids[topic.id],
        title=title,
        parent=None if topic.parent is None else ids[topic.parent],
        see_also=tuple(ids[other] for other in topic.see_also),
    )


def _heading(topic: Topic, decision: TopicDecision, precedence: tuple[str, ...]) -> str:
    """The heading that the row gets in the profile: that of the first variant taken, or else of the first."""
    headings = {one.variant: one.heading for one in topic.sections if one.variant in decision.sections}
    order = (*decision.take, *precedence, *sorted(headings))
    return regular_title(next((heading for name in order if (heading := headings.get(name))), topic.title))
