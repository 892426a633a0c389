"""Entries of a tool list that carry a pattern: in as a tool with a pattern, out as they were, refused elsewhere."""

from __future__ import annotations

import json

import pytest
import yaml

from agentgen.profile.model import Profile
from agentgen.render.canonical import CanonicalFields, read_fields
from agentgen.render.engine import render_profile
from tests.render.loading import targets

MODE = {"slug": "a-b", "name": "A b", "roleDefinition": "You write.", "whenToUse": "Use when: docs"}


def read(groups: object) -> CanonicalFields:
    """A mode with these groups in canonical words."""
    return read_fields({**MODE, "groups": groups}, targets()["roo-code"], targets().vocabulary)


def rendered(groups: object, name: str = "roo-code", **more: object) -> object:
    """The groups that come out again, or None where the file would not be written."""
    found = read(groups)
    profile = Profile({**found.fields, **more}, "You write.", extensions={"roo-code": found.extensions})
    rendering = render_profile(profile, name, targets())
    return None if rendering.blocked else yaml.safe_load(rendering.text)["customModes"][0]["groups"]


@pytest.mark.parametrize(
    "groups",
    [
        ["read", ["edit", {"fileRegex": r"\.md$"}], "command"],
        ["read", ["edit", {"fileRegex": r"\.(md|txt)$", "description": "text only"}]],
        [["edit", {"fileRegex": "(a"}]],
        ["read", "edit"],
    ],
)
def test_a_file_restriction_survives_the_way_in_and_out(groups: list[object]) -> None:
    """The pattern and whatever else stands beside it."""
    assert rendered(groups) == groups


def test_a_file_restriction_is_a_pattern_of_the_tools_it_stands_for() -> None:
    """So that no other tool gets to edit every file."""
    assert read(["read", ["edit", {"fileRegex": "x"}]]).fields["tools"] == (
        *("Read", "Glob", "Grep", "LS"),
        *("Write(regex:x)", "Edit(regex:x)"),
    )


@pytest.mark.parametrize("name", [target.name for target in targets() if target.name != "roo-code"])
def test_no_other_tool_gets_the_whole_of_it(name: str) -> None:
    """Where the file cannot say the pattern it is not written without an approval."""
    found = read([["edit", {"fileRegex": "x"}]])
    rendering = render_profile(Profile(found.fields, "You write."), name, targets())
    assert rendering.blocked
    assert "edit" in {word for widening in rendering.ledger.widenings for word in widening.gained}


def test_patterns_of_another_kind_are_not_taken_for_it() -> None:
    """A path or a command with wildcards is no regular expression."""
    for tool in ("Edit(src/**)", "Bash(git diff:*)"):
        assert render_profile(Profile({"name": "a", "tools": (tool,)}, "You write."), "roo-code", targets()).blocked


def test_what_cannot_be_understood_is_left_out_and_named() -> None:
    """An entry of another shape gives no tool; the list as it was goes back to the tool that it came from."""
    odd = ["read", ["edit", {"fileRegex": 3}], {"edit": True}]
    found = read(odd)
    assert "Edit" not in json.dumps(found.fields)
    assert found.extensions["groups"] == odd
    assert [note.code for note in found.notes] == ["value-not-understood"] * 2


def test_two_patterns_for_one_group_are_one_entry() -> None:
    """The tool takes each group once; together they match either, and the guard has a look at that."""
    both = ("Edit(regex:a)", "Edit(regex:b)")
    rendering = render_profile(Profile({"name": "a", "tools": both}, "You write."), "roo-code", targets())
    assert yaml.safe_load(rendering.text)["customModes"][0]["groups"] == [["edit", {"fileRegex": "a|b"}]]
