"""What a recipe says is what happens: topics, statements, conflicts and keys."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Comparison, Conflict, ConflictKind, ConflictMember
from agentgen.errors import UserError
from agentgen.merge.combine import merge
from agentgen.merge.model import Fate, Merged, Widening
from agentgen.merge.propose import Mode, Strategy, propose_recipe
from agentgen.profile.body import render_body
from agentgen.profile.model import Profile
from agentgen.profile.recipe import ItemAction, ItemDecision, KeyDecision, KeyMode, Recipe, TopicDecision
from tests.merge.helpers import variant

SHOP = """\
You run a bicycle workshop.

## Brakes

- Check the brake pads at every visit

## Wheels

- True the wheels on the stand
"""
GARAGE = """\
You run a bicycle garage.

## Brakes

- Check the **brake pads** at every visit, front and rear

## Lights

- Test the dynamo in the dark
"""


HOURS = "- Answer a customer within "


def compared(**fields: dict[str, object]) -> Comparison:
    garage, shop = fields.get("garage", {"name": "bike"}), fields.get("shop", {"name": "bike"})
    return compare_variants([variant("garage", GARAGE, **garage), variant("shop", SHOP, **shop)])


def differing() -> Comparison:
    """Two variants that say how fast to answer, each otherwise, and nobody sees a conflict."""
    texts = {"garage": GARAGE.replace("\n## Lights", HOURS + "8 hours\n\n## Lights")}
    texts["shop"] = SHOP.replace("\n## Wheels", HOURS + "2 hours\n\n## Wheels")
    variants = [variant(name, text, name="bike") for name, text in texts.items()]
    return compare_variants(variants)._replace(conflicts=())


def disagreeing() -> Comparison:
    """The same with the conflict."""
    comparison = differing()
    sides = [
        ConflictMember(one.id, item.line, item.text, item.text.split()[-2], item.index)
        for one in comparison.variants
        for item in one.document.items
        if item.text.startswith("Answer")
    ]
    return comparison._replace(conflicts=(Conflict("value-time", "time to answer", ConflictKind.VALUE, tuple(sides)),))


def with_topic(recipe: Recipe, name: str, **changes: object) -> Recipe:
    assert any(topic.id == name for topic in recipe.topics)
    topics = [replace(one, **changes) if one.id == name else one for one in recipe.topics]  # type: ignore[arg-type]
    return replace(recipe, topics=tuple(topics))


def made(comparison: Comparison, recipe: Recipe) -> Merged:
    return merge(comparison.variants, recipe, comparison)


def titles(profile: Profile) -> list[str]:
    return [section.title for section in profile.sections]


def brakes(result: Merged) -> str:
    return next((section.body for section in result.profile.sections if section.id == "brakes"), "")


def test_the_richest_wording_stands() -> None:
    """Of two ways to say the same the one that says more is taken, at the place of the first variant."""
    comparison = compared()
    result = made(comparison, propose_recipe(comparison, precedence=["shop", "garage"]))
    assert brakes(result).split("\n")[0] == "- Check the **brake pads** at every visit, front and rear"


def test_topics_can_be_dropped_renamed_moved_limited_and_rewritten() -> None:
    """Each decision about a topic does what it says, and no more."""
    comparison = compared()
    recipe = propose_recipe(comparison)
    recipe = with_topic(recipe, "wheels", drop=True)
    recipe = with_topic(recipe, "lights", title="Lamps", order=1, targets=("droid",))
    recipe = with_topic(recipe, "brakes", mine="- Brake late")
    result = made(comparison, recipe)
    assert titles(result.profile) == ["Lamps", "Brakes"]
    assert result.profile.sections[0].targets == ("droid",)
    assert brakes(result) == "- Brake late"
    assert {result.outcomes[ref].fate for ref in result.outcomes} == {Fate.KEPT, Fate.NOT_TAKEN}


def test_what_stands_below_a_dropped_topic_moves_up() -> None:
    """Dropping a topic drops its own text, not what is nested in it."""
    comparison = compared()
    recipe = with_topic(propose_recipe(comparison), "lights", parent="brakes")
    assert "### Lights" in render_body(made(comparison, recipe).profile)
    assert "\n## Lights" in render_body(made(comparison, with_topic(recipe, "brakes", drop=True)).profile)


def test_a_topic_without_variants_is_a_heading_of_its_own() -> None:
    """A person may write a section that no variant has."""
    comparison = compared()
    recipe = propose_recipe(comparison)
    extra = TopicDecision("house-rules", title="House rules", mine="Be kind.")
    result = made(comparison, replace(recipe, topics=(*recipe.topics, extra)))
    assert render_body(result.profile).endswith("\n## House rules\n\nBe kind.\n")


@pytest.mark.parametrize(
    ("action", "value", "wanted"),
    [
        (ItemAction.DROP, "", []),
        (ItemAction.PICK, "shop", ["- Check the brake pads at every visit"]),
        (ItemAction.REPLACE, "Look at the pads", ["- Look at the pads"]),
    ],
)
def test_one_statement_can_be_dropped_worded_or_replaced(action: ItemAction, value: str, wanted: list[str]) -> None:
    """A decision about a statement finds it by what it says, after a small edit of the quote, too."""
    comparison = compared()
    items = (ItemDecision("check the brake pads at every visit, front or rear", action, value),)
    result = made(comparison, with_topic(propose_recipe(comparison), "brakes", items=items))
    assert [line for line in brakes(result).split("\n") if "pads" in line] == wanted
    assert not [found for found in result.findings if found.code == "recipe-statement-not-found"]


def test_steps_count_from_one_when_the_first_is_dropped() -> None:
    """A list that lost its beginning does not start in the middle."""
    steps = "You bake.\n\n## Steps\n\n1. Weigh the flour\n2. Knead the dough\n3. Heat the oven\n"
    comparison = compare_variants([variant("a", steps, name="x"), variant("b", "You bake bread.\n", name="x")])
    items = (ItemDecision("Weigh the flour", ItemAction.DROP),)
    result = made(comparison, with_topic(propose_recipe(comparison), "steps", items=items))
    assert result.profile.sections[0].body == "1. Knead the dough\n2. Heat the oven"


def test_a_decision_about_nothing_is_told() -> None:
    """A quote that nobody says (any more) is a finding at its place."""
    comparison = compared()
    items = (ItemDecision("Sell spare parts by mail", ItemAction.DROP),)
    result = made(comparison, with_topic(propose_recipe(comparison), "brakes", items=items))
    (told,) = result.findings
    assert (told.code, told.message) == (
        "recipe-statement-not-found",
        "no statement that is taken says 'Sell spare parts by mail'",
    )
    assert told.fix is not None
    assert "quote the statement as it stands now" in told.fix.message


def test_other_numbers_are_another_statement() -> None:
    """Where the comparison sees no conflict, statements that differ in their numbers both stay, and that is told."""
    comparison = differing()
    result = made(comparison, propose_recipe(comparison))
    assert "within 2 hours" in brakes(result)
    assert "within 8 hours" in brakes(result)
    assert [(found.code, found.path, found.line) for found in result.findings] == [
        ("merge-numbers-differ", "shop.md", 6)
    ]


def test_an_open_conflict_has_a_declared_fallback() -> None:
    """The side of the first variant stands, the other does not, and the conflict is listed until it is decided."""
    comparison = disagreeing()
    recipe = propose_recipe(comparison, precedence=["shop", "garage"])
    result = made(comparison, recipe)
    (conflict,) = result.conflicts
    assert conflict.fallback == ("shop",)
    assert "within 2 hours" in brakes(result)
    assert "within 8 hours" not in brakes(result)


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        ({"pick": "garage"}, ["within 8 hours"]),
        ({"pick": None, "text": "Answer a customer on the same day"}, ["on the same day"]),
        ({"pick": None, "keep_both": True}, ["within 2 hours", "within 8 hours"]),
    ],
)
def test_a_decided_conflict_is_over(decision: dict[str, object], said: list[str]) -> None:
    """Picking a side, writing another text, or keeping both settles it."""
    comparison = disagreeing()
    recipe = propose_recipe(comparison, precedence=["shop", "garage"])
    decided = replace(recipe.conflicts[0], open=False, **decision)  # type: ignore[arg-type]
    result = made(comparison, replace(recipe, conflicts=(decided,)))
    assert result.conflicts == ()
    answers = [line for line in brakes(result).split("\n") if "customer" in line]
    assert len(answers) == len(said)
    assert all(any(part in answer for answer in answers) for part in said)


TOOLS: dict[str, dict[str, object]] = {
    "garage": {"name": "garage", "tools": ("Read", "Bash"), "model": "fast"},
    "shop": {"name": "shop", "tools": ("Edit", "Read"), "model": "deep"},
}


@pytest.mark.parametrize(
    ("decision", "value"),
    [
        (KeyDecision("tools", KeyMode.TAKE, ("shop",)), ("Edit", "Read")),
        (KeyDecision("tools", KeyMode.UNION, ("shop", "garage")), ("Read", "Bash", "Edit")),
        (KeyDecision("tools", KeyMode.INTERSECT, ("shop", "garage")), ("Read",)),
        (KeyDecision("tools", KeyMode.UNION, ("shop", "garage"), subtract=("Bash",)), ("Read", "Edit")),
        (KeyDecision("tools", KeyMode.VALUE, value=("Grep",)), ("Grep",)),
        (KeyDecision("tools", KeyMode.DROP), None),
    ],
)
def test_the_algebra_of_keys(decision: KeyDecision, value: object) -> None:
    """Lists are combined in the order of precedence, whatever order the decision names the variants in."""
    comparison = compared(**TOOLS)
    recipe = propose_recipe(comparison)
    keys = tuple(decision if one.key == "tools" else one for one in recipe.keys)
    assert made(comparison, replace(recipe, keys=keys)).profile.fields.get("tools") == value


def test_a_wider_tool_list_is_told_by_variant_and_tool() -> None:
    """A union gives each variant's agent tools that it did not have."""
    comparison = compared(**TOOLS)
    result = made(comparison, propose_recipe(comparison))
    assert result.widenings == (Widening("garage", "tools", ("Edit",)), Widening("shop", "tools", ("Bash",)))


