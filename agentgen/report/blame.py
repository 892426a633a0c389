"""Where every line came from, as text in columns and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from agentgen.merge.model import Blamed
from agentgen.profile.lock import Origin
from agentgen.report.visible import visible

SCHEMA = "agentgen.blame/1"


def blame_json(lines: Sequence[Blamed]) -> dict[str, object]:
    """Every line with its origin; lines are 1-based."""
    return {"schema": SCHEMA, "lines": [_line(line) for line in lines]}


def blame_text(lines: Sequence[Blamed]) -> str:
    """A row a line: its number, its place, the decision that chose it, its text."""
    places = [_place(line.origin) for line in lines]
    place_width = max(map(len, places), default=0)
    decision_width = max((len(line.origin.decision) for line in lines), default=0)
    rows = (
        f"{line.line:>5}  {place:<{place_width}}  {line.origin.decision:<{decision_width}}  {line.text}".rstrip()
        for line, place in zip(lines, places, strict=True)
    )
    return "".join(f"{visible(row)}\n" for row in rows)


def _place(origin: Origin) -> str:
    return f"{origin.variant}:{origin.source_line}" if origin.kind == "variant" else origin.kind


def _line(line: Blamed) -> dict[str, object]:
    origin = line.origin
    return {
        "line": line.line,
        "text": line.text,
        "origin": origin.kind,
        "variant": origin.variant,
        "source_line": origin.source_line,
        "decision": origin.decision or None,
    }
