"""Files that are none: each is named, all in one go, with exit code 2, and nothing waits for a pipe."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.agents import LEFT, two_variants
from tests.cli.conftest import Run

COMMANDS = (
    ("outline", "{}"),
    ("lint", "{}"),
    ("lint", "--fix", "{}"),
    ("diff", "good.md", "{}"),
    ("merge", "good.md", "{}", "--out", "out"),
    ("import", "{}", "--profile", "p"),
    ("convert", "{}", "--to", "droid"),
)
_START = "from agentgen.cli.main import run; run()"


def _hostile(folder: Path) -> dict[str, str]:
    """Things that are no agent files, and the words by which each is refused."""
    os.mkfifo(folder / "pipe.md")
    with socket.socket(socket.AF_UNIX) as open_socket:
        open_socket.bind(str(folder / "socket.md"))
    (folder / "folder.md").mkdir()
    (folder / "zero.md").symlink_to("/dev/zero")
    (folder / "loop.md").symlink_to("loop.md")
    (folder / "gone.md").symlink_to("nowhere.md")
    with (folder / "sparse.md").open("wb") as file:
        file.truncate(1 << 30)
    return {
        "pipe.md": "not a regular file",
        "socket.md": "not a regular file",
        "zero.md": "not a regular file",
        "loop.md": "cannot be read",
        "gone.md": "no such file",
        "missing.md": "no such file",
        "sparse.md": "at most",
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in the file system")
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_all_are_named_in_one_go_and_nothing_waits(folder: Path, command: tuple[str, ...]) -> None:
    """A real process with a time limit; convert and lint --fix take them as every other command does."""
    (folder / "good.md").write_text(LEFT)
    (folder / "profiles").mkdir()
    refused = _hostile(folder)
    several = "convert" not in command
    for names in [list(refused)] if several else [[name] for name in refused]:
        given = [part for each in command for part in (names if each == "{}" else [each])]
        line = [sys.executable, "-c", _START, *given]
        done = subprocess.run(line, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 2, done.stderr
        for name in names:
            shown = "nowhere.md" if name == "gone.md" else name  # a link is shown as what it leads to
            assert any(shown in said and refused[name] in said for said in done.stderr.splitlines()), (
                name,
                done.stderr,
            )
    assert (folder / "good.md").read_text() == LEFT
    assert not (folder / "out").exists()


@pytest.mark.parametrize("command", [line for line in COMMANDS if "lint" not in line], ids=" ".join)
def test_a_folder_is_no_file(run: Run, workspace: Path, command: tuple[str, ...]) -> None:
    """Where a file is wanted."""
    (workspace / "good.md").write_text(LEFT)
    (workspace / "folder.md").mkdir()
    shown = run(*("folder.md" if each == "{}" else each for each in command))
    assert shown.code == 2
    assert "this is a folder, not a file" in shown.err


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\n",
        b"\xef\xbb\xbf",
        b"\xff\xfe" + LEFT.encode("utf-16-le"),
        b"\xfe\xff" + LEFT.encode("utf-16-be"),
        LEFT.encode("utf-32"),
        LEFT.replace("careful", "caf\xe9").encode("latin-1"),
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
        b"PK\x03\x04" + b"\0" * 4000,
        bytes(range(256)),
        b"\x80" * 1000,
        b"\0",
    ],
    ids=range(12),
)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_any_bytes_end_in_words(run: Run, workspace: Path, command: tuple[str, ...], raw: bytes) -> None:
    """Empty files, other encodings and binary files: an exit code that is documented, and never a fault of ours."""
    (workspace / "good.md").write_text(LEFT)
    (workspace / "odd.md").write_bytes(raw)
    shown = run(*("odd.md" if each == "{}" else each for each in command))
    assert shown.code in (0, 1, 2)
    assert "fault in agentgen" not in shown.err
    assert "Traceback" not in shown.err
    if shown.code == 2:
        assert "odd.md" in shown.err


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "latin-1"])
def test_another_encoding_is_named(run: Run, folder: Path, encoding: str) -> None:
    """What the reader sees is told as what it is: not UTF-8, with what to do."""
    (folder / "odd.md").write_bytes(LEFT.replace("careful", "caf\xe9").encode(encoding))
    shown = run("lint", "odd.md")
    assert shown.code != 0
    assert "UTF" in shown.out + shown.err


@pytest.mark.parametrize("name", ["recipe.yaml", "profile.yaml", "profile.lock.yaml"])
@pytest.mark.parametrize("kind", ["pipe", "folder", "binary", "empty"])
def test_the_files_of_a_profile(run: Run, workspace: Path, name: str, kind: str) -> None:
    """Something else in the place of one of the three: named, and nothing is written."""
    profile = two_variants(workspace)
    assert run("merge", "reviewer").code == 0
    (profile / name).unlink()
    match kind:
        case "pipe":
            os.mkfifo(profile / name)
        case "folder":
            (profile / name).mkdir()
        case "binary":
            (profile / name).write_bytes(bytes(range(256)))
        case _:
            (profile / name).write_bytes(b"")
    shown = run("merge", "reviewer")
    assert shown.code == 2
    assert name in shown.err


def test_a_file_that_vanishes(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look at it and the reading."""
    (folder / "a.md").write_text(LEFT)
    real = Path.stat

    def stat(self: Path, **named: bool) -> os.stat_result:
        state = real(self, **named)
        if self.name == "a.md":
            self.unlink()
        return state

    monkeypatch.setattr("agentgen.source.Path.stat", stat)
    shown = run("convert", "a.md", "--to", "droid")
    assert shown.code == 2
    assert "a.md: error: no such file" in shown.err


@pytest.mark.skipif(sys.platform != "linux", reason="names of other systems are text")
@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_a_name_of_bytes_that_are_no_text_is_shown(folder: Path, run: Run, form: str) -> None:
    """Each format has its escape for them."""
    name = os.fsdecode(b"bad\xff.md")
    (folder / name).write_text("---\nname: a\ndescription: a: b\n---\n\nYou are.\n")
    ran = run("lint", name, "--format", form)
    assert ran.code == 1
    assert "bad" in ran.out
    assert "\udcff" not in ran.out


@pytest.mark.parametrize(
    "line",
    [
        ("lint", "a.json"),
        ("convert", "a.json", "--to", "claude-code"),
        ("diff", "a.json", "b.json"),
        ("outline", "a.json"),
    ],
    ids=" ".join,
)
def test_half_a_character_in_json_is_no_fault(folder: Path, run: Run, line: tuple[str, ...]) -> None:
    """An escape can write what no encoding can: it is read as the sign for what cannot be read."""
    for name in ("a.json", "b.json"):
        text = f'{{"name": "{name[0]}\\ud800", "description": "d", "prompt": "You are.\\udfff"}}'
        (folder / name).write_text(text)
    assert run(*line).code in (0, 1, 2)
