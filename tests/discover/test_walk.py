"""Walking a tree: every file once, never out of it, never in circles."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from agentgen.discover.walk import MAX_BYTES, Walk, walk

from .made import plant


def markdown(path: str) -> bool:
    return path.endswith(".md")


def places(found: Walk, root: Path) -> list[str]:
    return [os.path.relpath(file.place, root) for file in found.files]


def test_files_are_found_in_every_folder_that_nobody_installed(tmp_path: Path) -> None:
    """Hidden folders count; version control, packages and environments do not."""
    plant(
        tmp_path,
        {"a.md": "", ".tool/b.md": "", "deep/er/c.md": "", "d.py": "", "node_modules/e.md": "", ".git/f.md": ""},
    )
    plant(tmp_path, {"env/pyvenv.cfg": "", "env/g.md": ""})
    assert places(walk([tmp_path], markdown), tmp_path) == [".tool/b.md", "a.md", "deep/er/c.md"]


def test_a_file_counts_once_whatever_its_paths(tmp_path: Path) -> None:
    """Overlapping roots, hard links and links to files and folders inside give one file with all its names."""
    plant(tmp_path, {"real/a.md": "text"})
    (tmp_path / "link.md").symlink_to("real/a.md")
    (tmp_path / "folder").symlink_to("real")
    os.link(tmp_path / "real/a.md", tmp_path / "real/same.md")
    found = walk([tmp_path, tmp_path / "real"], markdown)
    assert places(found, tmp_path) == ["real/a.md"]
    names = [os.path.relpath(link, tmp_path) for link in found.files[0].links]
    assert names == ["folder/a.md", "link.md", "real/same.md"]


def test_links_never_lead_out_or_round(tmp_path: Path) -> None:
    """A link out of the roots is named and left out; one to a folder above it ends nowhere."""
    outside = plant(tmp_path / "outside", {"secret.md": "no"})
    root = plant(tmp_path / "root", {"sub/a.md": "yes"})
    (root / "out").symlink_to(outside)
    (root / "one.md").symlink_to(outside / "secret.md")
    (root / "sub/round").symlink_to(root)
    (root / "sub/self").symlink_to("self")
    (root / "sub/gone.md").symlink_to("nowhere.md")
    found = walk([root], markdown)
    assert places(found, root) == ["sub/a.md"]
    assert found.files[0].links == ()
    assert [Path(each.path).name for each in found.left_out] == ["one.md", "out"]
    assert all("leads out" in each.reason for each in found.left_out)


def test_what_cannot_be_read_is_named_and_the_walk_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission, a file that is too large, and a pipe."""
    plant(tmp_path, {"closed/a.md": "", "open/b.md": "", "big.md": "x" * (MAX_BYTES + 1)})
    os.mkfifo(tmp_path / "pipe.md")
    scan = os.scandir

    def guarded(path: str) -> object:
        if path.endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = walk([tmp_path], markdown)
    assert places(found, tmp_path) == ["open/b.md"]
    reasons = {Path(each.path).name: each.reason for each in found.left_out}
    assert reasons["closed"] == "the folder cannot be read: Permission denied"
    assert "at most 1,048,576 are read" in reasons["big.md"]


def test_a_file_that_is_named_itself_is_taken(tmp_path: Path) -> None:
    """Whatever it is called; folders to skip are skipped."""
    plant(tmp_path, {"a.odd": "", "mine/b.md": "", "c.md": ""})
    found = walk([tmp_path / "a.odd", tmp_path], markdown, [tmp_path / "mine"])
    assert places(found, tmp_path) == ["a.odd", "c.md"]
    assert [file.named for file in found.files] == [True, False]


def test_a_link_that_cannot_be_looked_at_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As those of other users' processes are; the walk goes on."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a/one.md").write_text("one", "utf-8")
    (tmp_path / "a/two.md").symlink_to("one.md")
    real = os.path.exists

    def exists(path: str) -> bool:
        if path.endswith("one.md"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os.path, "exists", exists)
    found = walk([tmp_path], markdown)
    assert places(found, tmp_path) == ["a/one.md"]
    assert [(Path(left.path).name, left.reason) for left in found.left_out] == [
        ("two.md", "cannot be looked at: Permission denied")
    ]
