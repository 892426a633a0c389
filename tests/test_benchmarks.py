"""The benchmark runs, and its input is the same each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture
def speed_input(monkeypatch: pytest.MonkeyPatch):
    """The module that makes the input; the benchmarks are scripts, not a package."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import speed_input

    return speed_input


def test_the_input_is_the_same_each_time(speed_input) -> None:
    """Figures of two runs can be compared: no clock and no hash order is in the files."""
    assert speed_input.variants(3, 4) == speed_input.variants(3, 4)
    first, second, _ = speed_input.variants(3, 4)
    assert first != second
    assert first.count("\n## ") == 4


def test_a_profile_and_a_file_are_the_same_agent(speed_input, tmp_path: Path) -> None:
    """What the other tools get is what agentgen gets."""
    ((name, parts),) = speed_input.agents(tmp_path / "agents", 1, sections=2)
    place = speed_input.workspace(tmp_path / "place", [(name, parts)])
    written = (tmp_path / "agents" / f"{name}.md").read_text("utf-8")
    profile = (place / "profiles" / name / "profile.yaml").read_text("utf-8")
    for heading, *rules in parts:
        assert f"## {heading}\n" in written
        assert f"title: {heading}\n" in profile
        assert all(f"- {rule}.\n" in written and f"- {rule}.\n" in profile for rule in rules)


def test_one_command_prints_the_table() -> None:
    """A part of it, on the smallest input: each row has its figures, and what is not installed is said."""
    words = [sys.executable, str(BENCHMARKS), "--rounds", "1", "--quick", "--only", "driver"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env={"PATH": "/usr/bin:/bin"})
    rows = [line for line in done.stdout.splitlines() if line.startswith("|")]
    assert [row.split("|")[1].strip() for row in rows[2:]] == ["git merge-file", "agentgen git-merge-driver"]
    assert "× git merge-file" in rows[-1]
    assert "not installed: rulesync (npm install" in done.stdout
