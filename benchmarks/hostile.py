"""Big and nasty agent files, each given to each command as a real process: seconds, memory, and how both grow.

    python -m benchmarks.hostile [--quick] [COMMAND...]

Prints a table: processor seconds and peak MiB for the full size, and the factor by which the time of the work grows
from a quarter to a half and from a half to the full size (2 is linear, 4 quadratic). A file that is refused by a
stated limit shows `refused`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

HEAD = "---\nname: a\ndescription: d\n---\n\nYou are.\n\n"
SECONDS, MEBIBYTES = 2.0, 256
_TOO_LONG = 60
_START = "from agentgen.cli.main import run; run()"
_LAUNCH = """
import json, os, resource, sys
child = os.fork()
if not child:
    resource.setrlimit(resource.RLIMIT_CPU, (int(sys.argv[1]),) * 2)
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    os.dup2(os.open("said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
    os.execv(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss]))
"""
"""Starts a command from a small process: the peak of a process counts what the one that started it held."""


SHAPES: Mapping[str, tuple[int, Callable[[int], str]]] = {
    "one line": (10_000_000, lambda n: "word " * (n // 5)),
    "one word": (10_000_000, lambda n: "x" * n),
    "headings": (100_000, lambda n: "# a\n" * n),
    "headings apart": (30_000, lambda n: "".join(f"## Part {i}\n\nDo {i}.\n\n" for i in range(n))),
    "lists in lists": (5_000, lambda n: "".join(f"{' ' * i}- x\n" for i in range(n))),
    "quotes in quotes": (5_000, lambda n: ">" * n + " x\n"),
    "quoted lists": (2_500, lambda n: "> - " * n + "x\n"),
    "list items": (100_000, lambda n: "- item\n" * n),
    "items apart": (50_000, lambda n: "".join(f"- Check number {i}.\n" for i in range(n))),
    "blank lines": (1_000_000, lambda n: "\n" * n),
    "fences": (50_000, lambda n: "```\n" * n),
    "fences of many lengths": (300, lambda n: "".join("`" * (i + 3) + "\n" for i in range(n))),
    "brackets": (1_000_000, lambda n: "[" * n),
    "links": (300_000, lambda n: "[a](" * n),
    "backticks": (1_000_000, lambda n: "".join("`" * (i % 50 + 1) + " " for i in range(n // 25))),
    "one run of backticks": (1_000_000, lambda n: "`" * n + "\n"),
    "blanks in a heading": (1_000_000, lambda n: "# a" + " " * n + "b\n"),
    "measures": (1_000_000, lambda n: "12 ms " * (n // 6)),
    "parentheses": (1_000_000, lambda n: "(a " * (n // 3)),
    "asterisks": (1_000_000, lambda n: "*a **b " * (n // 7)),
    "underscores": (1_000_000, lambda n: "_" * n),
    "angle brackets": (1_000_000, lambda n: "<" * n),
    "comments": (1_000_000, lambda n: "<!-- " * (n // 5)),
    "table": (20_000, lambda n: "| a | b |\n|---|---|\n" + "| x | y |\n" * n),
    "wide table": (100_000, lambda n: "|a" * n + "\n" + "|-" * n + "\n" + "|b" * n + "\n"),
    "blanks": (1_000_000, lambda n: " " * n + "x\n"),
    "colons": (1_000_000, lambda n: "a: " * (n // 3)),
    "numbers": (1_000_000, lambda n: "1." * (n // 2)),
    "upper case": (1_000_000, lambda n: "A" * n + "\n"),
}
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "outline": ("outline", "a.md", "--format", "json"),
    "lint": ("lint", "a.md"),
    "diff": ("diff", "a.md", "b.md", "--stat"),
    "merge": ("merge", "a.md", "b.md", "--out", "out", "--quiet"),
    "convert": ("convert", "a.md", "--to", "droid"),
    "import": ("import", "a.md", "--profile", "p"),
}


class Ran(NamedTuple):
    """One process: its exit code, processor seconds, peak memory in MiB, and what it said."""

    code: int
    seconds: float
    mebibytes: float
    said: str


def run(folder: Path, arguments: Sequence[str], limit: int = _TOO_LONG) -> Ran:
    """Run the command line in a folder, for so many processor seconds at most."""
    line = [sys.executable, "-c", _START, *arguments]
    launcher = [sys.executable, "-I", "-S", "-c", _LAUNCH, str(limit), *line]
    done = subprocess.run(launcher, cwd=folder, stdout=subprocess.PIPE, text=True, check=True)
    code, seconds, kibibytes = json.loads(done.stdout)
    return Ran(code, seconds, kibibytes / 1024, (folder / "said").read_text("utf-8", "replace")[-300:])


def prepare(folder: Path, shape: str, part: float = 1.0) -> None:
    """A workspace with two files of a shape that differ a little."""
    size, made = SHAPES[shape]
    (folder / "profiles").mkdir(parents=True, exist_ok=True)
    text = HEAD + made(int(size * part))
    (folder / "a.md").write_text(text, "utf-8")
    (folder / "b.md").write_text(f"{text}\n\n## More\n\n- Say why.\n", "utf-8")


def measure(shape: str, command: str, part: float = 1.0, limit: int = _TOO_LONG) -> Ran:
    """One command on a file of a shape, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), shape, part)
        return run(Path(folder), COMMANDS[command], limit)


def _row(shape: str, command: str, idle: float, *, quick: bool) -> str:
    whole = measure(shape, command)
    if whole.code == 2:
        return f"| {shape} | {command} | {whole.seconds:.2f} | {whole.mebibytes:.0f} | refused | |"
    parts = [] if quick else [measure(shape, command, part).seconds - idle for part in (0.25, 0.5)]
    times = [max(each, 0.02) for each in (*parts, whole.seconds - idle)]
    growth = ", ".join(f"{after / before:.1f}" for before, after in pairwise(times))
    bad = whole.seconds > SECONDS or whole.mebibytes > MEBIBYTES or whole.code not in (0, 1)
    note = f"**over** ({whole.code})" if bad else ""
    return f"| {shape} | {command} | {whole.seconds:.2f} | {whole.mebibytes:.0f} | {growth} | {note} |"


def _rows(commands: Sequence[str], *, quick: bool) -> Iterator[str]:
    yield "| input | command | seconds | MiB | growth | |"
    yield "|---|---|---|---|---|---|"
    with tempfile.TemporaryDirectory() as folder:
        idle = run(Path(folder), ("--version",)).seconds
    for shape in SHAPES:
        for command in commands:
            yield _row(shape, command, idle, quick=quick)


def main() -> None:
    """Print the table row by row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the full size only, no growth")
    parser.add_argument("commands", nargs="*", default=list(COMMANDS))
    given = parser.parse_args()
    for row in _rows(given.commands, quick=given.quick):
        sys.stdout.write(f"{row}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
