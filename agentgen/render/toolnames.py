"""Tool names both ways: canonical ones to a tool's own, and back.

canonical               own (of some tool)
Bash                    Execute
mcp__docs__search       docs___search
Bash(git diff:*)        Execute, and the pattern is lost
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from agentgen.render.model import Outcome
from agentgen.render.spec import Mcp, Patterns, Target, ToolSpec
from agentgen.render.vocabulary import Vocabulary
from agentgen.toolrefs import ToolRef, mcp_name

REGEX = "regex:"
"""What stands before a canonical pattern that is a regular expression."""

ALL_SERVERS = "mcp"
"""The canonical name for the tools of every MCP server."""


class OwnTool(NamedTuple):
    """What a canonical tool becomes: own names (none where dropped), with the pattern they keep, and why."""

    names: tuple[str, ...]
    outcome: Outcome
    reason: str = ""
    pattern: str | None = None

    @property
    def refs(self) -> tuple[ToolRef, ...]:
        return tuple(ToolRef(name, self.pattern) for name in self.names)


class ReadTool(NamedTuple):
    """What an own name means: canonical tools, and what is odd about it (a finding's code and words)."""

    refs: tuple[ToolRef, ...]
    code: str = ""
    message: str = ""


def to_own(ref: ToolRef, target: Target, vocabulary: Vocabulary) -> OwnTool:
    """A canonical tool in the target's words."""
    spec = target.tools
    if ref.mcp:
        return _own_mcp(ref, spec.mcp)
    if ref.name == ALL_SERVERS:
        own_all = spec.mcp.all
        lost = OwnTool((), Outcome.DROPPED, "all MCP servers cannot be named in the tool list")
        return OwnTool((own_all,), Outcome.MAPPED) if own_all and "{" not in own_all else lost
    if ref.name in spec.names:
        own = spec.names[ref.name]
        return _with_pattern(ref, (own,) if isinstance(own, str) else own, spec)
    if ref.name in spec.approximate:
        own_name = spec.approximate[ref.name]
        return OwnTool((own_name,), Outcome.APPROXIMATED, f"{own_name} is the nearest there is")
    known = ref.name in vocabulary.tools
    if ref.name in spec.also or (spec.unknown and not known):
        return _with_pattern(ref, (ref.name,), spec)
    return OwnTool((), Outcome.DROPPED, "the tool has no equivalent" if known else "the tool does not know this name")


def to_canonical(ref: ToolRef, target: Target | None, vocabulary: Vocabulary) -> ReadTool:
    """An entry of a target's tool list in canonical words; without a target, as the vocabulary knows it."""
    if ref.mcp:
        return ReadTool((ToolRef(mcp_name(*ref.mcp)),))
    if target is not None:
        own = target.tools.aliases.get(ref.name, ref.name)
        found = _inverse(target, own)
        if found:
            return ReadTool(tuple(ToolRef(name, ref.pattern) for name in found))
        if own in target.tools.also:
            return ReadTool((ToolRef(own, ref.pattern),))
        if own == target.tools.mcp.all:
            return ReadTool((ToolRef(ALL_SERVERS),))
        server = _read_mcp(own, target.tools.mcp)
        if server:
            return ReadTool((ToolRef(server),))
    return _from_vocabulary(ref, target, vocabulary)


def _from_vocabulary(ref: ToolRef, target: Target | None, vocabulary: Vocabulary) -> ReadTool:
    retired = vocabulary.retired.get(ref.name)
    if retired:
        return ReadTool(
            (ToolRef(retired, ref.pattern),), "tool-retired", f"{ref.name} no longer exists: read as {retired}"
        )
    name = vocabulary.aliases.get(ref.name, ref.name)
    if target is None:
        return ReadTool((ToolRef(name, ref.pattern),))
    reason = f"{target.title} knows no tool {ref.name}"
    return ReadTool(
        (ToolRef(name, ref.pattern),), "tool-unknown", f"{reason}; read as {name}" if name != ref.name else reason
    )


def _own_mcp(ref: ToolRef, spec: Mcp) -> OwnTool:
    server, tool = ref.mcp or ("", None)
    form = spec.tool if tool else spec.server
    if form is None and spec.all and "{" not in spec.all:
        return OwnTool((spec.all,), Outcome.APPROXIMATED, "all MCP servers or none can be named here")
    if form is None and tool is None and spec.servers_grant:
        return OwnTool((), Outcome.MAPPED, "named among the servers, which gives all its tools")
    if form is None:
        what = "a single MCP tool" if tool else "an MCP server"
        return OwnTool((), Outcome.DROPPED, f"{what} cannot be named in the tool list")
    if spec.server_pattern and not re.search(spec.server_pattern, server):
        return OwnTool((), Outcome.DROPPED, f"the server's name {server!r} cannot be written here")
    own = form.replace("{server}", server).replace("{tool}", tool or "")
    return OwnTool((own,), Outcome.KEPT if own == ref.name else Outcome.MAPPED)


def _with_pattern(ref: ToolRef, names: tuple[str, ...], spec: ToolSpec) -> OwnTool:
    plain = Outcome.KEPT if names == (ref.name,) else Outcome.MAPPED
    if ref.pattern is None:
        return OwnTool(names, plain)
    if spec.patterns is Patterns.WRITTEN and not ref.pattern.startswith(REGEX):
        return OwnTool(
            names, Outcome.APPROXIMATED, "the pattern is written, and the tool does not enforce it", ref.pattern
        )
    same_kind = ref.pattern.startswith(REGEX) is (spec.rule is not None)
    if spec.patterns is Patterns.ENFORCED and same_kind and set(names) <= set(spec.pattern_names):
        return OwnTool(names, Outcome.MAPPED, "the pattern is a rule of its own", ref.pattern)
    return OwnTool(names, Outcome.APPROXIMATED, f"the pattern {ref.pattern!r} cannot be said: the whole tool is given")


def _inverse(target: Target, own: str) -> tuple[str, ...]:
    if own in target.tools.reads_as:
        return target.tools.reads_as[own]
    named = target.tools.names.items()
    found = tuple(name for name, value in named if own == value or (isinstance(value, tuple) and own in value))
    return found or tuple(name for name, value in target.tools.approximate.items() if own == value)


def _read_mcp(own: str, spec: Mcp) -> str | None:
    """The canonical name of an MCP tool or server in a target's own spelling."""
    for form in (spec.tool, spec.server, spec.all):
        match = _mcp_pattern(form).fullmatch(own) if form and "{server}" in form else None
        if match:
            found: Mapping[str, str] = match.groupdict()
            return mcp_name(found["server"], found.get("tool") if found.get("tool") != "*" else None)
    return None


@cache
def _mcp_pattern(form: str) -> re.Pattern[str]:
    text = re.escape(form).replace(r"\{server\}", r"(?P<server>[^/]+?)").replace(r"\{tool\}", r"(?P<tool>[^/]+)")
    return re.compile(text)
