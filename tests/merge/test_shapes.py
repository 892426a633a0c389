"""The shape of what is merged: levels, empty sections, lists that take statements in, and whose words stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.merge.combine import merge
from agentgen.merge.propose import propose_recipe
from agentgen.profile.body import render_body, walk
from agentgen.profile.model import Profile
from agentgen.profile.recipe import TopicDecision
from tests.merge.helpers import variant


def united(*texts: str) -> Profile:
    """The union of variants in the order of precedence."""
    variants = [variant(name, text, name="x") for name, text in zip("abc", texts, strict=False)]
    comparison = compare_variants(variants)
    return merge(variants, propose_recipe(comparison), comparison).profile


def test_one_variant_keeps_levels_and_empty_sections() -> None:
    """A level is stored only where it is not one below that of the section around it."""
    text = "# A\n\none\n\n#### C\n\nx\n\n##### D\n\ny\n\n## E\n\n## F\n\nz\n"
    profile = united(text)
    assert {section.id: section.layout.level for section in walk(profile.sections)} == {
        "a": 1,
        "c": 4,
        "d": None,
        "e": None,
        "f": None,
    }
    assert {section.layout.after for section in walk(profile.sections) if section.body} == {None}
    assert render_body(profile) == text


def test_a_section_that_only_holds_others_stays() -> None:
    """It has no text of its own in any variant."""
    one, two = (f"## Tools\n\n### Saw\n\n- Oil the saw each {when}\n" for when in ("evening", "evening in winter"))
    assert render_body(united(one, two)) == "\n## Tools\n\n### Saw\n\n- Oil the saw each evening in winter\n"


def test_a_heading_that_a_person_wants_without_text_stays() -> None:
    """One that no variant has, and nothing below it."""
    variants = [variant(name, f"## Tools\n\n- Oil the saw {name}\n", name="x") for name in ("daily", "weekly")]
    comparison = compare_variants(variants)
    recipe = propose_recipe(comparison)
    recipe = replace(recipe, topics=(*recipe.topics, TopicDecision("house", title="House rules")))
    assert render_body(merge(variants, recipe, comparison).profile).endswith("\n\n## House rules\n")


MIX, BAKE = "Mix the flour with cold water", "Bake the bread until it is brown"
REST, COOL = "Let the dough rest over night in the cellar", "Cool it on a rack by the window"


@pytest.mark.parametrize("other", [f"- {MIX}\n- {REST}\n- {BAKE}\n", f"  * {MIX}\n  * {REST}\n  * {BAKE}\n"])
def test_what_a_second_variant_says_inside_a_list_becomes_part_of_it(other: str) -> None:
    """With the list's marker and in its column, and the steps below count on."""
    profile = united(f"## Steps\n\n1. {MIX}\n2. {BAKE}\n", f"## Steps\n\n{other}")
    assert profile.sections[0].body == f"1. {MIX}\n2. {REST}\n3. {BAKE}"


def test_a_list_of_a_second_variant_alone_starts_at_the_left_edge() -> None:
    """However far in it stood."""
    profile = united(f"## Steps\n\n{MIX}.\n", f"## Steps\n\n{MIX}.\n\n  - {REST}\n  - {COOL}\n")
    assert profile.sections[0].body == f"{MIX}.\n\n- {REST}\n- {COOL}"


PADS = "Check the brake pads at every visit"


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        pytest.param(PADS, f"{PADS} we do", PADS, id="short words say nothing more"),
        pytest.param(
            PADS, "Check the brake pads at every new visit", "Check the brake pads at every new visit", id="others do"
        ),
        pytest.param(
            "Check every pad and every wheel",
            "Check every pad and every\n  wheel",
            "Check every pad and every wheel",
            id="a line break is no word",
        ),
    ],
)
def test_of_two_wordings_the_one_that_says_more_stands(first: str, second: str, stands: str) -> None:
    """Counted in distinct words; where both say as much, the first variant's."""
    assert united(f"## Brakes\n\n- {first}\n", f"## Brakes\n\n- {second}\n").sections[0].body == f"- {stands}"


@pytest.mark.parametrize("mark", ["-", "1."])
@pytest.mark.parametrize("above", [f"{MIX}.\n", f"Wait.\n\n{MIX}.\n"])
def test_a_list_stands_apart_from_the_text_above_it(above: str, mark: str) -> None:
    """Also where both come from different variants, and wherever in the section the text stands."""
    profile = united(f"## Steps\n\n{above}", f"## Steps\n\n{above}\n{mark} {REST}\n{mark} {COOL}\n")
    assert profile.sections[0].body == f"{above}\n{mark} {REST}\n{mark} {COOL}"


def test_a_text_behind_a_step_gets_no_number() -> None:
    """Where another variant's words for it are taken."""
    first = f"## Steps\n\n1. {MIX}\n\nCheck the brake pads at every visit\n"
    second = f"## Steps\n\n{BAKE}.\n\nCheck the brake pads at every new visit\n"
    body = united(first, second).sections[0].body
    assert body.startswith(f"1. {MIX}\n\n")
    assert "\nCheck the brake pads at every new visit" in body
