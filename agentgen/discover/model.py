"""What a search finds: agents, pairs that are near each other, groups that are one agent, and names that collide.

Everything is sorted by path; nothing depends on the order in which the folders were named or walked.
"""

from __future__ import annotations

from array import array
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """How two agents are related, nearest first."""

    COPY = "copy"  # the same bytes
    FORMATTING = "formatting"  # the same but for white space and Markdown marks
    RENAMED = "renamed"  # the same text and fields under another name
    RETOOLED = "retooled"  # the same text with another tool's frontmatter
    EDITED = "edited"  # mostly the same words, or the same text with other fields
    FORK = "fork"  # a large part in common
    PURPOSE = "purpose"  # written independently for the same purpose


class Scope(StrEnum):
    """Whose folder a tool finds a file in."""

    PROJECT = "project"
    USER = "user"


class Trace(NamedTuple):
    """The words of a prompt for comparing: hashes of its shingles (three words in a row within one statement).

    `starts` says where the shingles of each statement begin, `statements` holds the statements' hashes. `said` is
    equal where two prompts differ in white space and Markdown marks only. `topics` are the stems of the opening and
    the headings.
    """

    said: str
    shingles: array[int]
    starts: array[int]
    statements: array[int]
    topics: tuple[str, ...]


class Agent(NamedTuple):
    """One agent of one file. `path` is as shown, `place` absolute; `links` are other paths that lead to the file.

    `tool` is the target it was written for, None where nothing speaks for one. `shared` is true where the file holds
    several agents.
    """

    path: str
    place: str
    name: str
    description: str
    tool: str | None
    digest: str
    fields: str
    words: int
    trace: Trace
    links: tuple[str, ...] = ()
    shared: bool = False

    @property
    def id(self) -> str:
        """What tells it from all others: its path, and its name where the file holds several."""
        return f"{self.path}#{self.name}" if self.shared else self.path


class LeftOut(NamedTuple):
    """A file or folder that was not read, or is no agent although it looks like one, and why."""

    path: str
    reason: str


class Pair(NamedTuple):
    """Two agents (ids, the smaller one first) and how near they are.

    `estimate` is what their signatures said, None where the pair was found otherwise. `alike` is the share of what
    either says that both say, `shared` the share of the shorter one that the other says too: exact, 0 to 1, statements
    that many agents have in common counted little. `purpose` is the likeness of names, descriptions and topics.
    """

    left: str
    right: str
    kind: Kind
    estimate: float | None
    alike: float
    shared: float
    purpose: float
    renamed: bool = False
    retooled: bool = False


class Group(NamedTuple):
    """Agents that are one agent, or (`purpose`) were written for one purpose.

    `centre` is the member that the others are shown against, `pairs` the pairs among the members that were found.
    `texts` counts the different texts, `profile` is a name for the merged profile.
    """

    id: str
    name: str
    purpose: bool
    members: tuple[Agent, ...]
    centre: Agent
    pairs: tuple[Pair, ...]
    texts: int
    profile: str

    @property
    def sources(self) -> tuple[Agent, ...]:
        """One member of each text, the centre first: what a merge takes. Files of several agents are left out."""
        seen: dict[str, Agent] = {}
        for agent in (self.centre, *self.members):
            if not agent.shared:
                seen.setdefault(agent.digest, agent)
        return tuple(seen.values())

    @property
    def nearest(self) -> dict[str, Pair]:
        """For each member but the centre its pair with the centre; where there is none, the nearest that it has."""
        best: dict[str, Pair] = {}
        for pair in sorted(self.pairs, key=self._rank):
            for member in (pair.left, pair.right):
                if member != self.centre.id:
                    best.setdefault(member, pair)
        return best

    def _rank(self, pair: Pair) -> tuple[bool, int, float, float]:
        central = self.centre.id in (pair.left, pair.right)
        return not central, list(Kind).index(pair.kind), -pair.alike, -pair.purpose

    @property
    def worth_merging(self) -> bool:
        """True where there are two different texts to merge."""
        return len(self.sources) > 1


class Contender(NamedTuple):
    """A file that a tool finds under a name: where, and in whose folder. `base` is the folder it holds for."""

    agent: Agent
    path: str
    scope: Scope
    base: str


class Collision(NamedTuple):
    """Files of one name that one tool finds in the same place of work. `used` is the path it takes, None if unknown.

    `where` is the folder of work, `rule` says why, or what is not known.
    """

    tool: str
    name: str
    where: str
    contenders: tuple[Contender, ...]
    used: str | None
    rule: str


class Discovery(NamedTuple):
    """All that a search found. `looked_at` counts files that could have been agents, `folders` those walked."""

    roots: tuple[str, ...]
    agents: tuple[Agent, ...]
    groups: tuple[Group, ...]
    purposes: tuple[Group, ...]
    pairs: tuple[Pair, ...]
    collisions: tuple[Collision, ...]
    left_out: tuple[LeftOut, ...]
    folders: int
    looked_at: int


class Settings(NamedTuple):
    """`near` is the likeness from which two texts are one edited, `purpose` that from which two have one purpose.

    `taken` are profile names that are not free. `jobs` is how many processes read files.
    """

    near: float = 0.5
    purpose: float = 0.5
    taken: frozenset[str] = frozenset()
    jobs: int = 1
