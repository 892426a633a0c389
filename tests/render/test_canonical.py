"""A tool's own frontmatter in canonical words."""

from __future__ import annotations

from typing import Any

import pytest

from agentgen.render.canonical import CanonicalFields, read_fields
from tests.render.loading import targets


def read(values: dict[str, Any], target: str | None) -> CanonicalFields:
    found = targets()
    return read_fields(values, found[target] if target else None, found.vocabulary)


@pytest.mark.parametrize(
    ("target", "values", "fields"),
    [
        (
            "droid",
            {"tools": ["Read", "Create", "Execute", "FetchUrl"]},
            {"tools": ("Read", "Write", "Bash", "WebFetch")},
        ),
        ("droid", {"tools": "read-only"}, {"tools": ("Read", "LS", "Grep", "Glob")}),
        ("droid", {"tools": "docs___search"}, {"tools": ("mcp__docs__search",)}),
        (
            "droid",
            {"tools": "Read", "mcpServers": ["docs"]},
            {"tools": ("Read", "mcp__docs"), "mcp_servers": {"docs": {}}},
        ),
        ("droid", {"model": "claude-opus-5", "reasoningEffort": "high"}, {"model": "claude-opus-5", "effort": "high"}),
        ("droid", {"tools": "Edit, MultiEdit"}, {"tools": ("Edit",)}),
        ("universal", {"model": "universal"}, {"model": "inherit"}),
        ("claude-code", {"tools": "Read(*), Bash(git diff:*), Task"}, {"tools": ("Read", "Bash(git diff:*)", "Agent")}),
        ("claude-code", {"tools": "*"}, {}),
        ("claude-code", {"tools": None}, {"tools": ()}),
        ("droid", {"tools": None}, {}),
        ("claude-code", {"maxTurns": "7", "background": "true"}, {"max_turns": 7, "background": True}),
        ("claude-code", {"mcpServers": ["a", {"b": {"url": "u"}}]}, {"mcp_servers": {"a": {}, "b": {"url": "u"}}}),
        ("claude-code", {"model": "sonnet", "skills": "one, two"}, {"model": "sonnet", "skills": ("one", "two")}),
        ("opencode", {"temperature": 0.2}, {"temperature": 0.2}),
        ("gemini-cli", {"temperature": "0.2"}, {"temperature": 0.2}),
        ("opencode", {"temperature": 1}, {"temperature": 1}),
        (None, {"temperature": 0.2}, {"temperature": 0.2}),
        (None, {"maxTurns": 3, "disallowed-tools": "Task"}, {"max_turns": 3, "disallowed_tools": ("Agent",)}),
    ],
)
def test_fields_come_out_in_canonical_form(target: str | None, values: dict[str, Any], fields: dict[str, Any]) -> None:
    """Names, tools, models and servers of each tool have one spelling."""
    assert dict(read(values, target).fields) == fields


@pytest.mark.parametrize(
    ("target", "values", "code"),
    [
        ("droid", {"reasoning_effort": "medium"}, "dead-key"),
        ("claude-code", {"tools": "MultiEdit"}, "tool-retired"),
        ("droid", {"tools": ["Bash"]}, "tool-unknown"),
        ("droid", {"tools": "execute"}, "tool-category"),
        ("claude-code", {"maxTurns": "many"}, "value-not-understood"),
        ("claude-code", {"maxTurns": 2.5}, "value-not-understood"),
        ("opencode", {"temperature": "hot"}, "value-not-understood"),
        ("opencode", {"temperature": float("nan")}, "value-not-understood"),
    ],
)
def test_what_is_odd_is_noted(target: str, values: dict[str, Any], code: str) -> None:
    """Nothing is read otherwise than written without a word."""
    (note,) = read(values, target).notes
    assert (note.code, note.key) == (code, next(iter(values)))


def test_an_effort_under_the_wrong_key_is_taken_as_meant() -> None:
    """The tool never read it; its author meant it all the same."""
    assert read({"reasoning_effort": "medium"}, "droid").fields == {"effort": "medium"}


def test_unknown_keys_and_unusable_values_are_kept_as_they_were() -> None:
    """They go back to the tool that they came from."""
    found = read({"version": "2", "weather": ["rain"], "maxTurns": {"a": 1}}, "claude-code")
    assert found.fields == {}
    assert found.extensions == {"version": "2", "weather": ["rain"], "maxTurns": {"a": 1}}
