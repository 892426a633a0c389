"""Commands run by turns, and what each cost: processor time, time on the clock, and memory.

Commands that are held against each other run A B A B …, so that whatever else the machine does meets all of them alike.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_BYTECODE = str(Path(tempfile.gettempdir()) / f"agentgen-bytecode-{os.getuid()}")


@dataclass(frozen=True, slots=True)
class Command:
    """A command line with the folder that it runs in; `before` is called before each run and not measured."""

    label: str
    words: Sequence[str]
    folder: Path
    before: Callable[[], object] | None = None
    codes: frozenset[int] = frozenset({0, 1})


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took: seconds of the processor (user and system, children too), seconds, and MiB at most."""

    cpu: float
    wall: float
    memory: float


@dataclass(frozen=True, slots=True)
class Costs:
    """The runs of one command."""

    label: str
    runs: tuple[Cost, ...]

    @property
    def cpu(self) -> float:
        return statistics.median(run.cpu for run in self.runs)

    @property
    def wall(self) -> float:
        return statistics.median(run.wall for run in self.runs)

    @property
    def memory(self) -> float:
        return max(run.memory for run in self.runs)


class FailedError(Exception):
    """A command ended otherwise than it should."""


def by_turns(commands: Sequence[Command], rounds: int) -> list[Costs]:
    """Each command `rounds` times, in turn, after one run of each that is not counted."""
    found: dict[str, list[Cost]] = {command.label: [] for command in commands}
    for turn in range(rounds + 1):
        for command in commands:
            cost = run(command)
            if turn:
                found[command.label].append(cost)
    return [Costs(label, tuple(runs)) for label, runs in found.items()]


def run(command: Command) -> Cost:
    """One run. Raises FailedError where the exit code is none of those expected."""
    if command.before:
        command.before()
    program = shutil.which(command.words[0]) or command.words[0]
    nothing = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    here = Path.cwd()
    os.chdir(command.folder)
    try:
        start = time.perf_counter()
        child = os.posix_spawn(program, list(command.words), _surroundings(), file_actions=nothing)
        _, status, used = os.wait4(child, 0)
        wall = time.perf_counter() - start
    finally:
        os.chdir(here)
    if os.waitstatus_to_exitcode(status) not in command.codes:
        raise FailedError(f"{' '.join(command.words)[:200]}: ended with {os.waitstatus_to_exitcode(status)}")
    return Cost(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


def _surroundings() -> Mapping[str, str]:
    """As for programs that were installed: Python keeps its bytecode, and the first run, not counted, makes it."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPYCACHEPREFIX": _BYTECODE,
        "XDG_CACHE_HOME": f"{_BYTECODE}/cache",
        "NO_COLOR": "1",
        "CI": "1",
    }


@dataclass(slots=True)
class Table:
    """The rows as they are printed, and whether what had to be reached was."""

    rows: list[tuple[str, ...]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def add(self, what: str, cost: Costs, against: Costs | None = None, reach: float | None = None) -> None:
        """A row; `against` is what the ratio is taken to, `reach` what the ratio may be at most."""
        ratio = cost.cpu / against.cpu if against else None
        self._say(what, cost, ratio, against.label if against else "", reach)

    def limit(self, what: str, cost: Costs, value: float, unit: str, most: float) -> None:
        """A row about one figure that has a limit of its own."""
        verdict = self._verdict(what, value, most)
        self._row(what, cost, f"{value:.2f} {unit}", f"≤ {most:g} {unit} {verdict}")

    def note(self, what: str, cost: Costs, text: str) -> None:
        """A row with figures of its own."""
        self._row(what, cost, text, "")

    def _say(self, what: str, cost: Costs, ratio: float | None, other: str, reach: float | None) -> None:
        shown = "" if ratio is None else f"{ratio:.2f} × {other}"
        self._row(what, cost, shown, f"≤ {reach:g} × {self._verdict(what, ratio or 0.0, reach)}" if reach else "")

    def _verdict(self, what: str, value: float, most: float) -> str:
        if value <= most:
            return "reached"
        self.missed.append(what)
        return "MISSED"

    def _row(self, what: str, cost: Costs, figure: str, reach: str) -> None:
        times = (f"{cost.cpu * 1000:.0f}", f"{cost.wall * 1000:.0f}", f"{cost.memory:.0f}")
        self.rows.append((what, *times, figure, reach))
        say(_line(self.rows[-1]))


def say(text: str) -> None:
    """A line to standard output, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


HEAD = ("what", "cpu ms", "wall ms", "MiB", "ratio of cpu", "to reach")


def _line(cells: Sequence[str]) -> str:
    return f"| {cells[0]:<58} | {cells[1]:>7} | {cells[2]:>7} | {cells[3]:>5} | {cells[4]:<36} | {cells[5]:<20} |"


def head() -> str:
    """The first two lines of the table, in Markdown."""
    return f"{_line(HEAD)}\n|{'-' * 60}|{'-' * 8}:|{'-' * 8}:|{'-' * 6}:|{'-' * 38}|{'-' * 22}|"
