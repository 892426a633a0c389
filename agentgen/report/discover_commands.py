"""The command that takes a group of agent files in, as a shell takes it."""

from __future__ import annotations

import shlex

from agentgen.discover.model import Group


def import_command(group: Group) -> str:
    """`agentgen import … --profile NAME`; empty where there are no two texts to merge."""
    if not group.worth_merging:
        return ""
    paths = (agent.path for agent in group.sources)
    given = ("./" + path if path.startswith("-") else path for path in paths)
    return shlex.join(["agentgen", "import", *given, "--profile", group.profile])
