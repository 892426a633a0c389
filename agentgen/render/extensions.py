"""Keys that only one tool has, kept in a profile under that tool's name: written for it, left behind for the others."""

from __future__ import annotations

from collections.abc import Mapping

from agentgen.profile.model import Profile
from agentgen.render.canonical import read_fields
from agentgen.render.mapping import shown
from agentgen.render.model import Entry, Outcome
from agentgen.render.spec import Target, UnknownKeys
from agentgen.render.vocabulary import Vocabulary

EXTENSION = "extension"


def map_extensions(
    profile: Profile, target: Target, written: Mapping[str, object], vocabulary: Vocabulary
) -> tuple[dict[str, object], list[Entry]]:
    """The extensions to write next to the values already `written`, and a ledger entry for each."""
    values: dict[str, object] = {}
    entries: list[Entry] = []
    for tool, keys in profile.extensions.items():
        own = tool in (target.name, *target.aliases)
        for key, value in keys.items():
            reason = _refusal(tool, key, value, target, written, vocabulary) if own else f"only {tool} has it"
            outcome = Outcome.DROPPED if reason else Outcome.KEPT
            after = "" if reason else shown(value)
            entry = Entry(EXTENSION, f"{tool}.{key}", outcome, shown(value), after, reason, expected=not own)
            entries.append(entry)
            if not reason:
                values[key] = value
    return values, entries


def _refusal(
    tool: str, key: str, value: object, target: Target, written: Mapping[str, object], vocabulary: Vocabulary
) -> str:
    """Why an extension cannot be written; empty where it can."""
    if key == target.body.key or (key in written and not _says_the_same(key, value, written, target, vocabulary)):
        return f"the profile says {key} itself"
    if key in target.dead_keys:
        return target.dead_keys[key].reason
    known = {spec.key for spec in target.fields.values()} | {*target.extra_keys, *target.constants}
    if key not in known and target.unknown_keys is UnknownKeys.REJECTED:
        return f"{tool} does not know the key, and would reject a file with it"
    return ""


def _says_the_same(
    key: str, value: object, written: Mapping[str, object], target: Target, vocabulary: Vocabulary
) -> bool:
    """Whether a value in the tool's own words means what the profile says, so that it may stand in its place."""
    theirs, ours = (read_fields({key: each}, target, vocabulary).fields for each in (value, written[key]))
    return bool(ours) and dict(theirs) == dict(ours)
