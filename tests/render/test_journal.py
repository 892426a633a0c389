"""A run that was killed is completed by the next one, or given up whole; a journal that is none of ours is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agentgen.errors import UserError
from agentgen.render.handles import open_root
from agentgen.render.journal import JOURNAL, Step, note, settle, settled
from agentgen.render.model import Settled
from agentgen.report.settled_text import settled_text
from agentgen.source import digest

NEW = ".agentgen-00112233445566ff.tmp"


def unfinished(root: Path, *, ready: bool, before: str | None = "old", after: str | None = "new") -> Path:
    """A folder in which a run ended between its journal and the file `a/agent.md`."""
    place = root / "a" / "agent.md"
    place.parent.mkdir(parents=True)
    if before is not None:
        place.write_text(before, "utf-8")
    if after is not None:
        (root / "a" / NEW).write_text(after, "utf-8")
    old, new = (None if text is None else digest(text.encode()) for text in (before, after))
    with open_root(root) as opened:
        note(opened, [Step("a/agent.md", old, new, None if after is None else NEW)], ready=ready)
    return place


def left(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("before", "after"), [("old", "new"), (None, "new"), ("old", None)])
def test_what_was_ready_is_completed(tmp_path: Path, before: str | None, after: str | None) -> None:
    """A file that changes, one that comes and one that goes, with its empty folder."""
    unfinished(tmp_path, ready=True, before=before, after=after)
    settle(tmp_path)
    assert left(tmp_path) == ({} if after is None else {"a/agent.md": after})
    assert after is not None or not (tmp_path / "a").exists()


def test_what_was_not_ready_is_given_up(tmp_path: Path) -> None:
    """The old file stays, and nothing lies about."""
    unfinished(tmp_path, ready=False)
    settle(tmp_path)
    assert left(tmp_path) == {"a/agent.md": "old"}


def test_a_file_that_somebody_changed_meanwhile_stays(tmp_path: Path) -> None:
    """What a hand wrote after the run ended is not replaced."""
    unfinished(tmp_path, ready=True).write_text("by hand", "utf-8")
    settle(tmp_path)
    assert left(tmp_path) == {"a/agent.md": "by hand"}


def test_a_content_that_is_not_the_one_noted_is_not_put_in_place(tmp_path: Path) -> None:
    """Half of a new content, or another one under its name."""
    unfinished(tmp_path, ready=True)
    (tmp_path / "a" / NEW).write_text("half", "utf-8")
    settle(tmp_path)
    assert left(tmp_path) == {"a/agent.md": "old"}


def test_a_folder_without_journal_is_left_alone(tmp_path: Path) -> None:
    """A file that looks like one of ours may be somebody's."""
    (tmp_path / NEW).write_text("mine", "utf-8")
    settle(tmp_path)
    assert left(tmp_path) == {NEW: "mine"}


@pytest.mark.parametrize(
    "files",
    [
        [{"path": "../outside.md", "before": None, "after": None, "new": None}],
        [{"path": "/outside.md", "before": None, "after": None, "new": None}],
        [{"path": "agent.md", "before": None, "after": None, "new": "notes.md"}],
        [{"path": "agent.md"}],
        ["agent.md"],
        3,
    ],
)
def test_a_journal_that_no_run_of_ours_wrote_is_refused(tmp_path: Path, files: object) -> None:
    """Places outside the folder, other people's files and other shapes: nothing is touched."""
    (tmp_path / "agent.md").write_text("text", "utf-8")
    journal = json.dumps({"agentgen": 1, "ready": True, "files": files})
    (tmp_path / JOURNAL).write_text(journal, "utf-8")
    with pytest.raises(UserError, match="this is no list of files being written") as raised:
        settle(tmp_path)
    assert raised.value.problems[0].path == str(tmp_path / JOURNAL)
    assert left(tmp_path) == {"agent.md": "text", JOURNAL: journal}


def test_a_folder_in_the_place_of_the_journal_is_named(tmp_path: Path) -> None:
    """The reason and the next step instead of a stack trace."""
    (tmp_path / JOURNAL).mkdir()
    with pytest.raises(UserError, match="cannot be completed") as raised:
        settle(tmp_path)
    assert "permissions" in raised.value.problems[0].hint


@pytest.mark.parametrize(
    ("ready", "now", "told", "words"),
    [
        (True, "old", (1, 0, 0), "it is completed\n"),
        (False, "old", (0, 1, 0), "it is taken back, and nothing is changed\n"),
        (True, "by hand", (0, 0, 1), "1 file changed since and left alone"),
    ],
)
def test_what_was_done_is_told_once(
    tmp_path: Path, ready: bool, now: str, told: tuple[int, int, int], words: str
) -> None:
    """How many files are new, as before, and edited since; and nothing where nothing was unfinished."""
    settled()
    unfinished(tmp_path, ready=ready).write_text(now, "utf-8")
    settle(tmp_path)
    found = settled()
    assert found == [Settled(str(tmp_path), *told)]
    assert words in settled_text(found)
    settle(tmp_path)
    assert settled() == []


def test_a_change_of_which_a_part_was_done_is_told_in_numbers(tmp_path: Path) -> None:
    """Of two files one took its place, and of the other the content is lost."""
    place = unfinished(tmp_path, ready=True)
    (place.parent / NEW).unlink()
    (tmp_path / "b").write_text("new", "utf-8")
    old, new = digest(b"old"), digest(b"new")
    with open_root(tmp_path) as opened:
        note(opened, [Step("a/agent.md", old, new, NEW), Step("b", old, new, NEW)], ready=True)
    settled()
    settle(tmp_path)
    assert "of 2 files 1 is as it meant them, 1 as before" in settled_text(settled())


def test_a_place_behind_a_link_counts_as_changed(tmp_path: Path) -> None:
    """Nothing is read or written there."""
    unfinished(tmp_path, ready=True)
    (tmp_path / "a").rename(tmp_path / "elsewhere")
    (tmp_path / "a").symlink_to("elsewhere")
    settled()
    settle(tmp_path)
    assert settled() == [Settled(str(tmp_path), 0, 0, 1)]
    assert left(tmp_path)["elsewhere/agent.md"] == "old"
