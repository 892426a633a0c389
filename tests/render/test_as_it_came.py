"""A file goes back to the tool that it came from, also where that tool never held what the file asks for."""

from __future__ import annotations

import tomllib

import pytest

from agentgen.profile.model import Profile
from agentgen.render.canonical import read_fields
from agentgen.render.engine import render_profile
from agentgen.render.guard import unapproved
from agentgen.render.model import Rendering
from tests.render.loading import targets

HINTS = [
    ("codex", {"name": "a", "description": "d", "sandbox_mode": "read-only", "web_search": "disabled"}),
    ("agent-skills", {"name": "a", "description": "d", "allowed-tools": "Read Grep"}),
    ("claude-code", {"name": "a", "description": "d", "tools": "Read, WebFetch(domain:x.example)"}),
]


def rendered(tool: str, values: dict[str, object], name: str, **more: object) -> Rendering:
    """A file of a tool with these keys, rendered for the target `name`; `more` are fields that somebody changed."""
    read = read_fields(values, targets()[tool], targets().vocabulary)
    profile = Profile({**read.fields, **more}, "You are an agent.", extensions={tool: read.extensions})
    return render_profile(profile, name, targets())


@pytest.mark.parametrize(("tool", "values"), HINTS)
def test_a_hint_comes_back_and_is_no_widening(tool: str, values: dict[str, object]) -> None:
    """The agent can do there what it could do before; every key is in the file again."""
    made = rendered(tool, values, tool)
    assert not made.blocked
    assert all(str(value) in made.text for value in values.values())
    assert not unapproved(made.ledger)


@pytest.mark.parametrize(("tool", "values"), HINTS)
def test_for_every_other_tool_it_is_a_restriction(tool: str, values: dict[str, object]) -> None:
    """Its author meant it: a list where there are lists, and refused where there are none."""
    assert rendered(tool, values, "goose").blocked
    denied = read_fields(values, targets()[tool], targets().vocabulary).fields
    assert "Bash" not in denied.get("tools", ("Read",))


@pytest.mark.parametrize(("tool", "values"), HINTS)
def test_a_profile_that_restricts_otherwise_is_refused_as_ever(tool: str, values: dict[str, object]) -> None:
    """What somebody took away since did not come from that file."""
    assert rendered(tool, values, tool, tools=("Read", "Bash(git diff:*)")).blocked


def test_the_sandbox_of_a_role_survives() -> None:
    """In its own words."""
    text = rendered("codex", dict(HINTS[0][1]), "codex").text
    assert tomllib.loads(text) == {**HINTS[0][1], "developer_instructions": "You are an agent.\n"}
