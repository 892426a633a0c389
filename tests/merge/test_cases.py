"""Cases as files: the variants of a folder, merged by union, give its `expected.md`."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Variant
from agentgen.document.read import read_document
from agentgen.merge.combine import merge
from agentgen.merge.propose import propose_recipe
from agentgen.profile.body import render_body
from agentgen.source import read_source

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


def test_there_are_cases() -> None:
    """An empty folder would test nothing."""
    assert len(CASES) >= 6


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_union_is_as_expected(case: Path) -> None:
    """What the union says, and in which order, stands in the case's `expected.md`."""
    files = sorted(path for path in case.glob("*.md") if path.name != "expected.md")
    variants = [Variant(path.stem, read_document(read_source(path, path.name))) for path in files]
    comparison = compare_variants(variants)
    result = merge(variants, propose_recipe(comparison), comparison)
    assert render_body(result.profile).lstrip("\n") == (case / "expected.md").read_text(encoding="utf-8")
