"""Which rules changed how: items paired between an old and a new version, each change with its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import product, zip_longest
from typing import NamedTuple

from agentgen.compare.model import Comparison, Conflict, ItemRef, Relation
from agentgen.report.review_order import moved


class RuleKind(StrEnum):
    """What happened to a rule; what a reviewer must not overlook comes first."""

    WEAKENED = "weakened"
    REMOVED = "removed"
    CHANGED = "changed"  # another value, or the opposite
    STRENGTHENED = "strengthened"
    ADDED = "added"
    REWORDED = "reworded"
    MOVED = "moved"
    FORMATTING = "formatting"
    UNCHANGED = "unchanged"


class Rule(NamedTuple):
    """A rule of one version: its text, its line, and the heading it stands under (None before the first)."""

    text: str
    line: int
    heading: str | None


class RuleChange(NamedTuple):
    """What happened to one rule. `moved` may go with any kind; `subject` names what a conflict is about."""

    kind: RuleKind
    old: Rule | None
    new: Rule | None
    moved: bool = False
    subject: str = ""


class _Pair(NamedTuple):
    """An item of the old version and its counterpart, with how the comparison relates them."""

    old: ItemRef | None
    new: ItemRef | None
    relation: Relation
    topic: str
    moved: bool = False


_OPPOSITE = {"weakened": RuleKind.STRENGTHENED, "strengthened": RuleKind.WEAKENED}
_NOTES = {"weakened": RuleKind.WEAKENED, "strengthened": RuleKind.STRENGTHENED}


def rule_changes(comparison: Comparison, old: str, new: str) -> tuple[RuleChange, ...]:
    """Every item of both versions once, unchanged ones included: by kind, then in the order of the text."""
    conflicts = _conflicts(comparison, old, new)
    pairs = _joined(list(_pairs(comparison, old, new)), conflicts)
    wandered = _wandered(pairs)
    headings = {
        (variant.id, section.id): section.heading
        for variant in comparison.variants
        for section in variant.document.sections
    }
    changes = [_change(pair, _conflict(pair, conflicts), pair in wandered, headings, old) for pair in pairs]
    kinds = list(RuleKind)
    return tuple(sorted(changes, key=lambda change: (kinds.index(change.kind), _line(change))))


def _pairs(comparison: Comparison, old: str, new: str) -> Iterator[_Pair]:
    for topic in comparison.topics:
        for group in topic.items:
            sides = ([member for member in group.members if member.variant == side] for side in (old, new))
            for before, after in zip_longest(*sides):
                yield _Pair(before, after, group.relation, topic.id, group.moved)


def _joined(pairs: list[_Pair], conflicts: Mapping[tuple[int, int], Conflict]) -> list[_Pair]:
    """The pairs, with items that stand alone but are against each other in a conflict made one pair."""
    lone_old = {pair.old.index: pair for pair in pairs if pair.old and not pair.new}
    lone_new = {pair.new.index: pair for pair in pairs if pair.new and not pair.old}
    joined: list[_Pair] = []
    gone: set[_Pair] = set()
    for before, after in conflicts:
        if before in lone_old and after in lone_new:
            left, right = lone_old.pop(before), lone_new.pop(after)
            joined.append(_Pair(left.old, right.new, Relation.CONFLICT, left.topic, left.topic != right.topic))
            gone |= {left, right}
    return [*(pair for pair in pairs if pair not in gone), *joined]


def _conflicts(comparison: Comparison, old: str, new: str) -> dict[tuple[int, int], Conflict]:
    """Conflicts between items of both versions by the items' indices."""
    found: dict[tuple[int, int], Conflict] = {}
    for conflict in comparison.conflicts:
        sides = [[side.item for side in conflict.members if side.variant == variant] for variant in (old, new)]
        for before, after in product(*sides):
            if before is not None and after is not None:
                found.setdefault((before, after), conflict)
    return found


def _conflict(pair: _Pair, conflicts: Mapping[tuple[int, int], Conflict]) -> Conflict | None:
    return conflicts.get((pair.old.index, pair.new.index)) if pair.old and pair.new else None


def _wandered(pairs: Iterable[_Pair]) -> set[_Pair]:
    """Pairs whose item moved to another topic, or to another place among the items of its own."""
    found = {pair for pair in pairs if pair.moved}
    by_topic: dict[str, list[tuple[int, int, _Pair]]] = {}
    for pair in pairs:
        if pair.old and pair.new and not pair.moved:
            by_topic.setdefault(pair.topic, []).append((pair.old.index, pair.new.index, pair))
    for steady in by_topic.values():
        steady.sort(key=lambda entry: entry[:2])
        found |= {steady[position][2] for position in moved([after for _, after, _ in steady])}
    return found


def _change(
    pair: _Pair, conflict: Conflict | None, wandered: bool, headings: Mapping[tuple[str, str], str | None], old: str
) -> RuleChange:
    before, after = (_rule(item, headings) for item in (pair.old, pair.new))
    kind = _kind(pair, conflict, old)
    if wandered and kind in (RuleKind.FORMATTING, RuleKind.UNCHANGED):
        kind = RuleKind.MOVED
    return RuleChange(kind, before, after, wandered, conflict.subject if conflict else "")


def _kind(pair: _Pair, conflict: Conflict | None, old: str) -> RuleKind:
    if not pair.old or not pair.new:
        return RuleKind.REMOVED if pair.old else RuleKind.ADDED
    if conflict:
        words = _NOTES if conflict.members[0].variant == old else _OPPOSITE
        return words.get(conflict.note, RuleKind.CHANGED)
    if pair.relation is Relation.SAME:
        return RuleKind.UNCHANGED if pair.old.text == pair.new.text else RuleKind.FORMATTING
    return RuleKind.CHANGED if pair.relation is Relation.CONFLICT else RuleKind.REWORDED


def _rule(item: ItemRef | None, headings: Mapping[tuple[str, str], str | None]) -> Rule | None:
    return Rule(item.text, item.line, headings[item.variant, item.section]) if item else None


def _line(change: RuleChange) -> tuple[int, int]:
    """Changes stand where the new text has them, removals where the old text had them."""
    rule = change.new or change.old
    return (rule.line if rule else 0, change.old.line if change.old else 0)
