"""What each tool sees of a file: vectors of tricky frontmatter against the loaders' behaviours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from agentgen.render.loading.load import load
from agentgen.render.loading.model import Loaded
from tests.conftest import shared_folder
from tests.render.loading import targets


def vectors() -> list[Any]:
    """Input and expected outcome by tool; none where there is no shared folder."""
    folder = shared_folder()
    if folder is None:
        return []
    return list(yaml.safe_load((folder / "targets.yaml").read_text("utf-8"))["frontmatter_vectors"]["vectors"])


def loaded(text: str, tool: str) -> Loaded:
    """What a tool sees of a text."""
    return load(text.encode(), targets()[tool], targets().vocabulary)


@pytest.mark.corpus
def test_there_are_vectors(shared: Path) -> None:
    """A table that is found empty would test nothing."""
    assert len(vectors()) >= 27


@pytest.mark.corpus
@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["id"])
def test_each_vector_has_the_outcome_seen_in_the_tool(vector: Any) -> None:
    """Status, frontmatter and body of every tool in the table."""
    assert len(vector["expect"]) == 7
    for tool, expected in vector["expect"].items():
        found = loaded(vector["input"], tool)
        assert found.status == expected["status"].partition(" (")[0], tool
        values = expected.get("frontmatter", expected.get("agent"))
        assert found.frontmatter == values, tool
        assert found.body == expected.get("body"), tool


def markdown(*lines: str, body: str = "Body of the agent.") -> str:
    """An agent file with a name and these frontmatter lines."""
    return "\n".join(["---", "name: a-b", *lines, "---", body, ""])


@pytest.mark.parametrize(
    ("lines", "tool", "status", "seen"),
    [
        (["description: d", "notes: |", "  x: y: z"], "claude-code", "ok", "d"),
        (["description: a: b", "notes: |", "  x"], "claude-code", "rejected", None),
        (["description: 'it''s: so'"], "claude-code", "ok", "it's: so"),
        (["description: one\\ntwo"], "claude-code", "ok", "one\ntwo"),
        (["description: one\\ntwo"], "droid", "ok", "one\\ntwo"),
        (["description: %off"], "claude-code", "ok-after-retry", "%off"),
        (["description: {x} text"], "claude-code", "ok-after-retry", "{x} text"),
        (["description: d", "v2: a: b"], "claude-code", "rejected", None),
        (["description: 2024-01-01"], "droid", "schema-rejected", None),
        (["description: 2024-01-01"], "claude-code", "ok", "2024-01-01"),
        (["description: 2024-01-01"], "opencode", "parsed-but-schema-rejected", None),
        (["description: a: b", "description2: >", "  x"], "droid", "ok-after-retry", "a: b"),
        (["description: d", "hyphen-key: a: b"], "opencode", "frontmatter-ignored", None),
        (["description: {x", "other: a: b"], "opencode", "rejected", None),
        (["description: d", "color: blue"], "opencode", "parsed-but-schema-rejected", None),
        (["description: d", "color: '#3B82F6'"], "opencode", "ok", "d"),
        (["description: d", "skills: a, b"], "github-copilot", "rejected", None),
        (["description: d", "tools:"], "github-copilot", "rejected", None),
        (["tools: [read]"], "github-copilot", "rejected", None),
        (["description: d", "color: red"], "gemini-cli", "parsed-but-schema-rejected", None),
        (["description: d", "tools: [Read]"], "gemini-cli", "parsed-but-schema-rejected", None),
        (["description: d", "tools: [read_file, mcp_docs_*, '*']"], "gemini-cli", "ok", "d"),
        (["description: d", "tools: [mcp__docs__search]"], "gemini-cli", "parsed-but-schema-rejected", None),
        (["description: d", "approvalMode: never"], "qwen-code", "parsed-but-schema-rejected", None),
        (["description: 'a': b", "maxTurns: 12"], "qwen-code", "ok-after-retry", "'a': b"),
        (["Description: d"], "cursor", "ok", "d"),
        (["description: ''"], "claude-code", "rejected", None),
        (["description: ''"], "github-copilot", "ok", ""),
        (["description: d", "hooks:"], "claude-code", "ok", "d"),
        (['description: "d', 'goes on"'], "claude-code", "rejected", None),
        (['description: "d', 'goes on"'], "github-copilot", "ok", "d goes on"),
        (["description: !important d"], "github-copilot", "ok", "d"),
        (["description: !important d"], "gemini-cli", "rejected", None),
        (["description: &a d", "display_name: *a"], "gemini-cli", "ok", "d"),
        (["description: d", "mcp-servers: {x: {command: y}}"], "github-copilot", "rejected", None),
        (["description: d", "steps: 2.5"], "opencode", "parsed-but-schema-rejected", None),
        (["description: d", "version: 1.0"], "droid", "ok", "d"),
    ],
)
def test_the_rules_beyond_the_vectors(lines: list[str], tool: str, status: str, seen: str | None) -> None:
    """What the documentation of each behaviour says besides."""
    found = loaded(markdown(*lines), tool)
    assert found.status == status
    assert (found.frontmatter or {}).get("description") == seen
    assert found.loads is (seen is not None)


def test_the_last_of_two_keys_counts_where_two_are_allowed() -> None:
    """Other tools refuse the file or read it by lines."""
    text = markdown("description: first", "description: second")
    assert (loaded(text, "claude-code").frontmatter or {})["description"] == "second"
    assert not loaded(text, "github-copilot").loads


@pytest.mark.parametrize(("tool", "status"), [("claude-code", "rejected"), ("droid", "schema-rejected")])
def test_a_placeholder_in_braces_is_a_mapping(tool: str, status: str) -> None:
    """And no text, so that a template is no agent yet."""
    assert loaded("---\nname: {{NAME}}\ndescription: d\n---\nBody of the agent.\n", tool).status == status


@pytest.mark.parametrize(
    ("top", "close", "loads"), [("---  ", "--- ", True), ("---", "-----", False), ("---", "--- x", False)]
)
def test_dashes_that_must_stand_alone(top: str, close: str, loads: bool) -> None:
    """Blanks behind them are no harm, anything else is."""
    assert loaded(f"{top}\ndescription: d\n{close}\nBody", "github-copilot").loads is loads


def test_an_agent_without_a_prompt_is_one_in_some_tools() -> None:
    """It is listed, with nothing to go by."""
    assert loaded(markdown("description: d", body=""), "droid").loads
    assert not loaded(markdown("description: d", body=""), "cursor").loads


def test_a_reserved_name_is_refused() -> None:
    """Whatever its letters' case."""
    assert not loaded("---\nname: Model\ndescription: d\n---\nBody of the agent.\n", "qwen-code").loads


