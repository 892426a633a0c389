"""What holds for every comparison: rows, ids, titles, order, parents, evidence, pins."""

from __future__ import annotations

import re

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Comparison, Status
from tests.compare.helpers import members, shared_rows, variants

TEXTS = {
    "a": """---
name: cook
---

You are a cook.

# Kitchen

## Hygiene

- Wash your hands
- Clean the board after meat

## Menu planning

- Buy what is in season
- Plan leftovers

### Allergies

- Ask each guest about nuts
""",
    "b": """You are the cook of a school.

## Menu planning

- Plan what to do with leftovers
- Buy seasonal food

### Allergies

- Ask parents about nuts and milk

## Hygiene

- Wash hands
- Clean boards after meat

## Washing up

- Glasses first
""",
}


def comparison() -> Comparison:
    return compare_variants(variants(TEXTS))


def test_every_section_is_in_exactly_one_row() -> None:
    """No section is lost or shown twice, and a row has at most one section of a variant."""
    result = comparison()
    places = [(found.variant, found.section) for topic in result.topics for found in topic.sections]
    wanted = [(one.id, section.id) for one in result.variants for section in one.document.sections]
    assert sorted(places) == sorted(wanted)
    for topic in result.topics:
        names = [found.variant for found in topic.sections]
        assert names == sorted(set(names))


def test_ids_are_unique_slugs_of_the_titles() -> None:
    """Ids are lower-case ASCII with hyphens; the opening has the id `opening`."""
    result = comparison()
    ids = [topic.id for topic in result.topics]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids)
    assert result.topics[0].id == "opening"
    assert result.topic("menu-planning").title == "Menu planning"


def test_equal_titles_get_numbers() -> None:
    """Two rows with one title have different ids."""
    text = "You count.\n\n## One\n\n### Notes\n\n- apples and pears\n\n## Two\n\n### Notes\n\n- cars and bikes\n"
    ids = [topic.id for topic in compare_variants(variants({"a": text})).topics]
    assert ids == ["opening", "one", "notes", "two", "notes-2"]


def test_a_heading_called_opening_does_not_take_the_id() -> None:
    """The id `opening` belongs to the opening statement alone."""
    text = "You are a clerk.\n\n## Opening\n\n- The shop opens at nine\n"
    assert [topic.id for topic in compare_variants(variants({"a": text})).topics] == ["opening", "opening-2"]
    plain = "## Opening\n\n- The shop opens at nine\n"
    assert [topic.id for topic in compare_variants(variants({"a": plain})).topics] == ["opening-2"]


@pytest.mark.parametrize(
    ("heading", "title", "slug"),
    [
        ("## 3. **Ship** `it`:", "Ship it", "ship-it"),
        ("## Phase 2: Build", "Build", "build"),
        ("## Ärger & Söhne", "Ärger & Söhne", "arger-sohne"),
        ("## 日本", "日本", "topic"),
        ("## #", "Untitled", "untitled"),
    ],
)
def test_titles_come_without_numbering_and_markup(heading: str, title: str, slug: str) -> None:
    """A title is the heading as words; an id exists for any script."""
    result = compare_variants(variants({"a": f"You work.\n\n{heading}\n\n- something to do\n"}))
    assert (result.topics[1].title, result.topics[1].id) == (title, slug)


def test_the_title_is_the_most_common_heading() -> None:
    """Two of three variants agree on the heading; the third one's comes second."""
    texts = {
        name: f"You bake.\n\n## {heading}\n\n- Knead for ten minutes\n- Rest the dough overnight\n- Bake it hot\n"
        for name, heading in (("a", "Making bread"), ("b", "Bread"), ("c", "bread"))
    }
    result = compare_variants(variants(texts))
    assert result.topics[1].title in {"Bread", "bread"}
    assert len(result.topics[1].sections) == 3


def test_children_stand_below_their_parent() -> None:
    """A row's parent is the row that holds most of the sections above; parents come first, without cycles."""
    result = comparison()
    assert result.topic("allergies").parent == "menu-planning"
    ids = [topic.id for topic in result.topics]
    for topic in result.topics:
        assert topic.parent is None or ids.index(topic.parent) < ids.index(topic.id)


def test_a_title_and_an_opening_are_nobodys_parent() -> None:
    """What stands below the title of one file is on the same level as in a file without title."""
    texts = {
        "a": "# Gardener\n\nYou are a gardener.\n\n## Pruning\n\n- Cut above a bud\n",
        "b": "You are a gardener.\n\n## Pruning\n\n- Cut just above the bud\n",
    }
    result = compare_variants(variants(texts))
    assert [(topic.id, topic.parent) for topic in result.topics] == [("opening", None), ("pruning", None)]


def test_parents_of_crossed_rows_make_no_cycle() -> None:
    """Where one file nests what the other nests the other way round, following parents comes to an end."""
    texts = {
        "a": "You sail.\n\n## Knots\n\n### Ropes\n\n- Coil ropes dry\n- Replace chafed ropes\n",
        "b": "You sail.\n\n## Ropes\n\n- Coil ropes dry\n- Replace ropes that chafe\n\n### Knots\n\n- Bowline first\n",
    }
    result = compare_variants(variants(texts))
    parents = {topic.id: topic.parent for topic in result.topics}
    for name in parents:
        seen: list[str] = []
        at: str | None = name
        while at is not None:
            assert at not in seen
            seen.append(at)
            at = parents[at]


