"""Targets as values that JSON can hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from agentgen.report.targets_text import EXPERIMENTAL, Listed

SCHEMA = "agentgen.targets/1"


def targets_json(listed: Sequence[Listed]) -> dict[str, object]:
    """Every fact about the targets, where each was found, and whether it is known from third parties alone."""
    return {"schema": SCHEMA, "targets": [_target(one) for one in listed]}


def _target(one: Listed) -> dict[str, object]:
    return {**asdict(one.target), EXPERIMENTAL: one.target.experimental, "from": one.origin}
