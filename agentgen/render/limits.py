"""Keys that take capabilities away, such as a read-only mode: written where the profile allows none of what they deny.

tools: [Read, Grep]                        ->    readonly: true
tools: [Read, Edit], and a drop of Edit
approved for this target                   ->    readonly: true
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from agentgen.profile.model import Profile
from agentgen.render import capability
from agentgen.render.formats import one_line
from agentgen.render.spec import Limit, Target
from agentgen.render.vocabulary import Vocabulary
from agentgen.toolrefs import ToolRef, parse_tools


def limits(profile: Profile, target: Target, vocabulary: Vocabulary) -> dict[str, object]:
    """The keys to write with their values: those whose capabilities the profile, narrowed for the target, denies."""
    mode = str(profile.fields.get("permission_mode", ""))
    denied = frozenset(vocabulary.denies.get(mode, ()))
    able = capability.allowed(narrowed(profile, target), vocabulary)
    return {
        limit.key: limit.value
        for limit in target.limits
        if not any(_is_able(word, able, denied) for word in limit.denies)
    }


def _is_able(word: str, able: frozenset[str], denied: frozenset[str]) -> bool:
    """Whether a capability is allowed, be it with a pattern that limits it."""
    return word not in denied and any(capability.covers(able, word) or part.startswith(f"{word}(") for part in able)


def narrowed(profile: Profile, target: Target) -> Profile:
    """The profile with its list of tools, but for those that it leaves out for this target by name."""
    if profile.tools is None:
        return profile
    dropped = dropped_tools(profile, target)
    left = tuple(str(ref) for ref in parse_tools(profile.tools) if ref not in dropped)
    return replace(profile, fields={**profile.fields, "tools": left})


def dropped_tools(profile: Profile, target: Target) -> dict[ToolRef, str]:
    """The tools whose loss the profile approves for this target, each with the reason given."""
    names = (target.name, *target.aliases)
    return {
        ref: approval.reason or "left out by the profile"
        for approval in profile.approvals
        if approval.kind == "drop" and approval.field == "tools" and approval.target in names
        for ref in parse_tools(approval.values)
    }


def said_by_limits(written: Mapping[str, object], target: Target) -> tuple[Limit, ...]:
    """The limits of a target that stand among the keys written."""
    return tuple(limit for limit in target.limits if written.get(limit.key) == limit.value)


def taken_away(said: Iterable[Limit]) -> frozenset[str]:
    """The capabilities that an agent does not have whose file says these limits."""
    return frozenset(word for limit in said if limit.holds for word in limit.denies)


def shown_limits(said: Iterable[Limit]) -> str:
    """Limits as they stand in the file."""
    return ", ".join(f"{limit.key}: {one_line(limit.value)}" for limit in said)