def test_sections_carry_their_places() -> None:
    """Heading, level, 1-based lines of the file and the headings above."""
    found = next(place for place in comparison().topic("allergies").sections if place.variant == "a")
    assert (found.heading, found.level, found.path) == ("Allergies", 3, ("Kitchen", "Menu planning"))
    lines = TEXTS["a"].split("\n")
    assert lines[found.line - 1] == "### Allergies"
    assert lines[found.end_line - 1] == "- Ask each guest about nuts"


def test_rows_say_why_and_how_sure() -> None:
    """A row of several has evidence and a confidence; a row of one needs none."""
    result = comparison()
    hygiene = result.topic("hygiene")
    assert {one.kind for one in hygiene.evidence} >= {"heading", "words"}
    assert 0.5 < hygiene.confidence <= 1
    assert all(0 < one.weight <= 1 for topic in result.topics for one in topic.evidence)
    assert [one.kind for one in result.topic("opening").evidence][:1] == ["opening"]
    alone = result.topic("washing-up")
    assert (alone.confidence, alone.evidence, alone.status) == (1.0, (), Status.ONLY)


def test_near_rows_are_linked_and_not_merged() -> None:
    """`see also` names other rows of the comparison, both ways."""
    texts = {
        "a": "You guard.\n\n## Performance and caching\n\n- Cache what is read often\n- Set a time to live\n"
        "- Measure hits\n",
        "b": "You guard.\n\n## Performance\n\n- Profile before you tune\n- Measure hits per second\n\n"
        "## Caching\n\n- Cache what is read often\n- Set the time to live\n- Measure the hits\n",
    }
    result = compare_variants(variants(texts))
    links = {topic.id: set(topic.see_also) for topic in result.topics}
    assert any(links.values())
    for name, others in links.items():
        assert name not in others
        assert all(name in links[other] for other in others)


def test_pinned_rows_are_as_the_recipe_says() -> None:
    """A pin joins what nothing else would and keeps apart what it does not name."""
    pins = [{"a": "hygiene", "b": "washing-up"}, {"b": "hygiene"}]
    result = compare_variants(variants(TEXTS), pins=pins)
    rows = [members(topic) for topic in result.topics]
    assert ["a: Hygiene", "b: Washing up"] in rows
    assert ["b: Hygiene"] in rows
    pinned = next(topic for topic in result.topics if members(topic) == ["a: Hygiene", "b: Washing up"])
    assert ([one.kind for one in pinned.evidence][:1], pinned.confidence) == (["pinned"], 1.0)


def test_pins_of_what_is_gone_are_passed_over() -> None:
    """A recipe may name sections and variants that no longer exist."""
    pins = [{"a": "no-such-section", "b": "hygiene"}, {"z": "hygiene"}]
    result = compare_variants(variants(TEXTS), pins=pins)
    assert ["a: Hygiene", "b: Hygiene"] in shared_rows(result)


def test_a_new_variant_joins_a_pinned_row() -> None:
    """What the recipe does not mention is matched as always, with pinned rows too."""
    pins = [{"a": "menu-planning"}]
    result = compare_variants(variants(TEXTS), pins=pins)
    assert ["a: Menu planning", "b: Menu planning"] in shared_rows(result)


def test_a_pinned_opening_is_the_opening() -> None:
    """The row that a recipe gives for the opening statements keeps the id `opening`."""
    result = compare_variants(variants(TEXTS), pins=[{"a": "preamble", "b": "preamble"}])
    assert members(result.topic("opening")) == ["a: ", "b: "]
    assert len({topic.id for topic in result.topics}) == len(result.topics)


def test_ids_must_differ() -> None:
    """Two variants with one id are a mistake of the caller."""
    one = variants({"a": "You work."})
    with pytest.raises(ValueError, match="same id"):
        compare_variants([*one, *one])


@pytest.mark.parametrize("text", ["", "\n\n", "---\nname: x\n---\n", "# Only a heading\n", "```\nopen fence\n"])
def test_files_with_next_to_nothing_can_be_compared(text: str) -> None:
    """Empty bodies, lone headings and unclosed fences are compared like anything else."""
    result = compare_variants(variants({"a": text, "b": "You work.\n\n## Rules\n\n- One rule\n"}))
    assert sum(len(topic.sections) for topic in result.topics) == sum(
        len(one.document.sections) for one in result.variants
    )


def test_no_variant_gives_an_empty_comparison() -> None:
    """Nothing in, nothing out."""
    assert compare_variants([]).topics == ()


def test_one_variant_has_one_row_for_each_section() -> None:
    """Alone, a file is compared with nobody."""
    result = compare_variants(variants({"a": TEXTS["a"]}))
    assert all(len(topic.sections) == 1 for topic in result.topics)


def test_each_row_has_an_id_of_its_own() -> None:
    """Equal titles are numbered, also around a title that looks like a numbered one."""
    headings = ("Part", "Part", "Part 2", "Part", "Part 2")
    text = "# Agent\n\n" + "".join(
        f"## {heading}\n\n- Say {number} of them.\n\n" for number, heading in enumerate(headings)
    )
    ids = [topic.id for topic in compare_variants(variants({"a": text, "b": "# Agent\n\n- Be brief.\n"})).topics]
    assert len(ids) == len(set(ids))
    assert {"part", "part-2"} <= set(ids)
