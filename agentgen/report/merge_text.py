"""A merge on the terminal: the sums, what is still open, and what the agent may do more than a variant allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from agentgen.compare.model import ConflictKind, ConflictMember
from agentgen.merge.model import Fate, Merged, OpenConflict, Widening
from agentgen.profile.model import ProfileSection
from agentgen.report.enumerate import counted, first_of
from agentgen.report.visible import visible

_FATES = {
    Fate.KEPT: "kept",
    Fate.SAID: "said by another",
    Fate.OVERRULED: "overruled",
    Fate.DROPPED: "dropped by the recipe",
    Fate.EMPTIED: "announcing nothing any more",
    Fate.NOT_TAKEN: "in sections not taken",
}
_QUOTE = 60  # characters of a quote


def merge_text(name: str, merged: Merged, *, edited: bool) -> str:
    """The merge of one profile; `edited` tells whether it holds edits made by hand."""
    lines = [*_lines(name, merged), *_hands(merged, edited=edited)]
    return visible("\n".join(lines)) + "\n"


def sections(merged: Merged) -> int:
    """How many sections the profile has, those inside others too."""
    return sum(map(_count, merged.profile.sections))


def _count(section: ProfileSection) -> int:
    return 1 + sum(map(_count, section.sections))


def _lines(name: str, merged: Merged) -> Iterator[str]:
    yield f"{name}: {counted(len(merged.lock.variants), 'variant')}, {counted(sections(merged), 'section')}"
    counts = Counter(outcome.fate for outcome in merged.outcomes.values())
    fates = ", ".join(f"{counts[fate]} {words}" for fate, words in _FATES.items() if counts[fate])
    yield f"  statements: {fates or 'none'}"
    yield from (f"  {_widening(widening)}" for widening in merged.widenings)
    if merged.conflicts:
        yield f"  open conflicts: {len(merged.conflicts)}; until recipe.yaml decides, the first side holds"
    yield from map(_conflict, merged.conflicts)


def _hands(merged: Merged, *, edited: bool) -> Iterator[str]:
    """What a hand did to the profile, and where the merge disagrees."""
    if edited:
        yield "  edits by hand in profile.yaml: kept (--discard-edits throws them away)"
    for one in merged.hands:
        yield f"  edited by hand and changed by the merge: {one.place}; the hand's text holds until recipe.yaml decides"
        yield from (
            f"      {side}: {_quote(text or '(gone)')}" for side, text in (("hand", one.mine), ("merge", one.theirs))
        )


def _conflict(entry: OpenConflict) -> str:
    """One line: who says what, the side that holds first."""
    lists = entry.conflict.kind is ConflictKind.FRONTMATTER  # the order of a list is no difference
    sides: dict[object, list[ConflictMember]] = {}
    for member in sorted(entry.conflict.members, key=lambda member: member.variant not in entry.fallback):
        value = member.value or member.text
        sides.setdefault(frozenset(value.split(", ")) if lists else _quote(value), []).append(member)
    said = (
        f"{_quote(members[0].value or members[0].text)} ({', '.join(dict.fromkeys(one.variant for one in members))})"
        for members in sides.values()
    )
    return f"    {entry.conflict.subject}: {' against '.join(said)}"


def _quote(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _QUOTE else flat[: _QUOTE - 1] + "…"


def _widening(widening: Widening) -> str:
    gained = first_of(widening.gained) or "every tool"
    return f"more than {widening.variant} allows ({widening.field}): {gained}"
