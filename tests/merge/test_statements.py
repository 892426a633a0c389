"""What a recipe says about single statements."""

from __future__ import annotations

from agentgen.compare.engine import compare_variants
from agentgen.merge.combine import merge
from agentgen.profile.body import walk
from agentgen.profile.recipe import ItemAction, ItemDecision, Recipe, TopicDecision, VariantEntry
from tests.merge.helpers import variant

SAID_TWICE = "Sign every access token with an asymmetric key"
FIRST = variant("first", f"# Security\n\n- Encrypt backups\n- {SAID_TWICE}\n\n# Releases\n\n- Tag every release\n")
SECOND = variant("second", f"# Security\n\n- Rotate keys\n\n# Releases\n\n- {SAID_TWICE}\n- Write a changelog\n")


def merged(
    *, security: tuple[ItemDecision, ...] = (), releases: tuple[ItemDecision, ...] = (), first: str = "first"
) -> dict[str, list[str]]:
    """The statements of each section, merged with decisions about statements and `first` in front of precedence."""
    second = "second" if first == "first" else "first"
    both = {"first", "second"}
    topics = tuple(
        TopicDecision(name, dict.fromkeys(sorted(both), name), take=(first, second), items=items)
        for name, items in (("security", security), ("releases", releases))
    )
    recipe = Recipe(tuple(VariantEntry(name, "") for name in sorted(both)), (first, second), topics=topics)
    result = merge([FIRST, SECOND], recipe, compare_variants([FIRST, SECOND]))
    lines = {section.id: section.body.splitlines() for section in walk(result.profile.sections)}
    return {name: [line.removeprefix("- ") for line in body] for name, body in lines.items()}


def test_in_a_tie_a_statement_stands_where_the_first_variant_has_it() -> None:
    """One variant says it here, one there: precedence decides."""
    assert SAID_TWICE in merged()["security"]
    assert SAID_TWICE not in merged()["releases"]
    assert SAID_TWICE in merged(first="second")["releases"]
    assert SAID_TWICE not in merged(first="second")["security"]


def test_a_dropped_statement_leaves_the_same_one_of_another_topic() -> None:
    """Dropping it under releases does not take it out of security."""
    drop = ItemDecision(SAID_TWICE, ItemAction.DROP)
    assert merged(releases=(drop,)) == merged() | {"releases": ["Tag every release", "Write a changelog"]}
    assert SAID_TWICE in merged(releases=(drop,))["security"]


def test_a_dropped_statement_is_not_replaced_by_the_same_one_of_a_later_variant() -> None:
    """What was dropped under a topic does not come back in the words of a variant that only repeats it."""
    one = variant("first", "# Security\n\n- Encrypt all the backups\n- Rotate keys\n")
    two = variant("second", "# Security\n\n- Encrypt all backups\n- Mask logs\n")
    for anchor, left in (
        ("Encrypt all the backups", ["- Rotate keys", "- Mask logs"]),
        ("Encrypt all backups", ["- Encrypt all the backups", "- Rotate keys", "- Mask logs"]),
    ):
        items = (ItemDecision(anchor, ItemAction.DROP),)
        row = {"first": "security", "second": "security"}
        topic = TopicDecision("security", row, take=("first", "second"), items=items)
        entries = (VariantEntry("first", ""), VariantEntry("second", ""))
        result = merge([one, two], Recipe(entries, ("first", "second"), topics=(topic,)), compare_variants([one, two]))
        assert result.profile.sections[0].body.splitlines() == left


def test_a_kept_statement_stands_for_itself() -> None:
    """Both topics say it where the recipe keeps one of the two."""
    keep = ItemDecision(SAID_TWICE, ItemAction.KEEP)
    assert merged(releases=(keep,)) == {
        "security": ["Encrypt backups", SAID_TWICE, "Rotate keys"],
        "releases": ["Tag every release", SAID_TWICE, "Write a changelog"],
    }


def test_a_reworded_statement_stands_where_its_topic_does() -> None:
    """The wording of the recipe stays under the topic that has it, and says what the other topic said."""
    reword = ItemDecision(SAID_TWICE, ItemAction.REPLACE, "Sign tokens")
    assert merged(releases=(reword,)) == {
        "security": ["Encrypt backups", "Rotate keys"],
        "releases": ["Tag every release", "Sign tokens", "Write a changelog"],
    }


def test_two_reworded_statements_both_stand() -> None:
    """Where the recipe words a statement under two topics, each topic has its wording."""
    result = merged(
        security=(ItemDecision(SAID_TWICE, ItemAction.REPLACE, "Sign tokens"),),
        releases=(ItemDecision(SAID_TWICE, ItemAction.REPLACE, "Sign releases"),),
    )
    assert "Sign tokens" in result["security"]
    assert "Sign releases" in result["releases"]
