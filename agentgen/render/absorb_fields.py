"""Edits of a rendered file's keys, put back into the profile's fields.

    tools: Read, Create         tools: [Read, Write, TodoWrite]
    tools: Read          ->     tools: [Read, TodoWrite]         TodoWrite, which the tool has not, stays

Only what a hand changed is touched; a key that the tool holds by approximation cannot be told back, and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from agentgen.errors import Problem
from agentgen.profile.model import Profile
from agentgen.render.canonical import TOOL_FIELDS, CanonicalFields, read_fields
from agentgen.render.model import Ledger, Outcome
from agentgen.render.spec import Target
from agentgen.render.vocabulary import Vocabulary

_LOST = (Outcome.APPROXIMATED, Outcome.DROPPED)


class KeyEdits(NamedTuple):
    """The tool's keys and values as they are rendered, and as they stand in the file; the file's text, for places."""

    before: Mapping[str, object]
    after: Mapping[str, object]
    text: str
    path: str


def absorb_fields(
    edits: KeyEdits, profile: Profile, ledger: Ledger, target: Target, vocabulary: Vocabulary
) -> tuple[Profile, tuple[Problem, ...]]:
    """The profile with the edits of the keys, and a problem for each edit that cannot be told back."""
    before = read_fields(edits.before, target, vocabulary)
    after = read_fields(edits.after, target, vocabulary)
    names = [name for name in target.fields if before.fields.get(name) != after.fields.get(name)]
    refused = {**_refused(names, _lost(profile, ledger, before), target, edits), **_strange(before, after, edits)}
    fields = dict(profile.fields)
    for name in names:
        if (target.fields[name].key or name) in refused:
            continue
        value = _told_back(fields.get(name), before.fields.get(name), after.fields.get(name))
        fields.pop(name, None)
        if value is not None:
            fields[name] = value
    extensions = _extensions(profile, before, after, target)
    return replace(profile, fields=fields, extensions=extensions), tuple(refused.values())


def line_of_key(key: str, text: str) -> int:
    """The 1-based line that a key stands on; 1 where it is gone."""
    lines = text.split("\n")
    pattern = re.compile(rf"[\s-]*[\"']?{re.escape(key)}[\"']?\s*[:=]")
    return next((at for at, line in enumerate(lines, start=1) if pattern.match(line)), 1)


def _strange(before: CanonicalFields, after: CanonicalFields, edits: KeyEdits) -> dict[str, Problem]:
    """By key: what the tool does not know, in what was edited."""
    hint = "write it as the tool knows it, or make the edit in profile.yaml"
    notes = [note for note in after.notes if note not in before.notes]
    return {note.key: Problem(note.message, edits.path, line_of_key(note.key, edits.text), hint=hint) for note in notes}


def _lost(profile: Profile, ledger: Ledger, before: CanonicalFields) -> set[str]:
    """The fields that the file holds otherwise than the profile says them. Lists of tools are told back one by one."""
    lost = {entry.name for entry in ledger.entries if entry.part == "field" and entry.outcome in _LOST}
    return {name for name in lost - {*TOOL_FIELDS} if before.fields.get(name) != profile.fields.get(name)}


def _refused(names: Sequence[str], lost: Collection[str], target: Target, edits: KeyEdits) -> dict[str, Problem]:
    """By key: the name, and what the tool holds otherwise than the profile says it."""
    found: dict[str, Problem] = {}
    for name in names:
        key = target.fields[name].key or name
        line = line_of_key(key, edits.text)
        if name == "name":
            message, hint = f"{key} is also the name of the file and of the profile", "rename it in profile.yaml"
        elif name in lost:
            message = f"{target.title} cannot hold the {name} of the profile as it is, so an edit cannot be told back"
            hint = f"change {name} in profile.yaml"
        else:
            continue
        found[key] = Problem(message, edits.path, line, hint=hint)
    return found


def _told_back(known: object, before: object, after: object) -> object:
    """The profile's value with what changed; of a list only the entries that did."""
    if isinstance(after, tuple) and isinstance(before, tuple) and isinstance(known, (tuple, list)):
        return _entries(known, before, after)
    if isinstance(after, Mapping) and isinstance(before, Mapping) and isinstance(known, Mapping):
        left = {key: value for key, value in known.items() if key not in before}
        return {**{key: _server(known, before, after, key) for key in after}, **left}
    return after


def _entries(known: Sequence[str], before: Sequence[str], after: Sequence[str]) -> tuple[str, ...]:
    """The entries of the file in its order; what the file never held stays behind its neighbour in the profile."""
    result = list(after)
    previous: str | None = None
    for entry in known:
        if entry not in before and entry not in result:
            result.insert(result.index(previous) + 1 if previous is not None else 0, entry)
        previous = entry if entry in result else previous
    return tuple(result)


def _server(known: Mapping[str, object], before: Mapping[str, object], after: Mapping[str, object], key: str) -> object:
    return known[key] if key in known and before.get(key) == after[key] else after[key]


def _extensions(
    profile: Profile, before: CanonicalFields, after: CanonicalFields, target: Target
) -> dict[str, Mapping[str, object]]:
    """The profile's extensions with those keys of the tool that were edited."""
    own = next((name for name in (target.name, *target.aliases) if name in profile.extensions), target.name)
    values = dict(profile.extensions.get(own, {}))
    for key in {**before.extensions, **after.extensions}:
        if key not in after.extensions:
            values.pop(key, None)
        elif before.extensions.get(key) != after.extensions[key] or key not in before.extensions:
            values[key] = after.extensions[key]
    known: dict[str, Mapping[str, object]] = {**profile.extensions, own: values}
    return {tool: keys for tool, keys in known.items() if keys}
