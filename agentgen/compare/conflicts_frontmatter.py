"""Conflicts between frontmatter values: scalars that differ, and tool lists that let one variant do more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from agentgen.compare.conflicts_model import draft
from agentgen.compare.frontmatter import lines_of, shown, values_of
from agentgen.compare.model import Conflict, ConflictKind, ConflictMember, Variant

_TOOLS = "tools"
_PROSE = frozenset({"description", "initial_prompt"})
_WORDS = 6
"""A text of more words is prose: it may be worded otherwise without a conflict."""
_UNRESTRICTED = "unrestricted: no list of tools"


def frontmatter_conflicts(variants: Sequence[Variant]) -> Iterator[Conflict]:
    """A conflict for each scalar key with several values, and for tool lists that do not allow the same."""
    values = {variant.id: values_of(variant) for variant in variants}
    keys = dict.fromkeys(key for given in values.values() for key in given)
    for key in keys:
        if key == _TOOLS or key in _PROSE:
            continue
        members = [_member(variant, key) for variant in variants if key in values[variant.id]]
        if all(_is_choice(given[key]) for given in values.values() if key in given) and _several(members):
            yield draft(ConflictKind.FRONTMATTER, key, members)
    if any(_TOOLS in given for given in values.values()):
        yield from _tool_conflict(variants, values)


def _tool_conflict(variants: Sequence[Variant], values: Mapping[str, Mapping[str, object]]) -> Iterator[Conflict]:
    """Every variant is a side: one without a list may use all tools."""
    members = [_member(variant, _TOOLS) for variant in variants]
    allowed = {_tools(given.get(_TOOLS)) for given in values.values()}
    if len(allowed) > 1:
        unequal = None in allowed or any(not a <= b and not b <= a for a in _lists(allowed) for b in _lists(allowed))
        yield draft(ConflictKind.FRONTMATTER, _TOOLS, members, note="" if unequal else "narrower and wider lists")


def _lists(allowed: set[frozenset[str] | None]) -> list[frozenset[str]]:
    return [tools for tools in allowed if tools is not None]


def _tools(value: object) -> frozenset[str] | None:
    """The set of allowed tools; None where nothing restricts them."""
    if isinstance(value, str):
        return frozenset({value})
    if isinstance(value, Mapping):
        return frozenset(f"{tool}: {shown(entry)}" for tool, entry in value.items())
    return frozenset(map(str, value)) if isinstance(value, list | tuple | set | frozenset) else None


def _member(variant: Variant, key: str) -> ConflictMember:
    given = values_of(variant)
    if key not in given:
        return ConflictMember(variant.id, 1, "", _UNRESTRICTED)
    line = lines_of(variant)[key]
    text = variant.document.source.slice(variant.document.source.line_span(line)).strip()
    return ConflictMember(variant.id, line, text, shown(given[key]))


def _is_choice(value: object) -> bool:
    """A value that one picks (a name, a number, a switch), not a text that one writes."""
    if isinstance(value, str):
        return "\n" not in value and len(value.split()) <= _WORDS
    return value is None or isinstance(value, bool | int | float)


def _several(members: Sequence[ConflictMember]) -> bool:
    return len({member.value for member in members}) > 1
