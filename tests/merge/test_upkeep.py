"""A recipe kept up to date: what becomes of what nobody spoke of, and where it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agentgen.errors import UserError
from agentgen.merge.refresh import Settings, recipe_for
from agentgen.merge.units import merge_bodies
from agentgen.profile.recipe import KeyDecision, KeyMode, Recipe
from agentgen.profile.store import dump_recipe
from agentgen.source import Source, encode
from tests.merge.test_refresh import GARDEN, ORCHARD
from tests.merge.workshop import Workshop, codes


@pytest.fixture
def shop() -> Workshop:
    workshop = Workshop({"garden": GARDEN, "orchard": ORCHARD}, {"garden": {"name": "gardener", "model": "fast"}})
    workshop.merge()
    return workshop


def rewrite(shop: Workshop, recipe: Recipe) -> None:
    shop.recipe = dump_recipe(recipe)


def test_openings_that_a_recipe_does_not_speak_of_stand_beside_its_own(shop: Workshop) -> None:
    """They become a topic of another name, and the words of the recipe stay the role."""
    decided = shop.decisions()
    topics = tuple(
        replace(topic, sections={}, take=(), seen={}, mine="You run the garden.") if topic.id == "opening" else topic
        for topic in decided.topics
    )
    rewrite(shop, replace(decided, topics=topics))
    assert codes(shop.merge()) == ["recipe-section-new", "recipe-section-new"]
    (added,) = [topic for topic in shop.decisions().topics if topic.id == "opening-2"]
    assert (added.title, added.sections) == ("Opening", {"garden": "preamble", "orchard": "preamble"})
    assert shop.result().role == "You run the garden."
    assert shop.merge().merged.findings == ()


def test_a_new_section_joins_those_that_it_is_like(shop: Workshop) -> None:
    """It stands in the topic's row, is taken, and is told at the topic's place in the recipe."""
    shop.variants["orchard"] += "\n## Pruning\n\n- Cut dead wood in March\n- Burn what is ill\n"
    result = shop.merge()
    (found,) = result.merged.findings
    assert found.message == "the section 'pruning' of 'orchard' is new; it is taken into the topic 'pruning'"
    (topic,) = [topic for topic in shop.decisions().topics if topic.id == "pruning"]
    assert (topic.sections, topic.take) == ({"garden": "pruning", "orchard": "pruning"}, ("garden", "orchard"))
    assert set(topic.seen) == {"garden", "orchard"}
    assert "- Burn what is ill" in shop.body()


def test_a_new_section_of_a_topic_that_is_left_out_is_put_beside(shop: Workshop) -> None:
    """It is not taken, and that is told."""
    decided = shop.decisions()
    topics = tuple(replace(topic, drop=topic.id == "pruning") for topic in decided.topics)
    rewrite(shop, replace(decided, topics=topics))
    shop.merge()
    shop.variants["orchard"] += "\n## Pruning\n\n- Cut dead wood in March\n"
    (found,) = shop.merge().merged.findings
    assert "put beside, but not taken into," in found.message
    assert "dead wood" not in shop.body()


def test_a_value_that_nobody_remembers_is_remembered_from_now_on(shop: Workshop) -> None:
    """A decision about a key without a memory gets one, and tells the next change."""
    decided = shop.decisions()
    rewrite(shop, replace(decided, keys=tuple(replace(key, seen={}) for key in decided.keys)))
    shop.merge()
    assert {key.key: set(key.seen) for key in shop.decisions().keys}["model"] == {"garden"}
    shop.fields["garden"]["model"] = "deep"
    assert [one.decision for one in shop.merge().merged.stale] == ["keys/model"]


def test_a_key_that_its_variant_lost_is_gone(shop: Workshop) -> None:
    """The profile has no such value any more, and the merge goes on."""
    del shop.fields["garden"]["model"]
    shop.merge()
    assert "model" not in shop.result().fields


def test_a_statement_that_nobody_says_is_told_at_its_place(shop: Workshop) -> None:
    """With line, column and what to do."""
    head, mark, rest = (shop.recipe or "").partition("  - id: watering\n")
    shop.recipe = head + mark + "    items:\n      - statement: Sell spare parts by mail\n        drop: true\n" + rest
    (found,) = shop.merge().merged.findings
    line = head.count("\n") + 3
    assert (found.code, found.path, found.line, found.column) == ("recipe-statement-not-found", "recipe.yaml", line, 9)
    assert found.fix is not None
    assert found.fix.message == "quote the statement as it stands now, or remove the entry"


def test_a_conflict_that_is_over_is_told_by_its_subject() -> None:
    """A decision about it stands until somebody removes it."""
    text = "You test.\n\n## Coverage\n\n- Keep test coverage above {} %\n"
    shop = Workshop({"a": text.format(80), "b": text.format(90)}, {"a": {"name": "t"}, "b": {"name": "t"}})
    shop.merge()
    shop.recipe = (shop.recipe or "").replace("    open: true\n", "")
    shop.variants["b"] = shop.variants["a"]
    (found,) = [
        one for one in shop.merge(accept=frozenset({"all"})).merged.findings if one.code == "recipe-conflict-gone"
    ]
    assert found.message.startswith("the variants do not contradict each other about '")
    assert found.message.endswith("' any more")
    assert found.fix is not None
    assert found.fix.message == "remove the entry"
    entry = (shop.recipe or "").splitlines().index("conflicts:") + 2
    assert (found.path, found.line, found.column) == ("recipe.yaml", entry, 5)


def test_a_name_of_the_recipe_that_no_file_can_have_is_told_with_what_to_do(shop: Workshop) -> None:
    """At the keys of the recipe, since no variant said it."""
    decided = shop.decisions()
    keys = tuple(
        KeyDecision("name", KeyMode.VALUE, value="Garden Man!") if key.key == "name" else key for key in decided.keys
    )
    rewrite(shop, replace(decided, keys=keys))
    found = [one for one in shop.merge().merged.findings if one.path == "recipe.yaml"]
    assert [one.fix.message for one in found if one.fix] == [
        "set another one with `keys: {name: {value: …}}` in the recipe"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "You plan.\n\n\n\n## A\n\n- do\n",
        "You plan.\n## A\n\n- do\n",
        "## A\n\n- do\n\n#### B\n\n- more\n\n## C\n\ntext\n",
        "\n\n\n## A\n\n- do\n",
        "# Planner\n\nYou plan.\n\n## A\n\n- do\n",
        "You plan.\n\n## A\n\nX\n\n## B\n\n- do\n\nXX\n",
    ],
)
def test_one_variant_alone_comes_out_as_it_is(text: str) -> None:
    """With its blank lines above and below the opening, and the levels of its headings."""
    shop = Workshop({"a": text}, {"a": {"name": "planner"}})
    shop.merge()
    assert shop.body() == text


def test_a_recipe_is_proposed_only_where_there_is_none(shop: Workshop) -> None:
    """The one that is there is taken as it stands, with what a person decided in it."""
    comparison, settings = shop.compare(), Settings()
    decided = shop.decisions()
    topics = tuple(replace(topic, title="Water") if topic.id == "watering" else topic for topic in decided.topics)
    file = Source("recipe.yaml", encode(dump_recipe(replace(decided, topics=topics))))
    assert "Water" in [topic.title for topic in recipe_for(comparison, file, settings).topics]
    assert [topic.title for topic in recipe_for(comparison, None, settings).topics] == [
        topic.title for topic in decided.topics
    ]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("- a", "- a\n- x\n- y", "- a\n- x", "- a\n- x\n- y"),
        ("Text.\n\n- a", "- a\n\nText.", "Text.\n\n- a\n- b", "- a\n- b\n\nText."),
    ],
)
def test_what_both_sides_add_stands_once_and_texts_stand_apart(base: str, mine: str, theirs: str, merged: str) -> None:
    """The same statement of both is one statement; a paragraph keeps a blank line above it."""
    result = merge_bodies(base, mine, theirs)
    assert (result.text, result.clashes) == (merged, ())


def test_the_first_merge_says_the_alternatives_above_each_entry() -> None:
    """In the recipe that is written, a line a variant, cut with a sign after a hundred characters."""
    fields: dict[str, dict[str, object]] = {
        "garden": {"name": "g", "description": "Waters " + "x" * 120},
        "orchard": {"name": "g", "description": "Picks"},
    }
    shop = Workshop({"garden": GARDEN, "orchard": ORCHARD}, fields)
    shop.merge()
    lines = [line.strip() for line in (shop.recipe or "").split("\n")]
    assert "# garden: Waters " + "x" * 84 + "\u2026" in lines
    assert "# orchard: Picks" in lines
    assert '# garden: "Watering", 2 items, line 3' in lines
    assert "# Written by `agentgen merge`, and yours to edit: every decision stands here." in lines


def test_an_edit_that_clashes_is_explained_above_its_entry(shop: Workshop) -> None:
    """With what stood there, what the hand wrote and what the variants say now."""
    shop.replace("profile", "Cut dead wood in March", "Cut dead wood in early spring")
    shop.replace("garden", "Cut dead wood in March", "Cut dead wood after the last frost")
    shop.merge(accept=frozenset({"all"}))
    lines = [line.strip() for line in (shop.recipe or "").split("\n")]
    assert "# base: - Cut dead wood in March" in lines
    assert "# mine: - Cut dead wood in early spring" in lines
    assert "# theirs: - Cut dead wood after the last frost" in lines


def test_a_variant_without_a_section_is_named_where_it_is_taken(shop: Workshop) -> None:
    """At its place in the list, with what to do."""
    shop.replace("recipe", "    take: [orchard]\n", "    take: [orchard, garden]\n")
    line = (shop.recipe or "").split("    take: [orchard, garden]")[0].count("\n") + 1
    with pytest.raises(UserError) as caught:
        shop.merge()
    (problem,) = caught.value.problems
    assert (problem.message, problem.path, problem.line) == (
        "the topic 'harvest' has no section of 'garden'",
        "recipe.yaml",
        line,
    )
    assert problem.column == 21


def test_a_decided_conflict_is_accepted_with_what_a_side_says_now() -> None:
    """It is told with the command that accepts it, and that one ends it."""
    text = "You test.\n\n## Coverage\n\n- Keep test coverage above {} %\n"
    shop = Workshop({"a": text.format(80), "b": text.format(90)}, {"a": {"name": "t"}, "b": {"name": "t"}})
    shop.merge(accept=frozenset({"all"}))
    shop.recipe = (shop.recipe or "").replace("    open: true\n", "")
    shop.merge(accept=frozenset({"all"}))
    shop.replace("b", "90 %", "95 %")
    (name,) = [f"conflicts/{decision.id}" for decision in shop.decisions().conflicts]
    told = [found.fix.message for found in shop.merge().merged.findings if found.fix and name in found.message]
    assert told == [f"look at it, then `agentgen merge --accept {name}`, or decide anew"]
    shop.merge(accept=frozenset({name}))
    assert [one for one in shop.merge().merged.stale if one.decision == name] == []


def test_a_new_key_is_told_at_the_keys_of_the_recipe() -> None:
    """At the first of them: a person looks through what was decided."""
    texts = {"a": "You test.\n", "b": "You test.\n"}
    shop = Workshop(texts, {"a": {"name": "t"}, "b": {"name": "t"}})
    shop.merge()
    shop.fields["a"]["color"] = "red"
    (found,) = [one for one in shop.merge().merged.findings if one.code == "recipe-key-new"]
    assert (found.path, found.line) == ("recipe.yaml", (shop.recipe or "").splitlines().index("keys:") + 2)
