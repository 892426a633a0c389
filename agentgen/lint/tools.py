"""Findings about tools, models and other values: names that mean nothing, limits that limit nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches

from agentgen.codes import Severity
from agentgen.findings import Finding
from agentgen.lint.model import Subject
from agentgen.render.canonical import read_fields
from agentgen.render.loading.rules import kind_of, known_keys
from agentgen.render.prose import named_tools
from agentgen.render.spec import Patterns, Target, ToolStyle, UnknownKeys
from agentgen.render.toolnames import to_canonical
from agentgen.toolrefs import parse_tool, parse_tools, split_tools

_TYPE = "value-not-understood"
_OPEN = ("tools", "disallowed_tools", "model", "mcp_servers")
_NO_LIMIT = ("", "*")
_ANY_KEYS = ("tools", "allowed-tools", "disallowedTools")


def tool_findings(subject: Subject) -> Iterator[Finding]:
    """What the values mean to the tools that the file is for, and whether others know the tools it names."""
    for target in subject.judged:
        yield from _notes(subject, target)
        yield from _empty_list(subject, target)
        yield from _patterns(subject, target)
        yield from _effects(subject, target)
        yield from _keys(subject, target)
        yield from _model(subject, target)
        yield from _prose(subject, target)
    if not subject.judged:
        yield from _without_target(subject)
    yield from _foreign(subject)


def _notes(subject: Subject, target: Target) -> Iterator[Finding]:
    for note in read_fields(subject.values, target, subject.targets.vocabulary).notes:
        if kind_of(subject.values[note.key]) in target.reading.types.get(note.key, ()) and note.code == _TYPE:
            continue  # the canonical form has no such value; the tool has
        severity = Severity.INFO if note.code == "tool-unknown" and not subject.sure else None
        yield subject.found(note.code, subject.place(note.key), note.message, severity=severity)


def _without_target(subject: Subject) -> Iterator[Finding]:
    for note in read_fields(subject.values, None, subject.targets.vocabulary).notes:
        yield subject.found(note.code, subject.place(note.key), note.message)


def _list_keys(target: Target) -> tuple[str, ...]:
    spec = target.fields["tools"]
    return tuple(key for key in (spec.key, *spec.also_read) if key)


def _empty_list(subject: Subject, target: Target) -> Iterator[Finding]:
    for key in _list_keys(target):
        if target.tools.empty and key in subject.values and subject.values[key] in (None, ""):
            message = f"`{key}` is empty, which gives {target.title} no tool at all; leave the key out for all of them"
            yield subject.found("tools-empty", subject.place(key), message)


def _patterns(subject: Subject, target: Target) -> Iterator[Finding]:
    """Parentheses behind a name where they limit nothing."""
    if target.tools.patterns is Patterns.ENFORCED or target.tools.style is not ToolStyle.NAMES:
        return
    for key in _list_keys(target):
        entries = [entry.strip() for entry in _texts(subject.values.get(key)) if entry.strip().endswith(")")]
        written = [entry for entry in entries if parse_tool(entry).name not in target.tools.pattern_names]
        if written:
            limiting = any(parse_tool(entry).pattern not in (*_NO_LIMIT, None) for entry in written)
            shown = ", ".join(written[:3]) + (" …" if len(written) > 3 else "")
            message = f"{target.title} does not enforce patterns: {shown} gives the whole tool"
            severity = Severity.WARNING if limiting else Severity.INFO
            yield subject.found("tool-pattern-not-enforced", subject.place(key), message, severity=severity)


def _texts(value: object) -> Iterator[str]:
    for entry in value if isinstance(value, (list, tuple)) else (value,):
        if isinstance(entry, str):
            yield from split_tools(entry)


def _effects(subject: Subject, target: Target) -> Iterator[Finding]:
    """Values that have an effect only together with another one, or none at all."""
    for name, spec in target.fields.items():
        if spec.key is None or spec.key not in subject.values:
            continue
        need = spec.needs
        if need and str(subject.values.get(need.key, "")).strip() in ("", *need.unless):
            message = f"`{spec.key}` has no effect without a `{need.key}` of its own"
            yield subject.found("value-without-effect", subject.place(spec.key), message)
        elif spec.inert:
            message = f"{target.title} reads `{spec.key}` and does nothing with it"
            yield subject.found("value-without-effect", subject.place(spec.key), message, severity=Severity.INFO)
        elif name not in _OPEN and not spec.open and spec.key not in target.reading.values:
            yield from _closed(subject, target, name)


def _closed(subject: Subject, target: Target, name: str) -> Iterator[Finding]:
    spec = target.fields[name]
    value = subject.values[spec.key or ""]
    taken = str(value) in spec.values.values() or (spec.accepts and re.search(spec.accepts, str(value)))
    if isinstance(value, str) and value and not taken and not re.fullmatch(r"[0-9]+", value):
        known = ", ".join(dict.fromkeys(spec.values.values()))
        message = f"{target.title} has no {name} {value!r}: it knows {known}"
        yield subject.found("value-without-effect", subject.place(spec.key or ""), message)


def _keys(subject: Subject, target: Target) -> Iterator[Finding]:
    """Keys that the tool does not know."""
    known = known_keys(target)
    if target.unknown_keys is UnknownKeys.REJECTED or target.confidence == "C":
        return
    for key in subject.values:
        if key in known or key in target.dead_keys or key in target.reading.types:
            continue
        near = [name for name in get_close_matches(key, known, n=1, cutoff=0.8) if name not in subject.values]
        if near:
            message = f"{target.title} has no key `{key}`; did you mean `{near[0]}`?"
            yield subject.found("key-misspelt", subject.place(key), message)
        else:
            passed = target.unknown_keys is UnknownKeys.PASSED_ON
            message = f"{target.title} " + ("sends `{}` to the model's provider" if passed else "ignores the key `{}`")
            yield subject.found("key-unknown", subject.place(key), message.format(key))


def _model(subject: Subject, target: Target) -> Iterator[Finding]:
    key = target.fields["model"].key
    value = subject.values.get(key or "")
    if key is None or not isinstance(value, str) or not value.strip():
        return
    word, models = value.strip(), target.models
    plain = re.sub(r"-[0-9]{8}$", "", word.rpartition("/")[2])
    if plain in models.retired:
        message = f"the model {word} is out of date: {models.retired[plain]}"
        yield subject.found("model-retired", subject.place(key), message)
    elif not _is_model(word, target) and (models.known or models.accepts):
        message = f"{word!r} is no model that {target.title} is known to take"
        yield subject.found("model-unknown", subject.place(key), message)


def _is_model(word: str, target: Target) -> bool:
    models = target.models
    named = word in models.known or word in models.names.values() or word in models.approximate.values()
    return named or any(re.search(pattern, word) for pattern in models.accepts)


def _prose(subject: Subject, target: Target) -> Iterator[Finding]:
    if subject.document is None or target.tools.style is ToolStyle.NONE:
        return
    yield from named_tools(subject.source.text, subject.source.path, target, subject.targets.vocabulary)


def _foreign(subject: Subject) -> Iterator[Finding]:
    """Tools that the file's own tool knows and others do not."""
    lists = [(key, value) for key, value in subject.values.items() if key in _ANY_KEYS and value]
    if subject.own is None or not lists:
        return
    key, value = lists[0]
    strangers: dict[str, list[str]] = defaultdict(list)
    for asked in subject.asked:
        if asked.target not in subject.judged and asked.target.tools.style is ToolStyle.NAMES:
            for ref in parse_tools(value):
                if (
                    not ref.mcp
                    and ref.name not in subject.targets.vocabulary.tools
                    and to_canonical(ref, asked.target, subject.targets.vocabulary).code
                ):
                    strangers[ref.name].append(asked.target.title)
    known = [name for name in strangers if not _is_strange(name, subject)]
    if known:
        titles = list(dict.fromkeys(title for name in known for title in strangers[name]))
        message = f"{', '.join(known)}: names of {subject.own.title}'s tools, which {_few(titles)} do not know"
        yield subject.found("tool-foreign", subject.place(key), message)


def _is_strange(name: str, subject: Subject) -> bool:
    own = subject.own
    return own is not None and bool(to_canonical(parse_tool(name), own, subject.targets.vocabulary).code)


def _few(titles: list[str]) -> str:
    return ", ".join(titles) if len(titles) <= 4 else f"{', '.join(titles[:3])} and {len(titles) - 3} others"
