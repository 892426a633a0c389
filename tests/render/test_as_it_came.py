"""A file goes back to the tool that it came from, also where that tool never held what the file asks for."""

from __future__ import annotations

import json
import tomllib

import pytest
import yaml

from agentgen.profile.model import Approval, Profile
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
    profile = Profile({"name": "a", **read.fields, **more}, "You are an agent.", extensions={tool: read.extensions})
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


ASKING = {"*": "deny", "read": {"*": "allow", "*.env": "deny"}, "bash": {"*": "ask", "git *": "allow"}, "docs_*": "ask"}
OWN_WORDS = [
    pytest.param("opencode", {"description": "d", "permission": ASKING}, id="permissions that ask"),
    pytest.param("kilo-code", {"description": "d", "permission": {"skill": {"x-*": "deny"}}}, id="a pattern denied"),
    pytest.param("opencode", {"description": "d", "permission": {"my_srv_get": "allow", "*": "deny"}}, id="an order"),
    pytest.param("agent-skills", {"name": "a", "description": "d", "allowed-tools": "Bash(git:*) Read"}, id="a hint"),
    pytest.param("droid", {"name": "a", "description": "d", "tools": "Read, ApplyPatch"}, id="a tool of its own"),
    pytest.param(
        "claude-code",
        {"name": "a", "description": "d", "tools": "Read, Bash(npx x)", "disallowedTools": "Write, Edit"},
        id="a pattern beside denied tools",
    ),
    pytest.param(
        "github-copilot",
        {"name": "a", "description": "d", "tools": ["read", "Bash(git diff)"]},
        id="a pattern in a list without patterns",
    ),
    pytest.param("claude-code", {"name": "a", "description": "d", "model": "eu.vendor.some-model-v1:0"}, id="a model"),
    pytest.param("claude-code", {"name": "a", "description": "d", "color": "teal"}, id="a colour"),
    pytest.param("qwen-code", {"name": "agent", "description": "d", "approvalMode": "auto"}, id="a mode"),
    pytest.param(
        "qwen-code",
        {"name": "agent", "description": "d", "approvalMode": "plan", "permissionMode": "default"},
        id="an older key beside the one that counts",
    ),
]


def lines_of(values: dict[str, object], text: str) -> dict[str, object]:
    """The keys of a rendered Markdown file."""
    found = yaml.safe_load(text.removeprefix("---\n").partition("\n---\n")[0])
    assert isinstance(found, dict)
    return {key: found.get(key) for key in values if key != "name"}


@pytest.mark.parametrize(("tool", "values"), OWN_WORDS)
def test_what_the_canonical_form_cannot_say_goes_back_in_the_tools_own_words(
    tool: str, values: dict[str, object]
) -> None:
    """And is no loss in the ledger."""
    made = rendered(tool, values, tool)
    assert not made.blocked
    assert lines_of(values, made.text) == {key: value for key, value in values.items() if key != "name"}
    assert not unapproved(made.ledger)


def test_the_tools_own_words_go_where_somebody_changed_the_field() -> None:
    """A list or a model that was decided since is what is written, not what once came."""
    asking = rendered("opencode", {"description": "d", "permission": ASKING}, "opencode", tools=("Read",))
    assert "bash" not in asking.text
    model = rendered(
        "claude-code", {"name": "a", "description": "d", "model": "eu.some"}, "claude-code", model="inherit"
    )
    assert "eu.some" not in model.text
    unknown = rendered(
        "claude-code", {"name": "a", "description": "d", "model": "eu.some"}, "claude-code", model="other"
    )
    assert "eu.some" not in unknown.text


def test_a_tool_left_out_for_a_target_does_not_come_back_in_its_own_words() -> None:
    """The approval of a drop narrows the list, whatever came."""
    read = read_fields({"description": "d", "permission": ASKING}, targets()["opencode"], targets().vocabulary)
    approval = Approval("opencode", "tools", "drop", ("Bash",))
    fields = {"name": "a", **read.fields}
    profile = Profile(fields, "You are.", extensions={"opencode": read.extensions}, approvals=(approval,))
    assert "bash" not in render_profile(profile, "opencode", targets()).text


def test_a_value_that_stops_the_tool_is_not_kept_as_it_came() -> None:
    """A colour that the tool refuses comes back as the one that was meant."""
    assert 'color: "#3B82F6"' in rendered("opencode", {"description": "d", "color": "blue"}, "opencode").text


def test_a_mode_that_forbids_changes_is_one_wherever_it_goes() -> None:
    """Under the tool's own key as under the other one that it reads."""
    for key in ("approvalMode", "permissionMode"):
        values: dict[str, object] = {"name": "agent", "description": "d", key: "plan"}
        assert rendered("qwen-code", values, "droid").ledger.widenings
    both = rendered("qwen-code", {"name": "agent", "description": "d", "approvalMode": "plan"}, "qwen-code")
    assert not both.blocked
    assert "approvalMode: plan" in both.text


def keys_of(tool: str, text: str) -> dict[str, object]:
    """The keys of a rendered file, by a parser of its format."""
    if tool == "codex":
        return tomllib.loads(text)
    found = json.loads(text) if tool == "kiro-json" else yaml.safe_load(text.split("---\n")[1])
    assert isinstance(found, dict)
    return found


SERVERS = [
    ("codex", "mcp_servers", {"docs": {"command": "x", "cwd": "/a", "enabled": False, "enabled_tools": ["search"]}}),
    ("codex", "mcp_servers", {"web": {"url": "https://a.example", "bearer_token_env_var": "TOKEN"}}),
    ("gemini-cli", "mcp_servers", {"web": {"url": "https://a.example", "type": "http"}}),
    ("qoder", "tools", ["Read", "mcp__docs"]),
    ("kiro-json", "$schema", "https://a.example/agent-v1.json"),
]


@pytest.mark.parametrize(("tool", "key", "value"), SERVERS)
def test_settings_that_the_tool_knows_come_back(tool: str, key: str, value: object) -> None:
    """A server that is switched off stays so, and keeps its few tools and its way of talking."""
    made = rendered(tool, {"name": "a", "description": "d", key: value}, tool)
    assert not made.blocked
    assert keys_of(tool, made.text)[key] == value


def test_a_transport_that_a_tool_refuses_is_left_out() -> None:
    """A type that is none of the two words would reject the file."""
    servers = {"local": {"type": "stdio", "command": "x"}, "web": {"type": "sse", "url": "https://a.example"}}
    made = rendered("claude-code", {"name": "a", "description": "d", "mcpServers": [servers]}, "gemini-cli")
    assert yaml.safe_load(made.text.split("---\n")[1])["mcp_servers"] == {
        "local": {"command": "x"},
        "web": {"type": "sse", "url": "https://a.example"},
    }
