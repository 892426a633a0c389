"""How git keeps a workspace: byte for byte, open to review, and merged without markers in what agentgen writes."""

from __future__ import annotations

from pathlib import Path
from subprocess import CalledProcessError

import pytest

from agentgen.cli.git_attributes import ATTRIBUTES, WORKSPACE, WORKSPACE_LINES, put_block
from agentgen.cli.main import main
from agentgen.workspace import bundled

from .repositories import commit, git

ROOT = bundled("templates").parent
LOCK = "profiles/reviewer/profile.lock.yaml"
MANIFEST = "dist/manifest.json"


def test_this_repository_keeps_its_own_workspace_so() -> None:
    """What `init` writes is what we live with."""
    text = (ROOT / ATTRIBUTES).read_text("utf-8")
    assert put_block(text, WORKSPACE_LINES, WORKSPACE) == text


def test_rendered_files_stay_open_in_reviews(repository: Path) -> None:
    """Only what nobody reads is marked as generated: the list of files, and the lock."""
    rendered = next((repository / "dist" / "droid").rglob("*.md")).relative_to(repository).as_posix()
    for path, generated in ((rendered, "unspecified"), (MANIFEST, "set"), (LOCK, "set")):
        assert git(repository, "check-attr", "linguist-generated", path).endswith(f": {generated}")
    assert git(repository, "check-attr", "text", rendered).endswith(": unset")


def test_a_checkout_with_other_line_ends_is_still_what_was_rendered(
    repository: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where git writes CR LF, as on Windows, nothing counts as edited by hand."""
    clone = repository.parent / "clone"
    git(repository, "clone", "-q", "-c", "core.autocrlf=true", str(repository), str(clone))
    assert b"\r\n" in (clone / "agentgen.toml").read_bytes()
    assert (clone / MANIFEST).read_bytes() == (repository / MANIFEST).read_bytes()
    monkeypatch.chdir(clone)
    capsys.readouterr()
    assert main(["render", "--check"]) == 0, capsys.readouterr().out


def test_a_merge_leaves_no_markers_in_what_agentgen_writes_and_build_finishes_it(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two branches change one profile: the lock and the list of files keep one side until `agentgen build`."""
    git(repository, "checkout", "-q", "-b", "topic")
    change(repository, "left", "stay short", "stay tiny")
    git(repository, "checkout", "-q", "main")
    change(repository, "right", "login attempt is", "login attempt of anybody is")
    with pytest.raises(CalledProcessError):
        git(repository, "merge", "topic")
    assert set(git(repository, "diff", "--name-only", "--diff-filter=U").splitlines()) == {MANIFEST, LOCK}
    assert "<<<<" not in (repository / MANIFEST).read_text("utf-8") + (repository / LOCK).read_text("utf-8")
    assert main(["build", "--quiet"]) == 0
    commit(repository)
    capsys.readouterr()
    assert main(["render", "--check"]) == 0
    said = next((repository / "dist" / "droid").rglob("*.md")).read_text("utf-8")
    assert "stay tiny" in said
    assert "login attempt of anybody" in said


def change(repository: Path, variant: str, old: str, new: str) -> None:
    path = repository / "profiles" / "reviewer" / "variants" / f"{variant}.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    assert main(["build", "--quiet"]) == 0
    commit(repository)
