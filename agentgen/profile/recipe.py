"""The recipe: which variants, and what to take of each topic and each frontmatter key.

A recipe is complete: the sections that make up a topic stand in it, so that same variants and same recipe give the same
profile even where a later version of the comparison would align otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class VariantEntry:
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
    """What to do with one canonical frontmatter key. `subtract` removes entries of a set afterwards."""

    key: str
    mode: KeyMode
    variants: tuple[str, ...] = ()
    value: object = None
    subtract: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TopicDecision:
    """What to do with one topic.

    `sections` maps variant id to section id: the row. `take` are the variants whose sections are used: one gives that
    section as it is, several give the union. `mine` is a body written by hand, used instead. `items_drop` are
    statements (as written) to leave out, `items_replace` maps statements to others. `title` is None for the default
    (that of the first variant taken); the topic `opening` becomes the profile's role. `order` sorts among siblings
    (default: where the precedence variant has it). `parent` is the id of another topic.
    """

    id: str
    sections: Mapping[str, str] = field(default_factory=dict)
    take: tuple[str, ...] = ()
    drop: bool = False
    mine: str | None = None
    title: str | None = None
    order: int | None = None
    parent: str | None = None
    targets: tuple[str, ...] = ()
    items_drop: tuple[str, ...] = ()
    items_replace: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ConflictDecision:
    """What was decided about a conflict: the variant whose side holds, or a text. Open where neither is given."""

    id: str
    subject: str
    pick: str | None = None
    text: str | None = None
    keep_both: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """All decisions. `precedence` orders the variants; it decides titles, order of items and open conflicts."""

    variants: tuple[VariantEntry, ...]
    precedence: tuple[str, ...]
    keys: tuple[KeyDecision, ...] = ()
    topics: tuple[TopicDecision, ...] = ()
    conflicts: tuple[ConflictDecision, ...] = ()
    approvals: tuple[Mapping[str, object], ...] = ()
