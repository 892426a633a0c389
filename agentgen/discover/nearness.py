"""How near two agents are, exactly, and what that makes of them.

A statement that stands in many different agents (a template, house rules) says little about any of them: it counts two
over the number of agents that have it. Agents count as different where neither the name nor most of the text is the
same, so an agent that was copied fifty times is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from agentgen.discover.model import Agent, Kind, Pair, Settings
from agentgen.discover.purposes import Purposes
from agentgen.discover.signatures import Signature, candidates, estimate

_SAME_TEXT = 0.7
_HOPELESS = 0.08
_LEAST_SHINGLES = 8
_LEAST_SHARED = 12.0
_KEPT = 2048


def near_pairs(
    agents: Sequence[Agent],
    signatures: Sequence[Signature],
    purposes: Purposes,
    settings: Settings,
    akin: Iterable[tuple[int, int]] = (),
) -> list[Pair]:
    """The pairs that are one agent; `akin` are pairs to look at besides those that the signatures bring together.

    The agents all differ in text: those that say the same are paired by `same_text`.
    """
    looked_at = candidates(signatures).union(akin)
    found = {(left, right): estimate(signatures[left], signatures[right]) for left, right in looked_at}
    measure = _Measure(agents, found)
    pairs = []
    for (left, right), estimated in sorted(found.items()):
        if estimated >= _HOPELESS:
            alike, shared, mass = measure.of(left, right)
            purpose = purposes.likeness(left, right)
            kind = _kind(alike, shared, mass, purpose, settings.near)
            if kind is not None:
                pairs.append(pair(agents[left], agents[right], kind, estimated, alike, shared, purpose))
    return pairs


def same_text(left: Agent, right: Agent) -> Pair:
    """The pair of two agents that say the same but for white space and marks."""
    renamed = name_key(left) != name_key(right)
    if left.digest == right.digest:
        kind = Kind.COPY
    elif left.tool != right.tool:
        kind = Kind.RETOOLED
    elif left.fields != right.fields:
        kind = Kind.EDITED
    else:
        kind = Kind.RENAMED if renamed else Kind.FORMATTING
    return pair(left, right, kind, 1.0, 1.0, 1.0, 1.0)


def pair(
    left: Agent, right: Agent, kind: Kind, estimated: float | None, alike: float, shared: float, purpose: float
) -> Pair:
    """A pair, the smaller id first."""
    first, second = sorted((left, right), key=lambda agent: agent.id)
    return Pair(
        first.id,
        second.id,
        kind,
        None if estimated is None else round(estimated, 3),
        round(alike, 3),
        round(shared, 3),
        round(purpose, 3),
        renamed=name_key(left) != name_key(right),
        retooled=left.tool != right.tool,
    )


def name_key(agent: Agent) -> str:
    """The name without what spelling makes of it."""
    return "".join(char for char in agent.name.casefold() if char.isalnum())


def _kind(alike: float, shared: float, mass: float, purpose: float, near: float) -> Kind | None:
    """What the measures make of a pair; the less two agents are for the same, the more text they must share."""
    most, least = min(0.95, 1.7 * near), 0.4 * near
    needed = most - (most - least) * min(1.0, purpose)
    if alike >= near:
        return Kind.EDITED
    return Kind.FORK if shared >= needed and mass >= _LEAST_SHARED else None


class _Measure:
    """Measures pairs of agents by their shingles, each weighed by how common its statement is."""

    def __init__(self, agents: Sequence[Agent], estimates: Mapping[tuple[int, int], float]) -> None:
        self._agents = agents
        self._common = _common_statements(agents, estimates)
        self._weighed = lru_cache(maxsize=_KEPT)(self._weigh)

    def of(self, left: int, right: int) -> tuple[float, float, float]:
        """`alike`, `shared`, and how much (in shingles that no other agent has) the shared part comes to."""
        (one, mass), (other, other_mass) = self._weighed(left), self._weighed(right)
        if min(len(one), len(other)) < _LEAST_SHINGLES:
            return 0.0, 0.0, 0.0
        both = one.keys() & other.keys()
        common = sum(min(one[each], other[each]) for each in both)
        union = mass + other_mass - common
        return common / union, common / min(mass, other_mass), common

    def _weigh(self, position: int) -> tuple[dict[int, float], float]:
        """The weight of each shingle, and their sum."""
        text = self._agents[position].trace
        weights: dict[int, float] = {}
        ends = (*text.starts[1:], len(text.shingles))
        for start, end, statement in zip(text.starts, ends, text.statements, strict=True):
            weights.update(dict.fromkeys(text.shingles[start:end], self._common.get(statement, 1.0)))
        return weights, sum(weights.values())


def _common_statements(agents: Sequence[Agent], estimates: Mapping[tuple[int, int], float]) -> dict[int, float]:
    """The weights of statements that more than two different agents have."""
    owners = _owners(agents, estimates)
    last: dict[int, int] = {}
    counts: dict[int, int] = {}
    for position in sorted(range(len(agents)), key=lambda position: owners[position]):
        for statement in set(agents[position].trace.statements):
            if last.get(statement) != owners[position]:
                last[statement] = owners[position]
                counts[statement] = counts.get(statement, 0) + 1
    return {statement: 2.0 / count for statement, count in counts.items() if count > 2}


def _owners(agents: Sequence[Agent], estimates: Mapping[tuple[int, int], float]) -> list[int]:
    """For each agent a number that is the same for agents of one name or of nearly one text."""
    union = Union(len(agents))
    first: dict[str, int] = {}
    for position, agent in enumerate(agents):
        union.join(first.setdefault(name_key(agent), position), position)
    for (left, right), estimated in estimates.items():
        if estimated >= _SAME_TEXT:
            union.join(left, right)
    return [union.root(position) for position in range(len(agents))]


class Union:
    """Sets of positions that grow together; the root of a set is its smallest position."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def root(self, position: int) -> int:
        while self._above[position] != position:
            self._above[position] = self._above[self._above[position]]
            position = self._above[position]
        return position

    def join(self, left: int, right: int) -> None:
        first, second = sorted((self.root(left), self.root(right)))
        self._above[second] = first
