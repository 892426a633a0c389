"""Which file a tool would use where two have one name, as far as the tool's facts say.

A project's file is found in the folder that holds the tool's folder (`api/` for `api/.tool/agents/x.md`) and below it,
the user's in every folder. What is not known about a tool is said to be unknown.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath

from agentgen.discover.model import Agent, Collision, Contender, Scope
from agentgen.discover.nearness import name_key
from agentgen.render.recognise import glob_pattern
from agentgen.render.spec import Target
from agentgen.render.targets import Targets

_NO_ORDER = "the order of the project's and the user's folder is not known for this tool"
_NO_NESTING = "which of two folders inside each other wins is not known for this tool"
_ONE_FOLDER = "the files lie in one folder, and which of them wins is not known"


def collisions(agents: Sequence[Agent], targets: Targets, home: Path) -> tuple[Collision, ...]:
    """Every place of work where a tool finds several files under one name, with the one that it takes."""
    found: dict[tuple[str, str], list[Contender]] = defaultdict(list)
    places = _Places(targets, os.path.realpath(home))
    for agent in agents:
        for tool, contender in places.contenders(agent):
            found[tool, name_key(agent)].append(contender)
    return tuple(
        collision
        for (tool, _), contenders in sorted(found.items())
        if len(contenders) > 1
        for collision in _settle(targets[tool], contenders)
    )


class _Places:
    """Where the tools look."""

    def __init__(self, targets: Targets, home: str) -> None:
        self._home = home
        self._user = [
            (target.name, re.compile(glob_pattern(glob.removeprefix("~/"))))
            for target in targets
            for glob in target.search.user
        ]
        self._project = [
            (target.name, re.compile(f"(?:(?P<base>.*)/)?(?P<rest>{glob_pattern(glob)})"))
            for target in targets
            for glob in target.marks.paths
            if glob.startswith(".")
        ]

    def contenders(self, agent: Agent) -> Iterator[tuple[str, Contender]]:
        """The tools that find the agent, and where; a file counts once a tool."""
        seen: set[str] = set()
        for shown, path in _paths(agent):
            for tool, scope, base in self._found(path):
                if tool not in seen:
                    seen.add(tool)
                    yield tool, Contender(agent, shown, scope, base)

    def _found(self, path: str) -> Iterator[tuple[str, Scope, str]]:
        inside = path.removeprefix(self._home + "/") if path.startswith(self._home + "/") else None
        mine = {tool for tool, pattern in self._user if inside is not None and pattern.fullmatch(inside)}
        yield from ((tool, Scope.USER, self._home) for tool in sorted(mine))
        for tool, pattern in self._project:
            match = pattern.fullmatch(path)
            if match and tool not in mine:
                yield tool, Scope.PROJECT, match["base"] or "/"


def _paths(agent: Agent) -> Iterator[tuple[str, str]]:
    """The paths of an agent, as shown and absolute; links count as well, because tools follow them."""
    yield agent.path, PurePath(agent.place).as_posix()
    for link in agent.links:
        yield link, PurePath(os.path.abspath(link)).as_posix()  # noqa: PTH100  (links stay links)


def _settle(target: Target, contenders: Sequence[Contender]) -> Iterator[Collision]:
    """The collisions of one name and tool: in each project folder that finds more than its own file."""
    users = [each for each in contenders if each.scope is Scope.USER]
    projects = [each for each in contenders if each.scope is Scope.PROJECT]
    by_base: dict[str, list[Contender]] = defaultdict(list)
    for each in projects:
        by_base[each.base].append(each)
    for base in sorted(by_base):
        above = [
            each for other in sorted(by_base) if base.startswith(other.rstrip("/") + "/") for each in by_base[other]
        ]
        seen = [*by_base[base], *above, *users]
        if len(seen) > 1:
            yield _collision(target, base, by_base[base], above, users)
    if len(users) > 1:
        yield _collision(target, users[0].base, [], [], users)


def _collision(
    target: Target, where: str, own: Sequence[Contender], above: Sequence[Contender], users: Sequence[Contender]
) -> Collision:
    used, rule = _used(target, own, above, users)
    everybody = (*own, *above, *users)
    return Collision(target.name, everybody[0].agent.name, where, everybody, used, rule)


def _used(
    target: Target, own: Sequence[Contender], above: Sequence[Contender], users: Sequence[Contender]
) -> tuple[str | None, str]:
    """The path that is taken, None where that is not known, and why."""
    first: Mapping[Scope, Sequence[Contender]] = {Scope.PROJECT: own, Scope.USER: users}
    if users and own and not target.search.order:
        return None, _NO_ORDER
    order = [Scope(name) for name in target.search.order] or list(Scope)
    winners = next(first[scope] for scope in order if first[scope])
    if len(winners) > 1:
        return None, _ONE_FOLDER
    if above and winners is own and not target.search.nearest:
        return None, _NO_NESTING
    rule = "the nearest folder wins" if above and winners is own else f"the {winners[0].scope.value}'s folder wins"
    return winners[0].path, rule
