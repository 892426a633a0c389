"""The guard: what a file would let an agent do beyond its profile, and what the profile approves by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from agentgen.codes import CODES
from agentgen.findings import Finding
from agentgen.profile.model import Approval, Profile
from agentgen.render import capability
from agentgen.render.canonical import TOOL_FIELDS, read_fields
from agentgen.render.model import Entry, Ledger, Outcome, Widening
from agentgen.render.spec import Patterns, Target
from agentgen.render.toolnames import to_own
from agentgen.render.vocabulary import Vocabulary
from agentgen.toolrefs import parse_tools

LOSSES = (Outcome.DROPPED, Outcome.APPROXIMATED)


def widenings(
    profile: Profile, written: Mapping[str, object], target: Target, vocabulary: Vocabulary
) -> tuple[Widening, ...]:
    """What the file lets the agent do beyond the profile, by the field that forbids it."""
    read = read_fields(written, target, vocabulary).fields
    mode = str(profile.fields.get("permission_mode", ""))
    denied = frozenset(vocabulary.denies.get(mode, ()))
    able = capability.effective(written, read, target, vocabulary)
    came_so = as_it_came(profile, read, target, vocabulary)
    by_tools = () if came_so else _gained(able, profile, target, vocabulary)
    kept_mode = read.get("permission_mode") == mode
    by_mode = () if kept_mode else tuple(sorted(word for word in able & denied if word not in by_tools))
    restricted = "tools" if profile.tools is not None else "disallowed_tools"
    found = ((restricted, by_tools), ("permission_mode", by_mode))
    reasons = {name: target.fields[name].reason or "the file cannot say less" for name, _ in found}
    return tuple(
        Widening(target.name, name, words, reasons[name], _is_approved(profile, target, name, "widening", words))
        for name, words in found
        if words
    )


def _gained(able: frozenset[str], profile: Profile, target: Target, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What the file gives beyond the profile. A tool that the profile names as the target does is allowed with all that
    it gives there; two servers' tools that have one name there cannot be told apart."""
    allowed = capability.allowed(profile, vocabulary) | capability.granted_by_name(profile, target, vocabulary)
    listed = {name for ref in parse_tools(profile.tools) if ref.mcp for name in to_own(ref, target, vocabulary).names}

    def has_listed_name(word: str) -> bool:
        ref = capability.mcp_ref(word)
        return ref is not None and {*to_own(ref, target, vocabulary).names} <= listed

    denied = bool(profile.fields.get("disallowed_tools"))
    return tuple(word for word in capability.gained(able, allowed) if denied or not has_listed_name(word))


def as_it_came(profile: Profile, read: Mapping[str, object], target: Target, vocabulary: Vocabulary) -> bool:
    """Whether the profile restricts no more than a file of this very tool did that held as little.

    `read` are the canonical fields of the file that is written: what the one that came said of lists that it held.
    """
    tools = target.tools
    holds = tools.restricts and tools.patterns is not Patterns.WRITTEN and all(limit.holds for limit in target.limits)
    names = (target.name, *target.aliases)
    own = {key: value for tool in names for key, value in profile.extensions.get(tool, {}).items()}
    came = {} if holds else read_fields(own, target, vocabulary).fields
    said = [(came.get(name, read.get(name)), profile.fields.get(name)) for name in TOOL_FIELDS]
    return any(came.get(name) for name in TOOL_FIELDS) and all(_same_tools(*pair) for pair in said)


def _same_tools(one: object, other: object) -> bool:
    return (one is None) == (other is None) and parse_tools(one) == parse_tools(other)


def approve(entry: Entry, profile: Profile, target: Target, *, came_so: bool) -> Entry:
    """The entry, acknowledged where it is a loss and the profile says so; nothing is lost of lists that came so."""
    if entry.expected or entry.outcome not in LOSSES:
        return entry
    field, words = _approvable(entry)
    if came_so and field in TOOL_FIELDS:
        return entry._replace(expected=True)
    return entry._replace(approved=_is_approved(profile, target, field, "drop", words))


def _approvable(entry: Entry) -> tuple[str, tuple[str, ...]]:
    """The field that an approval names for an entry, and the value."""
    if entry.part == "tool":
        return "tools", (entry.name,)
    return ("disallowed_tools", (entry.name,)) if entry.part == "denied-tool" else (entry.name, ())


def _is_approved(profile: Profile, target: Target, field: str, kind: str, words: Sequence[str]) -> bool:
    return any(
        approval.field == field
        and approval.kind == kind
        and _concerns(approval, target)
        and (not approval.values or set(words) <= set(approval.values))
        for approval in profile.approvals
    )


def _concerns(approval: Approval, target: Target) -> bool:
    return approval.target in (target.name, *target.aliases)


def stale_approvals(profile: Profile, ledger: Ledger, target: Target, path: str) -> Iterator[Finding]:
    """Approvals for this target that approve nothing of what happened, or more than that."""
    for approval in profile.approvals:
        if not _concerns(approval, target):
            continue
        happened = dict(_widened(ledger) if approval.kind == "widening" else _lost(ledger.entries))
        unused = sorted({*approval.values} - {*happened.get(approval.field, ())})
        if approval.field not in happened:
            message = (
                f"nothing happens to {approval.field} on the way to {target.name} that needs a {approval.kind} approved"
            )
        elif unused and happened[approval.field]:
            kind = f"a {approval.kind} of {approval.field}"
            message = f"{', '.join(unused)}: approved as {kind} for {target.name}, where it does not happen"
        else:
            continue
        yield Finding("approval-stale", CODES["approval-stale"].severity, path, 1, 1, message)


def _widened(ledger: Ledger) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The fields that let the agent do more, each with what it gains."""
    return ((widening.field, widening.gained) for widening in ledger.widenings)


def unapproved(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    """The fields of which something is lost that nobody approved, with the tools where it is a list of them."""
    return _lost(entry for entry in ledger.entries if not (entry.approved or entry.expected))


def _lost(entries: Iterable[Entry]) -> dict[str, tuple[str, ...]]:
    """The fields of which something is lost, with the tools where it is a list of them."""
    lost: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        if entry.outcome in LOSSES:
            field, words = _approvable(entry)
            lost[field] = (*lost.get(field, ()), *words)
    return lost
