"""The narrower way out of a widening: which tools to leave out for one target, so that its file gives less.

tools: [Read, "Bash(git diff:*)"]    a target without patterns gives every command: leave out the shell
tools: [Read, Edit]                  a target that has a read-only mode, and no list: leave out the editor
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from agentgen.profile.model import Approval, Profile
from agentgen.render import capability
from agentgen.render.limits import taken_away
from agentgen.render.spec import Target, ToolStyle
from agentgen.render.vocabulary import Vocabulary
from agentgen.toolrefs import ToolRef, parse_tools

_MOST = 20_000
"""Tools allowed times tools denied for which a way out is looked for: a hundred times more than any agent has."""

Gained = Callable[[Profile], tuple[str, ...]]
"""What a target's file would give beyond a profile."""


def narrower(
    profile: Profile, target: Target, vocabulary: Vocabulary, gained: Gained
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tools to leave out, and what is still gained then; nothing where that helps nothing, or takes too long."""
    denied = parse_tools(profile.fields.get("disallowed_tools"))
    if len(profile.tools or ()) * (1 + len(denied)) > _MOST:
        return (), ()
    names = tuple(str(ref) for ref in _culprits(profile, target, vocabulary, gained))
    without = Approval(target.name, "tools", "drop", names)
    left = gained(replace(profile, approvals=(*profile.approvals, without))) if names else ()
    return (names, left) if names and set(left) < set(gained(profile)) else ((), ())


def _culprits(profile: Profile, target: Target, vocabulary: Vocabulary, gained: Gained) -> Iterator[ToolRef]:
    """The tools of the list that give some of what is too much, or that keep a limiting key from being written."""
    taken, beyond = taken_away(target.limits), {*gained(profile)}
    for ref in parse_tools(profile.tools):
        if target.tools.style is ToolStyle.NONE:
            words = {word.partition("(")[0] for word in capability.of_tools([ref], vocabulary)}
            is_culprit = bool(words & taken)
        else:
            alone = replace(profile, fields={**profile.fields, "tools": (str(ref),)})
            is_culprit = not beyond.isdisjoint(gained(alone))
        if is_culprit:
            yield ref
