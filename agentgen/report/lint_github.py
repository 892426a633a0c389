"""The result of `lint` as commands of a GitHub workflow: each finding becomes a note at its line of a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from agentgen.codes import CODES, Severity
from agentgen.findings import Finding
from agentgen.lint.model import Linted
from agentgen.report.visible import visible

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def lint_github(results: Sequence[Linted]) -> str:
    """One line a finding."""
    return "".join(_line(found) for result in results for found in result.findings)


def _line(found: Finding) -> str:
    place = {"file": found.path, "line": found.line, "endLine": found.end_line or found.line, "col": found.column}
    # GitHub takes a column only for a finding of one line.
    if found.end_line not in (None, found.line):
        del place["col"]
    properties = {**place, "title": f"{CODES[found.code].title} [{found.code}]"}
    shown = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    fix = f"\n{found.fix.message}" if found.fix else ""
    return f"::{_KINDS[found.severity]} {shown}::{_text(found.message + fix)}\n"


def _text(text: str) -> str:
    return "%0A".join(visible(line) for line in text.replace("%", "%25").replace("\r", "%0D").split("\n"))


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")
