"""One profile on its way to one target: fields, tools, sections, ledger, template, and the check of what came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from agentgen.codes import CODES
from agentgen.errors import Problem, UserError
from agentgen.findings import Finding
from agentgen.profile.body import ROLE, render_body
from agentgen.profile.model import Approval, Profile, ProfileSection
from agentgen.render import capability
from agentgen.render.canonical import filled, read_fields
from agentgen.render.environment import fill
from agentgen.render.mapping import map_fields, shown
from agentgen.render.model import Entry, Ledger, Outcome, Rendering, SharedPart, Widening
from agentgen.render.prose import links, named_tools
from agentgen.render.readback import Meant, check
from agentgen.render.spec import Format, Target, UnknownKeys, Vocabulary
from agentgen.render.targets import Found, Targets
from agentgen.workspace import is_name

EXTENSION = "extension"
SECTION = "section"
_ROLE_WORDS = "(the text before the first section)"
_LOSSES = (Outcome.DROPPED, Outcome.APPROXIMATED)


def render_profile(profile: Profile, name: str, targets: Targets) -> Rendering:
    """A profile as the file of the target with that name or alias, with its ledger.

    The rendering is `blocked` where the file would let the agent do more than the profile and nobody approved that, or
    where the target would not take it.

    Raises:
        UserError: no such target, or its template is wrong.
    """
    found = targets.entry(name)
    target = found.target
    profile = _for_target(profile, target)
    mapped = map_fields(profile, target, targets.vocabulary)
    extensions, extension_entries = _extensions(profile, target, mapped.values, targets.vocabulary)
    body = _body(profile, target)
    constants = {key: filled(value, profile.name) for key, value in target.constants.items()}
    limits = _limits(profile, target, targets.vocabulary)
    values = {**limits, **constants, **mapped.values, **extensions}
    ordered = {key: values[key] for key in dict.fromkeys((*mapped.values, *values))}
    path = _path(profile, target)
    entries = (
        *mapped.entries,
        *extension_entries,
        *_section_entries(profile, target),
        *links(body, path),
    )
    widenings = _widenings(profile, ordered, target, targets.vocabulary)
    approved = tuple(_approve(entry, profile, target) for entry in entries)
    ledger = Ledger(profile.name, target.name, approved, widenings)
    meant = Meant(path, _with_body(ordered, body, target), body)
    text = _fill(profile, meant, found)
    named = named_tools(text, path, target, targets.vocabulary)
    findings = (*check(text, meant, profile, target), *named, *_stale(profile, ledger, target, path))
    return Rendering(target.name, profile.name, meant.path, text, ledger, findings, _shared(profile, target))


def render_all(profiles: Sequence[Profile], names: Sequence[str], targets: Targets) -> tuple[Rendering, ...]:
    """Each profile for each target (`all` for every one), by target and then by profile."""
    wanted = [target.name for target in targets] if "all" in names else [targets[name].name for name in names]
    ordered = sorted(profiles, key=lambda profile: profile.name)
    return tuple(render_profile(profile, name, targets) for name in dict.fromkeys(wanted) for profile in ordered)


def _for_target(profile: Profile, target: Target) -> Profile:
    """The profile with this target's aliases in `targets` replaced by its name."""

    def resolved(section: ProfileSection) -> ProfileSection:
        names = tuple(target.name if name in target.aliases else name for name in section.targets)
        return replace(section, targets=names, sections=tuple(map(resolved, section.sections)))

    return replace(profile, sections=tuple(map(resolved, profile.sections)))


def _shared(profile: Profile, target: Target) -> SharedPart | None:
    return SharedPart(profile.name, target.shared.list, target.shared.key) if target.shared else None


def _path(profile: Profile, target: Target) -> str:
    if not is_name(profile.name):
        hint = "use lower-case letters, digits and hyphens"
        raise UserError(Problem(f"the profile's name {profile.name!r} cannot be that of a file", hint=hint))
    return target.path.replace("{name}", profile.name)


def _body(profile: Profile, target: Target) -> str:
    """The body; where nothing stands above it, without the blank line that sets it off."""
    body = render_body(profile, target.name)
    alone = target.format is not Format.MARKDOWN or target.body.key is not None
    return body.removeprefix("\n") if alone and profile.role_layout.below is None else body


def _with_body(values: Mapping[str, object], body: str, target: Target) -> dict[str, object]:
    return {**values, target.body.key: body} if target.body.key else dict(values)


def _fill(profile: Profile, meant: Meant, found: Found) -> str:
    title = profile.name.replace("-", " ").capitalize()
    values = {"fields": meant.values, "body": meant.body, "name": profile.name, "title": title}
    return fill(found.folder, found.target.template, values)


