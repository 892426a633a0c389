"""A tool's own frontmatter in canonical words.

    model: universal                      model: inherit
    tools: Read, Create, Execute    ->    tools: (Read, Write, Bash)
    reasoningEffort: high                 effort: high
    color: teal-ish                       (kept as an extension, with a note)

What a field cannot take stays under its own key in the extensions, so that nothing is lost on the way in.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from agentgen.profile.model import CANONICAL_FIELDS
from agentgen.render.permissions import asks, permission_map, read_permissions
from agentgen.render.spec import FieldSpec, Form, ModelSpec, Patterns, Target, ToolSpec, ToolStyle
from agentgen.render.toolnames import to_canonical
from agentgen.render.toolrules import read_entry, write_entries
from agentgen.render.vocabulary import Vocabulary
from agentgen.toolrefs import ToolRef, mcp_name, parse_tools

TOOL_FIELDS = ("tools", "disallowed_tools")
_EVERY_TOOL = "*"
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Note(NamedTuple):
    """Something odd about one key: a finding's code and words, without a place."""

    code: str
    key: str
    message: str


@dataclass(frozen=True, slots=True)
class CanonicalFields:
    """Canonical fields, keys that only the tool has (or nobody knows), and what was odd.

    `tools`, `disallowed_tools` and `skills` are tuples, `mcp_servers` a mapping from server to settings (`{}` where it
    is only named); `tools` is absent where the file does not limit them.
    """

    fields: Mapping[str, object]
    extensions: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


class _UnreadableError(Exception):
    """The value is of a type that the field cannot have."""


def read_fields(values: Mapping[str, object], target: Target | None, vocabulary: Vocabulary) -> CanonicalFields:
    """Frontmatter values under canonical names and in canonical form.

    Without a target keys are taken by name (`maxTurns`, `max-turns` and `max_turns` are one), tools as the vocabulary
    knows them.
    """
    reading = _Reading(target, vocabulary)
    for key, value in sorted(values.items(), key=lambda item: reading.is_older(str(item[0]))):
        reading.take(str(key), value)
    reading.take_limits(values)
    reading.take_granted_servers()
    reading.leave_out_constants()
    fields = {name: reading.fields[name] for name in CANONICAL_FIELDS if name in reading.fields}
    return CanonicalFields(fields, reading.extensions, tuple(reading.notes))


