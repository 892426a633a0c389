"""The recipe: which variants, and what to take of each topic and each frontmatter key.

A recipe is complete: the sections that make up a topic stand in it, so that same variants and same recipe give the same
profile even where a later version of the comparison would align otherwise. A decision remembers what it was made on
(`seen`: short digests), so that it can be shown again when that changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from agentgen.profile.model import Approval, Prose

OPENING = "opening"
"""The topic that becomes the profile's role."""


class VariantEntry(NamedTuple):
    """A variant of the recipe: its id, its path relative to the recipe, the digest it had, the tool it is for."""

    id: str
    path: str
    digest: str = ""
    tool: str | None = None


class KeyMode(StrEnum):
    """How the value of a frontmatter key comes about."""

    TAKE = "take"  # of one variant
    UNION = "union"  # of the listed variants
    INTERSECT = "intersect"
    VALUE = "value"  # written in the recipe
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class KeyDecision:
    """What to do with one canonical frontmatter key.

    `variants` are those that the mode speaks of. `subtract` removes entries of a set afterwards. `open`: nobody decided
    yet, and this holds meanwhile. `seen` maps each variant that had the key to the short digest of its value.
    """

    key: str
    mode: KeyMode
    variants: tuple[str, ...] = ()
    value: object = None
    subtract: tuple[str, ...] = ()
    open: bool = False
    reason: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)


class ItemAction(StrEnum):
    """What to do with one statement."""

    DROP = "drop"
    KEEP = "keep"  # as it is, where its section stands, whatever else says something alike
    PICK = "pick"  # the wording of one variant
    REPLACE = "replace"  # a wording written in the recipe


class ItemDecision(NamedTuple):
    """What to do with one statement, found by what it says.

    `statement` is the anchor: the statement as somebody wrote it; moves, markup and small edits do not break it.
    `value` is the variant for `pick`, the new wording for `replace`, and empty for `drop` and `keep`.
    """

    statement: str
    action: ItemAction
    value: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TopicDecision:
    """What to do with one topic.

    `sections` maps variant id to section id: the row; `seen` maps it to the short digest the section had. `take` are
    the variants whose sections are used: one gives that section as it is, several give the union, none leaves the
    heading alone. `agree` keeps only statements that at least so many variants say. `mine` is a body written by hand,
    used instead. `title` is None for the default (that of the first
    variant taken). Topics stand in the recipe in the order of the profile; `order` puts one at a 1-based position among
    its siblings. `parent` is the id of another topic.
    """

    id: str
    sections: Mapping[str, str] = field(default_factory=dict)
    take: tuple[str, ...] = ()
    drop: bool = False
    agree: int = 0
    mine: str | None = None
    title: str | None = None
    order: int | None = None
    parent: str | None = None
    targets: tuple[str, ...] = ()
    items: tuple[ItemDecision, ...] = ()
    reason: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConflictDecision:
    """What was decided about a conflict: the variant whose side holds, a text, or that all sides stay.

    `open`: nobody decided yet, and this holds meanwhile. `seen` maps each variant that takes part to the short digest
    of its side.
    """

    id: str
    subject: str
    pick: str | None = None
    text: str | None = None
    keep_both: bool = False
    open: bool = False
    reason: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        return self.open or (self.pick is None and self.text is None and not self.keep_both)


@dataclass(frozen=True, slots=True)
class Recipe:
    """All decisions.

    `precedence` orders the variants; it decides titles, order of items and open conflicts. `strategy` decides about
    what is new: `union`, `base=ID`, `consensus` or `consensus=N`.
    """

    variants: tuple[VariantEntry, ...]
    precedence: tuple[str, ...]
    keys: tuple[KeyDecision, ...] = ()
    topics: tuple[TopicDecision, ...] = ()
    conflicts: tuple[ConflictDecision, ...] = ()
    approvals: tuple[Approval, ...] = ()
    strategy: str = "union"
    prose: Prose = field(default_factory=Prose)

    @property
    def undecided(self) -> tuple[str, ...]:
        """The keys and the subjects of the conflicts that nobody decided yet."""
        keys = (decision.key for decision in self.keys if decision.open)
        return (*keys, *(decision.subject for decision in self.conflicts if decision.is_open))
