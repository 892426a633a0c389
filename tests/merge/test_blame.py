"""Every line of a profile and of a rendered file is explained."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.merge.blame import blame_body, blame_file, blame_profile
from agentgen.merge.refresh import Files, refresh
from agentgen.profile.body import render_body
from agentgen.profile.lock import Origin
from agentgen.profile.store import load_lock
from agentgen.source import Source, encode
from tests.merge.helpers import read_variants, variant
from tests.merge.test_refresh import GARDEN, ORCHARD
from tests.merge.workshop import Workshop


@pytest.fixture
def shop() -> Workshop:
    workshop = Workshop({"garden": GARDEN, "orchard": ORCHARD}, {"garden": {"name": "gardener", "model": "fast"}})
    workshop.merge()
    return workshop


def blamed(shop: Workshop) -> dict[str, tuple[str, str | None, int | None, str]]:
    """Origin, variant, line and decision of each line of the body, by its text."""
    lock = load_lock(Source("lock", encode(shop.lock or "")))
    lines = blame_body(shop.result(), lock)
    assert "\n".join(line.text for line in lines) + "\n" == shop.body()
    return {
        line.text: (line.origin.kind, line.origin.variant, line.origin.source_line, line.origin.decision)
        for line in lines
    }


def test_a_line_is_blamed_on_its_variant_and_line(shop: Workshop) -> None:
    """Statements and headings name file, line and the topic that chose them; blank lines are the template's."""
    lines = blamed(shop)
    assert lines["You are a careful gardener."] == ("variant", "garden", 1, "topics/opening")
    assert lines["## Watering"] == ("variant", "garden", 3, "topics/watering")
    assert lines["- Collect rain in the barrel first"] == ("variant", "orchard", 6, "topics/watering")
    assert lines[""] == ("template", None, None, "")


def test_what_the_recipe_says_is_the_recipes(shop: Workshop) -> None:
    """Titles, bodies and statements written in the recipe name the entry that holds them."""
    shop.replace("recipe", "    title: Harvest\n", "    title: Picking\n    mine: |\n      - Pick in the morning\n")
    items = "    items:\n      - statement: You are a careful gardener.\n        replace: You garden.\n"
    shop.replace("recipe", "    take: [garden]\n  - id: watering", f"    take: [garden]\n{items}  - id: watering")
    shop.merge()
    lines = blamed(shop)
    assert lines["## Picking"] == ("recipe", None, None, "topics/harvest")
    assert lines["- Pick in the morning"] == ("recipe", None, None, "topics/harvest/mine")
    assert lines["You garden."] == ("recipe", None, None, "topics/opening/items/0")


def test_what_a_hand_wrote_is_the_hands(shop: Workshop) -> None:
    """Edited and added lines are a hand's; the others keep their place."""
    shop.replace("profile", "- Check the pump for leaks", "- Check the pump\n      - Call me first")
    shop.merge()
    lines = blamed(shop)
    assert lines["- Check the pump"][0] == lines["- Call me first"][0] == "hand"
    assert lines["- Collect rain in the barrel first"][:3] == ("variant", "orchard", 6)


def test_a_rendered_file_is_explained_too(shop: Workshop) -> None:
    """Frontmatter lines are blamed on the field they show, whatever the target calls it; the rest is the template's."""
    lock = load_lock(Source("lock", encode(shop.lock or "")))
    text = f"---\nname: gardener\nengine: fast\n---\n{shop.body()}"
    lines = blame_file(text, shop.result(), lock, keys={"engine": "model"})
    assert [line.text for line in lines] == text.split("\n")[:-1]
    origins = {line.text: (line.origin.kind, line.origin.decision) for line in lines}
    assert origins["name: gardener"] == ("variant", "keys/name")
    assert origins["engine: fast"] == ("variant", "keys/model")
    assert origins["---"] == ("template", "")
    assert origins["## Pruning"] == ("variant", "topics/pruning")


