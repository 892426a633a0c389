"""Which tool a variant was written for, where its copy does not show it and no recipe remembers it yet."""

from __future__ import annotations

import json
from collections.abc import Mapping

from agentgen.cli.inputs import shown
from agentgen.errors import Problem, UserError
from agentgen.render.journal import settle
from agentgen.source import encode
from agentgen.workspace import ProfileFolder

FILE = ".tools.json"
"""Beside the variants: a JSON object from a variant's id to the name of a target."""


def read_told_tools(folder: ProfileFolder) -> dict[str, str]:
    """The tools by variant id; none where all can be recognised.

    Raises:
        UserError: the file is not what was written there.
    """
    settle(folder.variants)
    path = folder.variants / FILE
    if not path.is_file():
        return {}
    try:
        tools = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        tools = None
    if not isinstance(tools, dict) or not all(isinstance(tool, str) for tool in tools.values()):
        hint = "it maps variants to targets; remove it, and import with --from again"
        raise UserError(Problem("cannot be understood", shown(path), hint=hint))
    return tools


def told_tools_file(folder: ProfileFolder, told: Mapping[str, str]) -> bytes:
    """The file's content with what is told now besides what was told before."""
    tools = {**read_told_tools(folder), **told}
    return encode(json.dumps(dict(sorted(tools.items())), indent=2) + "\n")
