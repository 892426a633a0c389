"""The result of `discover` as JSON: `agentgen.discover/1`."""

from __future__ import annotations

from agentgen.discover.model import Agent, Collision, Discovery, Group, Pair
from agentgen.report.discover_commands import import_command

SCHEMA = "agentgen.discover/1"


def discover_json(found: Discovery) -> dict[str, object]:
    """Every agent, every pair that is near, the groups, the names that collide, and what was left out."""
    return {
        "schema": SCHEMA,
        "roots": list(found.roots),
        "folders": found.folders,
        "files": found.looked_at,
        "agents": [_agent(agent) for agent in found.agents],
        "pairs": [_pair(pair) for pair in found.pairs],
        "groups": [_group(group) for group in found.groups],
        "purposes": [_group(group) for group in found.purposes],
        "collisions": [_collision(collision) for collision in found.collisions],
        "left_out": [{"path": each.path, "reason": each.reason} for each in found.left_out],
    }


def _agent(agent: Agent) -> dict[str, object]:
    return {
        "id": agent.id,
        "path": agent.path,
        "links": list(agent.links),
        "name": agent.name,
        "description": agent.description,
        "tool": agent.tool,
        "words": agent.words,
        "digest": agent.digest,
    }


def _pair(pair: Pair) -> dict[str, object]:
    return {
        "left": pair.left,
        "right": pair.right,
        "kind": pair.kind.value,
        "estimate": pair.estimate,
        "alike": pair.alike,
        "shared": pair.shared,
        "purpose": pair.purpose,
        "renamed": pair.renamed,
        "retooled": pair.retooled,
    }


def _group(group: Group) -> dict[str, object]:
    return {
        "id": group.id,
        "name": group.name,
        "profile": group.profile,
        "texts": group.texts,
        "centre": group.centre.id,
        "members": [agent.id for agent in group.members],
        "import": import_command(group) or None,
    }


def _collision(collision: Collision) -> dict[str, object]:
    return {
        "tool": collision.tool,
        "name": collision.name,
        "where": collision.where,
        "used": collision.used,
        "rule": collision.rule,
        "contenders": [
            {"path": each.path, "scope": each.scope.value, "base": each.base} for each in collision.contenders
        ],
    }
