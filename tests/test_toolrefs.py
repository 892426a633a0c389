"""Tool lists are read alike however a file spells them."""

from __future__ import annotations

import pytest

from agentgen.toolrefs import ToolRef, mcp_name, parse_tool, parse_tools


@pytest.mark.parametrize(
    "value",
    [
        "Read, Bash(git diff:*)",
        "Read Bash(git diff:*)",
        ["Read", "Bash(git diff:*)"],
        '["Read", "Bash(git diff:*)"]',
        "- Read\n- Bash(git diff:*)\n",
    ],
)
def test_every_shape_of_a_list_means_the_same(value: object) -> None:
    """Commas and blanks inside parentheses do not split."""
    assert parse_tools(value) == (ToolRef("Read"), ToolRef("Bash", "git diff:*"))


@pytest.mark.parametrize("text", ["Read", "Read(*)", "Read()", ' "Read" ', "'Read'"])
def test_a_pattern_that_limits_nothing_is_none(text: str) -> None:
    """`Read(*)` is `Read`."""
    assert parse_tool(text) == ToolRef("Read")


@pytest.mark.parametrize("value", [None, 3, True, {"a": 1}, [1, None], ""])
def test_what_is_no_text_holds_no_tool(value: object) -> None:
    """Nothing is made up."""
    assert parse_tools(value) == ()


def test_a_tool_named_twice_is_there_once() -> None:
    """The first place counts."""
    assert parse_tools("Read, Grep, Read(*)") == (ToolRef("Read"), ToolRef("Grep"))


def test_mcp_names_have_a_server_and_maybe_a_tool() -> None:
    """The canonical spelling goes both ways."""
    assert ToolRef(mcp_name("docs", "search")).mcp == ("docs", "search")
    assert ToolRef(mcp_name("docs")).mcp == ("docs", None)
    assert ToolRef("mcp__docs__*").mcp == ("docs", None)
    assert ToolRef("Read").mcp is None
