"""A profile over the years: variants and hands change it, and every decision is remembered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agentgen.errors import UserError
from agentgen.profile.store import dump_lock, dump_recipe, load_lock
from agentgen.source import Source, encode
from tests.merge.workshop import Workshop, codes

GARDEN = """\
You are a careful gardener.

## Watering

- Water the roses every morning before the sun is high
- Check the pump for leaks

## Pruning

- Cut dead wood in March
- Sharpen the shears before every use
"""
ORCHARD = """\
You are a careful gardener of fruit trees.

## Watering

- Check the pump for leaks
- Collect rain in the barrel first

## Harvest

- Pick apples when the seeds are brown
"""


@pytest.fixture
def shop() -> Workshop:
    workshop = Workshop({"garden": GARDEN, "orchard": ORCHARD}, {"garden": {"name": "gardener", "model": "fast"}})
    workshop.merge()
    return workshop


def test_merging_again_changes_nothing(shop: Workshop) -> None:
    """The output of a merge is its own fixed point: no byte changes, nothing is asked."""
    before = shop.files()
    result = shop.merge()
    assert shop.files() == before
    assert (result.merged.findings, result.merged.stale, result.edited) == ((), (), False)


def test_a_changed_input_is_shown_until_it_is_accepted(shop: Workshop) -> None:
    """The decision about a section that changed is stale, with old and new wording, on every merge until accepted."""
    shop.replace("garden", "Check the pump for leaks", "Replace the seal of the pump in April")
    for _ in range(2):
        result = shop.merge()
        assert [(one.decision, one.variant, one.gone, one.new) for one in result.merged.stale] == [
            ("topics/watering", "garden", ("- Check the pump for leaks",), ("Replace the seal of the pump in April",))
        ]
        assert codes(result) == ["recipe-decision-stale"]
        assert "- Replace the seal of the pump in April" in shop.body()
    accepted = shop.merge(accept=frozenset({"topics/watering"}))
    assert (accepted.merged.stale, accepted.merged.findings) == ((), ())
    assert shop.merge().merged.stale == ()


def test_deciding_anew_is_as_good_as_accepting(shop: Workshop) -> None:
    """A decision that somebody changes is made on the input of today, and is not shown again."""
    shop.replace("garden", "Check the pump for leaks", "Replace the seal of the pump in April")
    assert shop.merge().merged.stale != ()
    shop.replace("recipe", "    title: Watering\n", "    title: Water\n")
    assert shop.merge().merged.stale == ()
    assert shop.merge().merged.stale == ()


def test_a_changed_value_is_shown_too(shop: Workshop) -> None:
    """Decisions about frontmatter remember what they were made on."""
    shop.fields["garden"]["model"] = "deep"
    result = shop.merge()
    assert [(one.decision, one.variant, one.gone, one.new) for one in result.merged.stale] == [
        ("keys/model", "garden", ("fast",), ("deep",))
    ]
    assert shop.result().fields["model"] == "deep"


def test_a_change_of_blank_lines_asks_nothing(shop: Workshop) -> None:
    """What a section says did not change, so its decision holds."""
    shop.replace("garden", "## Pruning\n\n", "\n\n## Pruning\n\n\n")
    assert shop.merge().merged.stale == ()


def test_a_new_section_gets_a_decision(shop: Workshop) -> None:
    """It is taken, stands behind its neighbour, and is said once."""
    shop.replace("orchard", "## Harvest", "## Grafting\n\n- Graft scions before the sap rises\n\n## Harvest")
    result = shop.merge()
    assert codes(result) == ["recipe-section-new"]
    assert "## Grafting\n\n- Graft scions before the sap rises" in shop.body()
    assert [topic.id for topic in shop.decisions().topics].count("grafting") == 1
    assert shop.merge().merged.findings == ()


def test_a_new_section_below_one_that_is_left_out_goes_with_it(shop: Workshop) -> None:
    """Leaving out a section leaves out what stands below it, also what is written there later."""
    shop.variants["orchard"] += "\n## Visitors\n\n- Wave\n"
    shop.merge()
    decided = shop.decisions()
    topics = [replace(topic, drop=topic.id == "visitors") for topic in decided.topics]
    shop.recipe = dump_recipe(replace(decided, topics=tuple(topics)))
    shop.variants["orchard"] += "\n### Tickets\n\n- Sell them at the gate\n"
    assert shop.merge().merged.findings == ()
    assert "gate" not in shop.body()
    assert [topic.id for topic in shop.decisions().topics] == [topic.id for topic in topics]


def test_a_renamed_section_keeps_its_topic(shop: Workshop) -> None:
    """The topic follows the section's text, with all that was decided about it."""
    shop.replace("recipe", "    title: Pruning\n", "    title: Cutting\n    reason: says more\n")
    shop.replace("garden", "## Pruning", "## Care of the wood")
    result = shop.merge()
    assert codes(result) == ["recipe-section-renamed"]
    topic = next(topic for topic in shop.decisions().topics if topic.id == "pruning")
    assert (topic.sections, topic.title, topic.reason) == ({"garden": "care-of-the-wood"}, "Cutting", "says more")
    assert "## Cutting" in shop.body()


