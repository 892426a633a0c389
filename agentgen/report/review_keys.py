"""What a change of the frontmatter means: entries gained and lost, and whether the agent may do more or less."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from agentgen.compare.model import KeyDifference, KeyStatus
from agentgen.report.summary import PERMISSION_KEYS
from agentgen.report.values import entries


class Effect(StrEnum):
    """What a change does to what the agent may do."""

    WIDENS = "widens"
    NARROWS = "narrows"
    BOTH = "widens and narrows"
    CHANGES = "changes"  # more or less cannot be told from the value
    NONE = "none"  # the key permits nothing


class KeyChange(NamedTuple):
    """A frontmatter key that changed. `old` and `new` are canonical values, None where the key is not given.

    `gained` and `lost` are list entries; a missing `tools` means all tools, so it has no entries to gain.
    """

    key: str
    old: object | None
    new: object | None
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    effect: Effect

    @property
    def permission(self) -> bool:
        return self.effect is not Effect.NONE


def key_changes(keys: tuple[KeyDifference, ...], old: str, new: str) -> tuple[KeyChange, ...]:
    """The keys that changed between two variants, in the given order."""
    return tuple(_change(key, old, new) for key in keys if key.status is not KeyStatus.SAME)


def _change(key: KeyDifference, old: str, new: str) -> KeyChange:
    before, after = key.values.get(old), key.values.get(new)
    gained = tuple(entry for entry in entries(after) if entry not in entries(before))
    lost = tuple(entry for entry in entries(before) if entry not in entries(after))
    return KeyChange(key.key, before, after, gained, lost, _effect(key.key, key.values, old, new))


def _effect(key: str, values: Mapping[str, object], old: str, new: str) -> Effect:
    if key not in PERMISSION_KEYS:
        return Effect.NONE
    if key not in ("tools", "disallowed_tools"):
        return Effect.CHANGES
    allowing = key == "tools"
    if allowing and (old not in values or new not in values):
        return Effect.NARROWS if new in values else Effect.WIDENS
    more = _reaches(entries(values.get(new)), entries(values.get(old)))
    less = _reaches(entries(values.get(old)), entries(values.get(new)))
    widens, narrows = (more, less) if allowing else (less, more)
    if widens and narrows:
        return Effect.BOTH
    if widens or narrows:
        return Effect.WIDENS if widens else Effect.NARROWS
    return Effect.CHANGES


def _reaches(entries_: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """True where some entry is covered by none of the others; a bare tool covers its own patterns."""
    return any(entry not in others and entry.partition("(")[0] not in others for entry in entries_)
