"""How well and how fast variants are found in a tree: planted copies, families, speed, and what many machines would do.

    python benchmarks/discover.py quality [--shared FOLDER] [--files N] [--wrong]
    python benchmarks/discover.py purpose [--shared FOLDER] [--wrong]
    python benchmarks/discover.py speed [FILES...]
    python benchmarks/discover.py scale [FILES...]

`quality` plants edited copies among files and counts which are found; `purpose` holds "same purpose" against families
of files of one role; `speed` generates trees and measures time and memory; `scale` measures bands and candidates, and
computes what they come to for more files than one machine holds. All is made with fixed seeds.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log
from pathlib import Path
from zlib import crc32

from agentgen.cli.inputs import open_targets
from agentgen.discover.engine import discover
from agentgen.discover.model import Discovery, Kind, Settings
from agentgen.discover.signatures import PLACES, ROWS, Signature, candidates, pairs_of, sign
from agentgen.discover.traces import trace
from agentgen.render.spec import Format, Target

HERE = Path(__file__).resolve().parent
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "je",
    "ki",
    "lo",
    "mu",
    "na",
    "pe",
    "ri",
    "so",
    "tu",
    "va",
    "we",
    "xi",
    "yo",
    "zu",
    "bra",
    "cle",
    "dri",
    "flo",
    "gra",
    "pli",
    "sto",
    "tra",
]
ROLES = [
    "reviewer",
    "tester",
    "writer",
    "auditor",
    "planner",
    "designer",
    "migrator",
    "profiler",
    "translator",
    "operator",
    "tuner",
    "mentor",
]
HOUSE = 50
"""Agents of one collection share its house rules."""


def show(text: str) -> None:
    """A line of the report, at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def vocabulary(chance: random.Random, size: int) -> list[str]:
    """Made-up words."""
    words = {"".join(chance.choices(SYLLABLES, k=chance.choice((1, 2, 2, 3)))) for _ in range(size * 2)}
    return sorted(words)[:size]


