"""The search: walk, read, pair, group.

Agents that say the same text stand for one another, so a file that lies in fifty repositories is compared once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol, TypeVar

from agentgen.discover.groups import cluster, make_groups
from agentgen.discover.model import Agent, Discovery, Group, Kind, LeftOut, Pair, Settings
from agentgen.discover.nearness import name_key, near_pairs, pair, same_text
from agentgen.discover.precedence import collisions
from agentgen.discover.purposes import Purposes
from agentgen.discover.reading import Reader
from agentgen.discover.signatures import Signature, pairs_of, sign
from agentgen.discover.walk import Walk, walk
from agentgen.jobs import mapped
from agentgen.render.targets import Targets

_CHUNK = 50
_PAYS_FROM = 400
"""From how many files on several processes are worth their start-up."""

T = TypeVar("T")


class Watch(Protocol):
    """Told how the search goes on; may show it."""

    def walking(self) -> Callable[[], object]: ...

    def steps(self, steps: Iterable[T], label: str, total: int) -> Iterator[T]: ...


class Unwatched:
    """Shows nothing."""

    def walking(self) -> Callable[[], object]:
        return int

    def steps(self, steps: Iterable[T], label: str, total: int) -> Iterator[T]:  # noqa: ARG002
        yield from steps


def discover(
    roots: Sequence[Path],
    targets: Targets,
    settings: Settings = Settings(),  # noqa: B008  (frozen)
    *,
    here: Path,
    home: Path,
    skipped: Sequence[Path] = (),
    watch: Watch = Unwatched(),  # noqa: B008  (without state)
) -> Discovery:
    """All agents below the roots, and which of them are one.

    Paths are shown from `here`; `home` is the user's folder, where tools look besides the project's. `skipped` are
    folders to leave out.
    """
    reader = Reader(targets, str(here))
    walked = walk(roots, reader.wanted, skipped, watch.walking())
    agents, left_out = _read(reader, walked, settings, watch)
    pairs, near, purposes = _compare(agents, settings, watch)
    return Discovery(
        roots=tuple(map(str, roots)),
        agents=agents,
        groups=near,
        purposes=purposes,
        pairs=pairs,
        collisions=collisions(agents, targets, home),
        left_out=tuple(left_out),
        folders=walked.folders,
        looked_at=len(walked.files),
    )


def _read(reader: Reader, walked: Walk, settings: Settings, watch: Watch) -> tuple[tuple[Agent, ...], list[LeftOut]]:
    """The agents in all files, sorted by id, and what could not be read."""
    with closing(mapped(reader.read, walked.files, settings.jobs, least=_PAYS_FROM)) as read:
        found = [each for here in watch.steps(read, "reading", len(walked.files)) for each in here]
    agents = sorted((each for each in found if isinstance(each, Agent)), key=lambda agent: agent.id)
    left_out = [*walked.left_out, *(each for each in found if isinstance(each, LeftOut))]
    shown = (LeftOut(reader.shown(each.path), each.reason) for each in left_out)
    return tuple(agents), sorted(shown, key=lambda each: (each.path, each.reason))


def _compare(
    agents: Sequence[Agent], settings: Settings, watch: Watch
) -> tuple[tuple[Pair, ...], tuple[Group, ...], tuple[Group, ...]]:
    """All pairs, the groups that are one agent, and those of one purpose."""
    texts = _texts(agents)
    heads = [same[0] for same in texts]
    signatures = _sign(heads, watch)
    purposes = Purposes(heads)
    between = near_pairs(heads, signatures, purposes, settings, _akin(heads))
    position = {head.id: at for at, head in enumerate(heads)}
    edges = [(position[each.left], position[each.right], each) for each in between]
    clusters = cluster(len(heads), edges)
    near = make_groups(list(_near(texts, clusters, edges)), "G", settings.taken)
    taken = settings.taken | {group.profile for group in near}
    known = {(each.left, each.right): each for each in between}
    akin = make_groups(list(_purposes(heads, clusters, purposes, settings, known)), "P", taken)
    within = [each for group in (*near, *akin) for each in group.pairs]
    everything = {(each.left, each.right): each for each in (*within, *between)}
    return tuple(everything[key] for key in sorted(everything)), near, akin


def _texts(agents: Sequence[Agent]) -> list[list[Agent]]:
    """The agents by what they say, in the order of their first."""
    texts: dict[str, list[Agent]] = defaultdict(list)
    for agent in agents:
        texts[agent.trace.said].append(agent)
    return list(texts.values())


def _sign(heads: Sequence[Agent], watch: Watch) -> list[Signature]:
    chunks = [heads[at : at + _CHUNK] for at in range(0, len(heads), _CHUNK)]
    steps = watch.steps(chunks, "comparing", len(chunks))
    return [signature for chunk in steps for signature in sign([agent.trace.shingles for agent in chunk])]


def _akin(heads: Sequence[Agent]) -> Iterator[tuple[int, int]]:
    """Pairs of one name: forks that drifted far apart keep that longest."""
    names: dict[str, list[int]] = defaultdict(list)
    for at, head in enumerate(heads):
        names[name_key(head)].append(at)
    for positions in names.values():
        yield from pairs_of(positions)


def _near(
    texts: Sequence[Sequence[Agent]], clusters: Sequence[Sequence[int]], edges: Sequence[tuple[int, int, Pair]]
) -> Iterator[tuple[list[Agent], list[Pair]]]:
    """Each group with its members and pairs: the clusters of texts, and texts that lie in several files."""
    owner = {at: number for number, members in enumerate(clusters) for at in members}
    between: dict[int, list[Pair]] = defaultdict(list)
    for left, right, each in edges:
        if left in owner and owner[left] == owner.get(right):
            between[owner[left]].append(each)
    for number, members in enumerate(clusters):
        agents = [agent for at in members for agent in texts[at]]
        yield agents, [*between[number], *(each for at in members for each in _copies(texts[at]))]
    for at, same in enumerate(texts):
        if at not in owner and len(same) > 1:
            yield list(same), list(_copies(same))


def _copies(same: Sequence[Agent]) -> Iterator[Pair]:
    """The pairs of agents that say the same: each with the first."""
    return (same_text(same[0], other) for other in same[1:])


def _purposes(
    heads: Sequence[Agent],
    clusters: Sequence[Sequence[int]],
    purposes: Purposes,
    settings: Settings,
    known: Mapping[tuple[str, str], Pair],
) -> Iterator[tuple[list[Agent], list[Pair]]]:
    """Groups of one purpose; of agents that are one already, the one that says most stands for all."""
    followers = {at for members in clusters for at in members} - {_fullest(heads, members) for members in clusters}
    names = Counter(map(name_key, heads))
    alone = sorted(set(range(len(heads))) - followers, key=lambda at: (-names[name_key(heads[at])], at))
    for group in purposes.gather(alone, settings.purpose):
        leader, *others = group
        pairs = [
            pair(heads[leader], heads[at], Kind.PURPOSE, None, 0.0, 0.0, purposes.likeness(leader, at)) for at in others
        ]
        yield [heads[at] for at in group], [known.get((each.left, each.right), each) for each in pairs]


def _fullest(heads: Sequence[Agent], members: Sequence[int]) -> int:
    return min(members, key=lambda at: (-heads[at].words, heads[at].id))
