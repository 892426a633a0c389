"""Which sections came, went, got another name or another place."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from agentgen.compare.model import Comparison, SectionRef
from agentgen.report.review_order import moved


class SectionKind(StrEnum):
    """What happened to a section's heading."""

    REMOVED = "removed"
    ADDED = "added"
    RENAMED = "renamed"
    MOVED = "moved"


class SectionChange(NamedTuple):
    """One section of which heading or place changed; a section may have a change of each kind."""

    kind: SectionKind
    old: SectionRef | None
    new: SectionRef | None


def section_changes(comparison: Comparison, old: str, new: str) -> tuple[SectionChange, ...]:
    """The changes by kind, then in the order of the text."""
    pairs = [_sides(topic.sections, old, new) for topic in comparison.topics]
    both = sorted(
        ((before, after) for before, after in pairs if before and after), key=lambda pair: (pair[0].line, pair[1].line)
    )
    wandered = moved([after.line for _, after in both])
    changes = [
        *(SectionChange(SectionKind.REMOVED, before, None) for before, after in pairs if before and not after),
        *(SectionChange(SectionKind.ADDED, None, after) for before, after in pairs if after and not before),
        *(SectionChange(SectionKind.RENAMED, *pair) for pair in both if pair[0].heading != pair[1].heading),
        *(SectionChange(SectionKind.MOVED, *both[position]) for position in sorted(wandered)),
    ]
    return tuple(changes)


def _sides(sections: Iterable[SectionRef], old: str, new: str) -> tuple[SectionRef | None, SectionRef | None]:
    found = {section.variant: section for section in sections}
    return found.get(old), found.get(new)
