"""How many small faults the tests notice: mutants of the core, drawn at random, run against the tests that reach them.

    pip install 'mutmut>=3.8,<4'
    python benchmarks/mutation.py document|merge|writer [--sample 200] [--seed 1] [--folder DIR] [--show]

Works on a copy of the repository, so that nothing here changes while it runs; an old copy in `--folder` is used again,
which keeps its mutants and what is known about the tests. Prints the score with its 95 % interval and every survivor.
A mutant that runs out of time counts as noticed, one that no test reaches as a survivor. Functions with decorators are
not mutated (mutmut leaves them out).
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
COPIED = ("agentgen", "tests", "templates", "profiles", "dist", "docs", "agentgen.toml", "pyproject.toml", "README.md")
NO_MUTANT = "no.mutant.has.this.name"
TIMED = ("tests/document/test_limits.py",)
"""Tests that measure time or memory, which mutated code needs more of by itself."""
SURVIVED = {0, 33}
"""What mutmut notes for a mutant that all tests pass, and for one that no test reaches."""


@dataclass(frozen=True)
class Part:
    """A part of the core: the modules that are mutated, and the tests that hold them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


PARTS = {
    "document": Part(
        ("agentgen/document/*",),
        (
            "tests/document",
            "tests/properties/test_bytes_first.py",
            "tests/properties/test_authors_intent.py",
        ),
    ),
    "merge": Part(
        ("agentgen/merge/*",),
        (
            "tests/merge",
            "tests/properties/test_decisions_written_down.py",
            "tests/properties/test_nothing_lost_in_merge.py",
            "tests/cli/test_merge.py",
            "tests/cli/test_blame.py",
        ),
    ),
    "writer": Part(
        (
            "agentgen/render/write.py",
            "agentgen/render/plan.py",
            "agentgen/render/manifest.py",
            "agentgen/render/journal.py",
            "agentgen/render/handles.py",
            "agentgen/render/splice.py",
            "agentgen/render/clashes.py",
            "agentgen/profile/store.py",
        ),
        (
            "tests/render/test_plan.py",
            "tests/render/test_journal.py",
            "tests/render/test_places.py",
            "tests/render/test_plan_any_order.py",
            "tests/render/test_splice.py",
            "tests/render/test_clashes.py",
            "tests/render/test_unpack.py",
            "tests/render/test_refusals.py",
            "tests/hostile/test_writing.py",
            "tests/hostile/test_killed.py",
            "tests/profile",
            "tests/cli/test_render.py",
        ),
    ),
}


def main() -> int:
    arguments = _arguments()
    part = PARTS[arguments.part]
    folder = Path(arguments.folder or tempfile.mkdtemp(prefix="agentgen-mutation-"))
    if not (folder / "agentgen").is_dir():
        _copy(part, folder)
    _mutmut(folder, "run", NO_MUTANT)
    names = _names(folder)
    chosen = sample(names, arguments.sample, arguments.seed) if names else []
    _mutmut(folder, "run", *chosen)
    outcome = _names(folder)
    if all(outcome[name] is None for name in chosen):
        sys.stderr.write(f"no mutant was run; {folder}/mutmut.log says why\n")
        return 2
    _report(arguments.part, chosen, names, outcome)
    if arguments.show:
        for name in _survivors(chosen, outcome):
            _say(_mutmut(folder, "show", name))
    return 0


def sample(names: Mapping[str, int | None], size: int, seed: int) -> list[str]:
    """About `size` names, of each module as many as its share of all, one at least; the same for the same seed."""
    modules: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        modules[_module(name)].append(name)
    chance = random.Random(seed)
    share = min(1.0, size / len(names))
    return [
        name for _, found in sorted(modules.items()) for name in chance.sample(found, math.ceil(share * len(found)))
    ]


def interval(hits: int, tries: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    z, share = 1.96, hits / tries
    middle = (share + z * z / (2 * tries)) / (1 + z * z / tries)
    half = z * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries)) / (1 + z * z / tries)
    return middle - half, middle + half


def _copy(part: Part, folder: Path) -> None:
    for name in COPIED:
        source, goal = REPOSITORY / name, folder / name
        if source.is_dir():
            shutil.copytree(source, goal, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, goal)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write("\n[tool.mutmut]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in _settings(part)))


def _settings(part: Part) -> Iterator[tuple[str, Sequence[str]]]:
    yield "source_paths", ["agentgen"]
    yield "only_mutate", part.modules
    yield "also_copy", COPIED
    yield "pytest_add_cli_args", ["-n0", "-p", "no:cacheprovider", *(f"--ignore={path}" for path in TIMED)]
    yield "pytest_add_cli_args_test_selection", part.tests


def _mutmut(folder: Path, *words: str) -> str:
    command = [sys.executable, "-c", "from mutmut.__main__ import cli; cli()", *words]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    (folder / "mutmut.log").write_text(result.stdout + result.stderr, "utf-8")
    return result.stdout


def _names(folder: Path) -> dict[str, int | None]:
    """Every mutant with what became of it, None where it did not run."""
    found: dict[str, int | None] = {}
    for path in sorted((folder / "mutants").rglob("*.meta")):
        found.update(json.loads(path.read_text("utf-8"))["exit_code_by_key"])
    return found


def _module(name: str) -> str:
    return name.partition(".x")[0]


def _survivors(chosen: Sequence[str], outcome: Mapping[str, int | None]) -> list[str]:
    return [name for name in chosen if outcome[name] in SURVIVED]


def _report(part: str, chosen: Sequence[str], names: Mapping[str, object], outcome: Mapping[str, int | None]) -> None:
    ran = [name for name in chosen if outcome[name] is not None]
    survivors = _survivors(chosen, outcome)
    noticed = len(ran) - len(survivors)
    low, high = interval(noticed, len(ran))
    _say(f"{part}: {noticed} of {len(ran)} mutants noticed, {noticed / len(ran):.1%} ({low:.1%} to {high:.1%});")
    _say(f"    drawn from {len(names)} in {len(set(map(_module, names)))} modules")
    for module, count in sorted(Counter(map(_module, survivors)).items()):
        _say(f"    {count} survived in {module}")
    for name in survivors:
        _say(f"  {name}" + (" (no test reaches it)" if outcome[name] else ""))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("part", choices=sorted(PARTS))
    parser.add_argument("--sample", type=int, default=200, help="how many mutants, about")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--folder", help="where the copy lies or is made; a temporary folder without it")
    parser.add_argument("--show", action="store_true", help="print the change that each survivor makes")
    return parser.parse_args()


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
