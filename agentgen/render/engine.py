"""One profile on its way to one target: fields, tools, sections, ledger, template, and the check of what came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from agentgen.errors import Problem, UserError
from agentgen.profile.body import ROLE, render_body
from agentgen.profile.model import Profile, ProfileSection
from agentgen.render.canonical import filled, read_fields
from agentgen.render.environment import fill
from agentgen.render.extensions import map_extensions, said_as_it_came
from agentgen.render.guard import LOSSES, approve, as_it_came, stale_approvals, widenings
from agentgen.render.limits import limits
from agentgen.render.mapping import map_fields
from agentgen.render.model import Entry, Ledger, Outcome, Rendering, SharedPart, Widening
from agentgen.render.narrower import narrower
from agentgen.render.prose import links, named_tools
from agentgen.render.prose_names import MAP, map_names
from agentgen.render.readback import Meant, check
from agentgen.render.spec import Format, Target
from agentgen.render.targets import Found, Targets
from agentgen.render.toollist import DENIED_TOOL, TOOL
from agentgen.render.vocabulary import Vocabulary
from agentgen.workspace import is_name

SECTION = "section"
_ROLE_WORDS = "(the text before the first section)"


def render_profile(profile: Profile, name: str, targets: Targets) -> Rendering:
    """A profile as the file of the target with that name or alias, with its ledger.

    The rendering is `blocked` where the file would let the agent do more than the profile and nobody approved that, or
    where the target would not take it.

    Raises:
        UserError: no such target, or its template is wrong.
    """
    found = targets.entry(name)
    target, vocabulary = found.target, targets.vocabulary
    profile = for_target(profile, target)
    path = _path(profile, target)
    body, renamed = _text(profile, target, vocabulary)
    values, entries = _mapped(profile, target, vocabulary)
    entries = (*entries, *_section_entries(profile, target), *renamed, *links(body, path))
    ledger = _ledger(profile, entries, values, target, vocabulary)
    meant = Meant(path, _with_body(values, body, target), body)
    text = _fill(profile, meant, found)
    named = named_tools(text, path, target, vocabulary)
    findings = (
        *check(text, meant, profile, target, vocabulary),
        *named,
        *stale_approvals(profile, ledger, target, path),
    )
    return Rendering(target.name, profile.name, path, text, ledger, findings, _shared(profile, target))


def render_all(profiles: Sequence[Profile], names: Sequence[str], targets: Targets) -> tuple[Rendering, ...]:
    """Each profile for each target (`all` for every one), by target and then by profile."""
    wanted = [target.name for target in targets] if "all" in names else [targets[name].name for name in names]
    ordered = sorted(profiles, key=lambda profile: profile.name)
    return tuple(render_profile(profile, name, targets) for name in dict.fromkeys(wanted) for profile in ordered)


def _mapped(profile: Profile, target: Target, vocabulary: Vocabulary) -> tuple[dict[str, object], tuple[Entry, ...]]:
    """The keys to write in their order, and what happened to fields, tools and extensions."""
    limited = limits(profile, target, vocabulary)
    mapped = map_fields(profile, target, vocabulary, limited)
    extensions, entries = map_extensions(profile, target, mapped.values, vocabulary)
    constants = {key: filled(value, profile.name) for key, value in target.constants.items()}
    values = {**limited, **constants, **mapped.values, **extensions}
    ordered = {key: values[key] for key in dict.fromkeys((*mapped.values, *values))}
    said = said_as_it_came(profile, target, extensions)
    return ordered, (*(_kept_if(entry, said) for entry in mapped.entries), *entries)


def _kept_if(entry: Entry, said: frozenset[str]) -> Entry:
    """The entry of a field that the file says as it came: whatever the list would have lost is there."""
    name = {TOOL: "tools", DENIED_TOOL: "disallowed_tools"}.get(entry.part, entry.name)
    if name not in said or entry.outcome not in LOSSES:
        return entry
    return entry._replace(outcome=Outcome.KEPT, after=entry.before, reason="", source="")


def _ledger(
    profile: Profile,
    entries: Sequence[Entry],
    values: Mapping[str, object],
    target: Target,
    vocabulary: Vocabulary,
) -> Ledger:
    came_so = as_it_came(profile, read_fields(values, target, vocabulary).fields, target, vocabulary)
    acknowledged = tuple(approve(entry, profile, target, came_so=came_so) for entry in entries)
    widened = widenings(profile, values, target, vocabulary)
    ways = tuple(_way_out(widening, profile, target, vocabulary) for widening in widened)
    return Ledger(profile.name, target.name, acknowledged, ways)


def _way_out(widening: Widening, profile: Profile, target: Target, vocabulary: Vocabulary) -> Widening:
    """A refused widening of the tool list, with the tools that can be left out so that less is gained."""
    if widening.approved or widening.field != "tools":
        return widening

    def gained(given: Profile) -> tuple[str, ...]:
        values, _ = _mapped(given, target, vocabulary)
        found = widenings(given, values, target, vocabulary)
        return tuple(word for each in found if each.field == "tools" for word in each.gained)

    leave_out, left = narrower(profile, target, vocabulary, gained)
    return widening._replace(leave_out=leave_out, left=left)


def for_target(profile: Profile, target: Target) -> Profile:
    """The profile with this target's aliases in `targets` replaced by its name."""
    if not target.aliases:
        return profile

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


def _text(profile: Profile, target: Target, vocabulary: Vocabulary) -> tuple[str, tuple[Entry, ...]]:
    """The body, with tools under the target's names where the profile wants that, and what was renamed."""
    body = _body(profile, target)
    return map_names(body, target, vocabulary) if profile.prose.tool_names == MAP else (body, ())


def _with_body(values: Mapping[str, object], body: str, target: Target) -> dict[str, object]:
    return {**values, target.body.key: body} if target.body.key else dict(values)


def _fill(profile: Profile, meant: Meant, found: Found) -> str:
    title = profile.name.replace("-", " ").capitalize()
    values = {"fields": meant.values, "body": meant.body, "name": profile.name, "title": title}
    return fill(found.folder, found.target.template, values)


def _section_entries(profile: Profile, target: Target) -> Iterator[Entry]:
    if profile.role:
        yield Entry(SECTION, ROLE, Outcome.KEPT, _ROLE_WORDS, _ROLE_WORDS)
    yield from _entries_below(profile.sections, target, left_out=False)


def _entries_below(sections: Sequence[ProfileSection], target: Target, *, left_out: bool) -> Iterator[Entry]:
    for section in sections:
        here = left_out or bool(section.targets and target.name not in section.targets)
        reason = f"only for {', '.join(section.targets)}" if section.targets else "it belongs to a section left out"
        if here:
            yield Entry(SECTION, section.id, Outcome.DROPPED, section.title, "", reason, expected=True)
        else:
            yield Entry(SECTION, section.id, Outcome.KEPT, section.title, section.title)
        yield from _entries_below(section.sections, target, left_out=here)