def test_a_section_that_is_gone_goes(shop: Workshop) -> None:
    """What upstream removed leaves the profile, and it is said."""
    start = ORCHARD.index("## Harvest")
    shop.variants["orchard"] = ORCHARD[:start]
    result = shop.merge()
    assert codes(result) == ["recipe-section-gone"]
    assert "Harvest" not in shop.body()
    assert "harvest" not in [topic.id for topic in shop.decisions().topics]


def test_a_new_variant_joins(shop: Workshop) -> None:
    """It comes last by precedence, and its sections go where they belong."""
    shop.variants["zen"] = "You are a gardener.\n\n## Watering\n\n- Rake the gravel around the stones\n"
    result = shop.merge()
    assert "recipe-variant-new" in codes(result)
    assert shop.decisions().precedence == ("garden", "orchard", "zen")
    assert "- Rake the gravel around the stones" in shop.body()
    assert shop.merge().merged.findings == ()


def test_hands_and_upstream_both_survive(shop: Workshop) -> None:
    """An edit of the profile and a change of a variant stand side by side, merge after merge."""
    shop.replace("profile", "Sharpen the shears before every use", "Sharpen the shears and oil them")
    shop.replace("garden", "Cut dead wood in March", "Cut dead wood in late March")
    result = shop.merge(accept=frozenset({"all"}))
    assert (result.edited, result.merged.hands) == (True, ())
    assert "- Cut dead wood in late March\n- Sharpen the shears and oil them" in shop.body()
    before = shop.files()
    shop.merge()
    assert shop.files() == before


def test_what_a_hand_removed_stays_removed(shop: Workshop) -> None:
    """A section or a statement that was deleted in the profile does not come back."""
    shop.replace("profile", "      - Check the pump for leaks\n", "")
    for _ in range(2):
        shop.merge()
        assert "pump" not in shop.body()
    shop.replace("garden", "Cut dead wood in March", "Cut dead wood in late March")
    shop.merge()
    assert "pump" not in shop.body()


def test_both_changed_the_same_is_one_question(shop: Workshop) -> None:
    """It stands open in the recipe with base, mine and theirs; the hand holds meanwhile; a pick settles it."""
    shop.replace("profile", "Cut dead wood in March", "Cut dead wood in early spring")
    shop.replace("garden", "Cut dead wood in March", "Cut dead wood after the last frost")
    result = shop.merge(accept=frozenset({"all"}))
    (conflict,) = result.merged.hands
    assert (conflict.place, conflict.base, conflict.mine, conflict.theirs) == (
        "sections/pruning",
        "- Cut dead wood in March",
        "- Cut dead wood in early spring",
        "- Cut dead wood after the last frost",
    )
    assert "early spring" in shop.body()
    (entry,) = [entry for entry in shop.decisions().conflicts if entry.id == conflict.id]
    assert (entry.pick, entry.is_open) == ("mine", True)
    assert shop.merge().merged.hands == (conflict,)
    shop.replace("recipe", "    pick: mine\n    open: true\n", "    pick: theirs\n")
    settled = shop.merge()
    assert settled.merged.hands == ()
    assert "after the last frost" in shop.body()
    assert "early spring" not in shop.body()
    assert all(entry.id != conflict.id for entry in shop.decisions().conflicts)
    assert shop.merge().edited is False


def test_picking_mine_settles_it_too(shop: Workshop) -> None:
    """The edit stays, and is not asked about again."""
    shop.replace("profile", "Cut dead wood in March", "Cut dead wood in early spring")
    shop.replace("garden", "Cut dead wood in March", "Cut dead wood after the last frost")
    shop.merge(accept=frozenset({"all"}))
    shop.replace("recipe", "    pick: mine\n    open: true\n", "    pick: mine\n")
    assert shop.merge().merged.hands == ()
    assert "early spring" in shop.body()
    assert shop.merge().merged.hands == ()