def _extensions(
    profile: Profile, target: Target, written: Mapping[str, object], vocabulary: Vocabulary
) -> tuple[dict[str, object], list[Entry]]:
    """Keys that only one tool has: written for that tool, and left behind for the others."""
    values: dict[str, object] = {}
    entries: list[Entry] = []
    for tool, keys in profile.extensions.items():
        own = tool in (target.name, *target.aliases)
        for key, value in keys.items():
            reason = _refusal(tool, key, value, target, written, vocabulary) if own else f"only {tool} has it"
            outcome = Outcome.DROPPED if reason else Outcome.KEPT
            after = "" if reason else shown(value)
            entry = Entry(EXTENSION, f"{tool}.{key}", outcome, shown(value), after, reason, approved=not own)
            entries.append(entry)
            if not reason:
                values[key] = value
    return values, entries


def _refusal(
    tool: str, key: str, value: object, target: Target, written: Mapping[str, object], vocabulary: Vocabulary
) -> str:
    """Why an extension cannot be written; empty where it can."""
    if key == target.body.key or (key in written and not _says_the_same(key, value, written, target, vocabulary)):
        return f"the profile says {key} itself"
    if key in target.dead_keys:
        return target.dead_keys[key].reason
    known = {spec.key for spec in target.fields.values()} | {*target.extra_keys, *target.constants}
    if key not in known and target.unknown_keys is UnknownKeys.REJECTED:
        return f"{tool} does not know the key, and would reject a file with it"
    return ""


def _says_the_same(
    key: str, value: object, written: Mapping[str, object], target: Target, vocabulary: Vocabulary
) -> bool:
    """Whether a value in the tool's own words means what the profile says, so that it may stand in its place."""
    theirs, ours = (read_fields({key: each}, target, vocabulary).fields for each in (value, written[key]))
    return bool(ours) and dict(theirs) == dict(ours)


def _limits(profile: Profile, target: Target, vocabulary: Vocabulary) -> dict[str, object]:
    """Keys that take capabilities away of which the profile allows none."""
    mode = str(profile.fields.get("permission_mode", ""))
    denied = frozenset(vocabulary.denies.get(mode, ()))
    able = capability.allowed(profile, vocabulary)
    return {
        limit.key: limit.value
        for limit in target.limits
        if not any(_is_able(word, able, denied) for word in limit.denies)
    }


def _is_able(word: str, able: frozenset[str], denied: frozenset[str]) -> bool:
    """Whether a capability is allowed, be it with a pattern that limits it."""
    return word not in denied and any(capability.covers(able, word) or part.startswith(f"{word}(") for part in able)


def _section_entries(profile: Profile, target: Target) -> Iterator[Entry]:
    if profile.role:
        yield Entry(SECTION, ROLE, Outcome.KEPT, _ROLE_WORDS, _ROLE_WORDS)
    yield from _entries_below(profile.sections, target, left_out=False)


def _entries_below(sections: Sequence[ProfileSection], target: Target, *, left_out: bool) -> Iterator[Entry]:
    for section in sections:
        here = left_out or bool(section.targets and target.name not in section.targets)
        reason = f"only for {', '.join(section.targets)}" if section.targets else "it belongs to a section left out"
        if here:
            yield Entry(SECTION, section.id, Outcome.DROPPED, section.title, "", reason, approved=True)
        else:
            yield Entry(SECTION, section.id, Outcome.KEPT, section.title, section.title)
        yield from _entries_below(section.sections, target, left_out=here)


def _widenings(
    profile: Profile, written: Mapping[str, object], target: Target, vocabulary: Vocabulary
) -> tuple[Widening, ...]:
    """What the file lets the agent do beyond the profile, by the field that forbids it."""
    read = read_fields(written, target, vocabulary).fields
    mode = str(profile.fields.get("permission_mode", ""))
    denied = frozenset(vocabulary.denies.get(mode, ()))
    able = capability.effective(written, read, target, vocabulary)
    by_tools = capability.gained(able, capability.allowed(profile, vocabulary))
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


def _approve(entry: Entry, profile: Profile, target: Target) -> Entry:
    """The entry, acknowledged where it is a loss and the profile says so."""
    if entry.approved or entry.outcome not in _LOSSES:
        return entry
    field, words = _approvable(entry)
    return replace(entry, approved=_is_approved(profile, target, field, "drop", words))


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


def _stale(profile: Profile, ledger: Ledger, target: Target, path: str) -> Iterator[Finding]:
    """Approvals for this target that approve nothing of what happened."""
    widened = {widening.field for widening in ledger.widenings}
    lost = {_approvable(entry)[0] for entry in ledger.entries if entry.outcome in _LOSSES}
    for approval in profile.approvals:
        happened = widened if approval.kind == "widening" else lost
        if _concerns(approval, target) and approval.field not in happened:
            message = (
                f"nothing happens to {approval.field} on the way to {target.name} that needs a {approval.kind} approved"
            )
            yield Finding("approval-stale", CODES["approval-stale"].severity, path, 1, 1, message)
