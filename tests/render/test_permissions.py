"""A denied pattern is an exception from what is allowed, and never allows what was denied."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from agentgen.profile.model import Profile
from agentgen.render.engine import render_profile
from agentgen.render.targets import load_targets

TARGETS = load_targets([Path(__file__).resolve().parents[2] / "templates"])


@pytest.mark.parametrize(
    ("tools", "denied", "bash"),
    [
        (("Read", "Bash"), ("Bash(rm:*)",), {"*": "allow", "rm": "deny", "rm *": "deny"}),
        (None, ("Bash(rm:*)",), {"*": "allow", "rm": "deny", "rm *": "deny"}),
        (("Read", "Bash(git diff:*)"), ("Bash(git diff:*)",), {"*": "deny", "git diff": "deny", "git diff *": "deny"}),
        (("Read",), ("Bash(rm:*)",), "deny"),
        (("Read", "Bash"), ("Bash",), "deny"),
    ],
)
def test_a_denied_pattern_stands_behind_what_is_allowed(
    tools: tuple[str, ...] | None, denied: tuple[str, ...], bash: object
) -> None:
    """In a map in which the last match wins: an exception comes last, and a tool that is denied stays denied."""
    fields = {"name": "keeper", "description": "Keeps bees. Use for bees.", "disallowed_tools": denied}
    profile = Profile(fields if tools is None else {**fields, "tools": tools}, "You keep bees.")
    text = render_profile(profile, "opencode", TARGETS).text
    found = yaml.safe_load(text.split("---\n")[1])["permission"]["bash"]
    assert json.dumps(found) == json.dumps(bash)
