"""A comparison: all topics of N variants, their items and relations, the frontmatter's differences, the conflicts.

Everything here is a frozen value in a stable order that does not depend on the order of the variants given: variants
are sorted by id, topics by where they stand in the variants, members by variant id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from agentgen.document.model import Document
from agentgen.findings import Finding


@dataclass(frozen=True, slots=True)
class Variant:
    """A document under the name that recipes and reports use for it.

    `tool` is the target it was written for, where known. `fields` are the frontmatter's values under canonical names
    and in canonical form (`tools` a tuple of canonical tool names), `extensions` the keys that only that tool has or
    nobody knows, as they were. Whoever builds a variant maps them; the comparison knows no tool.
    """

    id: str
    document: Document
    tool: str | None = None
    fields: Mapping[str, object] = field(default_factory=dict)
    extensions: Mapping[str, object] = field(default_factory=dict)


class Status(StrEnum):
    """How the sections of one topic stand to each other, best first."""

    SAME = "same"  # equal but for blank lines at the edges
    FORMATTING = "formatting"  # proven to differ in formatting only
    EDITED = "edited"  # in all variants, with different words
    PARTIAL = "partial"  # in some variants
    ONLY = "only"  # in one variant


class Relation(StrEnum):
    """How the items of one group stand to each other."""

    SAME = "same"
    EQUIVALENT = "equivalent"
    CONFLICT = "conflict"
    PART_OF = "part-of"  # the first member says it along with more
    ONLY = "only"


class SectionRef(NamedTuple):
    """A section of a variant."""

    variant: str
    section: str
    heading: str | None
    level: int
    line: int
    end_line: int
    path: tuple[str, ...]  # the headings above it, outermost first


@dataclass(frozen=True, slots=True)
class ItemRef:
    """An item of a variant: `index` into its document's items."""

    variant: str
    section: str
    index: int
    line: int
    text: str


class ItemGroup(NamedTuple):
    """Items of different variants that say the same thing (or one item that stands alone)."""

    relation: Relation
    members: tuple[ItemRef, ...]
    moved: bool = False  # members sit in sections of different topics


class Evidence(NamedTuple):
    """Why sections were put in one row: kind (heading, words, items, concept, opening, pinned) and weight 0 to 1."""

    kind: str
    weight: float
    detail: str = ""


class Topic(NamedTuple):
    """One row: at most one section a variant.

    `id` is a unique slug of the title. `confidence` is 0 to 1 (1 for a row of one). `see_also` names topics that are
    near but below the row's threshold.
    """

    id: str
    title: str
    status: Status
    sections: tuple[SectionRef, ...]
    items: tuple[ItemGroup, ...]
    parent: str | None = None
    confidence: float = 1.0
    evidence: tuple[Evidence, ...] = ()
    see_also: tuple[str, ...] = ()


class KeyStatus(StrEnum):
    """How a frontmatter key stands in the variants."""

    SAME = "same"
    DIFFERENT = "different"
    PARTIAL = "partial"  # missing somewhere, equal where present


class KeyDifference(NamedTuple):
    """A frontmatter key under its canonical name.

    `values` holds the canonical value for each variant that has the key (tools as a tuple of canonical names).
    `lines` the line of the entry. `changes` says what deepdiff found, pairwise against the first variant, in words.
    """

    key: str
    status: KeyStatus
    values: Mapping[str, object]
    lines: Mapping[str, int]
    changes: tuple[str, ...] = ()


class ConflictKind(StrEnum):
    """What two variants disagree about."""

    VALUE = "value"
    POLARITY = "polarity"
    FRONTMATTER = "frontmatter"


class ConflictMember(NamedTuple):
    """One side of a conflict, with its quote and place."""

    variant: str
    line: int
    text: str
    value: str
    item: int | None = None  # index into the document's items; None for frontmatter


class Conflict(NamedTuple):
    """Variants that disagree. `id` is stable under reordering of the variants and moves of the text."""

    id: str
    subject: str
    kind: ConflictKind
    members: tuple[ConflictMember, ...]
    confidence: float = 1.0
    note: str = ""  # "weakened", "strengthened"


class Comparison(NamedTuple):
    """All that was found about N variants, sorted by variant id."""

    variants: tuple[Variant, ...]
    frontmatter: tuple[KeyDifference, ...]
    topics: tuple[Topic, ...]
    conflicts: tuple[Conflict, ...]
    findings: tuple[Finding, ...]

    def topic(self, topic_id: str) -> Topic:
        """The topic with that id. Raises KeyError."""
        for topic in self.topics:
            if topic.id == topic_id:
                return topic
        raise KeyError(topic_id)
