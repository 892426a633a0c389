"""The table of concepts and its extension."""

from __future__ import annotations

import pytest

from agentgen.compare.concepts import lexicon
from agentgen.compare.engine import compare_variants
from agentgen.compare.words import stems
from agentgen.errors import UserError
from tests.compare.helpers import shared_rows, variants


def test_the_longest_phrase_wins() -> None:
    """'Integration with other agents' is about collaboration, not about integrations."""
    found = lexicon().find(stems("Integration with other agents"))
    assert found.get("part/collaboration") == 1.0
    assert "subject/integrations" not in found


def test_ambiguous_words_count_half() -> None:
    """A word of several meanings speaks for each of them weakly."""
    assert lexicon().find(stems("Integration"))["subject/integrations"] == 0.5
    assert lexicon().find(stems("Third-party services"))["subject/integrations"] == 1.0


def test_inflections_are_found() -> None:
    """The table gives words as they stand in headings; their forms fall together."""
    assert "subject/migration" in lexicon().find(stems("Migrating tables"))
    assert "part/responsibilities" in lexicon().find(stems("Your Responsibilities"))


def test_near_concepts_are_near_both_ways() -> None:
    """Where one entry names another as near, both are."""
    words = lexicon()
    assert "part/report" in words.near("part/output")
    assert "part/output" in words.near("part/report")


def test_every_near_concept_is_in_the_table() -> None:
    """A misspelt `near` would silently do nothing."""
    words = lexicon()
    assert {near for name in words.names for near in words.near(name)} <= set(words.names)


def test_a_workspace_can_teach_new_words() -> None:
    """Two words of a house meet once a table says that they mean one thing."""
    texts = {
        "a": "You bake.\n\n## Levain\n\n- Feed it each morning\n- Keep it warm\n",
        "b": "You bake.\n\n## Sourdough\n\n- Morning feeding keeps it alive\n- Warm, never hot\n",
    }
    extra = {"subject": {"starter": {"words": ["levain", "sourdough"]}}}
    assert shared_rows(compare_variants(variants(texts))) == [["a: ", "b: "]]
    assert ["a: Levain", "b: Sourdough"] in shared_rows(compare_variants(variants(texts), concepts=[extra]))


def test_an_extra_table_adds_to_an_entry() -> None:
    """Known words of the entry stay known."""
    words = lexicon([{"subject": {"caching": {"words": ["larder"]}}}])
    assert "subject/caching" in words.find(stems("The larder"))
    assert "subject/caching" in words.find(stems("Cache invalidation"))
    assert "subject/caching" not in lexicon().find(stems("The larder"))


def test_every_mistake_of_a_table_is_reported() -> None:
    """Unknown kinds, unknown keys and wrong types are all named at once, with what to write."""
    table = {
        "topic": {"x": {"words": []}},
        "part": {"a": {"words": "one"}, "b": {"word": ["x"]}, "c": {"words": ["x"], "modifier": "yes"}, "d": 3},
    }
    with pytest.raises(UserError) as caught:
        lexicon([table])
    messages = [problem.message for problem in caught.value.problems]
    assert len(messages) == 5
    assert all(
        any(name in message for message in messages) for name in ("topic", "part.a", "part.b", "part.c", "part.d")
    )
    assert all(problem.hint for problem in caught.value.problems)
