"""An edit made in a rendered file comes back out of the profile byte for byte, or is refused and changes nothing."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentgen.errors import UserError
from agentgen.profile.model import Profile, ProfileSection
from agentgen.profile.store import dump_profile, load_profile
from agentgen.render.absorb import absorb, rendered_part
from agentgen.render.engine import render_profile
from agentgen.render.splice import put_part
from agentgen.source import Source, encode, split_lines
from tests.render.loading import targets

from .profiles import profiles

NAMES = [target.name for target in targets()]

AGENT = Profile(
    fields={
        "name": "gardener",
        "description": "Looks after a garden.",
        "tools": ("Read", "Edit", "Bash"),
        "model": "inherit",
    },
    role="You look after a garden.",
    sections=(
        ProfileSection("watering", "Watering", "- Water at dawn\n- Check the pump\n- Mind the hose"),
        ProfileSection(
            "tools",
            "Tools and Sheds",
            "Lock the shed.",
            sections=(ProfileSection("blades", "Blades", "1. Oil them\n2. Sharpen them"),),
        ),
        ProfileSection("closing", "Closing", "- Say what was done"),
    ),
)


def edited(text: str, seed: int) -> str:
    """The text with one to three lines changed, put in, taken out or swapped."""
    chance = random.Random(seed)
    lines = split_lines(text)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(lines)) if lines else 0
        kind = chance.choice(["change", "insert", "delete", "swap", "word", "blank"])
        if kind == "insert" or not lines:
            lines.insert(
                place, chance.choice(["- Feed the birds\n", "## Pets\n", "**Note**\n", "```\n", "| a | b |\n"])
            )
        elif kind == "delete":
            del lines[place]
        elif kind == "swap":
            other = chance.randrange(len(lines))
            lines[place], lines[other] = lines[other], lines[place]
        elif kind == "blank":
            lines.insert(place, chance.choice(["\n", "  \n", "\t\n"]))
        else:
            lines[place] = re.sub(
                r"[A-Za-z]+", chance.choice(["Execute", "x", "sonnet", "high"]), lines[place], count=1
            )
    return "".join(lines)


def file_of(profile: Profile, name: str) -> str:
    """The whole file that a profile is rendered into, where nobody else writes to it."""
    made = render_profile(profile, name, targets())
    return put_part("", made.shared, rendered_part(made)) if made.shared else made.text


def stands(text: str, profile: Profile, name: str) -> bool:
    """Whether rendering leaves the file as it is."""
    made = render_profile(profile, name, targets())
    return (put_part(text, made.shared, rendered_part(made)) if made.shared else made.text) == text


def tried(text: str, profile: Profile, name: str) -> bool:
    """The same; what is no valid TOML, JSON or YAML any more is not absorbed either."""
    try:
        return holds(text, profile, name)
    except UserError:
        return False


def holds(text: str, profile: Profile, name: str) -> bool:
    """Check the law for one edited file; whether the edit was absorbed."""
    found = absorb(text, "file", profile, name, targets())
    if found.refusals:
        assert found.profile == profile
        assert all(problem.message and problem.hint for problem in found.refusals)
        return False
    assert stands(text, found.profile, name)
    kept = load_profile(Source("profile.yaml", encode(dump_profile(found.profile))))
    assert stands(text, kept, name)
    return True


@pytest.mark.parametrize("name", NAMES)
def test_a_random_edit_comes_back_or_is_refused(name: str) -> None:
    """Thirty edits of each tool's file; what is absorbed renders to the edited bytes, also from the YAML file."""
    text = file_of(AGENT, name)
    absorbed = 0
    for seed in range(30):
        absorbed += tried(edited(text, seed), AGENT, name)
    assert absorbed


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Check the pump", "Check the pump twice"),
        ("Say what was done", "Say what was done, and what was not"),
        ("You look after a garden.", "You look after two gardens."),
        ("Sharpen them", "Sharpen them (`file`), {{ 7*7 }}"),
    ],
)
def test_an_edit_of_the_text_is_absorbed_for_every_tool(name: str, old: str, new: str) -> None:
    """Only its own section changes."""
    text = file_of(AGENT, name)
    assert text.count(old) == 1
    assert holds(text.replace(old, new), AGENT, name)


@given(profile=profiles(), name=st.sampled_from(NAMES), seed=st.integers(0, 10_000))
def test_the_law_holds_for_any_profile(profile: Profile, name: str, seed: int) -> None:
    """Hostile texts, other tools' fields, sections for some targets only."""
    text = file_of(profile, name)
    tried(edited(text, seed), profile, name)


@given(profile=profiles(), name=st.sampled_from(NAMES))
def test_a_file_that_nobody_edited_changes_nothing(profile: Profile, name: str) -> None:
    """Absorbing what was just rendered is the same profile."""
    text = file_of(profile, name)
    assert absorb(text, "file", profile, name, targets()).profile == profile
