"""Digests of what a decision was made on."""

from __future__ import annotations

from datetime import date

from agentgen.merge.digests import value_digest


def test_any_value_has_a_digest() -> None:
    """Dates too, which JSON does not know; equal values have equal ones, others do not."""
    assert value_digest(date(2024, 1, 2)) == value_digest(date(2024, 1, 2))
    assert value_digest(date(2024, 1, 2)) != value_digest(date(2024, 1, 3))
    assert value_digest({"b": 1, "a": 2}) == value_digest({"a": 2, "b": 1})
