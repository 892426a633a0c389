"""What an agent may do, by its profile and by the file that a tool will read.

A capability is a word of the vocabulary (`read`, `execute`), a word with a pattern that limits it
(`execute(git diff:*)`), `mcp` for all MCP servers, `mcp:server`, `mcp:server/tool`, or `tool:Name` for a tool that the
vocabulary does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from agentgen.profile.model import Profile
from agentgen.render.spec import Patterns, Target, ToolStyle
from agentgen.render.toolnames import ALL_SERVERS
from agentgen.render.vocabulary import Vocabulary
from agentgen.toolrefs import ToolRef, mcp_name, parse_tools

EVERYTHING = "*"


def allowed(profile: Profile, vocabulary: Vocabulary) -> frozenset[str]:
    """What the profile's tool lists allow, its permission mode left aside."""
    denied = parse_tools(profile.fields.get("disallowed_tools"))
    if profile.tools is None and not denied:
        return frozenset({EVERYTHING})
    listed = parse_tools(profile.tools) if profile.tools is not None else _all_tools(vocabulary)
    return of_tools(without(listed, denied), vocabulary)


def granted_by_name(profile: Profile, target: Target, vocabulary: Vocabulary) -> frozenset[str]:
    """What the target's own tools give that the profile lists by their own names."""
    listed = without(parse_tools(profile.tools), parse_tools(profile.fields.get("disallowed_tools")))
    own = (ref.name for ref in listed if ref.name not in vocabulary.tools)
    return frozenset(word for name in own for word in target.tools.grants.get(name, ()))


def mcp_ref(word: str) -> ToolRef | None:
    """The tool or server that a capability `mcp:server` or `mcp:server/tool` stands for."""
    kind, _, name = word.partition(":")
    server, _, tool = name.partition("/")
    return ToolRef(mcp_name(server, tool)) if kind == ALL_SERVERS and server else None


def without(refs: Iterable[ToolRef], denied: Iterable[ToolRef]) -> tuple[ToolRef, ...]:
    """A tool list after its deny list: a tool goes with all its patterns, a server with all its tools.

    Where a pattern of a tool is denied the rest of it stays, with the pattern `!…`.
    """
    parts: dict[tuple[bool, str], dict[str | None, None]] = {}
    for entry in denied:
        kind, part = _kind_and_part(entry)
        parts.setdefault(kind, {})[part] = None
    return tuple(left for ref in refs if (left := _after(parts, ref)))


def _kind_and_part(ref: ToolRef) -> tuple[tuple[bool, str], str | None]:
    """A server and the name of its tool, or a tool and its pattern; no part is the whole."""
    if ref.mcp:
        return (True, ref.mcp[0]), ref.mcp[1]
    return (False, ref.name), ref.pattern


def _after(denied: Mapping[tuple[bool, str], Mapping[str | None, None]], ref: ToolRef) -> ToolRef | None:
    """What a deny list leaves of a tool."""
    kind, part = _kind_and_part(ref)
    parts = denied.get(kind)
    if not parts:
        return ref
    if None in parts or part in parts:
        return None
    return ToolRef(ref.name, f"!{next(iter(parts))}") if part is None and not ref.mcp else ref


def of_tools(refs: Iterable[ToolRef], vocabulary: Vocabulary) -> frozenset[str]:
    """What canonical tools are for, one by one."""
    return frozenset(word for ref in refs for word in _of_tool(ref, vocabulary))


def effective(
    written: Mapping[str, object], read: Mapping[str, object], target: Target, vocabulary: Vocabulary
) -> frozenset[str]:
    """What an agent may do whose file holds the keys `written`, read by the target as the canonical fields `read`."""
    tools, denied = read.get("tools"), parse_tools(read.get("disallowed_tools"))
    listless = not target.tools.restricts or target.tools.style is ToolStyle.NONE
    if listless or (tools is None and not denied):
        able = frozenset(target.tools.unrestricted or (*vocabulary.capabilities, ALL_SERVERS))
    else:
        listed = _all_tools(vocabulary) if tools is None else tuple(_obeyed(ref, target) for ref in parse_tools(tools))
        able = of_tools(without(listed, denied), vocabulary) | _granted(listed, read, target)
    said = (limit for limit in target.limits if limit.holds and written.get(limit.key) == limit.value)
    return able - {word for limit in said for word in limit.denies}


def _obeyed(ref: ToolRef, target: Target) -> ToolRef:
    """A tool as the target takes it: where a pattern is only written, the whole tool."""
    ignored = target.tools.patterns is Patterns.WRITTEN and ref.name not in target.tools.pattern_names
    return ToolRef(ref.name) if ignored else ref


def _granted(listed: Iterable[ToolRef], read: Mapping[str, object], target: Target) -> frozenset[str]:
    """What own names and named servers give beyond the canonical tools they stand for."""
    words = {word for ref in listed for word in target.tools.grants.get(ref.name, ())}
    servers = read.get("mcp_servers")
    if target.tools.mcp.servers_grant and isinstance(servers, Mapping):
        words |= {f"{ALL_SERVERS}:{name}" for name in servers}
    return frozenset(words)


def gained(effective_: frozenset[str], allowed_: frozenset[str]) -> tuple[str, ...]:
    """What the file gives beyond the profile, sorted."""
    return tuple(sorted(word for word in effective_ if not covers(allowed_, word)))


def covers(allowed_: frozenset[str], word: str) -> bool:
    """Whether a capability is among those allowed, or part of a wider one."""
    kind, _, server = word.partition(":")
    wider = {word, word.partition("(")[0], EVERYTHING}
    if kind == ALL_SERVERS:
        wider |= {ALL_SERVERS, f"{kind}:{server.partition('/')[0]}"}
    return not wider.isdisjoint(allowed_)


def _all_tools(vocabulary: Vocabulary) -> tuple[ToolRef, ...]:
    return (*(ToolRef(name) for name in vocabulary.tools), ToolRef(ALL_SERVERS))


def _of_tool(ref: ToolRef, vocabulary: Vocabulary) -> Iterable[str]:
    if ref.name == ALL_SERVERS:
        return (ALL_SERVERS,)
    if ref.mcp:
        server, tool = ref.mcp
        return (f"{ALL_SERVERS}:{server}/{tool}" if tool else f"{ALL_SERVERS}:{server}",)
    if ref.name not in vocabulary.tools:
        return (f"tool:{ref.name}",)
    words = vocabulary.tools[ref.name].can
    return words if ref.pattern is None else tuple(f"{word}({ref.pattern})" for word in words)