class _Reading:
    """Collects fields, extensions and notes, key by key."""

    def __init__(self, target: Target | None, vocabulary: Vocabulary) -> None:
        self.target = target
        self.vocabulary = vocabulary
        self.fields: dict[str, object] = {}
        self.extensions: dict[str, object] = {}
        self.notes: list[Note] = []

    def take(self, key: str, value: object) -> None:
        name = self._field_of(key)
        if name is None or (name in self.fields and self.is_older(key)):
            self.extensions[key] = value
            return
        try:
            self._read(name, key, value)
            self._keep_unknown(name, key, value)
        except _UnreadableError:
            self.extensions[key] = value
            self._note("value-not-understood", key, f"{key} cannot be {_shown(value)}; it is kept as it is")

    def is_older(self, key: str) -> bool:
        """Whether the tool reads a key in the place of another one, which counts where both are there."""
        return self.target is not None and any(key in spec.also_read for spec in self.target.fields.values())

    def _keep_unknown(self, name: str, key: str, value: object) -> None:
        """A word that nobody knows the tool to take goes back to it as it came, where that breaks nothing."""
        target = self.target
        if target is None or not isinstance(value, (str, int, float)) or isinstance(value, bool):
            return
        spec, word = target.fields[name], str(value)
        allowed = target.reading.values.get(key)
        refused = allowed is not None and not re.search(allowed, word)
        if refused or key not in (spec.key, *spec.also_read) or self._is_known(name, spec, word):
            return
        self.extensions[key] = value

    def _is_known(self, name: str, spec: FieldSpec, word: str) -> bool:
        """Whether a word comes back as it is, or as another one for the same."""
        if name == "model":
            return spec.fixed is not None or self._is_known_model(word)
        taken = {*spec.values, *spec.values.values(), *spec.approximate.values()} - {*spec.approximate}
        open_or_own = spec.open or word in taken or bool(spec.accepts and re.search(spec.accepts, word))
        return open_or_own and word not in spec.approximate

    def _is_known_model(self, word: str) -> bool:
        models = self.target.models if self.target else ModelSpec()
        named = {*self.vocabulary.models.inherit, *models.names, *models.names.values(), *models.approximate.values()}
        known = word in named or word in models.known or any(re.search(text, word) for text in models.accepts)
        return known or any(word.startswith((start, prefix + start)) for start, prefix in models.prefixes.items())

    def take_limits(self, values: Mapping[str, object]) -> None:
        """Keys that take capabilities away, as tools that are denied; one that the tool does not obey stays as well."""
        for limit in self.target.limits if self.target else ():
            if values.get(limit.key) == limit.value:
                if limit.holds:
                    self.extensions.pop(limit.key, None)
                denied = [name for name, tool in self.vocabulary.tools.items() if set(tool.can) & set(limit.denies)]
                before = parse_tools(self.fields.get("disallowed_tools"))
                names = (*map(str, before), *denied)
                self.fields["disallowed_tools"] = tuple(dict.fromkeys(names))

    def leave_out_constants(self) -> None:
        """Keys that every file of the tool gets say nothing of this agent."""
        name = str(self.fields.get("name", ""))
        self.extensions = {
            key: value for key, value in self.extensions.items() if not self._is_constant(key, value, name)
        }

    def take_granted_servers(self) -> None:
        """Where naming a server gives all its tools, they belong to the list of tools."""
        tools, servers = self.fields.get("tools"), self.fields.get("mcp_servers")
        if (
            self.target
            and self.target.tools.mcp.servers_grant
            and isinstance(tools, tuple)
            and isinstance(servers, dict)
        ):
            self.fields["tools"] = tuple(dict.fromkeys((*tools, *map(mcp_name, servers))))

    def _read(self, name: str, key: str, value: object) -> None:
        spec = self.target.fields[name] if self.target else FieldSpec(key=name)
        if name in TOOL_FIELDS:
            self._read_tools(name, key, value)
        elif value is None:
            return
        elif name == "model":
            self.fields[name] = self._model(_text(value))
        elif name == "skills":
            self.fields[name] = _names(value)
        elif name == "mcp_servers":
            self.fields[name] = _servers(value)
        else:
            self.fields[name] = _value(value, spec, name)

    def _read_tools(self, name: str, key: str, value: object) -> None:
        if self.target and self.target.tools.style is ToolStyle.PERMISSIONS and name == "tools":
            if not isinstance(value, (str, Mapping)):
                raise _UnreadableError
            self._read_permissions(key, value)
            return
        if isinstance(value, (Mapping, bool, int, float)):
            raise _UnreadableError
        refs = self._listed(key, value)
        if self.target and not self._holds(refs):
            self.extensions[key] = value  # a hint there, a restriction everywhere else
        if name == "tools" and self._is_everything(refs):
            return
        if value is None and self.target and not self.target.tools.empty:
            return
        words = self.target.tools.categories if self.target else {}
        if len(refs) == 1 and refs[0].name in words:
            self.fields[name] = words[refs[0].name]
            self._note(
                "tool-category", key, f"the category {refs[0]} is read as {', '.join(words[refs[0].name]) or 'no tool'}"
            )
        else:
            self._set_tools(name, key, refs)

    def _holds(self, refs: tuple[ToolRef, ...]) -> bool:
        """Whether the tool obeys the list, with all its patterns."""
        spec = self.target.tools if self.target else ToolSpec()
        if spec.patterns is Patterns.ENFORCED:
            return spec.restricts
        obeyed = spec.pattern_names if spec.patterns is Patterns.WRITTEN else ()
        return spec.restricts and {ref.name for ref in refs if ref.pattern} <= {*obeyed}

    def _listed(self, key: str, value: object) -> tuple[ToolRef, ...]:
        """The entries of a list. One with settings is a tool with a pattern; where they say more, the list is kept."""
        rule = self.target.tools.rule if self.target else None
        if rule is None or not isinstance(value, (list, tuple)):
            return parse_tools(value)
        read = {index: read_entry(entry, rule) for index, entry in enumerate(value) if not isinstance(entry, str)}
        listed: list[ToolRef] = []
        for index, entry in enumerate(value):
            ref = read.get(index)
            listed += (ref,) if ref else () if index in read else parse_tools(entry)
        if read and write_entries(listed, rule) != value:
            self.extensions[key] = value
        for index in (index for index, ref in read.items() if ref is None):
            self._note("value-not-understood", key, f"{key} cannot hold {_shown(value[index])}; it is left out")
        return tuple(listed)

    def _read_permissions(self, key: str, value: str | Mapping[str, object]) -> None:
        """Permissions as lists of tools; where a list says less than they do, they are kept as well."""
        spec = self.target.tools if self.target else ToolSpec()
        allowed, denied = read_permissions(value, spec)
        self._set_tools("tools", key, allowed)
        self._set_tools("disallowed_tools", key, denied or None)
        rebuilt = permission_map(allowed, denied, spec) if allowed is not None or denied else None
        if value != rebuilt:
            self.extensions[key] = value
        if asks(value):
            self._note("permission-asks", key, "a tool list cannot say that a tool asks first: it is read as allowed")

    def _is_everything(self, refs: tuple[ToolRef, ...]) -> bool:
        names = {ref.name for ref in refs}
        every = set(self.target.tools.all) if self.target else set()
        return _EVERY_TOOL in names or (bool(every) and every <= names)

    def _set_tools(self, name: str, key: str, refs: tuple[ToolRef, ...] | None) -> None:
        if refs is None:
            return
        found: dict[str, None] = {}
        for ref in refs:
            read = to_canonical(ref, self.target, self.vocabulary)
            found.update(dict.fromkeys(map(str, read.refs)))
            if read.code:
                self._note(read.code, key, read.message)
        self.fields[name] = tuple(found)

    def _model(self, word: str) -> str:
        models = self.target.models if self.target else None
        if word in self.vocabulary.models.inherit:
            return "inherit"
        if models is not None and word in models.names:
            return word
        if models is None or word in models.known or any(re.search(text, word) for text in models.accepts):
            return self._unprefixed(word)
        named = (name for name, own in models.names.items() if own == word)
        return next(named, None) or self._unprefixed(word)

    def _unprefixed(self, word: str) -> str:
        for start, prefix in self.target.models.prefixes.items() if self.target else ():
            if word.startswith(prefix + start):
                return word.removeprefix(prefix)
        return word

    def _field_of(self, key: str) -> str | None:
        """The canonical field that a key stands for."""
        if self.target is None:
            name = _CAMEL.sub("_", key).replace("-", "_").lower()
            return name if name in CANONICAL_FIELDS else None
        for name, spec in self.target.fields.items():
            if key == spec.key or key in spec.also_read:
                return name
        dead = self.target.dead_keys.get(key)
        if dead is None:
            return None
        self._note("dead-key", key, f"{key} never had an effect: {dead.reason}; read as {dead.field}")
        return dead.field

    def _is_constant(self, key: str, value: object, name: str) -> bool:
        if self.target is None or key not in self.target.constants:
            return False
        return filled(self.target.constants[key], name) == value

    def _note(self, code: str, key: str, message: str) -> None:
        self.notes.append(Note(code, key, message))


