"""What a tool demands of the values that it read, and what it does where they are not so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from agentgen.render.loading.model import READ, Loaded, Status
from agentgen.render.spec import Over, Target, UnknownKeys
from agentgen.render.toolnames import to_canonical
from agentgen.render.vocabulary import Vocabulary
from agentgen.toolrefs import parse_tool

_MOST = 40  # characters of a value that are shown
_WORDS = {"text": "text", "number": "a number", "flag": "true or false", "list": "a list", "map": "keys and values"}


def apply_rules(loaded: Loaded, target: Target, vocabulary: Vocabulary) -> Loaded:
    """What becomes of a file that could be parsed: the tool's own checks, its defaults, the length of the prompt."""
    if loaded.status not in READ or loaded.frontmatter is None:
        return loaded
    values = _with_breaks(loaded.frontmatter, target)
    wrong = next(_wrong(values, target, vocabulary), None)
    if wrong is not None:
        key, message = wrong
        reason = f"{message}; {target.reading.consequence}" if target.reading.consequence else message
        return Loaded(Status(target.reading.refusal), reason=reason, loads=False, key=key)
    if target.reading.tidies:
        values = _tidied(values, target)
    refused = _refused_body(loaded.body or "", target)
    return loaded._replace(frontmatter=values, reason=refused or loaded.reason, loads=not refused)


def _with_breaks(values: Mapping[str, object], target: Target) -> dict[str, object]:
    return {
        key: value.replace("\\n", "\n") if key in target.reading.breaks and isinstance(value, str) else value
        for key, value in values.items()
    }


def _wrong(values: Mapping[str, object], target: Target, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The keys at fault, each with what is wrong."""
    reading = target.reading
    for key, kinds in reading.types.items():
        if key in values and kind_of(values[key]) not in kinds:
            wanted = " or ".join(_WORDS.get(kind, kind) for kind in kinds)
            yield key, f"`{key}` must be {wanted}, not {_described(values[key])}"
    for key in reading.required:
        if values.get(key) is None:
            yield key, f"`{key}` is missing"
    for key, pattern in reading.values.items():
        if key in values and not re.search(pattern, str(values[key])):
            yield key, f"`{key}` cannot be {_described(values[key])}"
    key = target.fields["name"].key or "name"
    if str(values.get(key, "")).lower() in target.identity.reserved:
        yield key, f"the tool keeps the name {values[key]!r} for itself"
    if target.unknown_keys is UnknownKeys.REJECTED:
        yield from ((key, f"the key `{key}` is unknown") for key in values if key not in known_keys(target))
    yield from _incomplete_servers(values, target)
    if reading.known_tools:
        yield from _unknown_tools(values, target, vocabulary)


def kind_of(value: object) -> str:
    """A value's type in the words of `types` in `target.yaml`."""
    if isinstance(value, bool):
        return "flag"
    if isinstance(value, str):
        return "text"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, date):
        return "date"
    if isinstance(value, Mapping):
        return "map"
    if isinstance(value, list):
        return "texts" if all(isinstance(entry, str) for entry in value) else "list"
    return "empty"


def known_keys(target: Target) -> frozenset[str]:
    """Every key that the tool reads."""
    fields = (key for spec in target.fields.values() for key in (spec.key, *spec.also_read))
    others = (target.body.key, *target.extra_keys, *target.constants, *(limit.key for limit in target.limits))
    return frozenset(key for key in (*fields, *others) if key)


def _incomplete_servers(values: Mapping[str, object], target: Target) -> Iterator[tuple[str, str]]:
    """MCP servers with a command and without what such a server must have."""
    spec = target.fields["mcp_servers"]
    servers = values.get(spec.key or "")
    for name, settings in servers.items() if isinstance(servers, Mapping) else ():
        if isinstance(settings, Mapping) and "command" in settings:
            for needed in spec.server_defaults:
                if needed not in settings:
                    yield spec.key or "", f"the server {name!r} in `{spec.key}` has no `{needed}`"


def _unknown_tools(values: Mapping[str, object], target: Target, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    key = target.fields["tools"].key or ""
    entries = values.get(key)
    for name in entries if isinstance(entries, list) else ():
        ref = parse_tool(str(name))
        foreign = ref.mcp is not None and not (target.tools.mcp.tool or "").startswith("mcp__")
        if name != "*" and (foreign or ref.pattern or to_canonical(ref, target, vocabulary).code):
            yield key, f"`{key}` names {name!r}, which is no tool here"


def _described(value: object) -> str:
    match kind_of(value):
        case "empty":
            return "empty"
        case "map":
            return "keys and values"
        case "list" | "texts":
            return "a list"
        case "date":
            return f"the date {value}"
        case kind:
            text = repr(value)
            return f"the {kind} {text if len(text) <= _MOST else text[:_MOST] + '…'}"


def _tidied(values: Mapping[str, object], target: Target) -> dict[str, object]:
    """As the tool shows it: texts without blanks at their edges, the tool list split, `*` where there is none."""
    key = target.fields["tools"].key or "tools"
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    tools = tidy.get(key, ["*"])
    tidy[key] = [part.strip() for part in tools.split(",") if part.strip()] if isinstance(tools, str) else tools
    return tidy


def _refused_body(body: str, target: Target) -> str:
    rule, length = target.body, len(body)
    least = max(1, rule.min_chars)
    if rule.required and length < least and not target.reading.bodyless:
        return f"the prompt has {length} characters; the tool wants {least}"
    if rule.max_chars and length > rule.max_chars and rule.over is Over.REJECT:
        return f"the prompt has {length} characters; the tool takes {rule.max_chars}"
    return ""
