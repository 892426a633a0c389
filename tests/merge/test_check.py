"""What a recipe forgot."""

from __future__ import annotations

from agentgen.merge.combine import merge
from agentgen.profile.recipe import Recipe, TopicDecision, VariantEntry
from tests.merge.helpers import variant

TEAM = variant("team", "# A\n\none\n\n## B\n\ntwo\n\n### C\n\nthree\n\n## D\n\nfour\n")


def unused(*topics: TopicDecision) -> list[str]:
    """The messages about sections that no topic of the recipe speaks of."""
    recipe = Recipe((VariantEntry("team", "team.md"),), ("team",), topics=topics)
    return [each.message for each in merge([TEAM], recipe).findings if each.code == "recipe-section-unused"]


def test_one_finding_names_all_forgotten_sections_of_a_variant() -> None:
    """A variant with several forgotten sections gives one finding with the line of each."""
    assert unused(TopicDecision("a", {"team": "a"}, take=("team",))) == [
        "no topic speaks of these sections of 'team': 'b' (line 5), 'c' (line 9), 'd' (line 13)"
    ]


def test_a_topic_that_is_left_out_covers_what_stands_below_its_sections() -> None:
    """Leaving out B speaks of C as well, but not of its neighbour D."""
    topics = TopicDecision("a", {"team": "a"}, take=("team",)), TopicDecision("b", {"team": "b"}, drop=True)
    assert unused(*topics) == ["no topic speaks of these sections of 'team': 'd' (line 13)"]


def test_a_topic_that_is_taken_does_not_cover_what_stands_below() -> None:
    """Below a section left out, one that is taken speaks for itself alone."""
    topics = TopicDecision("a", {"team": "a"}, drop=True), TopicDecision("b", {"team": "b"}, take=("team",))
    assert unused(*topics) == ["no topic speaks of these sections of 'team': 'c' (line 9)"]