def test_no_list_at_all_is_the_widest() -> None:
    """A variant without a list may use every tool: a union with it takes the limit away, and that is told."""
    comparison = compared(garage={"tools": ("Read",)}, shop={})
    recipe = propose_recipe(comparison)
    keys = (KeyDecision("tools", KeyMode.UNION, ("garage", "shop")),)
    result = made(comparison, replace(recipe, keys=keys))
    assert "tools" not in result.profile.fields
    assert result.widenings == (Widening("garage", "tools", ()),)


def test_what_one_variant_forbids_and_the_profile_does_not_is_told() -> None:
    """A tool that a variant denied is free again where only one of two denials is taken."""
    comparison = compared(garage={"disallowed_tools": ("Bash", "Write")}, shop={"disallowed_tools": ("Bash",)})
    recipe = propose_recipe(comparison)
    keys = (KeyDecision("disallowed_tools", KeyMode.TAKE, ("shop",)),)
    result = made(comparison, replace(recipe, keys=keys))
    assert result.widenings == (Widening("garage", "disallowed_tools", ("Write",)),)


def test_a_choice_that_nobody_made_is_open() -> None:
    """Scalars that differ are conflicts with the first variant's value meanwhile; accepting it closes them."""
    comparison = compared(**TOOLS)
    recipe = propose_recipe(comparison)
    result = made(comparison, recipe)
    assert result.profile.fields["model"] == "fast"
    assert {one.conflict.subject for one in result.conflicts} >= {"name", "model", "tools"}
    closed = replace(recipe, keys=tuple(replace(one, open=False) for one in recipe.keys))
    assert all(one.conflict.kind.value != "frontmatter" for one in made(comparison, closed).conflicts)


