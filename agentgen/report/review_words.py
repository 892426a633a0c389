"""The words that the views of a review share."""

from __future__ import annotations

from agentgen.compare.model import SectionRef
from agentgen.report.review_keys import Effect
from agentgen.report.review_rules import Rule, RuleChange, RuleKind
from agentgen.report.review_sections import SectionChange, SectionKind

TITLES: dict[RuleKind, str] = {
    RuleKind.WEAKENED: "Rules weakened",
    RuleKind.REMOVED: "Rules removed",
    RuleKind.CHANGED: "Rules that say something else",
    RuleKind.STRENGTHENED: "Rules strengthened",
    RuleKind.ADDED: "Rules added",
    RuleKind.REWORDED: "Rules reworded",
    RuleKind.MOVED: "Rules moved",
}
"""A title for each kind that a reviewer reads, the most important first."""

EFFECTS: dict[Effect, str] = {
    Effect.WIDENS: "the agent may do more",
    Effect.BOTH: "the agent may do more here and less there",
    Effect.CHANGES: "changed",
    Effect.NARROWS: "the agent may do less",
}
"""What a change of a permission comes to."""

_NO_HEADING = "before the first heading"


def rule_place(change: RuleChange) -> str:
    """Where a rule stands, or stood and stands, and what it is about where that is known."""
    old, new = change.old, change.new
    if old and new and old.heading == new.heading:
        lines = f"line {new.line}" if old.line == new.line else f"line {old.line} → {new.line}"
        place = f"{_heading(new.heading)}, {lines}"
    else:
        place = " → ".join(_place(rule) for rule in (old, new) if rule)
    moved = ", moved" if change.moved and change.kind is not RuleKind.MOVED else ""
    return f"{change.subject}: {place}{moved}" if change.subject else f"{place}{moved}"


def section_words(change: SectionChange) -> str:
    """What happened to a section, in words."""
    sides = [section for section in (change.old, change.new) if section]
    if change.kind is SectionKind.RENAMED:
        return f"renamed: {' → '.join(_heading(section.heading) for section in sides)}, line {sides[-1].line}"
    if change.kind is SectionKind.MOVED:
        return f"moved: {_heading(sides[-1].heading)}, line {' → '.join(str(section.line) for section in sides)}"
    return f"{change.kind.value}: {_section(sides[0])}"


def _section(section: SectionRef) -> str:
    return f"{_heading(section.heading)}, line {section.line}"


def _place(rule: Rule) -> str:
    return f"{_heading(rule.heading)}, line {rule.line}"


def _heading(heading: str | None) -> str:
    return heading if heading is not None else _NO_HEADING
