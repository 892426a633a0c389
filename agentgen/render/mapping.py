"""The fields of a profile in a target's own keys and values, and what happened to each.

model: sonnet            model: some-id         mapped
effort: high      ->     reasoningEffort: high  mapped
color: red               (nothing)              dropped, with the reason
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from agentgen.profile.model import CANONICAL_FIELDS, Profile
from agentgen.render.capability import allowed, covers
from agentgen.render.formats import one_line
from agentgen.render.limits import said_by_limits, shown_limits, taken_away
from agentgen.render.model import Entry, Outcome
from agentgen.render.spec import FieldSpec, Form, Loader, Target
from agentgen.render.toollist import DENIED_TOOL, TOOL, map_tools
from agentgen.render.vocabulary import Vocabulary
from agentgen.toolrefs import parse_tools

FIELD = "field"
_IN_PATH = "it is the file's name"


@dataclass(slots=True)
class Mapped:
    """Values under the target's keys in the order in which it lists them, and ledger entries in canonical order."""

    values: dict[str, object] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


class Value(NamedTuple):
    """A value for the target (None: nothing is written), and what happened to it."""

    outcome: Outcome
    value: object = None
    reason: str = ""


def map_fields(profile: Profile, target: Target, vocabulary: Vocabulary, limited: Mapping[str, object]) -> Mapped:
    """Every field and tool of a profile on its way to a target; `limited` are the keys that take capabilities away."""
    mapped = Mapped()
    given = {**profile.fields, **_servers_given(profile, target, vocabulary)}
    for name in CANONICAL_FIELDS:
        if name in ("tools", "disallowed_tools"):
            continue
        spec = target.fields[name]
        if given.get(name) is not None:
            result = _map(name, given[name], spec, target, vocabulary, mapped.values)
            if name == "permission_mode" and result.outcome is Outcome.DROPPED:
                result = _by_limits(str(given[name]), limited, target, vocabulary) or result
            if profile.fields.get(name) is not None:
                mapped.entries.append(_entry(name, profile.fields[name], result, target))
            if spec.key is not None and result.value is not None:
                mapped.values[spec.key] = result.value
        elif spec.key is not None and spec.fixed is not None:
            mapped.values[spec.key] = spec.fixed
    tools = map_tools(profile, target, vocabulary, limited)
    mapped.values.update(tools.values)
    mapped.entries.extend(tools.entries)
    return Mapped(_ordered(mapped.values, target), sorted(mapped.entries, key=_canonical_order))


def _servers_given(profile: Profile, target: Target, vocabulary: Vocabulary) -> dict[str, object]:
    """Where naming a server gives all its tools: the servers whose every tool the profile allows."""
    if not target.tools.mcp.servers_grant or profile.tools is None:
        return {}
    able = allowed(profile, vocabulary)
    named = _servers(profile.fields.get("mcp_servers") or {})
    listed: dict[str, object] = {ref.mcp[0]: {} for ref in parse_tools(profile.tools) if ref.mcp and ref.mcp[1] is None}
    return {"mcp_servers": {name: value for name, value in {**listed, **named}.items() if covers(able, f"mcp:{name}")}}


def _ordered(values: Mapping[str, object], target: Target) -> dict[str, object]:
    order = [spec.key for spec in target.fields.values() if spec.key in values]
    keys = dict.fromkeys([*order, *values])
    return {key: values[key] for key in keys if key is not None}


def _canonical_order(entry: Entry) -> tuple[int, bool]:
    name = {TOOL: "tools", DENIED_TOOL: "disallowed_tools"}.get(entry.part, entry.name)
    return CANONICAL_FIELDS.index(name), entry.part != FIELD


def _entry(name: str, before: object, result: Value, target: Target) -> Entry:
    key, outcome = target.fields[name].key or name, result.outcome
    after = "" if result.value is None else shown(result.value)
    if after and not same_key(key, name):
        after = f"{key}: {after}"
        outcome = Outcome.MAPPED if outcome is Outcome.KEPT else outcome
    source = "" if outcome is Outcome.KEPT else target.source
    return Entry(FIELD, name, outcome, shown(before), after, result.reason, source)


def same_key(key: str, name: str) -> bool:
    """Whether a tool's key is a canonical field's name in another spelling (`maxTurns`, `max-turns`)."""
    return re.sub("[_-]", "", key).lower() == re.sub("[_-]", "", name).lower()