class Author:
    """Writes agent files in words of its own; common words are used often, as in a language."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.words = vocabulary(self.chance, 4000)
        self.chance.shuffle(self.words)
        self._weights = [1 / (rank + 4) for rank in range(len(self.words))]
        self._pool: list[str] = []

    def some(self, count: int) -> list[str]:
        while len(self._pool) < count:
            self._pool = self.chance.choices(self.words, self._weights, k=20000)
        taken, self._pool = self._pool[:count], self._pool[count:]
        return taken

    def sentence(self) -> str:
        return " ".join(self.some(self.chance.randint(5, 16))).capitalize()

    def section(self) -> str:
        heading = " ".join(self.some(self.chance.randint(1, 3))).title()
        items = [f"- {self.sentence()}" for _ in range(self.chance.randint(3, 9))]
        return f"## {heading}\n\n" + "\n".join(items) + "\n"

    def agents(self, count: int) -> Iterator[tuple[str, str, list[str]]]:
        """Name, description and sections of agents; a fifth of each text are the rules of its collection."""
        rules: list[str] = []
        for number in range(count):
            if number % HOUSE == 0:
                rules = [self.section() for _ in range(self.chance.randint(1, 4))]
            subject = "-".join(self.some(2))
            name = f"{subject}-{self.chance.choice(ROLES)}-{number}"
            own = [self.section() for _ in range(max(3, int(self.chance.lognormvariate(2.4, 0.5))))]
            yield name, f"{self.sentence()}, {subject.replace('-', ' ')}", [*own, *rules]


@dataclass(frozen=True, slots=True)
class Draft:
    """An agent as frontmatter fields and sections of text."""

    name: str
    description: str
    sections: tuple[str, ...]

    @property
    def body(self) -> str:
        return "\n".join(self.sections)


class Planter:
    """Edits agents as people do."""

    def __init__(self, seed: int, targets: Sequence[Target], drafts: Sequence[Draft]) -> None:
        self.author = Author(seed)
        self.chance = self.author.chance
        self.targets = [one for one in targets if one.format is Format.MARKDOWN and "{name}.md" in one.path]
        self.drafts = drafts
        self.edits: dict[str, Callable[[Draft], Draft]] = {
            "reworded items": self.reworded,
            "headings renamed": self.headed,
            "sections reordered": self.reordered,
            "other frontmatter": self.refronted,
            "cut to half": self.halved,
            "with foreign sections": self.mixed,
        }
        self.donor: Draft | None = None

    def reworded(self, draft: Draft) -> Draft:
        """Three items in ten say it otherwise: half of their words are new."""
        return Draft(draft.name, draft.description, tuple(map(self._reword, draft.sections)))

    def _reword(self, section: str) -> str:
        lines = section.split("\n")
        return "\n".join(self._other(line) if line.strip() and self.chance.random() < 0.3 else line for line in lines)

    def _other(self, line: str) -> str:
        words = line.split(" ")
        return " ".join(self.author.some(1)[0] if self.chance.random() < 0.5 else word for word in words)

    def headed(self, draft: Draft) -> Draft:
        new = [
            re.sub(r"^(#+) .*$", lambda m: f"{m[1]} {' '.join(self.author.some(2)).title()}", s, flags=re.M)
            for s in draft.sections
        ]
        return Draft(draft.name, draft.description, tuple(new))

    def reordered(self, draft: Draft) -> Draft:
        return Draft(draft.name, draft.description, tuple(self.chance.sample(draft.sections, len(draft.sections))))

    def refronted(self, draft: Draft) -> Draft:
        """Another name, and a description in other words."""
        return Draft("-".join(self.author.some(2)), self.author.sentence(), draft.sections)

    def halved(self, draft: Draft) -> Draft:
        kept, left = [], sum(map(len, draft.sections)) / 2
        for section in draft.sections:
            if left > 0:
                kept.append(section if len(section) <= left * 1.5 else section[: int(left)])
                left -= len(section)
        return Draft(draft.name, draft.description, tuple(kept))

    def mixed(self, draft: Draft) -> Draft:
        """Sections of another agent are added, up to as much as there is."""
        self.donor = self.chance.choice(self.drafts)
        room, added = len(draft.body), []
        for section in self.donor.sections:
            if len(section) <= room:
                added.append(section)
                room -= len(section)
        return Draft(draft.name, draft.description, (*draft.sections, *added))

    def file(self, draft: Draft) -> str:
        return f"---\nname: {draft.name}\ndescription: >-\n  {draft.description}\n---\n\n{draft.body}"

    def place(self, number: int, draft: Draft) -> str:
        target = self.chance.choice(self.targets)
        return f"repo-{number}/" + target.path.replace("{name}", re.sub(r"[^\w-]+", "-", draft.name)[:60] or "agent")


def read_drafts(folder: Path) -> list[tuple[str, Draft]]:
    """The Markdown agents of a folder of real files, cut into sections at their headings."""
    found = discover([folder], open_targets(None), here=folder, home=Path("/nonexistent"))
    drafts = []
    for agent in found.agents:
        text = Path(agent.place).read_text("utf-8", "replace")
        front = re.match(r"^﻿?---\r?\n.*?\n---\r?\n", text, re.DOTALL)
        if front and not agent.shared and agent.words >= 60:
            sections = re.split(r"^(?=#{1,3} )", text[front.end() :], flags=re.MULTILINE)
            drafts.append((agent.path, Draft(agent.name, agent.description, tuple(s for s in sections if s.strip()))))
    return drafts


def plant(root: Path, drafts: Sequence[Draft], planter: Planter) -> tuple[dict[str, tuple[str, str]], dict[str, int]]:
    """Write the originals and one edited copy each; copy -> (original, edit), and path -> number of the original."""
    truth, numbers = {}, {}
    names = [*planter.edits, "two of these"]
    for number, draft in enumerate(drafts):
        original = write(root, planter.place(number, draft), planter.file(draft))
        edit = names[number % len(names)]
        planter.donor = None
        chosen = planter.chance.sample(list(planter.edits), 2) if edit == names[-1] else [edit]
        made = draft
        for one in chosen:
            made = planter.edits[one](made)
        copy = write(root, planter.place(100000 + number, made), planter.file(made))
        truth[copy] = (original, edit)
        numbers[original] = numbers[copy] = number
        if planter.donor is not None:
            numbers[f"{copy} donor"] = drafts.index(planter.donor)
    return truth, numbers


def write(root: Path, path: str, text: str) -> str:
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    return path


def run_overlap(left: str, right: str) -> float:
    """The share of five-word runs of the shorter text that stand in the longer one: not the measure under test."""
    runs = []
    for text in (left, right):
        words = re.findall(r"\w+", text.lower())
        runs.append({tuple(words[at : at + 5]) for at in range(len(words) - 4)})
    return len(runs[0] & runs[1]) / max(1, min(map(len, runs)))


def score(root: Path, truth: dict[str, tuple[str, str]], numbers: dict[str, int], wrong: bool) -> None:
    """Print what was found of what was planted, and the false pairs among those reported."""
    start = time.perf_counter()
    found = discover([root], open_targets(None), Settings(jobs=os.cpu_count() or 1), here=root, home=Path("/none"))
    took = time.perf_counter() - start
    together = {agent.id: group.id for group in found.groups for agent in group.members}
    near = [pair for pair in found.pairs if pair.kind is not Kind.PURPOSE]
    paired = {frozenset((pair.left, pair.right)) for pair in near}
    hits: dict[str, list[bool]] = defaultdict(list)
    for copy, (original, edit) in truth.items():
        one_group = copy in together and together[copy] == together.get(original)
        hits[edit].append(one_group or frozenset((copy, original)) in paired)
        if wrong and not hits[edit][-1]:
            show(f"   missed: {edit} {original} {copy}")
    false, known = [], 0
    for pair in near:
        kinds = [{numbers.get(one), numbers.get(f"{one} donor")} - {None} for one in (pair.left, pair.right)]
        if kinds[0] & kinds[1]:
            continue
        if run_overlap(*((root / one).read_text("utf-8") for one in (pair.left, pair.right))) >= 0.2:
            known += 1
        else:
            false.append(pair)
    total = [hit for each in hits.values() for hit in each]
    show(f"  {len(found.agents)} agents of {2 * len(hits and truth)} files, {took:.1f} s")
    for edit, each in hits.items():
        show(f"  {edit:24} {sum(each):4} of {len(each):4} found  {sum(each) / len(each):.3f}")
    show(f"  {'all':24} {sum(total):4} of {len(total):4} found  {sum(total) / len(total):.3f}")
    show(
        f"  pairs reported {len(near)}; not planted, {known} with a fifth of five-word runs in common and "
        f"{len(false)} without: {len(false) / max(1, len(near)):.4f} false"
    )
    for pair in false if wrong else ():
        show(f"   false: {pair}")


def quality(given: argparse.Namespace) -> None:
    targets = list(open_targets(None))
    sets: list[tuple[str, list[Draft]]] = []
    if (given.shared / "corpus").is_dir():
        sets.append(("real files", [draft for _, draft in read_drafts(given.shared / "corpus")]))
    written = [Draft(name, text, tuple(sections)) for name, text, sections in Author(7).agents(given.files)]
    sets.append(("generated files", written))
    for label, drafts in sets:
        show(f"{label}: {len(drafts)} originals, a planted copy of each")
        with tempfile.TemporaryDirectory() as folder:
            truth, numbers = plant(Path(folder), drafts, Planter(11, targets, drafts))
            score(Path(folder), truth, numbers, given.wrong)


def purpose(given: argparse.Namespace) -> None:
    """Pairs of the families' files: of one family they have one purpose, of two they have not."""
    folder = given.shared / "corpus" / "families"
    for least in (0.4, 0.45, 0.5, 0.55, 0.6):
        settings = Settings(purpose=least)
        found = discover([folder.parent], open_targets(None), settings, here=folder, home=Path("/none"))
        right, wrong, missed = purpose_pairs(found, folder, given.wrong and least == 0.5)
        show(
            f"  from {least}: precision {right / max(1, right + wrong):.3f} ({right} of {right + wrong} pairs), "
            f"recall {right / max(1, right + missed):.3f} ({right} of {right + missed})"
        )


