"""Rows of a comparison that a recipe knows."""

from __future__ import annotations

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Comparison
from agentgen.merge.rows import name_rows
from agentgen.profile.recipe import Recipe, TopicDecision, VariantEntry
from tests.merge.helpers import variant

ONE = variant("one", "You are a baker.\n\n# B.2 Dough:\n\n- Rest the dough\n\n# Oven\n\n- Heat the oven\n")
TWO = variant("two", "You are a baker, too.\n\n# Kneading\n\n- Knead by hand\n\n## Timing\n\n- Wait\n")


def named(*topics: TopicDecision) -> Comparison:
    entries = (VariantEntry("one", ""), VariantEntry("two", ""))
    recipe = Recipe(entries, ("two", "one"), topics=topics)
    comparison = compare_variants([ONE, TWO], pins=[topic.sections for topic in topics])
    return name_rows(comparison, recipe)


def names(comparison: Comparison) -> dict[str, str]:
    return {topic.id: topic.title for topic in comparison.topics}


DOUGH = {"one": "b-2-dough", "two": "kneading"}


def test_a_row_has_the_id_and_title_of_the_recipe() -> None:
    """What the recipe calls it is what people look for; what stands below it says so, too."""
    result = named(TopicDecision("dough", DOUGH, take=("one",), title="The dough"))
    assert names(result) == {"opening": "Opening", "dough": "The dough", "oven": "Oven", "timing": "Timing"}
    assert result.topic("timing").parent == "dough"


def test_without_a_title_the_heading_of_the_first_variant_taken_counts() -> None:
    """As in the profile: without a colon, and by precedence where nothing is taken."""
    assert names(named(TopicDecision("dough", DOUGH, take=("one",))))["dough"] == "B.2 Dough"
    assert names(named(TopicDecision("dough", DOUGH, drop=True)))["dough"] == "Kneading"


def test_ids_stay_unique() -> None:
    """A row that the recipe does not know gives way to one that has its id there."""
    result = named(TopicDecision("oven", DOUGH, take=("one",)))
    assert set(names(result)) == {"opening", "oven", "oven-2", "timing"}
    assert result.topic("oven-2").title == "Oven"


def test_the_opening_keeps_its_name() -> None:
    """It is the opening in every comparison."""
    topic = TopicDecision("start", {"one": "preamble", "two": "preamble"}, take=("one",))
    assert names(named(topic))["opening"] == "Opening"
