"""Findings about a recipe, at the place in its file where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from agentgen.codes import CODES
from agentgen.errors import Problem
from agentgen.findings import Finding, Fix
from agentgen.profile.recipe import Recipe
from agentgen.profile.yaml_read import Tree
from agentgen.profile.yaml_values import Path


class Places(NamedTuple):
    """Where the entries of a recipe stand. Without a file everything stands at its beginning."""

    tree: Tree | None = None

    def finding(self, code: str, path: Path, message: str, fix: str = "") -> Finding:
        """A finding about the entry at `path`."""
        place = self.problem(path, message)
        advice = Fix(fix) if fix else None
        return Finding(code, CODES[code].severity, place.path, place.line or 1, place.column or 1, message, advice)

    def problem(self, path: Path, message: str, hint: str = "") -> Problem:
        """A mistake at `path`."""
        if self.tree is None:
            return Problem(message, "recipe.yaml", 1, 1, hint)
        return self.tree.problem(path, message, hint)


def topic_path(recipe: Recipe, topic: str, *below: str | int) -> Path:
    """The path of a topic's entry, or of something in it."""
    return ("topics", _index([entry.id for entry in recipe.topics], topic), *below)


def conflict_path(recipe: Recipe, conflict: str) -> Path:
    """The path of a conflict's entry."""
    return ("conflicts", _index([entry.id for entry in recipe.conflicts], conflict))


def _index(ids: Sequence[str], wanted: str) -> int:
    return ids.index(wanted)
