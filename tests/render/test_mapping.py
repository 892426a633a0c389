"""What a tool cannot say as it is becomes the nearest thing that it can say, or is dropped with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentgen.profile.model import Profile
from agentgen.render.canonical import read_fields
from agentgen.render.engine import render_profile
from agentgen.render.model import Outcome
from agentgen.render.targets import load_targets
from tests.render.loading import case, case_names, targets

TARGETS = load_targets([Path(__file__).resolve().parents[2] / "templates"])


def outcome(target: str, field: str, **fields: object) -> tuple[Outcome, str | None, str]:
    """What became of one field of a profile, with the value written and the reason."""
    profile = Profile({"name": "keeper", "description": "Keeps bees. Use for bees.", **fields}, "You keep bees.")
    ledger = render_profile(profile, target, TARGETS).ledger
    (entry,) = (entry for entry in ledger.entries if entry.part == "field" and entry.name == field)
    return entry.outcome, entry.after, entry.reason


@pytest.mark.parametrize(
    ("effort", "written"),
    [("high", Outcome.MAPPED), ("minimal", Outcome.APPROXIMATED), ("unheard-of", Outcome.DROPPED)],
)
def test_an_effort_that_the_model_lacks_is_the_next_one(effort: str, written: Outcome) -> None:
    """The lowest where there is no lower one; nothing where the word is not known. The key is the tool's own."""
    found, after, reason = outcome("codex", "effort", model="gpt-6-astra", effort=effort)
    assert found is written
    if effort == "minimal":
        assert (after, "supports" in reason) == ("model_reasoning_effort: low", True)


@pytest.mark.parametrize(
    ("target", "field", "value"),
    [("claude-code", "max_turns", "many"), ("claude-code", "background", "perhaps")],
)
def test_a_word_that_is_no_number_and_no_flag_is_dropped(target: str, field: str, value: str) -> None:
    """With the reason; another tool's reader would stop at it."""
    found, _, reason = outcome(target, field, **{field: value})
    assert found is Outcome.DROPPED
    assert reason in ("it is not a number", "it is neither true nor false")


@pytest.mark.parametrize(
    ("target", "key", "value"),
    [
        ("opencode", "permission", 3),
        ("claude-code", "tools", {"Read": "yes"}),
        ("claude-code", "tools", 3),
        ("claude-code", "background", "perhaps"),
        ("claude-code", "maxTurns", "many"),
        ("claude-code", "skills", [["a"]]),
        ("claude-code", "description", ["a"]),
    ],
)
def test_a_value_that_a_field_cannot_have_is_told_and_kept(target: str, key: str, value: object) -> None:
    """It stays among the keys of that tool, so that nothing is lost."""
    read = read_fields({"name": "keeper", key: value}, TARGETS[target], TARGETS.vocabulary)
    assert read.extensions[key] == value
    assert [note.code for note in read.notes] == ["value-not-understood"]


@pytest.mark.parametrize("servers", [("docs", {"maps": {"command": "m"}}), {"docs": {}, "maps": {"command": "m"}}])
@pytest.mark.parametrize(
    ("target", "found", "written"),
    [
        ("claude-code", Outcome.KEPT, "docs, maps: command: m"),
        ("github-copilot", Outcome.APPROXIMATED, "maps: args: , tools: *, command: m"),
        ("droid", Outcome.APPROXIMATED, "docs, maps"),
    ],
)
def test_servers_are_written_as_the_tool_takes_them(servers: object, target: str, found: Outcome, written: str) -> None:
    """From a list and from a mapping alike: with settings, with those that the tool demands, or by name alone."""
    assert outcome(target, "mcp_servers", tools=("mcp__docs", "mcp__maps"), mcp_servers=servers)[:2] == (found, written)


def test_a_server_by_name_alone_is_dropped_where_its_settings_are_needed() -> None:
    """One word stands for a list of one; the reason says what is missing."""
    assert outcome("claude-code", "mcp_servers", mcp_servers="docs")[0] is Outcome.KEPT
    found, after, reason = outcome("github-copilot", "mcp_servers", mcp_servers="docs")
    assert (found, after) == (Outcome.DROPPED, "")
    assert "docs: a server stands here with all its settings" in reason


@pytest.mark.parametrize("target", [target.name for target in targets()])
@pytest.mark.parametrize("name", case_names())
def test_whatever_does_not_arrive_as_it_is_has_a_source_and_a_reason(name: str, target: str) -> None:
    """Where another word stands for the same, the word is reason enough; sections are left out by the profile alone."""
    entries = render_profile(case(name), target, targets()).ledger.entries
    changed = [each for each in entries if each.outcome is not Outcome.KEPT and each.part not in ("section", "link")]
    assert [each for each in changed if not each.source] == []
    assert [each for each in changed if not each.reason and each.outcome is not Outcome.MAPPED] == []
