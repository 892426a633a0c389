"""Hands and upstream: both survive."""

from __future__ import annotations

from dataclasses import replace

import pytest

from agentgen.merge.three_way import WHOLE, merge_profiles
from agentgen.merge.units import merge_bodies
from agentgen.profile.model import Layout, Profile, ProfileSection

BASE = Profile(
    fields={"name": "keeper", "tools": ("Read", "Grep"), "model": "fast"},
    role="You keep bees.",
    sections=(
        ProfileSection("smoke", "Smoke", "- light the smoker\n- wait a minute"),
        ProfileSection("frames", "Frames", "- count the brood", (ProfileSection("queen", "Queen", "- look for her"),)),
        ProfileSection("honey", "Honey", "- weigh the supers"),
    ),
)


def with_section(profile: Profile, name: str, **changes: object) -> Profile:
    sections = tuple(replace(one, **changes) if one.id == name else one for one in profile.sections)  # type: ignore[arg-type]
    return replace(profile, sections=sections)


def without(profile: Profile, name: str) -> Profile:
    return replace(profile, sections=tuple(one for one in profile.sections if one.id != name))


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("- a\n- b", "- a\n- b", "- a\n- b"),
        ("- b", "- a\n- b\n- c", "- b\n- c"),
        ("- b\n- a", "- a\n- new\n- b", "- b\n- a\n- new"),
        ("- a\n- x\n- b", "- a\n- x\n- b", "- a\n- x\n- b"),
        ("- a\n- x\n- b", "- a\n- y\n- b", "- a\n- x\n- y\n- b"),
        ("", "- a\n- b", ""),
        ("Intro.\n\n- a\n- b", "- a\n  - below\n- b", "Intro.\n\n- a\n  - below\n- b"),
    ],
)
def test_statements_changed_on_one_side_apply(mine: str, theirs: str, merged: str) -> None:
    """Edits, moves, deletions and insertions of both sides stand in the result, each once."""
    result = merge_bodies("- a\n- b", mine, theirs)
    assert (result.text, result.clashes) == (merged, ())


def test_edits_of_neighbours_both_apply() -> None:
    """Two sides may edit two statements that follow each other."""
    result = merge_bodies(
        "- light the smoker\n- wait a minute",
        "- light the smoker\n- wait a whole minute",
        "- light the old smoker\n- wait a minute",
    )
    assert (result.text, result.clashes) == ("- light the old smoker\n- wait a whole minute", ())


def test_numbers_count_on() -> None:
    """Steps that both sides add do not share a number."""
    result = merge_bodies("1. mix\n2. bake", "1. mix\n2. rest\n3. bake", "1. mix\n2. bake\n3. cool")
    assert result.text == "1. mix\n2. rest\n3. bake\n4. cool"


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        pytest.param("1. a\n2. b\n3. c", "1. a\n3. c", "1. A\n2. b\n3. c", "1. A\n2. c", id="a gap is closed"),
        pytest.param(
            "1. a\n2. b", "1. a\n2. x\n3. y\n4. b", "1. a\n2. b\n3. c", "1. a\n2. x\n3. y\n4. b\n5. c", id="pushed down"
        ),
        pytest.param("1. a\n1. b", "1. a\n1. b\n1. c", "1. A\n1. b", "1. A\n1. b\n1. c", id="all ones stay"),
        pytest.param(
            "4. a\n5. b\n\nThen:\n\n7. c",
            "4. a\n5. x\n\nThen:\n\n7. c",
            "4. A\n5. b\n\nThen:\n\n7. c",
            "4. A\n5. x\n\nThen:\n\n7. c",
            id="each list has its own beginning",
        ),
        pytest.param(
            "1. a\n2. b\n3. wait (5) hours",
            "1. a\n3. wait (5) hours",
            "1. A\n2. b\n3. wait (5) hours",
            "1. A\n2. wait (5) hours",
            id="other numbers of a step stay",
        ),
        pytest.param(
            "1. a\n\n   7.5 litres\n2. b\n\n7.5 pounds",
            "1. a\n\n   7.5 litres\n2. x\n\n7.5 pounds",
            "1. A\n\n   7.5 litres\n2. b\n\n7.5 pounds",
            "1. A\n\n   7.5 litres\n2. x\n\n7.5 pounds",
            id="a quantity is no step",
        ),
    ],
)
def test_only_steps_out_of_step_get_another_number(base: str, mine: str, theirs: str, merged: str) -> None:
    """Numbers go on from the one above in the same list, and everything else stands as it was written."""
    result = merge_bodies(base, mine, theirs)
    assert (result.text, result.clashes) == (merged, ())


def test_a_statement_changed_on_both_sides_is_one_clash() -> None:
    """The hand's words hold, and base, mine and theirs are told."""
    result = merge_bodies("- wait a minute", "- wait two minutes", "- wait half a minute")
    assert result.text == "- wait two minutes"
    assert [(one.base, one.mine, one.theirs) for one in result.clashes] == [
        ("- wait a minute", "- wait two minutes", "- wait half a minute")
    ]


def test_changes_of_one_side_apply() -> None:
    """Where only the hand or only the merge changed something, there is no question."""
    mine = with_section(BASE, "smoke", title="Smoking", body="- light the smoker\n- wait two minutes")
    theirs = with_section(replace(BASE, fields={**BASE.fields, "model": "deep"}), "honey", body="- weigh it twice")
    merged, conflicts = merge_profiles(BASE, mine, theirs)
    assert conflicts == ()
    assert merged.fields["model"] == "deep"
    assert [(one.title, one.body) for one in merged.sections] == [
        ("Smoking", "- light the smoker\n- wait two minutes"),
        ("Frames", "- count the brood"),
        ("Honey", "- weigh it twice"),
    ]


