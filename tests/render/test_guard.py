"""What a file lets an agent do beyond its profile, in the cases that are easily told wrongly."""

from __future__ import annotations

import pytest

from agentgen.profile.model import Approval, Profile
from agentgen.render.engine import render_profile
from agentgen.render.model import Outcome, Rendering
from tests.render.loading import targets


def rendered(
    target: str, *approvals: Approval, extensions: dict[str, object] | None = None, **fields: object
) -> Rendering:
    given = {"name": "reviewer", "description": "Reviews.", **fields}
    profile = Profile(given, "You review.\n", extensions={target: dict(extensions or {})}, approvals=approvals)
    return render_profile(profile, target, targets())


@pytest.mark.parametrize("target", ["opencode", "kilo-code"])
@pytest.mark.parametrize("tool", ["mcp__my_server__do_it", "mcp__my_server"])
def test_a_server_with_an_underscore_is_no_widening(target: str, tool: str) -> None:
    """Where server and tool make one name, that name is all that the file allows."""
    made = rendered(target, tools=("Read", tool))
    assert not made.blocked
    assert "my_server" in made.text


def test_a_denied_tool_is_not_excused_by_its_name() -> None:
    """A name that a denied tool shares is not given to the other one."""
    made = rendered("opencode", tools=("mcp__a_b__c",), disallowed_tools=("mcp__a_b__c",))
    assert made.blocked or "a_b_c: allow" not in made.text


@pytest.mark.parametrize("target", ["roo-code", "opencode", "kiro-json", "cline"])
def test_only_tools_that_give_too_much_are_to_be_left_out(target: str) -> None:
    """A name that stands for several tools, all of which the profile allows, gives nothing more."""
    tools = ("Read", "Grep", "Glob", "LS", "Edit", "Write", "Bash(git diff:*)")
    leave_out = {name for each in rendered(target, tools=tools).ledger.widenings for name in each.leave_out}
    assert leave_out <= {"Bash(git diff:*)"}


@pytest.mark.parametrize("target", ["kiro", "qwen-code"])
def test_a_denied_pattern_that_cannot_be_said_takes_the_tool_away(target: str) -> None:
    """The ledger says so, and does not speak of giving."""
    made = rendered(target, tools=("Read", "Bash"), disallowed_tools=("Bash(rm:*)",))
    entry = next(each for each in made.ledger.entries if each.part == "denied-tool")
    assert entry.outcome is Outcome.APPROXIMATED
    assert entry.reason == "the pattern 'rm:*' cannot be said: the whole tool is denied"


@pytest.mark.parametrize("key", ["Readonly", "READONLY", "Is_Background"])
def test_a_key_in_other_letters_is_no_way_around_a_limit(key: str) -> None:
    """A tool that reads keys in any case would take the last one."""
    approval = Approval("cursor", "tools", "widening", ("delegate", "mcp", "web"))
    made = rendered("cursor", approval, tools=("Read", "Grep", "Glob"), background=True, extensions={key: "false"})
    assert not made.blocked
    assert key not in made.text
    assert any(each.name == f"cursor.{key}" and each.reason for each in made.ledger.entries)