def test_every_line_of_the_profiles_file_is_explained(shop: Workshop) -> None:
    """Entries, text and comments of profile.yaml all have an origin."""
    shop.replace("profile", "role: |", "# checked in May\nrole: |")
    shop.merge()
    lock = load_lock(Source("lock", encode(shop.lock or "")))
    lines = blame_profile(Source("profile.yaml", encode(shop.profile or "")), lock)
    assert [line.text for line in lines] == (shop.profile or "").split("\n")[:-1]
    origins = {line.text.strip(): line.origin.kind for line in lines}
    assert origins["model: fast"] == origins["- Cut dead wood in March"] == origins["title: Pruning"] == "variant"
    assert origins["# checked in May"] == "hand"
    assert origins["- id: pruning"] == origins["from: [garden]"] == "recipe"
    assert origins["agentgen: 1"] == origins["role: |"] == "template"


@pytest.mark.corpus
def test_the_seeds_are_explained_to_the_last_line(seeds: list[Path]) -> None:
    """No statement of the union of the seeds is left to hand or template: each names a line that says so."""
    variants = {variant.id: variant for variant in read_variants(seeds)}
    result = refresh(compare_variants(list(variants.values())), Files())
    lines = blame_body(result.merged.profile, result.merged.lock)
    assert "".join(f"{line.text}\n" for line in lines) == render_body(result.merged.profile)
    counts = Counter(line.origin.kind for line in lines if line.text)
    assert set(counts) <= {"variant", "recipe"}
    for line in lines:
        if line.origin.kind == "variant" and not line.text.startswith("#"):
            source = variants[line.origin.variant or ""].document.source
            there = source.slice(source.line_span(line.origin.source_line or 0)).strip()
            assert line.text.strip().lstrip("-*0123456789.) []x") in there or there in line.text


@pytest.mark.parametrize(
    ("section", "line", "origin"),
    [
        ("watering", "- Collect rain in the barrel first", ("orchard", 6, "topics/watering")),
        ("pruning", "- Cut dead wood in March", ("garden", 10, "topics/pruning")),
    ],
)
def test_a_section_that_a_hand_renamed_keeps_its_lines_origins(
    shop: Workshop, section: str, line: str, origin: tuple[str, int, str]
) -> None:
    """Its identifier is new: it is found by the lines that it shares with the merge's."""
    shop.replace("profile", f"id: {section}", "id: rain")
    lines = blamed(shop)
    assert lines[line] == ("variant", *origin)
    assert lines[f"## {section.title()}"][0] == "hand"


def test_without_the_merges_profile_every_line_is_a_hands(shop: Workshop) -> None:
    """A lock that does not hold it knows nothing of the lines; blank ones are the template's all the same."""
    lock = replace(load_lock(Source("lock", encode(shop.lock or ""))), base="")
    kinds = {(bool(line.text), line.origin.kind) for line in blame_body(shop.result(), lock)}
    assert kinds == {(True, "hand"), (False, "template")}


def test_approvals_and_the_handling_of_prose_are_the_recipes(shop: Workshop) -> None:
    """They stand in the profile as the recipe says them, each line under the name of the entry."""
    text = (
        "agentgen: 1\nname: gardener\nrole: You garden.\nprose: {tool_names: map}\n"
        "approvals:\n  - {target: shed, field: color, kind: drop, reason: nobody looks}\n"
    )
    lock = load_lock(Source("lock", encode(shop.lock or "")))
    origins = {line.text.strip(): line.origin for line in blame_profile(Source("profile.yaml", encode(text)), lock)}
    assert origins["prose: {tool_names: map}"] == Origin(1, "recipe", decision="prose")
    assert origins["approvals:"] == Origin(1, "recipe", decision="approvals")
    assert next(origin for line, origin in origins.items() if line.startswith("- {target")) == origins["approvals:"]
    assert origins["agentgen: 1"].kind == "template"


