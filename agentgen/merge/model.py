"""What a merge gives: the profile, what became of every statement, what is still open, and what to ask a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from agentgen.compare.model import Comparison, Conflict, Topic
from agentgen.findings import Finding
from agentgen.merge.nodes import Ref
from agentgen.profile.lock import HandConflict, Lock, Origin, Stale
from agentgen.profile.model import Profile


class Fate(StrEnum):
    """What became of one statement of a variant."""

    KEPT = "kept"  # stands in the profile, in its own words or richer ones
    SAID = "said"  # another statement of the profile says it
    OVERRULED = "overruled"  # it contradicts the side that holds
    DROPPED = "dropped"  # the recipe leaves it out
    EMPTIED = "emptied"  # it only announced statements that all stand elsewhere
    NOT_TAKEN = "not-taken"  # the recipe does not take its section


class Outcome(NamedTuple):
    """The fate of a statement; `by` is the statement that stands for it, `decision` the entry of the recipe."""

    fate: Fate
    by: Ref | None = None
    decision: str = ""


class OpenConflict(NamedTuple):
    """A conflict that nobody has decided: the side of `fallback` holds meanwhile (of several for united lists)."""

    conflict: Conflict
    fallback: tuple[str, ...]


class Widening(NamedTuple):
    """Combining tool lists gives an agent more than a variant allowed: which tools beyond that variant's own."""

    variant: str
    field: str
    gained: tuple[str, ...]  # empty: all tools


@dataclass(frozen=True, slots=True)
class Merged:
    """The result of a merge. `outcomes` covers every item of every variant."""

    profile: Profile
    lock: Lock
    conflicts: tuple[OpenConflict, ...] = ()
    findings: tuple[Finding, ...] = ()
    widenings: tuple[Widening, ...] = ()
    outcomes: Mapping[Ref, Outcome] = field(default_factory=dict)
    stale: tuple[Stale, ...] = ()
    hands: tuple[HandConflict, ...] = ()


class Blamed(NamedTuple):
    """A line of a profile or a rendered file: its 1-based number, its text without line end, where it came from."""

    line: int
    text: str
    origin: Origin


class Kind(StrEnum):
    """What a question is about, the worst first."""

    PERMISSION = "permission"
    DESCRIPTION = "description"
    KEY = "key"
    CONFLICT = "conflict"
    TOPIC = "topic"
    ALONE = "alone"  # all topics that only one variant has
    SINGLE = "single"  # one of those; asked where somebody wants to see them one by one


class Act(StrEnum):
    """What a person may answer."""

    TAKE = "take"
    UNION = "union"  # of a conflict: both sides stay
    INTERSECT = "intersect"
    DROP = "drop"
    EDIT = "edit"
    SKIP = "skip"
    EACH = "each"  # ask about the topics of the group one by one


class Question(NamedTuple):
    """One decision to make.

    `id` names an entry of the recipe (`keys/tools`, `conflicts/…`, `topics/…`), or `alone/VARIANT`. `variants` are
    those that can be taken, by precedence, `acts` the answers that make sense, `topics` the ids a group is about.
    `seen` is a short digest of everything it is asked about. `needed`: nobody decided yet, or on another input.
    """

    id: str
    kind: Kind
    subject: str
    variants: tuple[str, ...]
    acts: tuple[Act, ...]
    seen: str
    needed: bool
    topics: tuple[str, ...] = ()


class View(NamedTuple):
    """What a console shows of a question, the `number`th of `total`.

    `variants` stand in the order of their digits. `standing` says in words what holds without an answer, `row` is the
    row of a topic, `sections` are variant and section id of each section that the question is about. `keys` are those
    that do something, each with what it does, `notice` is a word about the last key.
    """

    comparison: Comparison
    question: Question
    number: int
    total: int
    variants: tuple[str, ...]
    standing: str
    row: Topic | None
    sections: tuple[tuple[str, str], ...]
    keys: tuple[tuple[str, str], ...]
    notice: str = ""