def test_names_that_no_file_can_have_are_changed_and_told() -> None:
    """A profile's name becomes a file name."""
    comparison = compared(garage={"name": "Señor Bike: Garage"}, shop={})
    result = made(comparison, propose_recipe(comparison))
    assert result.profile.name == "senor-bike-garage"
    assert [found.code for found in result.findings] == ["profile-name-changed"]


def test_keys_of_one_tool_are_kept() -> None:
    """What only a tool knows goes under its name; two variants of one tool that differ are told."""
    variants = [
        replace(variant("a", SHOP, tool="droid"), extensions={"hidden": True}),
        replace(variant("b", GARAGE, tool="droid"), extensions={"hidden": False, "limit": 3}),
    ]
    comparison = compare_variants(variants)
    result = merge(variants, propose_recipe(comparison), comparison)
    assert result.profile.extensions == {"droid": {"hidden": True, "limit": 3}}
    origins = {key: (origin.kind, origin.variant, origin.source_line) for key, origin in result.lock.fields.items()}
    assert origins["droid.hidden"] == ("variant", "a", 1)
    assert origins["droid.limit"] == ("variant", "b", 1)
    (told,) = [found for found in result.findings if found.code == "merge-extension-differs"]
    assert (told.line, told.column) == (1, 1)


def test_base_takes_one_variant_only() -> None:
    """Topics that the base does not have stand in the recipe as dropped."""
    comparison = compared()
    recipe = propose_recipe(comparison, strategy=Strategy(Mode.BASE, "shop"))
    result = made(comparison, recipe)
    assert titles(result.profile) == ["Brakes", "Wheels"]
    assert result.profile.role == "You run a bicycle workshop."
    assert [(topic.id, topic.reason) for topic in recipe.topics if topic.drop] == [("lights", "shop does not have it")]