def test_edits_can_be_thrown_away(shop: Workshop) -> None:
    """With `discard` the profile is what the recipe makes."""
    before = shop.files()
    shop.replace("profile", "Cut dead wood in March", "Cut dead wood in early spring")
    shop.merge(discard=True)
    assert shop.files() == before


def test_comments_of_a_hand_stay(shop: Workshop) -> None:
    """A comment in the profile or the recipe is no edit, and survives."""
    shop.replace("profile", "role: |", "# checked in May\nrole: |")
    shop.replace("recipe", "  - id: pruning", "  # only in March!\n  - id: pruning")
    shop.replace("garden", "Cut dead wood in March", "Cut dead wood in late March")
    result = shop.merge(accept=frozenset({"all"}))
    assert result.edited is False
    assert "# checked in May\nrole: |" in (shop.profile or "")
    assert "  # only in March!\n  - id: pruning" in (shop.recipe or "")


def test_a_profile_without_a_lock_is_not_overwritten(shop: Workshop) -> None:
    """Nobody can tell what a hand wrote into it, so the merge stops and says what to do."""
    shop.lock = None
    shop.replace("profile", "Cut dead wood in March", "Cut dead wood in early spring")
    with pytest.raises(UserError, match=r"no lock says what a hand changed.*\n.*--discard-edits"):
        shop.merge()


def test_an_edited_lock_is_noticed(shop: Workshop) -> None:
    """The lock's lines must add up."""
    lock = shop.lock or ""
    shop.lock = lock.replace("\n        - Check the pump for leaks\n", "\n")
    assert shop.lock != lock
    with pytest.raises(UserError, match="the lock does not fit itself"):
        shop.merge()


def test_a_decision_may_quote_the_beginning_of_a_statement(shop: Workshop) -> None:
    """What ends with `…` is cut, however short it is."""
    assert "- Collect rain in the barrel first" in shop.body()
    drop = "    items:\n      - statement: Collect rain…\n        drop: true\n"
    head, mark, rest = (shop.recipe or "").partition("  - id: watering\n")
    shop.recipe = head + mark + drop + rest
    assert "recipe-statement-not-found" not in codes(shop.merge())
    assert "Collect rain" not in shop.body()


def test_code_below_a_statement_moves_with_it() -> None:
    """Where the list's marker is another one, the code keeps standing below the words."""
    short = "You bake.\n\n## Oven\n\n- Clean the oven door\n- Check the thermostat\n"
    wide = (
        "You bake.\n\n## Oven\n\n*   Clean the oven door\n*   Start it by hand:\n\n    ```sh\n    bake  now\n    ```\n"
    )
    shop = Workshop({"a": short, "b": wide}, {"a": {"name": "baker"}, "b": {"name": "baker"}})
    shop.merge()
    assert "- Start it by hand:\n\n  ```sh\n  bake  now\n  ```\n" in shop.body()


def test_a_decided_conflict_whose_side_changes_is_stale() -> None:
    """With what the variant says now; of what it said before only a digest is known."""
    text = "You test.\n\n## Coverage\n\n- Keep test coverage above {} %\n"
    names = {"a": {"name": "tester"}, "b": {"name": "tester"}}
    shop = Workshop({"a": text.format(80), "b": text.format(90)}, names)
    shop.merge(accept=frozenset({"all"}))
    (decision,) = shop.decisions().conflicts
    assert decision.pick == "a"
    shop.recipe = (shop.recipe or "").replace("    open: true\n", "")
    shop.merge(accept=frozenset({"all"}))
    assert shop.merge().merged.stale == ()
    shop.replace("b", "90 %", "95 %")
    stale = [one for one in shop.merge().merged.stale if one.decision.startswith("conflicts/")]
    assert [(one.decision, one.variant, one.gone, one.new) for one in stale] == [
        (f"conflicts/{decision.id}", "b", (), ("Keep test coverage above 95 %",))
    ]


def test_a_lost_lock_is_made_anew_where_the_profile_is_the_merges(shop: Workshop) -> None:
    """Nothing is asked, and all three files are what they were."""
    before = shop.files()
    shop.lock = None
    shop.merge()
    assert shop.files() == before


def test_a_lost_base_is_the_profile_that_the_lock_knows(shop: Workshop) -> None:
    """A lock that has only the digest of the profile still tells that no hand changed it."""
    lock = load_lock(Source("profile.lock.yaml", encode(shop.lock or "")))
    shop.lock = dump_lock(replace(lock, base=""))
    shop.variants["garden"] = GARDEN.replace("Cut dead wood in March", "Cut dead wood in April")
    shop.merge()
    assert "- Cut dead wood in April" in shop.body()