def filled(constant: object, name: str) -> object:
    """A constant with `{title}`, the agent's name in words, filled in."""
    return constant.replace("{title}", name.replace("-", " ").capitalize()) if isinstance(constant, str) else constant


def _value(value: object, spec: FieldSpec, name: str) -> object:
    """A value of one of the plain forms."""
    if spec.form is Form.GIVEN:
        return value
    if name == "temperature":
        return _fraction(value)
    if spec.form is Form.NUMBER or name == "max_turns":
        return _number(value)
    if spec.form is Form.FLAG or name == "background":
        return _flag(value)
    if name == "hooks":
        return value
    word = _text(value)
    named = (canonical for canonical, own in spec.values.items() if own == word)
    return next(named, word)


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise _UnreadableError
    return str(value)


def _number(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value.strip()):
        return int(value)
    raise _UnreadableError


def _fraction(value: object) -> int | float:
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}\.[0-9]{1,9}", value.strip()):
        return float(value)
    return _number(value)


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise _UnreadableError


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.strip().removeprefix("[").removesuffix("]").split(",")
    if not isinstance(value, (list, tuple)) or not all(isinstance(entry, (str, int)) for entry in value):
        raise _UnreadableError
    names = (str(entry).strip().strip("\"'") for entry in value)
    return tuple(dict.fromkeys(name for name in names if name))


def _servers(value: object) -> dict[str, object]:
    if isinstance(value, Mapping):
        return {str(name): settings if settings is not None else {} for name, settings in value.items()}
    servers: dict[str, object] = {}
    for entry in value if isinstance(value, (list, tuple)) else _names(value):
        servers.update(_servers(entry) if isinstance(entry, Mapping) else {_text(entry): {}})
    return servers


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
