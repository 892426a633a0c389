"""What was noticed while the files were read."""

from __future__ import annotations

from agentgen.codes import Severity
from agentgen.findings import Finding
from agentgen.report.html.markup import Html, tag
from agentgen.report.html.parts import Part, chip
from agentgen.report.summary import Summary

_LOOKS = {Severity.ERROR: "bad", Severity.WARNING: "mild", Severity.INFO: "note"}


def findings_part(summary: Summary) -> Part:
    """Every finding with its place and what to do; nothing where there is none."""
    findings = summary.comparison.findings
    if not findings:
        return Part("findings", "Findings", Html())
    return Part("findings", "Findings", tag("ul", map(_finding, findings), class_="findings"), len(findings))


def _finding(finding: Finding) -> Html:
    place = tag("span", f"{finding.path}:{finding.line}:{finding.column}", class_="path")
    fix = tag("small", f"To mend it: {finding.fix.message}") if finding.fix else None
    kind = chip(_LOOKS[finding.severity], finding.severity.value)
    return tag("li", kind, " ", tag("code", finding.code), " ", place, tag("div", finding.message), fix)