def test_a_value_is_blamed_on_the_line_of_its_variant_or_on_the_recipe() -> None:
    """A key that the recipe writes names its entry; one that was taken names the line where it stands."""
    front = "---\nname: one\ncolor: red\nmodel: fast\n---\n"
    shop = Workshop({"a": f"{front}{GARDEN}"}, {"a": {"name": "one", "color": "red", "model": "fast"}})
    shop.merge()
    shop.recipe = re.sub(r"(?m)^  color:(.*\n)(    .*\n)*", "  color: {value: blue}\n", shop.recipe or "")
    shop.merge()
    lock = load_lock(Source("lock", encode(shop.lock or "")))
    lines = blame_profile(Source("profile.yaml", encode(shop.profile or "")), lock)
    origins = {line.text: line.origin for line in lines}
    assert origins["color: blue"] == Origin(1, "recipe", decision="keys/color")
    assert origins["model: fast"] == Origin(1, "variant", "a", 4, "keys/model")


def test_a_value_of_a_variant_without_frontmatter_is_blamed_on_its_first_line(shop: Workshop) -> None:
    """It was told from outside of the file."""
    lock = load_lock(Source("lock", encode(shop.lock or "")))
    assert lock.fields["model"] == Origin(1, "variant", "garden", 1, "keys/model")


def test_text_that_moves_to_the_left_edge_keeps_its_shape_and_lines() -> None:
    """An indented paragraph and code of the second variant: moved as a whole, each line blamed on its own."""
    note = "Water early.\n\n  Write the notes for everybody\n   who reads them\n\n  ```sh\n  make\n\n   tags\n  ```\n"
    texts = {"a": "## Notes\n\nKeep a book:\n\n- Of frost\n", "b": f"## Notes\n\n{note}"}
    shop = Workshop(texts, {"a": {"name": "one"}, "b": {"name": "one"}})
    shop.merge()
    assert shop.body().endswith("\nWrite the notes for everybody\n who reads them\n\n```sh\nmake\n\n tags\n```\n")
    lines = blamed(shop)
    found = ("Write the notes for everybody", " who reads them", "```sh", "make", " tags", "```")
    assert [lines[line][1:3] for line in found] == [("b", number) for number in (5, 6, 8, 9, 11, 12)]


def test_a_statement_that_stays_in_its_list_keeps_its_bytes() -> None:
    """Also lines that stand further in than its words, and blanks behind them."""
    odd = "- Water the young\n       beds by hand\n"
    texts = {"a": f"## Water\n\n{odd}- Close the tap\n", "b": "## Water\n\n- Close the tap\n- Roll up the hose\n"}
    shop = Workshop(texts, {"a": {"name": "one"}, "b": {"name": "one"}})
    shop.merge()
    assert shop.body().endswith(f"\n{odd}- Close the tap\n- Roll up the hose\n")


def test_each_line_of_a_wording_of_several_lines_is_blamed_on_its_own() -> None:
    """Also where another variant's wording stands in the place of the first one's."""
    short = "## Water\n- Water the young beds\n"
    long = "# Trees\n\n## Water\n- Water the young beds early in the\n  morning, before the sun is high\n"
    shop = Workshop({"a": short, "b": long}, {"a": {"name": "one"}, "b": {"name": "one"}})
    shop.merge()
    lines = blamed(shop)
    assert lines["- Water the young beds early in the"][:3] == ("variant", "b", 4)
    assert lines["  morning, before the sun is high"][:3] == ("variant", "b", 5)


def test_a_key_that_only_one_tool_has_is_blamed_on_its_variant() -> None:
    """The entries of `extensions` in the profile's file, line by line; one that a hand added is the hand's."""
    names = ("garden", "orchard")
    garden, orchard = (variant(name, text, name=name) for name, text in zip(names, (GARDEN, ORCHARD), strict=True))
    told = replace(garden, extensions={"season": "spring", "tags": {"soil": ["clay", "sand"]}})
    result = refresh(compare_variants([told, orchard]), Files())
    text = result.profile.replace("season: spring\n", "season: spring\n    pond: deep\n")
    assert text != result.profile
    lock = load_lock(Source("lock", encode(result.lock)))
    origins = {line.text.strip(): line.origin for line in blame_profile(Source("profile.yaml", encode(text)), lock)}
    assert (origins["season: spring"].kind, origins["season: spring"].variant) == ("variant", "garden")
    assert origins["pond: deep"].kind == "hand"
    assert {origin.variant for line, origin in origins.items() if "clay" in line} == {"garden"}
