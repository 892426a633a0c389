"""Mistakes in the input as text: each with its place, what is wrong, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

from agentgen.errors import Problem
from agentgen.report.visible import visible


def problems_text(problems: Sequence[Problem]) -> str:
    """One block a problem, `path:line:column: error: message`, with the next step indented below."""
    blocks = [_block(problem) for problem in problems]
    total = [f"{len(blocks)} errors\n"] if len(blocks) > 1 else []
    return "".join([*blocks, *total])


def _block(problem: Problem) -> str:
    parts = (problem.path, problem.line, problem.column)
    place = ":".join(str(part) for part in parts if part not in ("", None))
    head = f"{place}: error: {problem.message}" if place else f"error: {problem.message}"
    lines = [head.replace("\r", "\n").replace("\n", "\n  "), *(f"  {line}" for line in problem.hint.splitlines())]
    return visible("\n".join(lines)) + "\n"
