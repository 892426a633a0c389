"""Rows of small hand-written variants, a folder a case: what belongs side by side, and what only looks like it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Variant
from agentgen.document.read import read_document
from agentgen.source import read_source
from tests.compare.helpers import shared_rows

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


def expected(case: Path) -> dict[str, Any]:
    return tomllib.loads((case / "expected.toml").read_text("utf-8"))


def case_variants(case: Path) -> list[Variant]:
    return [Variant(path.stem, read_document(read_source(path))) for path in sorted(case.glob("*.md"))]


def test_there_are_cases_and_half_of_them_must_not_join() -> None:
    """A green run has seen at least twelve cases, as many traps as matches."""
    traps = [case for case in CASES if case.name.startswith("not-")]
    assert len(CASES) >= 12
    assert 2 * len(traps) >= len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rows_are_those_of_a_careful_reader(case: Path) -> None:
    """All rows of more than one section are exactly those that the case lists."""
    wanted = expected(case)
    comparison = compare_variants(case_variants(case))
    assert shared_rows(comparison) == sorted(sorted(row) for row in wanted["rows"]), wanted["why"]


@pytest.mark.parametrize("case", [case for case in CASES if "status" in expected(case)], ids=lambda case: case.name)
def test_status_is_what_is_proven(case: Path) -> None:
    """The topics have the status that the case gives."""
    wanted = expected(case)
    comparison = compare_variants(case_variants(case))
    assert {name: comparison.topic(name).status.value for name in wanted["status"]} == wanted["status"], wanted["why"]
