"""Which tool a file was written for."""

from __future__ import annotations

from typing import Any

import pytest

from agentgen.render.recognise import recognise
from tests.render.loading import targets

BASE = {"name": "a", "description": "d"}


@pytest.mark.parametrize(
    ("path", "values", "target"),
    [
        (".claude/agents/a.md", {}, "claude-code"),
        ("/home/me/project/.factory/droids/a.md", BASE, "droid"),
        ("./.agents/agents/a.md", BASE, "universal"),
        ("a.txt", {**BASE, "tools": "Glob, Grep, Write", "model": "sonnet", "color": "green"}, "claude-code"),
        ("a.txt", {**BASE, "reasoning_effort": "medium"}, "droid"),
        ("a.txt", {**BASE, "tools": ["Read", "Create", "Execute"]}, "droid"),
        ("a.txt", {**BASE, "model": "universal"}, "universal"),
        ("a.md", {}, None),
        ("a.md", {"weather": "rain"}, None),
    ],
)
def test_path_and_content_tell_the_tool(path: str, values: dict[str, Any], target: str | None) -> None:
    """The path decides; without a telling path the keys, values and tools do."""
    assert recognise(path, values, targets()) == target