def test_consensus_takes_what_enough_variants_say() -> None:
    """A statement of one variant alone is left out, and the recipe says by which rule."""
    comparison = compared()
    recipe = propose_recipe(comparison, strategy=Strategy(Mode.CONSENSUS, count=2))
    result = made(comparison, recipe)
    assert titles(result.profile) == ["Brakes"]
    assert "brake pads" in brakes(result)
    assert {topic.agree for topic in recipe.topics if topic.id != "opening"} == {2}


def test_what_a_recipe_names_must_be_there() -> None:
    """Sections and variants that do not exist are all reported, with a suggestion."""
    comparison = compared()
    recipe = propose_recipe(comparison)
    recipe = with_topic(recipe, "wheels", sections={"shop": "wheel"}, take=("shop", "garage"))
    with pytest.raises(UserError) as caught:
        made(comparison, recipe)
    assert [str(problem) for problem in caught.value.problems] == [
        "recipe.yaml:1:1: the variant 'shop' has no section 'wheel'\n  did you mean 'wheels'?",
        "recipe.yaml:1:1: the topic 'wheels' has no section of 'garage'\n"
        "  add `garage: <section id>` to the topic's `sections`, or take another variant",
    ]


def test_a_section_that_no_topic_names_is_told() -> None:
    """Text that nobody decided about is not lost in silence."""
    comparison = compared()
    recipe = propose_recipe(comparison)
    recipe = replace(recipe, topics=tuple(topic for topic in recipe.topics if topic.id != "lights"))
    assert [found.code for found in made(comparison, recipe).findings if found.code.startswith("recipe")] == [
        "recipe-section-unused"
    ]