def purpose_pairs(found: Discovery, folder: Path, listed: bool) -> tuple[int, int, int]:
    """Pairs within families that are together, pairs of two families that are, and pairs within families that are not.

    Agents of one near group count as together with all that one of them is together with.
    """
    label: dict[str, set[str]] = defaultdict(set)
    for group in (*found.groups, *found.purposes):
        for agent in group.members:
            label[agent.id].add(group.id)
    for group in found.groups:
        all_labels = set().union(*(label[agent.id] for agent in group.members))
        for agent in group.members:
            label[agent.id] |= all_labels
    files = [agent for agent in found.agents if Path(agent.place).parent.parent == folder]
    right = wrong = missed = 0
    for one, other in combinations(files, 2):
        same = Path(one.place).parent == Path(other.place).parent
        together = bool(label[one.id] & label[other.id])
        right += same and together
        wrong += together and not same
        missed += same and not together
        if listed and same != together:
            show(f"     {'missed' if same else 'wrong'} {one.path} {other.path}")
    return right, wrong, missed


MEASURE = """
import resource, sys, time
from pathlib import Path
from agentgen.cli.inputs import open_targets
from agentgen.discover.engine import discover
from agentgen.discover.model import Settings
if __name__ == "__main__":
    root, workers = Path(sys.argv[1]), int(sys.argv[2])
    start = time.perf_counter()
    found = discover([root], open_targets(None), Settings(jobs=workers), here=root, home=Path("/none"))
    took = time.perf_counter() - start
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    cpu = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    print(took, cpu, own, others, len(found.agents), len(found.groups), len(found.pairs))
"""


