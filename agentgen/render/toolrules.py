"""Entries of a tool list with a setting of their own: a pattern in a form that no list of names has.

groups:
  - read                               Read, Edit(regex:\\.md$)
  - [edit, {fileRegex: \\.md$}]   <->
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from agentgen.render.toolnames import REGEX
from agentgen.toolrefs import ToolRef, parse_tools


def read_entry(entry: object, rule: str) -> ToolRef | None:
    """An entry `[name, {rule: pattern}]`; None where it is anything else, or cannot be said in the canonical form."""
    if not isinstance(entry, (list, tuple)) or len(entry) != 2 or not isinstance(entry[1], Mapping):
        return None
    name, pattern = entry[0], entry[1].get(rule)
    if not isinstance(name, str) or not isinstance(pattern, str):
        return None
    ref = ToolRef(name, f"{REGEX}{pattern}")
    return ref if parse_tools(str(ref)) == (ref,) else None


def write_entries(refs: Iterable[ToolRef], rule: str) -> list[object]:
    """The list of own names, each once; a name that stands without a pattern as well needs none."""
    patterns: dict[str, list[str] | None] = {}
    for ref in refs:
        known = patterns.setdefault(ref.name, [])
        if ref.pattern is None:
            patterns[ref.name] = None
        elif known is not None:
            known.append(ref.pattern.removeprefix(REGEX))
    return [name if found is None else [name, {rule: "|".join(found)}] for name, found in patterns.items()]
