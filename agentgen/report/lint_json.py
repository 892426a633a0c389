"""The result of `lint` as JSON: `agentgen.lint/1`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from agentgen.findings import Finding
from agentgen.lint.model import Linted
from agentgen.render.loading.model import Loaded

SCHEMA = "agentgen.lint/1"


def lint_json(results: Sequence[Linted]) -> dict[str, object]:
    """Every file with what each tool asked for sees of it, and its findings in file order."""
    return {"schema": SCHEMA, "files": [_file(result) for result in results]}


def _file(result: Linted) -> dict[str, object]:
    loaders = {name: _loaded(loaded) for name, loaded in result.loaders.items()}
    return {
        "path": result.source.path,
        "loaders": {**loaders, **{alias: loaders[name] for alias, name in result.aliases.items()}},
        "findings": [_finding(found) for found in result.findings],
        "ignored": [_finding(found) for found in result.ignored],
    }


def _loaded(loaded: Loaded) -> dict[str, object]:
    return {
        "status": loaded.status.value,
        "loads": loaded.loads,
        "frontmatter": None if loaded.frontmatter is None else _plain(loaded.frontmatter),
        "body": loaded.body,
        "reason": loaded.reason,
    }


def _finding(found: Finding) -> dict[str, object]:
    edits = found.fix.edits if found.fix else ()
    return {
        "code": found.code,
        "severity": found.severity.value,
        "line": found.line,
        "column": found.column,
        "end_line": found.end_line or found.line,
        "message": found.message,
        "fix": found.fix.message if found.fix else None,
        "edits": [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in edits],
    }


def _plain(value: object) -> object:
    """Values that JSON has: dates as text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(entry) for entry in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
