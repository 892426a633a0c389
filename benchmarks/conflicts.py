"""How well items are matched and conflicts are found: figures on hand-made judgements, and what they cost.

    python benchmarks/conflicts.py [--shared FOLDER] [--list]

Three judgements: the seeds' items and conflicts in the shared folder, and the pairs of items of five families in
`tests/compare/item_labels.tsv` (file names and lines only). Whether a reported conflict is one in a reader's eyes no
program can tell: `--list` prints them all with their quotes and places.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from agentgen.compare.conflicts import find_conflicts
from agentgen.compare.engine import compare_variants
from agentgen.compare.items import group_items
from agentgen.compare.model import Comparison, Conflict, ConflictKind, Variant
from agentgen.document.read import read_document
from agentgen.source import read_source
from tests.compare.item_labels import agreement

JUDGED = ("000", "001", "004")
"""The seeds whose items were judged."""
RUNS = 7


def main() -> int:
    arguments = _arguments()
    shared = Path(arguments.shared)
    if not (shared / "gold").is_dir():
        sys.stderr.write(f"no gold/ in {shared}; name the folder with --shared\n")
        return 2
    _say_items(shared)
    _say_conflicts(shared)
    for name, variants in _sets(shared):
        conflicts = compare_variants(variants).conflicts
        said = [conflict for conflict in conflicts if conflict.kind is not ConflictKind.FRONTMATTER]
        _say(f"{name}: {len(conflicts) - len(said)} conflicts of the frontmatter, {len(said)} of what is said")
        if arguments.list:
            _say(*(line for conflict in said for line in _quoted(conflict)))
    _say_cost(shared)
    return 0


def _say_items(shared: Path) -> None:
    found = agreement(shared / "corpus" / "families")
    _say(f"items of five families, {found.judged} judged pairs: {_shares(found.precision, found.recall)}")
    gold = json.loads((shared / "gold" / "seeds_items.json").read_text("utf-8"))
    together = _pairs(compare_variants(_seeds(shared, JUDGED)), lists_only=True)
    wanted, neutral = _judgements(gold)
    right, wrong = len(together & wanted), len(together - wanted - neutral)
    precision, recall = right / (right + wrong), right / len(wanted)
    _say(f"items of the seeds: {_shares(precision, recall)}")


def _shares(precision: float, recall: float) -> str:
    f1 = 2 * precision * recall / (precision + recall)
    return f"precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f}"


def _say_conflicts(shared: Path) -> None:
    gold = json.loads((shared / "gold" / "seeds_items.json").read_text("utf-8"))["conflicts"]
    conflicts = compare_variants(_seeds(shared, JUDGED)).conflicts
    named = {pair for conflict in conflicts for pair in _crossing([(m.variant, m.line) for m in conflict.members])}
    items = {f"{m['file']}:{m['line']}" for entry in gold for m in entry["members"] if m["kind"] == "item"}
    pairs = [pair for entry in gold for pair in entry["pairs"] if items.issuperset(pair)]
    hit = sum(_place_pair(*pair) in named for pair in pairs)
    _say(f"conflicts of the seeds found by hand, pairs of list items: {hit} of {len(pairs)} named")


def _say_cost(shared: Path) -> None:
    variants = _seeds(shared)
    topics = {(each.id, section.id): section.id for each in variants for section in each.document.sections}
    groups = group_items(variants, topics)
    items = sum(len(each.document.items) for each in variants)
    _say(
        f"{items} items of five files: groups {_milliseconds(lambda: group_items(variants, topics)):.0f} ms, "
        f"conflicts {_milliseconds(lambda: find_conflicts(variants, groups)):.0f} ms (process time, median of {RUNS})"
    )


def _milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1000 * statistics.median(times)


def _judgements(gold: Mapping[str, Any]) -> tuple[set[frozenset[Any]], set[frozenset[Any]]]:
    """Pairs that say the same, and pairs that count neither way."""
    wanted = {pair for group in gold["groups"] for pair in _crossing(_places(group["members"]))}
    related = {pair for entry in gold["related"] for pair in _crossing(_places(entry["members"]))}
    conflicts = {_place_pair(*pair) for entry in gold["conflicts"] for pair in entry["pairs"]}
    return wanted, (related | conflicts) - wanted


def _pairs(comparison: Comparison, *, lists_only: bool) -> set[frozenset[Any]]:
    kinds = {each.id: [item.kind.value for item in each.document.items] for each in comparison.variants}
    lists = {"bullet", "number", "checkbox"}
    groups = (
        group.members for topic in comparison.topics for group in topic.items if group.relation.value != "part-of"
    )
    kept = ([m for m in members if not lists_only or kinds[m.variant][m.index] in lists] for members in groups)
    return {pair for members in kept for pair in _crossing([(m.variant, m.line) for m in members])}


def _crossing(places: Sequence[tuple[str, int]]) -> Iterator[frozenset[Any]]:
    return (frozenset(pair) for pair in combinations(places, 2) if pair[0][0] != pair[1][0])


def _places(members: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    return [(member["file"], member["line"]) for member in members]


def _place_pair(left: str, right: str) -> frozenset[Any]:
    return frozenset((file, int(line)) for file, line in (left.split(":"), right.split(":")))


def _sets(shared: Path) -> Iterator[tuple[str, list[Variant]]]:
    yield "seeds", _seeds(shared)
    for folder in sorted(path for path in (shared / "corpus" / "families").iterdir() if path.is_dir()):
        yield folder.name, [_variant(path.name.partition("__")[0], path) for path in sorted(folder.iterdir())]


def _seeds(shared: Path, keys: Sequence[str] = ()) -> list[Variant]:
    paths = sorted((shared / "seeds").glob("*.txt"))
    return [_variant(path.name[:3], path) for path in paths if not keys or path.name[:3] in keys]


def _variant(name: str, path: Path) -> Variant:
    document = read_document(read_source(path))
    return Variant(name, document, fields=document.frontmatter.values)


def _quoted(conflict: Conflict) -> Iterator[str]:
    yield f"  {conflict.subject} ({conflict.kind.value}, {conflict.confidence}) {conflict.note}".rstrip()
    for member in conflict.members:
        yield f"    {member.variant}:{member.line} [{member.value}] {' '.join(member.text.split())[:100]}"


def _arguments() -> argparse.Namespace:
    default = os.environ.get("AGENTGEN_CORPUS") or Path(__file__).resolve().parents[2] / "shared"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default=default, help="the folder with seeds/, corpus/ and gold/")
    parser.add_argument("--list", action="store_true", help="print every conflict with its quotes")
    return parser.parse_args()


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    sys.exit(main())