def shown(value: object) -> str:
    """A value in words, on one line."""
    if isinstance(value, (list, tuple)):
        return ", ".join(shown(entry) for entry in value)
    if isinstance(value, Mapping):
        return ", ".join(
            f"{key}: {shown(entry)}" if entry not in ({}, None) else str(key) for key, entry in value.items()
        )
    return one_line(value)


def _map(
    name: str, value: object, spec: FieldSpec, target: Target, vocabulary: Vocabulary, written: Mapping[str, object]
) -> Value:
    if name == "model":
        return _model(str(value), spec, target, vocabulary)
    if spec.key is None:
        return Value(Outcome.DROPPED, None, spec.reason) if spec.reason else Value(Outcome.KEPT, None, _IN_PATH)
    if spec.needs and written.get(spec.needs.key) in (None, *spec.needs.unless):
        return Value(Outcome.DROPPED, None, spec.reason)
    result = _FORMS.get(spec.form, _text)(value, spec)
    if name == "effort" and result.value is not None:
        result = _supported(str(result.value), result, str(written.get(_model_key(target))), target, vocabulary)
    if target.loader is Loader.RAW_LINES and isinstance(result.value, str) and one_line(result.value) != result.value:
        return Value(Outcome.APPROXIMATED, one_line(result.value), "a value stands on one line here")
    return result


def _by_limits(mode: str, limited: Mapping[str, object], target: Target, vocabulary: Vocabulary) -> Value | None:
    """A permission mode whose every prohibition a key that takes capabilities away says as well."""
    said, denied = said_by_limits(limited, target), vocabulary.denies.get(mode)
    if not denied or not taken_away(said) >= {*denied}:
        return None
    return Value(Outcome.APPROXIMATED, None, f"{shown_limits(said)} says what it forbids")


def _model_key(target: Target) -> str:
    return target.fields["model"].key or ""


def _model(word: str, spec: FieldSpec, target: Target, vocabulary: Vocabulary) -> Value:
    words, models = vocabulary.models, target.models
    inherits = word in words.inherit
    if spec.fixed is not None:
        return Value(Outcome.MAPPED if inherits else Outcome.DROPPED, spec.fixed, spec.reason)
    if inherits:
        own = models.names.get("inherit")
        reason = "" if own else "without the key the caller's model is used"
        return Value(Outcome.KEPT if own in (word, None) else Outcome.MAPPED, own, reason)
    if spec.key is None:
        return Value(Outcome.DROPPED, None, spec.reason)
    family = words.tiers.get(word, word)
    for name in dict.fromkeys((word, family)):
        if name in models.names:
            return _same_or_mapped(word, models.names[name])
    if word in models.known or any(re.search(text, word) for text in models.accepts):
        return Value(Outcome.KEPT, word)
    for start, prefix in models.prefixes.items():
        if word.startswith(start):
            return Value(Outcome.MAPPED, prefix + word)
    return _nearest_model(word, family, target, vocabulary)


def _nearest_model(word: str, family: str, target: Target, vocabulary: Vocabulary) -> Value:
    models = target.models
    found = next((name for name in vocabulary.models.families if name in family), family)
    own = models.approximate.get(word) or models.approximate.get(found) or models.names.get(found)
    if own:
        return Value(Outcome.APPROXIMATED, own, f"{word} is not known here; {own} is the nearest")
    return Value(Outcome.DROPPED, None, "no such model is known here; the caller's is used")


def _same_or_mapped(before: object, after: object) -> Value:
    return Value(Outcome.KEPT if before == after else Outcome.MAPPED, after)


def _supported(level: str, result: Value, model: str, target: Target, vocabulary: Vocabulary) -> Value:
    """An effort that the model supports: the same, the next lower one, or the lowest."""
    levels = target.models.known.get(model, ())
    if not levels or level in levels:
        return result
    reason = f"{model} supports {', '.join(levels)}"
    ordered = [name for name in vocabulary.efforts if name in levels or name == level]
    if level not in ordered or len(ordered) == 1:
        return Value(Outcome.DROPPED, None, reason)
    place = ordered.index(level)
    return Value(Outcome.APPROXIMATED, ordered[place - 1] if place else ordered[1], reason)


