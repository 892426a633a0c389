"""The diagnostic type. What each code means stands in `agentgen.codes`.

A finding is a value: whoever reads a file returns findings, `agentgen.report` shows them. A fix is a set of splices on
the file's text, so applying it changes nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from agentgen.codes import CODES, Severity
from agentgen.source import Source


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text between two offsets of the file."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """What to do, in words, and the splices that do it (none where a person must decide)."""

    message: str
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation about a file. `line` and `column` are 1-based; `end_line` is the last line it speaks of."""

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    message: str
    fix: Fix | None = None
    end_line: int | None = None


def finding(
    source: Source, code: str, start: int, message: str, *, end: int | None = None, fix: Fix | None = None
) -> Finding:
    """A finding at offset `start` of a source, with the severity that the table gives its code."""
    line, column = source.position(start)
    end_line = source.line_of(max(start, end - 1)) if end is not None else None
    return Finding(code, CODES[code].severity, source.path, line, column, message, fix, end_line)


def apply_fixes(text: str, fixes: list[Fix]) -> str:
    """Splice the edits of all fixes into the text, from the end backwards so that offsets stay valid.

    Edits that overlap one already applied are left for a second run.
    """
    edits = sorted({edit for fix in fixes for edit in fix.edits}, key=lambda edit: (edit.start, edit.end), reverse=True)
    limit = len(text)
    for edit in edits:
        if edit.end <= limit:
            text = text[: edit.start] + edit.text + text[edit.end :]
            limit = edit.start
    return text
