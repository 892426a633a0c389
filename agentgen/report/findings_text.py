"""Findings as text: each with its place, how bad it is, and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from agentgen.codes import Severity
from agentgen.findings import Finding
from agentgen.report.visible import visible

_LONG = 160  # characters shown of a line that mends something


def findings_text(findings: Sequence[Finding]) -> str:
    """One block a finding, `path:line:column: severity: message [code]`, with the fix indented below."""
    return "".join(visible("\n".join(_lines(found))) + "\n" for found in findings)


def findings_line(findings: Sequence[Finding]) -> str:
    """How many there are of each severity: `2 errors, 1 warning`; empty where there are none."""
    counts = Counter(found.severity for found in findings)
    return ", ".join(_count(counts[severity], severity) for severity in Severity if counts[severity])


def _lines(found: Finding) -> Iterator[str]:
    head = f"{found.path}:{found.line}:{found.column}: {found.severity.value}: {found.message} [{found.code}]"
    yield head.replace("\r", "\n").replace("\n", "\n  ")  # a line end in a name begins no finding
    if found.fix is not None:
        yield from (f"  {line}" for line in found.fix.message.splitlines())
        lines = (line for edit in found.fix.edits for line in edit.text.splitlines() if line.strip())
        yield from (f"    {line if len(line) <= _LONG else line[: _LONG - 1] + '…'}" for line in lines)


def _count(number: int, severity: Severity) -> str:
    noun = "note" if severity is Severity.INFO else severity.value
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
