"""Shapes that bring a careless reader to its knees: each is read to its end in a process with a hard limit."""

from __future__ import annotations

import os

import pytest

from benchmarks.hostile import MEBIBYTES, SHAPES, measure

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="limits the time of a process")
_LIMIT = 15  # processor seconds: far more than linear work takes, far less than quadratic work would


@pytest.mark.parametrize("shape", SHAPES)
def test_reading_ends(shape: str) -> None:
    """A twentieth of the benchmark's size, with all findings looked for: an exit code that is documented."""
    ran = measure(shape, "lint", 0.05, _LIMIT)
    assert ran.code in (0, 1), ran
    assert ran.mebibytes < MEBIBYTES


@pytest.mark.parametrize("shape", ["headings", "list items", "blank lines"])
@pytest.mark.parametrize("command", ["lint", "outline", "merge"])
def test_beyond_the_limit_it_is_refused_at_once(shape: str, command: str) -> None:
    """Twice what is read at most."""
    ran = measure(shape, command, 2.0, _LIMIT)
    assert ran.code == 2, ran
    assert "at most" in ran.said
