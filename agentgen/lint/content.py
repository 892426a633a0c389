"""Findings about what a text holds: commands that fetch and run, secrets, somebody's folders; in files that are no
Markdown also what nobody sees, which reading finds in those that are.
"""

from __future__ import annotations

from collections.abc import Iterator

from agentgen.content.findings import risk_findings, unseen_findings
from agentgen.content.hidden import hidden_findings
from agentgen.content.lookalikes import name_findings
from agentgen.content.values import value_findings
from agentgen.findings import Finding
from agentgen.lint.model import Subject
from agentgen.source import Span


def content_findings(subject: Subject) -> Iterator[Finding]:
    """Everything about the content of a file that is not about one tool."""
    source = subject.source
    yield from risk_findings(source)
    if subject.document is None:
        whole = Span(0, len(source.text))
        fields = [(key, value, whole) for key, value in (*subject.values.items(), ("text", subject.body))]
        yield from hidden_findings(source)
        yield from value_findings(source, fields)
        yield from name_findings(source, fields[:-1])
        yield from unseen_findings(source)