def speed(given: argparse.Namespace) -> None:
    """Time and peak memory of a search in trees of several sizes, each in a process of its own."""
    show("| files | MB | seconds | CPU seconds | MiB | MiB of a worker | groups | pairs |")
    show("|---|---|---|---|---|---|---|---|")
    points = []
    for count in given.files or (1250, 2500, 5000, 10000, 20000):
        with tempfile.TemporaryDirectory() as folder:
            size = tree(Path(folder), count)
            program = Path(folder, "measure_it.py")
            program.write_text(MEASURE, "utf-8")
            done = subprocess.run(
                [sys.executable, program, folder, str(os.cpu_count() or 1)], capture_output=True, text=True, check=True
            )
        took, cpu, own, others, _, groups, pairs = map(float, done.stdout.split())
        points.append((count, took))
        show(
            f"| {count:,} | {size / 1e6:.0f} | {took:.1f} | {cpu:.1f} | {own:.0f} | {others:.0f} "
            f"| {groups:.0f} | {pairs:.0f} |"
        )
    if len(points) > 1:
        (few, short), (many, long) = points[0], points[-1]
        show(f"growth: files to the power of {log(long / short) / log(many / few):.2f}")


def tree(root: Path, count: int) -> int:
    """A tree of `count` agent files, a fifth of them edited copies; its size in bytes."""
    originals = int(count * 0.8)
    written = [Draft(name, text, tuple(sections)) for name, text, sections in Author(count).agents(originals)]
    planter = Planter(count + 1, list(open_targets(None)), written)
    size = 0
    for number, draft in enumerate(written):
        size += len(planter.file(draft))
        write(root, planter.place(number // 40, draft), planter.file(draft))
    names = list(planter.edits)
    for number in range(count - originals):
        draft = planter.edits[names[number % len(names)]](planter.chance.choice(written))
        size += len(planter.file(draft))
        write(root, planter.place(200000 + number, draft), planter.file(draft))
    return size


PARTS = 64
"""Workers of the engine that is simulated."""


def scale(given: argparse.Namespace) -> None:
    """Bands, buckets and candidates of growing collections, spread over the workers of an engine."""
    show("| texts | keys | moved, MB | fullest worker / mean | fullest key | unlimited pairs | candidates | a text |")
    show("|---|---|---|---|---|---|---|---|")
    for count in given.files or (1000, 2000, 4000, 8000):
        texts = ("\n".join(sections) for _, _, sections in Author(5).agents(count))
        show(spread(sign([set(trace(body).shingles) for body in texts])))


def spread(signatures: Sequence[Signature]) -> str:
    """Emit (band key, id) for each text, send each key to one of the workers, pair there; a row of the table.

    What the workers find together is what one machine finds: checked here.
    """
    workers: list[dict[tuple[int, bytes], list[int]]] = [defaultdict(list) for _ in range(PARTS)]
    for text, signature in enumerate(signatures):
        for band in range(PLACES // ROWS):
            key = signature[band * ROWS : (band + 1) * ROWS].tobytes()
            workers[crc32(key + bytes((band,))) % PARTS][band, key].append(text)
    found = {pair for groups in workers for group in groups.values() for pair in pairs_of(group)}
    assert found == candidates(signatures)
    loads = [sum(map(len, groups.values())) for groups in workers]
    sizes = [len(group) for groups in workers for group in groups.values()]
    moved = sum(loads) * (1 + 4 * ROWS + 8) / 1e6
    free = sum(size * (size - 1) // 2 for size in sizes)
    count = len(signatures)
    return (
        f"| {count:,} | {len(sizes):,} | {moved:.2f} | {max(loads) * PARTS / sum(loads):.2f} | {max(sizes)} "
        f"| {free:,} | {len(found):,} | {len(found) / count:.2f} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("quality", "purpose", "speed", "scale"))
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument(
        "--shared", type=Path, default=Path(os.environ.get("AGENTGEN_CORPUS") or HERE.parent.parent / "shared")
    )
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--wrong", action="store_true")
    given = parser.parse_args()
    if given.what in ("speed", "scale"):
        given.files = given.sizes
    {"quality": quality, "purpose": purpose, "speed": speed, "scale": scale}[given.what](given)


if __name__ == "__main__":
    main()