def test_the_line_of_a_failure_is_that_of_the_file() -> None:
    """Counted from 1, frontmatter fence included."""
    assert loaded(markdown("tools: Read", "description: a: b"), "github-copilot").line == 4


def test_a_nested_mapping_is_read_by_lines() -> None:
    """Two blanks make it one, in the reader of simple lines."""
    text = markdown(
        "description: a: b", "runConfig:", "  max_turns: 5", "  quiet: true", "hooks:", "tools:", "  - read_file"
    )
    assert loaded(text, "qwen-code").frontmatter == {
        "name": "a-b",
        "description": "a: b",
        "runConfig": {"max_turns": 5, "quiet": True},
        "tools": ["read_file"],
    }


def test_bytes_that_are_not_utf_8_are_replaced() -> None:
    """As tools do that read text."""
    found = load(
        markdown("description: caf").encode().replace(b"caf", b"caf\xe9"), targets()["droid"], targets().vocabulary
    )
    assert (found.frontmatter or {})["description"] == "caf\ufffd"


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 500, "a: &a [*a]", "a: !!python/object:os.system x", "\x00", "- " * 300]
)
def test_hostile_frontmatter_is_refused(text: str) -> None:
    """Without building anything, without an exception."""
    assert not loaded(f"---\n{text}\n---\nBody", "github-copilot").loads


@pytest.mark.corpus
def test_every_real_file_has_an_outcome_in_every_tool(corpus: list[Path]) -> None:
    """And a reason wherever it does not load."""
    for path in corpus:
        for target in targets():
            found = load(path.read_bytes(), target, targets().vocabulary)
            assert found.loads or found.reason, (path, target.name)


@pytest.mark.parametrize(
    ("lines", "loads"),
    [
        ('name = "a"\ndescription = "d"', True),
        ('name = "a"\ndescription = "d"\nfeatures = {multi_agent = true}\npersonality = "friendly"', True),
        ('name = "a"\ndescription = "d"\nmodel_reasoning_effort = "huge"', True),
        ('name = "a"\ndescription = " "', False),
        ('description = "d"', False),
        ('name = "a"\ndescription = "d"\nsandbox_mode = "readonly"', False),
        ('name = "a"\ndescription = "d"\nnickname_candidates = []', False),
        ('name = "a"\ndescription = "d"\ntools = ["shell"]', False),
        ('name = "a"\ndescription = "d"\ncolor = "red"', False),
    ],
)
def test_a_role_loads_as_the_tool_showed(lines: str, loads: bool) -> None:
    """Keys of the settings are known, wrong values and unknown keys reject the role; each was tried with the tool."""
    assert loaded(f'{lines}\ndeveloper_instructions = "You are."\n', "codex").loads is loads
