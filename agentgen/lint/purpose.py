"""Findings about agents that may do more than they say they will."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agentgen.codes import Severity
from agentgen.findings import Finding
from agentgen.lint.model import Subject
from agentgen.render.canonical import read_fields
from agentgen.render.capability import effective
from agentgen.render.spec import Target

_WRITES = ("edit", "create")
_NEVER = re.compile(
    r"\bread[- ]only\b(?! (?:access|replica|database|user|role|root|mode for|file ?system|propert|field|view|"
    r"transaction|volume|mount))|\b(?:never|do not|don't|does not|doesn't|must not|cannot|can't|without|not) "
    r"(?:ever )?(?:modify|modifying|edit|editing|change|changing|alter|write|writing) "
    r"(?:or \w+ )?(?:any |the |your |source |project |application |existing )*(?:code|files?|codebase|repository)\b",
    re.IGNORECASE,
)


def purpose_findings(subject: Subject) -> Iterator[Finding]:
    """A purpose that is restricted in words, with tools that change things."""
    match = _NEVER.search(subject.description)
    if match is None:
        return
    for target in subject.judged:
        able = _able(subject, target)
        gained = [word for word in (*_WRITES, "execute") if word in able]
        if gained:
            severity = Severity.WARNING if set(gained) & set(_WRITES) else Severity.INFO
            message = f"the description says {match[0]!r}, and {target.title} lets it {', '.join(gained)}"
            yield subject.found("purpose-exceeded", subject.place("tools"), message, severity=severity)


def _able(subject: Subject, target: Target) -> frozenset[str]:
    vocabulary = subject.targets.vocabulary
    read = read_fields(subject.values, target, vocabulary)
    return effective(subject.values, read.fields, target, vocabulary)
