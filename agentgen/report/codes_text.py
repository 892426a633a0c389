"""The codes of findings, for people and as JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from agentgen.codes import Code
from agentgen.content.hidden import HIDDEN

SCHEMA = "agentgen.codes/1"
_WIDTH = 96


def codes_text(entries: Sequence[Code]) -> str:
    """All codes, a line each."""
    most = max(len(entry.code) for entry in entries)
    return "".join(f"{entry.code:{most}}  {entry.severity.value:7}  {entry.title}\n" for entry in entries)


def code_text(entry: Code, rate: object | None) -> str:
    """One code in full; `rate` says how often it is found."""
    parts = [f"{entry.code} ({entry.severity.value}): {entry.title}", "", *textwrap.wrap(entry.explanation, _WIDTH)]
    if rate is not None:
        parts += ["", f"Found {rate}."]
    parts += ["", "Example:", *(f"  {line}" for line in entry.example.split("\n")), ""]
    comment = f"Ignore it in one file: <!-- agentgen: ignore {entry.code} REASON -->"
    parts += [f"No file can ignore it itself: --ignore {entry.code}" if entry.code in HIDDEN else comment]
    return "\n".join(parts) + "\n"


def codes_json(rated: Iterable[tuple[Code, object | None]]) -> dict[str, object]:
    """The codes with their rates as values that JSON can hold."""
    return {"schema": SCHEMA, "codes": [_code(entry, rate) for entry, rate in rated]}


def _code(entry: Code, rate: object | None) -> dict[str, object]:
    return {
        "code": entry.code,
        "severity": entry.severity.value,
        "title": entry.title,
        "explanation": entry.explanation,
        "example": entry.example,
        "found": None if rate is None else str(rate),
    }
