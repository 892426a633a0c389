"""`agentgen absorb`: an edit of a rendered file goes into the profile, or is refused with nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from .agents import two_variants
from .conftest import Run
from .test_render import HOLDS


@pytest.fixture
def file(run: Run, workspace: Path) -> Path:
    """A rendered file of a merged profile."""
    two_variants(workspace)
    assert run("merge", "reviewer", "--quiet").code == 0
    assert run("render", "reviewer", "--target", HOLDS[0]).code == 0
    return next(path for path in (workspace / "dist").rglob("*.md"))


def change(file: Path, old: str, new: str) -> bytes:
    """Edit the file; its bytes afterwards."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    return file.read_bytes()


def test_an_edit_survives_render_and_merge(run: Run, workspace: Path, file: Path) -> None:
    """Absorbed, rendered and merged again the file is still the edited one."""
    after = change(file, "Functions stay short", "Functions stay short and named")
    assert "agentgen absorb" in run("render", "reviewer", "--target", HOLDS[0]).out
    assert run("absorb", file).code == 0
    for command in (("render", "reviewer", "--target", HOLDS[0]), ("merge", "reviewer")):
        assert run(*command).code == 0
        assert file.read_bytes() == after
    assert "Functions stay short and named" in (workspace / "profiles/reviewer/profile.yaml").read_text("utf-8")
    assert run("render", "reviewer", "--target", HOLDS[0], "--check").code == 0


def test_one_refused_edit_keeps_all_out(run: Run, workspace: Path, file: Path) -> None:
    """Each refusal is shown with its line, and the profile keeps its bytes."""
    profile = workspace / "profiles/reviewer/profile.yaml"
    before = profile.read_bytes()
    change(file, "Functions stay short", "Functions stay short and named")
    change(file, "## Style", "### Style")
    change(file, "name: reviewer", "name: critic")
    shown = run("absorb", file)
    assert shown.code == 1
    assert shown.err.count(f"{file.name}:") == 2
    assert profile.read_bytes() == before


def test_a_file_of_no_profile_is_wrong_input(run: Run, workspace: Path, file: Path) -> None:
    """The message says which files can be absorbed."""
    other = workspace / "notes.md"
    other.write_text("hello\n", "utf-8")
    shown = run("absorb", other)
    assert shown.code == 2
    assert "no profile of this workspace" in shown.err
