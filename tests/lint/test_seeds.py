"""What linting says about five files of one agent."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentgen.lint.engine import fix, lint
from agentgen.lint.model import Linted
from agentgen.source import read_source
from tests.lint.helpers import has, the
from tests.render.loading import targets

pytestmark = pytest.mark.corpus


def seed(seeds: list[Path], number: int) -> Linted:
    """The result for a seed, looked at as every tool."""
    return lint(read_source(seeds[number]), seeds[number], targets(), ["all"])


def test_an_unquoted_description_keeps_strict_readers_out_and_can_be_mended(seeds: list[Path]) -> None:
    """The tools that refuse are named, the fix is a splice, and afterwards the strict ones read it."""
    found = seed(seeds, 1)
    refusing = the(found, "not-portable").message
    assert "GitHub Copilot" in refusing
    assert "Gemini CLI" in refusing
    advice = the(found, "frontmatter-value-needs-quotes").fix
    assert advice is not None
    assert advice.edits
    assert not found.loaders["github-copilot"].loads
    mended = fix(found.source, None, targets(), ["all"])
    assert lint(mended, None, targets(), ["github-copilot"]).loaders["github-copilot"].loads


def test_patterns_that_are_not_enforced_are_named(seeds: list[Path]) -> None:
    """Parentheses behind a tool's name promise a limit."""
    assert "Bash(*)" in the(seed(seeds, 2), "tool-pattern-not-enforced").message


def test_names_of_one_tool_a_dead_key_and_early_fences(seeds: list[Path]) -> None:
    """The file is for one tool only, and not all of it works there."""
    found = seed(seeds, 3)
    assert has(found, ["tool-foreign", "dead-key", "fence-closes-early"])
    assert "Factory Droid" in the(found, "tool-foreign").message
    assert "reasoning_effort" in the(found, "dead-key").message
