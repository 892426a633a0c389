"""The result of `lint` as SARIF 2.1.0, which code scanning services read. Fixes are part of it, as replacements."""

from __future__ import annotations

import os
from collections.abc import Sequence
from urllib.parse import quote

from agentgen import __version__
from agentgen.codes import CODES, Severity
from agentgen.findings import Edit, Finding
from agentgen.lint.model import Linted
from agentgen.source import Source

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def lint_sarif(results: Sequence[Linted]) -> dict[str, object]:
    """One run with a rule for each code that occurs."""
    codes = sorted({found.code for result in results for found in result.findings})
    found = [_result(result.source, each, codes) for result in results for each in result.findings]
    driver = {"name": "agentgen", "version": __version__, "rules": [_rule(code) for code in codes]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": found}
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str) -> dict[str, object]:
    entry = CODES[code]
    return {
        "id": code,
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.explanation},
        "defaultConfiguration": {"level": _LEVELS[entry.severity]},
    }


def _result(source: Source, found: Finding, codes: Sequence[str]) -> dict[str, object]:
    region: dict[str, object] = {"startLine": found.line, "startColumn": found.column}
    if found.end_line:
        region["endLine"] = found.end_line
    made: dict[str, object] = {
        "ruleId": found.code,
        "ruleIndex": codes.index(found.code),
        "level": _LEVELS[found.severity],
        "message": {"text": found.message},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(source), "region": region}}],
    }
    if found.fix and found.fix.edits:
        replacements = [_replacement(source, edit) for edit in found.fix.edits]
        change = {"artifactLocation": _artifact(source), "replacements": replacements}
        made["fixes"] = [{"description": {"text": found.fix.message}, "artifactChanges": [change]}]
    return made


def _artifact(source: Source) -> dict[str, object]:
    return {"uri": quote(os.fsencode(source.path.replace("\\", "/")))}  # a name may hold bytes that are no UTF-8


def _replacement(source: Source, edit: Edit) -> dict[str, object]:
    (line, column), (end_line, end_column) = source.position(edit.start), source.position(edit.end)
    deleted = {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}
    return {"deletedRegion": deleted, "insertedContent": {"text": edit.text}}
