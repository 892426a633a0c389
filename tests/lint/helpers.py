"""What tests of linting share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from agentgen.findings import Finding
from agentgen.lint.engine import fix, lint
from agentgen.lint.model import Linted
from agentgen.source import Source, read_source
from tests.render.loading import build, targets

PLAIN = "---\nname: api-reviewer\ndescription: Use when an HTTP API changed.\n---\n\nYou review HTTP APIs.\n"
"""A file in which nothing is found."""


def look(text: str, *names: str, path: str = "api-reviewer.md") -> Linted:
    """The result for a text that is no file on disk."""
    return lint(Source(path, text.encode()), None, targets(), names)


def look_on_disk(root: Path, files: dict[str, str], path: str, *names: str) -> Linted:
    """The result for one of several files below a folder."""
    place = build(root, files) / path
    return lint(read_source(place), place, targets(), names)


def mended(text: str, *names: str, path: str = "api-reviewer.md") -> str:
    """The text with every safe fix."""
    return fix(Source(path, text.encode()), None, targets(), names).text


def codes(result: Linted) -> list[str]:
    """The codes found, each once, in file order."""
    return list(dict.fromkeys(found.code for found in result.findings))


def the(result: Linted, code: str) -> Finding:
    """The one finding of a code."""
    found = [each for each in result.findings if each.code == code]
    assert len(found) == 1, codes(result)
    return found[0]


def agent(
    *lines: str, body: str = "You review HTTP APIs.\n", description: str = "Use when an HTTP API changed."
) -> str:
    """An agent file with further frontmatter lines."""
    return "\n".join(["---", "name: api-reviewer", f"description: {description}", *lines, "---", "", body])


def has(result: Linted, wanted: Sequence[str]) -> bool:
    """Whether every code wanted is found."""
    return set(wanted) <= set(codes(result))
