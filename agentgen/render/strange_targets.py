"""Names in a profile that are those of no target: what is limited to them reaches nobody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agentgen.errors import UserError
from agentgen.findings import Finding, finding
from agentgen.profile.model import Profile, ProfileSection
from agentgen.render.targets import Targets
from agentgen.source import Source


def strange_targets(profile: Profile, source: Source, targets: Targets) -> tuple[Finding, ...]:
    """A finding for each section and approval that is for a target nobody knows; `source` is the profile's file."""
    named = list(_in_sections(profile.sections))
    named += ((one.target, f"the approval of a {one.kind} of {one.field}") for one in profile.approvals)
    return tuple(
        finding(source, "target-unknown", _place(source, name), f"{what} is for a target that nobody knows: {said}")
        for name, what in dict.fromkeys(named)
        if (said := _said(name, targets))
    )


def _in_sections(sections: Sequence[ProfileSection]) -> Iterator[tuple[str, str]]:
    for section in sections:
        yield from ((name, f"the section {section.id}") for name in section.targets)
        yield from _in_sections(section.sections)


def _said(name: str, targets: Targets) -> str:
    """What is wrong with a name and what was perhaps meant; empty for a target or its alias."""
    if targets.knows(name):
        return ""
    try:
        targets.whole().entry(name)
    except UserError as error:
        return "; ".join(f"{problem.message}, {problem.hint}" for problem in error.problems)
    return ""


def _place(source: Source, name: str) -> int:
    """Where the name stands as a value of its own or in a list; the start of the file where that cannot be seen."""
    found = re.search(rf"""^[^\n#]*(?:targets?:|-)[^\n]*?(?<![\w-])({re.escape(name)})(?![\w-])""", source.text, re.M)
    return found.start(1) if found else 0
