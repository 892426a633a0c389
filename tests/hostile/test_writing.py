"""Folders that work against the writer: links, also planted in the middle, hard links, no space, no right."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agentgen.cli.main import main
from agentgen.errors import UserError
from agentgen.render.handles import BY_HANDLE
from agentgen.render.journal import JOURNAL
from agentgen.render.plan import plan_dist, plan_install
from agentgen.render.write import apply
from tests.cli.agents import LEFT, two_variants
from tests.cli.conftest import Run
from tests.hostile.processes import ended, forked, litter, snapshot
from tests.hostile.test_killed import rendered, rendering

needs_fork = pytest.mark.skipif(not hasattr(os, "fork") or not BY_HANDLE, reason="needs fork and folders by handle")


def _swap_at(at: int, folder: Path, outside: Path) -> None:
    """Right before the n-th look at or change of the file system: the folder moves, a link takes its place."""
    left = [at]

    def heard(event: str, _: tuple[Any, ...]) -> None:
        if event not in ("open", "os.mkdir", "os.rename", "os.remove") or left[0] < 0:
            return
        left[0] -= 1
        if left[0] < 0:
            folder.rename(folder.with_name("moved"))
            folder.symlink_to(outside)

    sys.addaudithook(heard)


@needs_fork
@pytest.mark.parametrize("place", ["", "t", "t/.t"])
def test_a_folder_swapped_for_a_link_while_writing(tmp_path: Path, place: str) -> None:
    """At every moment from the plan on, for the root and each folder below: nothing outside is touched."""
    outside = tmp_path / "outside"
    for name in ("t/.t", ".t", ""):
        (outside / name).mkdir(parents=True, exist_ok=True)
        (outside / name / "a.md").write_text("precious a\n", "utf-8")
        (outside / name / "manifest.json").write_text("{}", "utf-8")
    before = snapshot(outside)
    moments = 0
    for at in range(200):
        root = tmp_path / f"run{at}" / "dist"
        rendered(root, "one", "a", "gone")
        plan = plan_dist([rendering("two a\n", "a"), rendering("two b\n", "b")], root, whole=["t"])

        def write(root: Path = root, at: int = at, plan: Any = plan) -> int:
            _swap_at(at, root / place, outside)
            try:
                apply(plan)
            except UserError:
                return 2
            return 0

        assert ended(forked(write)) in (0, 2), at
        assert snapshot(outside) == before, at
        if not (root / place).is_symlink():
            break
        moments += 1
    assert moments > 10


def test_another_name_of_a_file_keeps_its_content(tmp_path: Path) -> None:
    """A hard link from the output folder to a file elsewhere: the place gets a file of its own."""
    root, elsewhere = tmp_path / "dist", tmp_path / "precious"
    rendered(root, "one", "a")
    os.link(root / "t/.t/a.md", elsewhere)
    rendered(root, "two", "a")
    assert elsewhere.read_text() == "one a\n"
    assert (root / "t/.t/a.md").read_text() == "two a\n"


def test_permissions_of_a_file_stay(tmp_path: Path) -> None:
    """A private file stays private when it is written anew."""
    rendered(tmp_path, "one", "a")
    (tmp_path / "t/.t/a.md").chmod(0o600)
    rendered(tmp_path, "two", "a")
    assert (tmp_path / "t/.t/a.md").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("place", ["profile.yaml", "recipe.yaml", "profile.lock.yaml"])
def test_merge_writes_through_no_link(workspace: Path, run: Run, place: str) -> None:
    """None of the three files is written where one of them is a link."""
    profile = two_variants(workspace)
    outside = workspace.parent / "outside.yaml"
    outside.write_text("precious: true\n")
    (profile / place).symlink_to(outside)
    before = snapshot(profile)
    assert run("merge", "reviewer").code == 2
    assert outside.read_text() == "precious: true\n"
    assert snapshot(profile) == before


@pytest.mark.parametrize(
    "line",
    [
        ("diff", "one.md", "two.md", "-o", "link.md"),
        ("convert", "one.md", "--to", "droid", "--out", "link.md"),
        ("lint", "--fix", "link.md"),
        ("import", "one.md", "--profile", "p", "--as", "planted", "--replace"),
        ("init", "linked"),
    ],
)
def test_no_command_writes_through_a_link(workspace: Path, run: Run, line: tuple[str, ...]) -> None:
    """The file that the link leads to stays as it is."""
    outside = workspace.parent / "outside"
    outside.mkdir()
    (outside / "precious.md").write_text("---\nname: a\ndescription: a: b\n---\nYou are.\n")
    for name in ("one.md", "two.md"):
        (workspace / name).write_text(LEFT + name)
    for link in ("link.md", "profiles/p/variants/planted.md", "linked/agentgen.toml"):
        (workspace / link).parent.mkdir(parents=True, exist_ok=True)
        (workspace / link).symlink_to(outside / "precious.md")
    before = snapshot(outside)
    assert run(*line).code == 2
    assert snapshot(outside) == before


def _as_nobody(root: Path, action: Any) -> int:
    """Carry out an action as a user without rights here; the exit code."""

    def lowered() -> int:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        return int(action())

    for path in (root, *root.parents):
        if path.owner() != "root" or path == Path("/tmp"):
            break
        path.chmod(path.stat().st_mode | 0o055)
    return ended(forked(lowered))


@needs_fork
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    """The message names the folder, and nothing has changed."""
    root = tmp_path / "dist"
    rendered(root, "one", "a", "b")
    before = snapshot(root)
    (root / "t/.t").chmod(0o555)
    said = tmp_path / "said"
    said.touch()
    said.chmod(0o666)

    def write() -> int:
        try:
            rendered(root, "two", "a", "b")
        except UserError as error:
            said.write_text(str(error))
            return 2
        return 0

    assert _as_nobody(root, write) == 2
    assert snapshot(root) == before
    assert "cannot be written: Permission denied; nothing was changed" in said.read_text()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 256 KiB."""
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", place], capture_output=True)
    if mounted.returncode:
        pytest.skip("no file system may be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="mounts a file system of Linux")
def test_a_full_disk(small: Path) -> None:
    """All files stay as they were, whichever of them was the one too many, and nothing lies about."""
    names = [f"p{number}" for number in range(8)]
    rendered(small, "one", *names)
    before = snapshot(small)
    for number in range(100):
        try:
            (small / f"filler{number}").write_bytes(b"x" * 4096)
        except OSError:
            break
    for number in range(14):  # one page less is taken each time, so that another write is the one too many
        with pytest.raises(UserError, match="No space left on device; nothing was changed"):
            rendered(small, "two" * 2500, *names)
        assert {path: raw for path, raw in snapshot(small).items() if "filler" not in path} == before
        assert not litter(small)
        (small / f"filler{number}").unlink()
    for path in small.glob("filler*"):
        path.unlink()
    rendered(small, "two" * 2500, *names)


@needs_fork
@pytest.mark.parametrize("limit", [0, 10, 100, 300, 700, 1500])
def test_a_write_that_stops_in_the_middle(workspace: Path, run: Run, limit: int) -> None:
    """A merge whose files may not grow beyond a size: exit code 2, the old state."""
    two_variants(workspace)
    assert run("merge", "reviewer").code == 0
    variant = workspace / "profiles/reviewer/variants/left.md"
    variant.write_text(variant.read_text() + "\n## News\n\n- Read the news first.\n")
    before = snapshot(workspace)

    def limited() -> int:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        return main(["merge", "reviewer"])

    assert ended(forked(limited)) == 2
    assert snapshot(workspace) == before


@needs_fork
def test_a_run_that_does_not_end_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting has an end, with a message."""
    from agentgen.render import handles

    rendered(tmp_path, "one", "a")
    monkeypatch.setattr(handles, "_PATIENCE", 0.1)
    with handles.open_root(tmp_path), pytest.raises(UserError, match="another run of agentgen is writing here"):
        rendered(tmp_path, "two", "a")


def test_without_handles_links_are_still_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system opens no files from folders, the way is looked at right before."""
    from agentgen.render import handles

    monkeypatch.setattr(handles, "BY_HANDLE", False)
    root, outside = tmp_path / "dist", tmp_path / "outside"
    rendered(root, "one", "a", "gone")
    rendered(root, "two", "a", "b")
    assert set(snapshot(root)) == {"manifest.json", "t/.t/a.md", "t/.t/b.md"}
    plan = plan_dist([rendering("three\n", "a")], root)
    outside.mkdir()
    (root / "t").rename(root / "was")
    (root / "t").symlink_to(outside)
    with pytest.raises(UserError, match="changed while"):
        apply(plan)
    assert snapshot(outside) == {}


def test_a_journal_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    """Neither read nor written through."""
    outside = tmp_path / "outside"
    outside.write_text('{"ready": true, "files": []}')
    root = tmp_path / "project"
    root.mkdir()
    (root / JOURNAL).symlink_to(outside)
    with pytest.raises(UserError, match="a link"):
        plan_install([rendering("one\n", "a")], root)
    assert outside.read_text() == '{"ready": true, "files": []}'
