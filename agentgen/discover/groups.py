"""From pairs to groups: which agents are one agent, and which groups are worth merging first.

Pairs are taken from the nearest to the farthest. Two groups become one where a near-copy joins them; by a fork only
where most of their members are related: a file put together from two agents does not make those two one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agentgen.discover.model import Agent, Group, Pair
from agentgen.workspace import slug

_SURE = 0.7


def cluster(size: int, edges: Sequence[tuple[int, int, Pair]]) -> list[list[int]]:
    """The groups of positions that the pairs make, each sorted; those of one member left out."""
    clusters = _Clusters(size, edges)
    for left, right, pair in sorted(edges, key=lambda edge: (-_strength(edge[2]), edge[0], edge[1])):
        clusters.join(left, right, sure=pair.alike >= _SURE)
    return clusters.groups()


def _strength(pair: Pair) -> float:
    """A text made of two agents belongs to the one that it is called after."""
    return pair.alike + pair.purpose / 2


class _Clusters:
    """Groups that grow; `links` counts the pairs between two groups."""

    def __init__(self, size: int, edges: Sequence[tuple[int, int, Pair]]) -> None:
        self._of = list(range(size))
        self._members = {position: [position] for position in range(size)}
        self._links: dict[int, dict[int, int]] = {position: {} for position in range(size)}
        for left, right, _ in edges:
            self._links[left][right] = self._links[left].get(right, 0) + 1
            self._links[right][left] = self._links[right].get(left, 0) + 1

    def join(self, left: int, right: int, *, sure: bool) -> None:
        one, other = self._of[left], self._of[right]
        if one == other:
            return
        possible = len(self._members[one]) * len(self._members[other])
        if sure or 2 * self._links[one].get(other, 0) > possible:
            large, small = sorted((one, other), key=lambda each: (-len(self._members[each]), each))
            self._merge(large, small)

    def _merge(self, large: int, small: int) -> None:
        for member in self._members[small]:
            self._of[member] = large
        self._members[large] += self._members.pop(small)
        for other, count in self._links.pop(small).items():
            del self._links[other][small]
            if other != large:
                self._links[large][other] = self._links[large].get(other, 0) + count
                self._links[other][large] = self._links[other].get(large, 0) + count

    def groups(self) -> list[list[int]]:
        return [sorted(members) for members in self._members.values() if len(members) > 1]


def make_groups(
    found: Sequence[tuple[Sequence[Agent], Sequence[Pair]]], letter: str, taken: frozenset[str]
) -> tuple[Group, ...]:
    """The groups with their centres, numbered from the most useful one on, each with a profile name that is free."""
    drafts = [_draft(members, pairs, purpose=letter == "P") for members, pairs in found]
    drafts.sort(key=_usefulness)
    names = _free_names([draft.name for draft in drafts], taken)
    return tuple(
        Group(
            f"{letter}{number}",
            draft.name,
            draft.purpose,
            draft.members,
            draft.centre,
            draft.pairs,
            draft.texts,
            name,
        )
        for number, (draft, name) in enumerate(zip(drafts, names, strict=True), start=1)
    )


def _draft(members: Sequence[Agent], pairs: Sequence[Pair], *, purpose: bool) -> Group:
    centre = _centre(members, pairs)
    ordered = tuple(sorted(members, key=lambda agent: agent.id))
    texts = len({agent.trace.said for agent in members})
    return Group("", _common_name(members, centre), purpose, ordered, centre, tuple(pairs), texts, "")


def _centre(members: Sequence[Agent], pairs: Sequence[Pair]) -> Agent:
    """The member that the others are nearest to; of several the one that says most."""
    nearness = dict.fromkeys((agent.id for agent in members), 0.0)
    for pair in pairs:
        for each in (pair.left, pair.right):
            nearness[each] += pair.shared + pair.purpose / 4
    return min(members, key=lambda agent: (agent.shared, -round(nearness[agent.id], 1), -agent.words, agent.id))


def _common_name(members: Sequence[Agent], centre: Agent) -> str:
    """The name that most members have; the centre's in a tie."""
    names = [agent.name for agent in members]
    return min(set(names), key=lambda name: (-names.count(name), name != centre.name, name))


def _usefulness(group: Group) -> tuple[bool, int, int, int, str]:
    tools = len({agent.tool for agent in group.members})
    return not group.worth_merging, -group.texts, -tools, -len(group.members), group.centre.id


def _free_names(names: Sequence[str], taken: frozenset[str]) -> Iterator[str]:
    used = set(taken)
    for name in names:
        made = next(each for each in _spellings(slug(name)) if each not in used)
        used.add(made)
        yield made


def _spellings(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name[:58]}-{number}"
        number += 1