def _text(value: object, spec: FieldSpec) -> Value:
    word = value if isinstance(value, str) else shown(value)
    if word in spec.omit:
        return Value(Outcome.KEPT, None, "leaving the key out says the same")
    if word in spec.values:
        own = spec.values[word]
        result = _same_or_mapped(word, own)
    elif word in spec.approximate:
        return Value(Outcome.APPROXIMATED, spec.approximate[word], spec.reason)
    elif not spec.open and not (spec.accepts and re.search(spec.accepts, word)):
        return Value(Outcome.DROPPED, None, spec.reason)
    else:
        result = Value(Outcome.KEPT, word)
    return Value(Outcome.APPROXIMATED, result.value, spec.reason) if spec.inert else result


def _names(value: object, spec: FieldSpec) -> Value:
    names = [str(entry) for entry in value] if isinstance(value, (list, tuple)) else [str(value)]
    own = list(dict.fromkeys(name.rpartition("/")[2] for name in names)) if spec.last_segment else names
    outcome = Outcome.KEPT if own == names else Outcome.APPROXIMATED
    written = {Form.COMMAS: ", ".join(own), Form.BLANKS: " ".join(own)}.get(spec.form, own)
    return Value(outcome, written, "" if own == names else "only the last part of a name can be said")


def _number(value: object, _spec: FieldSpec) -> Value:
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", text):
        return Value(Outcome.DROPPED, None, "it is not a number")
    return Value(Outcome.KEPT, float(text) if "." in text else int(text))


def _flag(value: object, _spec: FieldSpec) -> Value:
    if str(value).lower() not in ("true", "false"):
        return Value(Outcome.DROPPED, None, "it is neither true nor false")
    return Value(Outcome.KEPT, str(value).lower() == "true")


def _given(value: object, _spec: FieldSpec) -> Value:
    return Value(Outcome.KEPT, value)


def _server_names(value: object, spec: FieldSpec) -> Value:
    servers = _servers(value)
    if not servers:
        return Value(
            Outcome.DROPPED, None, "the tool list allows none of their tools, and naming a server would give all"
        )
    reason = spec.reason if any(servers.values()) else ""
    return Value(Outcome.APPROXIMATED if reason else Outcome.KEPT, list(servers), reason)


def _server_list(value: object, _spec: FieldSpec) -> Value:
    servers = _servers(value)
    return Value(Outcome.KEPT, [{name: settings} if settings else name for name, settings in servers.items()])


def _server_map(value: object, spec: FieldSpec) -> Value:
    servers = _servers(value)
    whole = {name: _settings(settings, spec) for name, settings in servers.items() if settings}
    changed = [name for name in servers if whole.get(name) != servers[name]]
    outcome = Outcome.KEPT if not changed else Outcome.APPROXIMATED if whole else Outcome.DROPPED
    return Value(outcome, whole or None, f"{', '.join(changed)}: {_SERVER_REASON}" if changed else "")


_SERVER_REASON = "a server stands here with all its settings, and only with those that the tool knows"


def _settings(settings: object, spec: FieldSpec) -> object:
    """A server's settings with what the tool demands and without what it does not know."""
    if not isinstance(settings, Mapping):
        return settings
    needed = spec.server_defaults if "command" in settings else {}
    known = {key: value for key, value in settings.items() if not spec.server_keys or key in spec.server_keys}
    if spec.server_types and known.get("type") not in spec.server_types:
        known.pop("type", None)
    return {**needed, **known}


def _servers(value: object) -> dict[str, object]:
    if isinstance(value, Mapping):
        return {str(name): settings for name, settings in value.items()}
    entries: Iterable[object] = value if isinstance(value, (list, tuple)) else (value,)
    servers: dict[str, object] = {}
    for entry in entries:
        servers.update(_servers(entry) if isinstance(entry, Mapping) else {str(entry): {}})
    return servers


_FORMS: dict[Form, Callable[[object, FieldSpec], Value]] = {
    Form.COMMAS: _names,
    Form.BLANKS: _names,
    Form.LIST: _names,
    Form.NUMBER: _number,
    Form.FLAG: _flag,
    Form.GIVEN: _given,
    Form.SERVER_NAMES: _server_names,
    Form.SERVER_LIST: _server_list,
    Form.SERVER_MAP: _server_map,
}
