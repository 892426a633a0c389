"""Pairs of items of real files, judged by hand: file names and lines only.

`item_labels.tsv`: family, file, line, file, line, judgement: `e` says the same, `r` related (counts neither way),
`n` something else. The pairs were picked from what several simple matchers proposed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from agentgen.compare.engine import compare_variants
from tests.compare.helpers import read_variants

LABELS = Path(__file__).with_name("item_labels.tsv")
Pair = frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How groups compare to the judgements: shares from 0 to 1, and how many pairs were judged."""

    precision: float
    recall: float
    judged: int


def agreement(families: Path) -> Agreement:
    """Compare the groups of the files that were judged, family by family, with the judgements."""
    by_family: dict[str, list[tuple[Pair, str]]] = defaultdict(list)
    for line in LABELS.read_text("utf-8").splitlines():
        family, left, left_line, right, right_line, judgement = line.split("\t")
        by_family[family].append((frozenset({(left, int(left_line)), (right, int(right_line))}), judgement))
    counts: Counter[tuple[str, bool]] = Counter()
    for family, judged in by_family.items():
        names = sorted({name for pair, _ in judged for name, _ in pair})
        together = _together(families / family, names)
        counts.update((judgement, pair in together) for pair, judgement in judged)
    right, wrong, missed = counts["e", True], counts["n", True], counts["e", False]
    return Agreement(right / (right + wrong), right / (right + missed), counts.total())


def _together(folder: Path, names: list[str]) -> set[Pair]:
    comparison = compare_variants(read_variants(folder / name for name in names))
    groups = (group for topic in comparison.topics for group in topic.items)
    return {
        frozenset({(left.variant, left.line), (right.variant, right.line)})
        for group in groups
        for left, right in combinations(group.members, 2)
    }
