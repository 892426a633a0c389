"""The words and signs that the views of a comparison share."""

from __future__ import annotations

from string import ascii_uppercase

from agentgen.compare.model import Comparison, Relation
from agentgen.report.summary import Mark, Row, Summary

SIGNS: dict[Mark, str] = {
    Mark.SAME: "=",
    Mark.SIMILAR: "≈",
    Mark.DIFFERENT: "≠",
    Mark.ONLY: "+",
    Mark.ABSENT: "·",
}
"""How each mark is written."""

TOGETHER: dict[Relation, str] = {
    Relation.CONFLICT: "in conflict",
    Relation.EQUIVALENT: "said in other words",
    Relation.PART_OF: "said along with more",
    Relation.SAME: "the same",
}
"""What the relation of several members is called, the most interesting first."""

ABSENT: dict[str, str] = {"tools": "not given: every tool"}
"""What it means that a key is not given, where that is not plain."""


def letters(comparison: Comparison) -> dict[str, str]:
    """A short name for each variant: A, B, … Z, A2, B2, …"""
    size = len(ascii_uppercase)
    return {
        variant.id: ascii_uppercase[place % size] + (str(place // size + 1) if place >= size else "")
        for place, variant in enumerate(comparison.variants)
    }


def clipped(text: str, width: int) -> str:
    """The text in one line of at most `width` characters, the end replaced by an ellipsis."""
    flat = " ".join(text.split())
    return flat if len(flat) <= width else flat[: width - 1].rstrip() + "…"


def open_rows(summary: Summary) -> list[Row]:
    """The rows that several variants share and do not agree in."""
    return [row for row in summary.rows if len(row.topic.sections) > 1 and not row.folded]
