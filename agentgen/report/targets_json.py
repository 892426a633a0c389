"""Targets as values that JSON can hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from agentgen.report.targets_text import Listed

SCHEMA = "agentgen.targets/1"


def targets_json(listed: Sequence[Listed]) -> dict[str, object]:
    """Every fact about the targets, and where each was found."""
    return {"schema": SCHEMA, "targets": [{**asdict(one.target), "from": one.origin} for one in listed]}
