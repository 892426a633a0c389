"""Commands on all cores: the same bytes as on one, every mistake told, and nobody left behind after an interrupt."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from agentgen.cli.cores import JOBS, jobs
from agentgen.errors import UserError
from tests.lint.helpers import PLAIN, agent
from tests.render.loading import build

from .conftest import Run

MANY = 60
BROKEN = agent(description="ends with a colon:")


@pytest.fixture
def many(folder: Path) -> Path:
    """A folder with more files than one core lints alone, every seventh with a mistake."""
    files = {f"{number:02}.md": PLAIN if number % 7 else BROKEN for number in range(MANY)}
    build(folder, {f".claude/agents/{name}": text for name, text in files.items()})
    return folder


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Takes down for each share of work that is dealt out how many pieces it has."""
    dealt: list[int] = []
    from agentgen import jobs as module

    begin = module._started

    def started(function: object, pieces: object, count: int) -> object:
        dealt.append(count)
        return begin(function, pieces, count)  # type: ignore[arg-type,type-var]

    monkeypatch.setattr(module, "_started", started)
    return dealt


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_two_processes_say_what_one_says(
    run: Run, many: Path, shared: list[int], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    """In every format, with the findings of a whole folder among them."""
    shown = []
    for number in "12":
        monkeypatch.setenv(JOBS, number)
        shown.append(run("lint", ".claude", "--as", "all", "--format", form))
    assert shown[0] == shown[1]
    assert shown[0].code == 1
    assert "name-twice" in shown[0].out
    assert shared == [2]


def test_few_files_start_no_process(run: Run, folder: Path, shared: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """To start it would take longer than to lint them."""
    monkeypatch.setenv(JOBS, "2")
    build(folder, {f".claude/agents/{number}.md": PLAIN for number in range(10)})
    assert run("lint", ".claude").out
    assert shared == []


@pytest.mark.parametrize("arguments", [["lint", "a.md"], ["outline", "a.md"], ["discover", "."]], ids=" ".join)
def test_small_commands_load_nothing_for_it(folder: Path, arguments: list[str]) -> None:
    """What processes need takes time to load."""
    build(folder, {"a.md": PLAIN})
    program = (
        "import sys\n"
        "from agentgen.cli.main import main\n"
        f"assert main({arguments!r}) == 0\n"
        "print(sorted({'multiprocessing', 'concurrent.futures'} & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_two_processes_mend_what_one_mends(run: Run, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same files are written and named in the same order; this process writes them."""
    before = {path: path.read_bytes() for path in many.rglob("*.md")}
    mended = []
    for number in "12":
        monkeypatch.setenv(JOBS, number)
        for path, raw in before.items():
            path.write_bytes(raw)
        done = run("lint", ".claude", "--fix")
        mended.append((done, {path.name: path.read_bytes() for path in before}))
    assert mended[0] == mended[1]
    assert mended[0][0].err.count("mended") == len(range(0, MANY, 7))


def test_every_file_that_cannot_be_read_is_told_of(run: Run, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is linted, and by one process as by two."""
    names = [path.relative_to(many) for path in sorted(many.rglob("*.md"))]
    told = []
    for number in "12":
        monkeypatch.setenv(JOBS, number)
        told.append(run("lint", *names, "missing.md", "neither.md"))
    assert told[0] == told[1]
    assert (told[0].code, told[0].out) == (2, "")
    assert "missing.md" in told[0].err
    assert "neither.md" in told[0].err


def test_how_many_processes_is_a_number(run: Run, many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment's word counts; one that is no number ends with 2 and the way out."""
    monkeypatch.delenv(JOBS, raising=False)
    assert 1 <= jobs() <= (os.cpu_count() or 1)
    monkeypatch.setenv(JOBS, "3")
    assert jobs() == 3
    for wrong in ("0", "-1", "two", "²"):
        monkeypatch.setenv(JOBS, wrong)
        with pytest.raises(UserError, match="no number of processes"):
            jobs()
    done = run("lint", ".claude")
    assert done.code == 2
    assert f"{JOBS} is '²'" in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_an_interrupt_leaves_no_worker_behind(many: Path) -> None:
    """Sent to all processes, as a terminal does: exit code 130 without a word, and all have ended."""
    started = slow_lint()
    os.killpg(started.pid, signal.SIGINT)
    out, err = started.communicate()
    assert (started.returncode, out, err) == (130, "", "")
    wait_for(lambda: not members(started.pid))


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_workers_end_where_nobody_is_left_to_take_their_results(many: Path) -> None:
    """The process that was asked is ended from outside, so that it cannot end them."""
    started = slow_lint()
    started.kill()
    assert started.communicate()[0] == ""
    wait_for(lambda: not members(started.pid))


def slow_lint() -> subprocess.Popen[str]:
    """Linting by two processes in a group of their own, at work."""
    started = subprocess.Popen(
        [sys.executable, "-c", SLOW, "lint", ".claude"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, JOBS: "2"},
        start_new_session=True,
        text=True,
    )
    wait_for(lambda: len(members(started.pid)) == 3)
    return started


SLOW = """
import sys, time
import agentgen.lint.engine
import agentgen.lint.many
look = agentgen.lint.many.lint
def slow(*arguments):
    time.sleep(1)
    return look(*arguments)
agentgen.lint.many.lint = slow
from agentgen.cli.main import run
run()
"""
"""The command, with files that take their time."""


def members(group: int) -> list[int]:
    """The processes of a group that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, rest = stat.read_text("utf-8").rpartition(")")
        except OSError:
            continue
        state, _, owner = rest.split()[:3]
        if int(owner) == group and state not in "ZX":
            found.append(int(stat.parent.name))
    return found


def wait_for(what: Callable[[], bool]) -> None:
    """Until it holds."""
    while not what():
        time.sleep(0.02)
