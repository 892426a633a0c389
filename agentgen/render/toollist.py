"""The tool lists of a profile in a target's own form, with a ledger entry for each tool.

A list may only become narrower on this way. Where it cannot be written at all nothing is written, and the comparison of
capabilities (`agentgen.render.capability`) says what the agent would gain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from agentgen.profile.model import Profile
from agentgen.render.capability import without
from agentgen.render.limits import dropped_tools, said_by_limits, shown_limits, taken_away
from agentgen.render.model import Entry, Outcome
from agentgen.render.permissions import permission_map
from agentgen.render.spec import Form, Limit, Target, ToolStyle
from agentgen.render.toolnames import OwnTool, to_own
from agentgen.render.toolrules import write_entries
from agentgen.render.vocabulary import Vocabulary
from agentgen.toolrefs import ToolRef, parse_tools

TOOL = "tool"
DENIED_TOOL = "denied-tool"
_FEW = 5  # tools that are named where there are many
_WORST = (Outcome.DROPPED, Outcome.APPROXIMATED, Outcome.MAPPED)


@dataclass(slots=True)
class ToolValues:
    """The keys to write and the ledger entries."""

    values: dict[str, object] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)


_TAKEN_OUT = OwnTool((), Outcome.MAPPED, "the profile denies it, and there is no deny list: it is left out of the list")


class _Line(NamedTuple):
    """One canonical tool and what became of it."""

    ref: ToolRef
    own: OwnTool


def map_tools(profile: Profile, target: Target, vocabulary: Vocabulary, limited: Mapping[str, object]) -> ToolValues:
    """`tools` and `disallowed_tools` of a profile, as the target can hold them; `limited` are the keys that say some of
    it where there is no list."""
    result = ToolValues()
    listed = None if profile.tools is None else parse_tools(profile.tools)
    denied = parse_tools(profile.fields.get("disallowed_tools"))
    if target.tools.style is ToolStyle.NONE:
        _without_list(result, listed, denied, said_by_limits(limited, target), target, vocabulary)
        return result
    left, dropped = set(_left(listed or (), denied, target)), dropped_tools(profile, target)
    lines = [_Line(ref, _own(ref, dropped, target, vocabulary) if ref in left else _TAKEN_OUT) for ref in listed or ()]
    allowed = _by_own_name(listed, denied, target, vocabulary)
    denials = [_Line(ref, _denial(ref, allowed, target, vocabulary, listed=listed is not None)) for ref in denied]
    _write(result, lines if listed is not None else None, denials, target, vocabulary)
    if listed is not None:
        result.entries.append(_summary("tools", lines, target))
        result.entries.extend(_entry(TOOL, line, target) for line in lines)
    if denied:
        result.entries.append(_summary("disallowed_tools", denials, target))
        result.entries.extend(_entry(DENIED_TOOL, line, target) for line in denials)
    return result


def _left(listed: tuple[ToolRef, ...], denied: tuple[ToolRef, ...], target: Target) -> tuple[ToolRef, ...]:
    """The tools of a list that stay in it: without a deny list in the file, denied ones are taken out."""
    if _can_deny(target, listed=True):
        return listed
    return without(listed, [ref for ref in denied if ref.pattern is None])


def _own(ref: ToolRef, dropped: Mapping[ToolRef, str], target: Target, vocabulary: Vocabulary) -> OwnTool:
    reason = dropped.get(ref)
    return to_own(ref, target, vocabulary) if reason is None else OwnTool((), Outcome.DROPPED, reason)


def _denial(
    ref: ToolRef, allowed: Mapping[str, Sequence[ToolRef]], target: Target, vocabulary: Vocabulary, *, listed: bool
) -> OwnTool:
    """A denied tool: written where there is a deny list, otherwise taken out of the list of allowed ones; `allowed`
    are the tools that stay allowed, by their own names."""
    if _can_deny(target, listed=listed):
        own = to_own(ref, target, vocabulary)
        others = _sharing(ref, own, allowed)
        if others:
            return OwnTool((), Outcome.DROPPED, f"its name here also stands for {others}, which is allowed")
        if own.names and ref.pattern is not None and own.pattern is None:
            return own._replace(reason=f"the pattern {ref.pattern!r} cannot be said: the whole tool is denied")
        return own
    if ref.pattern is not None:
        return OwnTool((), Outcome.DROPPED, "a pattern cannot be denied")
    if not listed:
        return OwnTool((), Outcome.APPROXIMATED, "there is no deny list: every other tool is listed instead")
    return OwnTool((), Outcome.MAPPED, "there is no deny list: it is left out of the list")


def _by_own_name(
    listed: tuple[ToolRef, ...] | None, denied: tuple[ToolRef, ...], target: Target, vocabulary: Vocabulary
) -> dict[str, list[ToolRef]]:
    """The tools that stay allowed, by the names that they have here, in their order."""
    found: dict[str, list[ToolRef]] = {}
    for ref in without(listed if listed is not None else map(ToolRef, target.tools.names), denied):
        for name in to_own(ref, target, vocabulary).names:
            found.setdefault(name, []).append(ref)
    return found


def _sharing(ref: ToolRef, own: OwnTool, allowed: Mapping[str, Sequence[ToolRef]]) -> str:
    """The first few other tools that have an own name in common with a denied one."""
    others = (each for name in own.names for each in allowed.get(name, ()) if each.name != ref.name)
    few = [str(each) for each in islice(dict.fromkeys(islice(others, 10 * _FEW)), _FEW + 1)]
    return ", ".join(few if len(few) <= _FEW else [*few[:_FEW], "…"])


def _can_deny(target: Target, *, listed: bool) -> bool:
    if target.tools.style is ToolStyle.PERMISSIONS:
        return True
    return target.fields["disallowed_tools"].key is not None and not (listed and target.tools.exclusive)


def _write(
    result: ToolValues, lines: list[_Line] | None, denials: list[_Line], target: Target, vocabulary: Vocabulary
) -> None:
    allowed = None if lines is None else _refs(lines)
    if target.tools.style is ToolStyle.PERMISSIONS:
        key = target.fields["tools"].key
        if key and (allowed is not None or denials):
            result.values[key] = permission_map(allowed, _refs(denials), target.tools)
        return
    if denials and _can_deny(target, listed=lines is not None):
        _put(result, "disallowed_tools", _refs(denials), target)
    elif denials and lines is None:
        allowed = _refs(_all_others(denials, target, vocabulary))
    if allowed is not None:
        _put(result, "tools", allowed or _nothing(target), target)
    elif target.tools.all:
        _put(result, "tools", tuple(map(ToolRef, target.tools.all)), target)


def _all_others(denials: list[_Line], target: Target, vocabulary: Vocabulary) -> list[_Line]:
    """Every tool that has a name here, but for the denied ones."""
    whole = [line.ref for line in denials if line.ref.pattern is None]
    refs = without(map(ToolRef, target.tools.names), whole)
    return [_Line(ref, to_own(ref, target, vocabulary)) for ref in refs]


def _refs(lines: Iterable[_Line]) -> tuple[ToolRef, ...]:
    return tuple(dict.fromkeys(ref for line in lines for ref in line.own.refs))


def _nothing(target: Target) -> tuple[ToolRef, ...]:
    """How an empty list is said: as one, or by a tool that does nothing."""
    return (ToolRef(target.tools.idle),) if target.tools.idle and not target.tools.empty else ()


def _put(result: ToolValues, name: str, refs: tuple[ToolRef, ...], target: Target) -> None:
    spec = target.fields[name]
    if spec.key is None or (not refs and not target.tools.empty):
        return
    if target.tools.rule and name == "tools":
        result.values[spec.key] = write_entries(refs, target.tools.rule)
        return
    names = [str(ref) for ref in refs]
    joined = {Form.COMMAS: ", ", Form.BLANKS: " "}.get(spec.form)
    result.values[spec.key] = joined.join(names) if joined and names else names


def _entry(part: str, line: _Line, target: Target) -> Entry:
    own = line.own
    after = ", ".join(str(ref) for ref in own.refs)
    source = "" if own.outcome is Outcome.KEPT else target.source
    return Entry(part, str(line.ref), own.outcome, str(line.ref), after, own.reason, source)


def _summary(name: str, lines: list[_Line], target: Target) -> Entry:
    """The field as a whole fares like the tool that fares worst; losing some of many approximates it."""
    outcomes = [line.own.outcome for line in lines]
    worst = next((outcome for outcome in _WORST if outcome in outcomes), Outcome.KEPT)
    if worst is Outcome.DROPPED and set(outcomes) != {Outcome.DROPPED}:
        worst = Outcome.APPROXIMATED
    key = target.fields[name].key or ""
    if worst is Outcome.KEPT and key != name and name == "tools":
        worst = Outcome.MAPPED
    kept = sum(outcome is not Outcome.DROPPED for outcome in outcomes)
    before = ", ".join(str(line.ref) for line in lines)
    after = ", ".join(map(str, _refs(lines)))
    reason = f"{kept} of {len(lines)} tools" if kept < len(lines) else ""
    if not reason and worst is Outcome.APPROXIMATED:
        reason = f"{outcomes.count(worst)} of {len(lines)} tools not as they are"
    return Entry("field", name, worst, before, after, reason, "" if worst is Outcome.KEPT else target.source)


def _without_list(
    result: ToolValues,
    listed: tuple[ToolRef, ...] | None,
    denied: tuple[ToolRef, ...],
    said: Sequence[Limit],
    target: Target,
    vocabulary: Vocabulary,
) -> None:
    """A target whose file cannot limit tools: of the lists only what a limiting key says arrives."""
    after, taken = shown_limits(said), taken_away(said)
    unheld = [limit.reason for limit in said if not limit.holds]
    for name, part, refs in (("tools", TOOL, listed), ("disallowed_tools", DENIED_TOOL, denied or None)):
        if refs is None:
            continue
        missing = target.fields[name].reason or "the file cannot limit tools"
        held = [ref for ref in refs if part == DENIED_TOOL and _is_taken(ref, taken, vocabulary)]
        outcome = Outcome.APPROXIMATED if held or (part == TOOL and taken) else Outcome.DROPPED
        before, reason = ", ".join(map(str, refs)), "; ".join((missing, *unheld))
        said_instead = after if unheld or outcome is not Outcome.DROPPED else ""
        result.entries.append(Entry("field", name, outcome, before, said_instead, reason, target.source))
        for ref in refs:
            fate = (Outcome.MAPPED, after, "") if ref in held else (Outcome.DROPPED, "", missing)
            result.entries.append(Entry(part, str(ref), fate[0], str(ref), fate[1], fate[2], target.source))


def _is_taken(ref: ToolRef, taken: frozenset[str], vocabulary: Vocabulary) -> bool:
    """Whether all that a denied tool is for is taken away."""
    tool = vocabulary.tools.get(ref.name)
    return tool is not None and bool(tool.can) and taken >= {*tool.can}
