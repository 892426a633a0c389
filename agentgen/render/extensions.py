"""Keys that only one tool has, kept in a profile under that tool's name: written for it, left behind for the others."""

from __future__ import annotations

from collections.abc import Mapping

from agentgen.profile.model import Profile
from agentgen.render.canonical import TOOL_FIELDS, read_fields
from agentgen.render.limits import narrowed
from agentgen.render.mapping import shown
from agentgen.render.model import Entry, Outcome
from agentgen.render.spec import Loader, Target, ToolStyle, UnknownKeys
from agentgen.render.vocabulary import Vocabulary
from agentgen.toolrefs import parse_tools

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
            reason = _refusal(tool, key, value, profile, target, written, vocabulary) if own else f"only {tool} has it"
            outcome = Outcome.DROPPED if reason else Outcome.KEPT
            after = "" if reason else shown(value)
            source = "" if outcome is Outcome.KEPT else target.source
            entry = Entry(EXTENSION, f"{tool}.{key}", outcome, shown(value), after, reason, source, expected=not own)
            entries.append(entry)
            if not reason:
                values[key] = value
    return values, entries


def said_as_it_came(profile: Profile, target: Target, extensions: Mapping[str, object]) -> frozenset[str]:
    """The fields of the profile that the extensions which are written say in the tool's own words."""
    names = {name for name, spec in target.fields.items() if {spec.key, *spec.also_read} & {*extensions}}
    if "tools" in names and target.tools.style is ToolStyle.PERMISSIONS:
        names.add("disallowed_tools")
    return frozenset(name for name in names if profile.fields.get(name) is not None)


def _refusal(
    tool: str,
    key: str,
    value: object,
    profile: Profile,
    target: Target,
    written: Mapping[str, object],
    vocabulary: Vocabulary,
) -> str:
    """Why an extension cannot be written; empty where it can."""
    names = [name for name, spec in target.fields.items() if key == spec.key]
    decided = key in written or any(profile.fields.get(name) is not None for name in names)
    if key == target.body.key or (decided and not _says_the_same(key, value, profile, target, written, vocabulary)):
        return f"the profile says {key} itself"
    if key in target.dead_keys:
        return target.dead_keys[key].reason
    known = {spec.key for spec in target.fields.values()} | {*target.extra_keys, *target.constants}
    if key not in known and target.unknown_keys is UnknownKeys.REJECTED:
        return f"{tool} does not know the key, and would reject a file with it"
    read_as = key.strip().lower()
    if target.loader is Loader.RAW_LINES and key != read_as and (read_as in known or _is_limit(read_as, target)):
        return f"{tool} reads it as {read_as}"
    return ""


def _is_limit(key: str, target: Target) -> bool:
    return any(limit.key == key for limit in target.limits)


def _says_the_same(
    key: str,
    value: object,
    profile: Profile,
    target: Target,
    written: Mapping[str, object],
    vocabulary: Vocabulary,
) -> bool:
    """Whether a value in the tool's own words means what the profile says, so that it may stand in its place.

    What is written may mean less than the profile: then the profile, but for what it leaves out for this target by
    name, is what counts.
    """
    given = [{key: each} for each in (value, written.get(key))]
    theirs, ours = (dict(read_fields(each, target, vocabulary).fields) for each in given)
    meant = narrowed(profile, target).fields
    same = {name: _alike(name, theirs.get(name), meant.get(name)) for name in {*theirs, *ours}}
    return bool(ours and theirs == ours) or bool(theirs and all(same.values()))


def _alike(name: str, one: object, other: object) -> bool:
    if name in TOOL_FIELDS:
        return (one is None) == (other is None) and parse_tools(one) == parse_tools(other)
    return one == other
