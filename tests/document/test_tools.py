"""Tools values in every shape that people write them."""

from __future__ import annotations

import pytest

from agentgen.document.tools import ToolRef, parse_tools


def _names(value: object) -> list[str]:
    return [ref.name for ref in parse_tools(value)]


@pytest.mark.parametrize(
    "value",
    [
        "Read, Grep, Glob",
        "Read,Grep,Glob",
        "Read Grep Glob",
        "Read, Grep, Glob,",
        "[Read, Grep, Glob]",
        '["Read", "Grep", "Glob"]',
        "'Read', \"Grep\", `Glob`",
        "Read\nGrep\nGlob\n",
        "- Read\n- Grep\n- Glob\n",
        ["Read", "Grep", "Glob"],
        ("Read", " Grep ", "Glob"),
        [["Read"], "Grep", None, "", "Glob"],
        {"Read": True, "Grep": "allow", "Glob": "ask"},
        [{"Read": True}, "Grep", "Glob"],
    ],
)
def test_all_shapes_give_the_same_entries(value: object) -> None:
    """Strings, lists, JSON lists in strings and mappings name the same tools in the same order."""
    assert _names(value) == ["Read", "Grep", "Glob"]
    assert all(ref.allowed for ref in parse_tools(value))


@pytest.mark.parametrize("value", [None, "", "  ", [], {}, (), True, False, "[]", ","])
def test_nothing_gives_no_entry(value: object) -> None:
    """An empty value of any kind names no tool."""
    assert parse_tools(value) == ()


def test_parentheses_hold_an_argument_and_do_not_split() -> None:
    """Commas and blanks in parentheses belong to the argument."""
    refs = parse_tools("Read(*), Bash(git diff:*, git log), Task(), Edit")
    assert [(ref.name, ref.argument) for ref in refs] == [
        ("Read", "*"),
        ("Bash", "git diff:*, git log"),
        ("Task", ""),
        ("Edit", None),
    ]
    assert [ref.raw for ref in refs] == ["Read(*)", "Bash(git diff:*, git log)", "Task()", "Edit"]


def test_blanks_separate_only_where_no_comma_does() -> None:
    """A space string may hold arguments with blanks; a comma string may hold names with blanks."""
    assert _names("Read Bash(git diff:*) Edit") == ["Read", "Bash", "Edit"]
    assert _names("Web Search, Read") == ["Web Search", "Read"]


def test_nested_and_unclosed_parentheses() -> None:
    """Inner parentheses belong to the argument; one that is never closed does not swallow what follows."""
    assert parse_tools("Bash(echo (a, b)), Read")[0].argument == "echo (a, b)"
    assert _names("Bash(git, Read") == ["Bash(git", "Read"]
    assert _names("Read), Grep") == ["Read)", "Grep"]


def test_mcp_names_have_server_and_tool() -> None:
    """The two parts of an MCP name; a server alone means all its tools; other names have none."""
    parts = {ref.name: ref.mcp for ref in parse_tools("mcp__docs__get_page, mcp__docs, mcp__docs__*, mcp__, docs/get")}
    assert parts == {
        "mcp__docs__get_page": ("docs", "get_page"),
        "mcp__docs": ("docs", "*"),
        "mcp__docs__*": ("docs", "*"),
        "mcp__": None,
        "docs/get": None,
    }


def test_a_mapping_may_deny() -> None:
    """False and words for it deny a tool, everything else allows it."""
    refs = parse_tools({"write": False, "bash": "deny", "edit": True, "Bash(rm:*)": "off"})
    assert [(ref.name, ref.argument, ref.allowed) for ref in refs] == [
        ("write", None, False),
        ("bash", None, False),
        ("edit", None, True),
        ("Bash", "rm:*", False),
    ]


def test_stars_and_repeated_entries_stay() -> None:
    """Nothing is thrown away: a star is an entry, and so is a name given twice."""
    assert parse_tools("*") == (ToolRef("*", None, "*"),)
    assert _names("Read, Read") == ["Read", "Read"]
    assert _names([7, "Read"]) == ["7", "Read"]
