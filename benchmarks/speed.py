"""What agentgen costs, beside a bare interpreter and beside other tools: one table, printed as it is measured.

    python benchmarks/speed.py [--rounds 7] [--only TEXT] [--quick] [--seeds DIR]

Needs the package installed. Processor time counts, user and system with all children, as the median of the rounds;
commands that are held against each other run by turns. Other tools are measured where they are installed (see
`speed_peers`). Ends with 1 where a figure that is to be reached was missed.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import speed_input
import speed_peers
from speed_run import Command, Cost, Costs, FailedError, Table, by_turns, head, run, say

HERE = Path(__file__).resolve().parent
VARIANTS = HERE.parent / "profiles" / "senior-backend" / "variants"
AGENTGEN = str(Path(sys.executable).with_name("agentgen"))
THREE = ("-t", "claude-code", "-t", "droid", "-t", "opencode")
GROWTH = (1, 10, 100, 1000, 10_000)
FAMILIES = (2, 4, 8, 16, 32, 64)


class Bench:
    """One run over all parts, in a folder of its own."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self.folder = folder
        self.rounds: int = options.rounds
        self.quick: bool = options.quick
        self.seeds: Path | None = options.seeds
        self.peers = speed_peers.found()
        self.table = Table()
        self.bare = Command("python -c pass", [sys.executable, "-c", "pass"], folder)

    def ours(self, label: str, *words: str, where: Path | None = None, before: Callable[[], object] | None = None):  # type: ignore[no-untyped-def]
        """A command of agentgen."""
        return Command(label, [AGENTGEN, *words], where or self.folder, before)

    # -- the parts ----------------------------------------------------------------------------------------------

    def start_up(self) -> None:
        """A bare interpreter, `--version`, and each command on the smallest thing that it takes."""
        small = self.folder / "small"
        speed_input.agents(small, 2, sections=2)
        one, two = sorted(str(path) for path in small.glob("*.md"))
        place = speed_input.workspace(self.folder / "one", [("solo", [["Rules", "Keep it small"]])])
        built = self.folder / "built"
        for folder in (place, built):
            self._import(folder, "pair", one, two)
        render = ("render", "solo", "-t", "claude-code")
        commands = [
            self.bare,
            self.ours("agentgen --version", "--version"),
            self.ours("agentgen --help", "--help"),
            self.ours("outline", "outline", one),
            self.ours("diff", "diff", one, two),
            self.ours("lint", "lint", one),
            self.ours("convert", "convert", one, "--to", "opencode"),
            self.ours("explain", "explain", "not-loaded"),
            self.ours("targets", "targets"),
            self.ours("merge", "merge", "pair", where=place),
            self.ours("blame", "blame", "pair", where=place),
            self.ours("render", *render, where=place, before=lambda: _gone(place / "dist")),
            self.ours("render --check", *render, "--check", where=place),
            self.ours(
                "import", "import", one, "--profile", "new", where=place, before=lambda: _gone(place / "profiles/new")
            ),
            self.ours("init", "init", "fresh", where=place, before=lambda: _gone(place / "fresh")),
            self.ours("build", "build", where=built),
        ]
        bare, version, *others = by_turns(commands, self.rounds)
        self.table.add("bare interpreter", bare)
        self.table.add("agentgen --version", version, bare, 6)
        for costs in others:
            self.table.add(f"one small file: {costs.label}", costs, bare)

    def five(self) -> None:
        """The five bundled variants compared and merged; as five profiles rendered, beside the other tools."""
        paths = [str(path) for path in sorted(VARIANTS.glob("*.md"))]
        merged = self.folder / "merged"
        self._import(merged, "backend", *paths)
        files, place = self._five_agents()
        commands = [
            self.bare,
            self.ours("diff", "diff", *paths),
            self.ours("merge", "merge", "backend", where=merged),
            self.ours("agentgen (3 targets)", "render", *THREE, where=place, before=lambda: _gone(place / "dist")),
            self.ours("all targets", "render", "-t", "all", where=place, before=lambda: _gone(place / "dist")),
            *self._others(files, "five"),
        ]
        bare, diff, merge, three, every, *others = by_turns(commands, self.rounds)
        self.table.add("5 variants: diff", diff, bare)
        self.table.add("5 variants: merge", merge, bare)
        self.table.add("5 variants: render to all targets", every, bare)
        self.table.add("5 variants: render to 3 targets", three, bare)
        for other in others:
            self.table.add(f"  {other.label}", other, bare)
            self.table.add(
                "  agentgen (3 targets) beside it", three, other, 0.25 if "rulesync" in other.label else None
            )

    def seed_files(self) -> None:
        """The files of a folder that is not part of this repository."""
        paths = sorted(str(path) for path in (self.seeds or Path()).iterdir() if path.is_file()) if self.seeds else []
        if paths:
            bare, diff = by_turns([self.bare, self.ours("diff", "diff", *paths)], self.rounds)
            self.table.limit(f"{len(paths)} files of --seeds: diff", diff, diff.cpu, "s", 0.5)
            self.table.add("  as a ratio", diff, bare)

    def many(self) -> None:
        """200 agents to three targets, again with nothing changed, and checked; beside the other tools."""
        made = speed_input.agents(self.folder / "agents", 20 if self.quick else 200)
        place = speed_input.workspace(self.folder / "many", made)
        again = speed_input.workspace(self.folder / "again", made)
        run(self.ours("", "render", *THREE, where=again))
        files = sorted((self.folder / "agents").glob("*.md"))
        commands = [
            self.bare,
            self.ours("agentgen (3 targets)", "render", *THREE, where=place, before=lambda: _gone(place / "dist")),
            self.ours("nothing changed", "render", *THREE, where=again),
            self.ours("--check", "render", *THREE, "--check", where=again),
            *self._others(files, "many"),
        ]
        bare, first, nothing, check, *others = by_turns(commands, max(3, self.rounds // 2))
        name = f"{len(files)} agents"
        self.table.add(f"{name}: render to 3 targets", first, bare)
        self.table.limit(f"{name}: memory at most", first, first.memory, "MiB", 100)
        for other in others:
            reach = 1.0 if "rulesync" in other.label else 2.5 if "agent-sync" in other.label else None
            self.table.add(f"  {other.label}", other, bare)
            self.table.add("  agentgen (3 targets) beside it", first, other, reach)
        self.table.add(f"{name}: render again, nothing changed", nothing, first)
        self.table.add(f"{name}: render --check", check, first)

    def linting(self) -> None:
        """A thousand files linted, by one process and by two."""
        folder = self.folder / "thousand"
        speed_input.agents(folder, 50 if self.quick else 1000)
        files = sorted(str(path) for path in folder.glob("*.md"))
        commands = [
            self.bare,
            Command("one core", ["env", "AGENTGEN_JOBS=1", AGENTGEN, "lint", *files], self.folder),
            Command("two cores", ["env", "AGENTGEN_JOBS=2", AGENTGEN, "lint", *files], self.folder),
        ]
        bare, one, two = by_turns(commands, 1 if self.quick else 3)
        self.table.add(f"{len(files)} files linted, one core", one, bare)
        shorter = f"{two.wall / one.wall:.2f} × the time on the clock of one"
        self.table.note(f"{len(files)} files linted, two cores", two, shorter)

    def families(self) -> None:
        """2 to 64 variants of 30 sections compared."""
        for count in FAMILIES[: 3 if self.quick else None]:
            cost, figures = self._compared(count, 30)
            costs = Costs(f"{count}", (cost,))
            what = f"{count} variants of 30 sections compared"
            self.table.note(what, costs, f"{figures['pairs']:.0f} + {figures['items']:.0f} pairs")
            if count == FAMILIES[-1]:
                self.table.limit("  in seconds", costs, cost.cpu, "s", 10)

    def growth(self) -> None:
        """Two variants of 1 to 10,000 sections: the exponent is 1 where ten times as much takes ten times as long."""
        before: tuple[int, dict[str, float]] | None = None
        for sections in GROWTH[: 4 if self.quick else None]:
            cost, figures = self._compared(2, sections)
            told = f"{figures['seconds']:.2f} s, {figures['pairs']:.0f} + {figures['items']:.0f} pairs"
            if before and before[0] >= 10:
                told += f", exponent {_exponent(before, (sections, figures)):.2f}"
            self.table.note(f"2 variants of {sections} sections compared", Costs("", (cost,)), told)
            before = sections, figures

    def driver(self) -> None:
        """The merge driver beside the merge by lines that git has."""
        folder = self.folder / "driver"
        folder.mkdir()
        base = (VARIANTS / "droid.md").read_text("utf-8")
        lines = base.split("\n")
        texts = {"base": lines, "theirs": [*lines[:-9], "- Theirs, new", *lines[-9:]]}
        for name, text in texts.items():
            (folder / f"{name}.md").write_text("\n".join(text), "utf-8")

        def ours() -> None:
            (folder / "ours.md").write_text("\n".join([*lines[:30], "- Ours, new", *lines[30:]]), "utf-8")

        files = ("ours.md", "base.md", "theirs.md")
        commands = [
            Command("git merge-file", ["git", "merge-file", *files], folder, ours),
            Command("driver", [AGENTGEN, "git-merge-driver", "base.md", "ours.md", "theirs.md", "x.md"], folder, ours),
            self.bare,
        ]
        git, driver, bare = by_turns(commands, self.rounds)
        self.table.add("git merge-file", git, bare)
        self.table.add("agentgen git-merge-driver", driver, git)

    # -- what they share ----------------------------------------------------------------------------------------

    def _import(self, place: Path, name: str, *files: str) -> None:
        (place / "profiles").mkdir(parents=True, exist_ok=True)
        run(self.ours("", "import", *files, "--profile", name, where=place))
        run(self.ours("", "merge", name, where=place))

    def _five_agents(self) -> tuple[list[Path], Path]:
        """The bodies of the bundled variants as five agents: files for the other tools, and a workspace for us."""
        folder, place = self.folder / "five-agents", self.folder / "five-profiles"
        folder.mkdir()
        for path in sorted(VARIANTS.glob("*.md")):
            body = path.read_text("utf-8").split("---\n", 2)[2]
            top = f"name: {path.stem}\ndescription: Use it for server-side work.\ntools: Read, Grep, Glob, Bash"
            (folder / path.name).write_text(f"---\n{top}\n---\n{body}", "utf-8")
            self._import(place, path.stem, str(folder / path.name))
        return sorted(folder.glob("*.md")), place

    def _others(self, files: list[Path], name: str) -> list[Command]:
        made = []
        for peer, program in self.peers.items():
            command = speed_peers.render(peer, program, files, self.folder / f"{name}-{peer}")
            try:
                run(command)
                made.append(command)
            except FailedError as error:
                sys.stderr.write(f"left out: {error}\n")
        return made

    def _compared(self, count: int, sections: int) -> tuple[Cost, dict[str, float]]:
        """One comparison in a process of its own; the cost without reading and generating."""
        out = self.folder / "figures.json"
        program = f"{HERE}/speed_growth.py {count} {sections} > {out}"
        cost = run(Command("", ["sh", "-c", f"{sys.executable} {program}"], self.folder, codes=frozenset({0})))
        figures: dict[str, float] = json.loads(out.read_text("utf-8"))
        return Cost(figures["seconds"], figures["seconds"], cost.memory), figures


PARTS = ("start_up", "five", "seed_files", "many", "linting", "families", "growth", "driver")


def main() -> int:
    """Run the parts, print the table; 1 where something was missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7, help="runs of each command; the median counts")
    parser.add_argument("--only", choices=PARTS, action="append", help="this part; may be given several times")
    parser.add_argument("--quick", action="store_true", help="less of everything, to try it out")
    parser.add_argument("--seeds", type=Path, default=os.environ.get("AGENTGEN_SEEDS"), help="a folder of variants")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="agentgen-speed-") as folder:
        bench = Bench(Path(folder).resolve(), options)
        say(_machine())
        say(head())
        for part in options.only or PARTS:
            getattr(bench, part)()
    say(_closing(bench))
    return 1 if bench.table.missed else 0


def _machine() -> str:
    """What was measured on, for the table's head."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    version = subprocess.run([AGENTGEN, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    node = (
        subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.strip()
        if shutil.which("node")
        else ""
    )
    return (
        f"{version}, Python {platform.python_version()}, node {node or 'missing'}, {platform.system()} "
        f"{platform.machine()}, {os.cpu_count()} cores, {pages:.0f} GiB, load {load}\n"
    )


def _closing(bench: Bench) -> str:
    missing = [f"not installed: {name} ({how})" for name, how in speed_peers.INSTALL.items() if name not in bench.peers]
    missed = [f"missed: {what}" for what in bench.table.missed]
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    return "\n".join([f"\nload at the end {load}", *missing, *missed])


def _exponent(before: tuple[int, dict[str, float]], now: tuple[int, dict[str, float]]) -> float:
    """The power of the size that the time grows with."""
    return math.log(now[1]["seconds"] / before[1]["seconds"]) / math.log(now[0] / before[0])


def _gone(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