def test_what_a_hand_removed_stays_removed() -> None:
    """A section that was taken out by hand does not come back, nor does one that upstream took out."""
    merged, conflicts = merge_profiles(BASE, without(BASE, "smoke"), without(BASE, "honey"))
    assert ([one.id for one in merged.sections], conflicts) == (["frames"], ())


def test_removed_here_and_changed_there_is_a_question() -> None:
    """Nothing is lost in silence: the section stays removed meanwhile, and its new text is quoted."""
    theirs = with_section(BASE, "smoke", body="- use less smoke")
    merged, conflicts = merge_profiles(BASE, without(BASE, "smoke"), theirs)
    assert [one.id for one in merged.sections] == ["frames", "honey"]
    (conflict,) = conflicts
    assert (conflict.place, conflict.mine, conflict.theirs) == ("sections/smoke", None, "Smoke\n\n- use less smoke")
    assert conflict.base == "Smoke\n\n- light the smoker\n- wait a minute"
    back, none = merge_profiles(theirs, merged, theirs, {"sections/smoke": frozenset({WHOLE})})
    assert ([one.id for one in back.sections], none) == (["smoke", "frames", "honey"], ())


def test_a_renamed_section_is_the_same_one() -> None:
    """A hand that gives a section another id and title keeps both, and still gets upstream's statements."""
    mine = with_section(BASE, "smoke", id="smoker", title="The smoker")
    theirs = with_section(BASE, "smoke", body="- light the smoker\n- wait a minute\n- blow it out")
    merged, conflicts = merge_profiles(BASE, mine, theirs)
    first = merged.sections[0]
    assert (first.id, first.title, conflicts) == ("smoker", "The smoker", ())
    assert first.body == "- light the smoker\n- wait a minute\n- blow it out"
    assert [one.id for one in merged.sections] == ["smoker", "frames", "honey"]


def test_moves_and_new_sections_of_both_sides_stand() -> None:
    """Upstream's order holds unless the hand moved something; what one side added follows its neighbour."""
    smoke, frames, honey = BASE.sections
    mine = replace(BASE, sections=(honey, smoke, frames, ProfileSection("mine", "Mine", "by hand")))
    theirs = replace(BASE, sections=(smoke, ProfileSection("new", "New", "- new"), frames, honey))
    merged, conflicts = merge_profiles(BASE, mine, theirs)
    assert ([one.id for one in merged.sections], conflicts) == (["honey", "smoke", "new", "frames", "mine"], ())


def test_a_section_moved_below_another_keeps_its_changes() -> None:
    """Nesting is a change like any other."""
    smoke, frames, honey = BASE.sections
    mine = replace(BASE, sections=(smoke, replace(frames, sections=(*frames.sections, honey))))
    theirs = with_section(BASE, "honey", body="- weigh it twice")
    merged, _ = merge_profiles(BASE, mine, theirs)
    assert [one.id for one in merged.sections] == ["smoke", "frames"]
    assert [(one.id, one.body) for one in merged.sections[1].sections] == [
        ("queen", "- look for her"),
        ("honey", "- weigh it twice"),
    ]


def test_lists_are_merged_as_sets_and_choices_are_questions() -> None:
    """Tools that one side adds or removes apply; a model that both chose otherwise is a conflict."""
    mine = replace(BASE, fields={**BASE.fields, "tools": ("Read", "Edit"), "model": "deep"})
    theirs = replace(BASE, fields={**BASE.fields, "tools": ("Read", "Grep", "Bash"), "model": "balanced"})
    merged, conflicts = merge_profiles(BASE, mine, theirs)
    assert merged.fields["tools"] == ("Read", "Edit", "Bash")
    assert merged.fields["model"] == "deep"
    (conflict,) = conflicts
    assert (conflict.place, conflict.base, conflict.mine, conflict.theirs) == ("keys/model", "fast", "deep", "balanced")


def test_several_statements_of_a_section_are_one_question() -> None:
    """However many statements of a section both sides changed, it is asked about once."""
    mine = with_section(BASE, "smoke", body="- light the big smoker\n- wait two minutes")
    theirs = with_section(BASE, "smoke", body="- light the old smoker\n- wait three minutes")
    merged, conflicts = merge_profiles(BASE, mine, theirs)
    assert len(conflicts) == 1
    assert merged.sections[0].body == "- light the big smoker\n- wait two minutes"
    assert conflicts[0].theirs == "- light the old smoker\n- wait three minutes"


def test_keys_of_one_tool_are_merged_key_by_key() -> None:
    """Changes of both sides apply, what a side removed is gone, and one key with two new values is one question."""
    base = replace(BASE, extensions={"barn": {"color": "red", "level": "1", "old": "yes", "size": "s"}})
    mine = replace(
        BASE, extensions={"barn": {"color": "blue", "level": "1", "old": "yes", "size": "m"}, "shed": {"a": "1"}}
    )
    theirs = replace(BASE, extensions={"barn": {"color": "red", "level": "2", "size": "l"}})
    merged, conflicts = merge_profiles(base, mine, theirs)
    assert merged.extensions == {"barn": {"color": "blue", "level": "2", "size": "m"}, "shed": {"a": "1"}}
    (conflict,) = conflicts
    assert (conflict.place, conflict.base, conflict.mine, conflict.theirs) == ("keys/barn.size", "s", "m", "l")


def test_how_a_hand_wrote_what_stands_above_the_sections_holds() -> None:
    """The blank lines around it are a change like any other."""
    mine = replace(BASE, role_layout=Layout(below="\n\n"))
    theirs = with_section(BASE, "honey", body="- weigh it twice")
    merged, conflicts = merge_profiles(BASE, mine, theirs)
    assert (merged.role_layout, conflicts) == (Layout(below="\n\n"), ())
