"""How well sections and items are put side by side: figures on hand-made judgements.

    python benchmarks/alignment.py [--shared FOLDER] [--wrong] [--json]

Two kinds of judgements: the seeds' in the shared folder, scored by the evaluator that lies there, and the labels of
this repository (`benchmarks/labels`: file names and line numbers only), scored here in the same manner. A pair of
sections that a label calls strong must share a row, a weak pair may, any other must not.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

from agentgen.cli.inputs import VariantFile, open_targets
from agentgen.cli.variants import read_variants
from agentgen.compare.engine import compare_variants
from agentgen.report.comparison_json import comparison_json

LABELS = Path(__file__).with_name("labels")
OPENING = "opening"

Place = tuple[str, int]
"""Key of a file and 1-based line of a heading (or of the first line of text before the first heading)."""

Pair = tuple[Place, Place]


@dataclass(frozen=True, slots=True)
class Score:
    """Pairs right, wrong and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


@dataclass(frozen=True, slots=True)
class Labels:
    """A family with its labelled pairs. `opening` are the strong pairs of opening statements."""

    family: str
    files: Mapping[str, Path]
    strong: frozenset[Pair]
    opening: frozenset[Pair]
    weak: frozenset[Pair]


def main() -> int:
    """Print the figures."""
    arguments = _arguments()
    shared = Path(arguments.shared)
    gold, families = shared / "gold", shared / "corpus"
    if not gold.is_dir() or not families.is_dir():
        sys.stderr.write(f"no gold/ and corpus/ in {shared}; name the folder with --shared\n")
        return 2
    evaluator = _evaluator(gold)
    figures = {"seeds": _seed_figures(evaluator, shared), "labels": _label_figures(families, arguments.wrong)}
    if arguments.json:
        _say(json.dumps(figures, indent=2))
    else:
        _say_all(figures)
    return 0


def compare(files: Mapping[str, Path]) -> dict[str, Any]:
    """What `agentgen diff --format json` says of the files, under the keys given."""
    variants = read_variants([VariantFile(key, path) for key, path in sorted(files.items())], open_targets(None))
    return comparison_json(compare_variants(variants))


def sections_prediction(comparison: Mapping[str, Any]) -> dict[str, Any]:
    """The rows in the evaluator's form."""
    return {
        "groups": [
            {
                "members": [
                    {
                        "file": section["variant"],
                        "heading": section["heading"],
                        "line": section["line"],
                        **({"kind": "preamble"} if section["heading"] is None else {}),
                    }
                    for section in topic["sections"]
                ]
            }
            for topic in comparison["topics"]
        ]
    }


def items_prediction(comparison: Mapping[str, Any]) -> dict[str, Any]:
    """The item groups and the conflicts between items in the evaluator's form; `part-of` is related, not equal."""
    relations = {"same": "equivalent", "equivalent": "equivalent", "conflict": "conflict", "part-of": "related"}
    groups = [
        {"relation": relations[group["relation"]], "members": _members(group["members"])}
        for topic in comparison["topics"]
        for group in topic["items"]
        if group["relation"] in relations
    ]
    conflicts = [
        {"relation": "conflict", "members": _members(conflict["members"])}
        for conflict in comparison["conflicts"]
        if conflict["kind"] != "frontmatter"
    ]
    return {"groups": [*groups, *conflicts]}


def _members(members: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"file": member["variant"], "line": member["line"]} for member in members]


def _arguments() -> argparse.Namespace:
    default = os.environ.get("AGENTGEN_CORPUS") or Path(__file__).resolve().parents[2] / "shared"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default=default, help="the folder with seeds/, corpus/ and gold/")
    parser.add_argument("--wrong", action="store_true", help="list the wrong and the missed pairs of the labels")
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser.parse_args()


def _evaluator(gold: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("evaluate", gold / "evaluate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _seed_figures(evaluator: ModuleType, shared: Path) -> dict[str, Any]:
    names = json.loads((shared / "gold" / "seeds_alignment.json").read_text("utf-8"))["files"]
    seeds = {key: shared / "seeds" / name for key, name in names.items()}
    with_items = {path["file"] for path in _item_members(shared / "gold" / "seeds_items.json")}
    rows = sections_prediction(compare(seeds))
    items = items_prediction(compare({key: path for key, path in seeds.items() if key in with_items}))
    return {
        "sections": _public(evaluator.eval_sections(rows)),
        "sections without the opening": _public(evaluator.eval_sections(rows, skip=("role-statement",))),
        "items": _public(evaluator.eval_items(items)),
    }


def _item_members(path: Path) -> Iterator[dict[str, Any]]:
    for group in json.loads(path.read_text("utf-8"))["groups"]:
        yield from group["members"]


def _public(result: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if not name.startswith("_")}


def _label_figures(corpus: Path, wrong: bool) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    total = Score(0, 0, 0)
    for path in sorted(LABELS.glob("*.json")):
        labels = read_labels(path, corpus)
        shown = predicted_pairs(compare(labels.files))
        without = score_pairs(shown, labels.strong - labels.opening, labels.weak | labels.opening)
        total += without
        figures[labels.family] = {
            "all": _rounded(score_pairs(shown, labels.strong, labels.weak)),
            "without the opening": _rounded(without),
            **(_mistakes(shown, labels) if wrong else {}),
        }
    figures["together"] = {"without the opening": _rounded(total)}
    return figures


def read_labels(path: Path, corpus: Path) -> Labels:
    """A label file; the files of a family lie in `families/<family>` unless it names another folder."""
    data = json.loads(path.read_text("utf-8"))
    folder = corpus / data.get("folder", f"families/{data['family']}")
    groups = [(group["topic"], pairs(map(place, group["members"]))) for group in data["strong"]]
    strong = frozenset(pair for _, found in groups for pair in found)
    return Labels(
        family=data["family"],
        files={key: folder / name for key, name in data["files"].items()},
        strong=strong,
        opening=frozenset(pair for topic, found in groups if topic == OPENING for pair in found),
        weak=frozenset(pair for group in data["weak"] for pair in pairs(map(place, group))) - strong,
    )


def place(text: str) -> Place:
    """`key:line` as a place."""
    key, line = text.split(":")
    return key, int(line)


def pairs(places: Iterable[Place]) -> set[Pair]:
    """All pairs across files."""
    return {(one, two) for one, two in combinations(sorted(places), 2) if one[0] != two[0]}


def predicted_pairs(comparison: Mapping[str, Any]) -> set[Pair]:
    """The pairs of sections that share a row."""
    rows = ([(found["variant"], found["line"]) for found in topic["sections"]] for topic in comparison["topics"])
    return {pair for row in rows for pair in pairs(row)}


def score_pairs(shown: set[Pair], strong: frozenset[Pair], weak: frozenset[Pair]) -> Score:
    """Pairs shown against pairs wanted; weak ones are left out."""
    return Score(len(shown & strong), len(shown - strong - weak), len(strong - shown))


def _mistakes(shown: set[Pair], labels: Labels) -> dict[str, list[str]]:
    def listed(found: set[Pair] | frozenset[Pair]) -> list[str]:
        return [f"{a}:{line} {b}:{other}" for (a, line), (b, other) in sorted(found)]

    return {"wrong": listed(shown - labels.strong - labels.weak), "missed": listed(labels.strong - shown)}


def _rounded(score: Score) -> dict[str, float]:
    return {
        "precision": round(score.precision, 3),
        "recall": round(score.recall, 3),
        "f1": round(score.f1, 3),
        "right": score.right,
        "wrong": score.wrong,
        "missed": score.missed,
    }


def _say_all(figures: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
    for name, result in figures["seeds"].items():
        _say(f"seeds, {name}: {_line(result)}")
        for key in (
            "false_friends_joined",
            "recall_by_place",
            "conflicts_named",
            "named_precision",
            "unknown_sections",
        ):
            if key in result:
                _say(f"    {key.replace('_', ' ')}: {result[key]}")
    for family, results in figures["labels"].items():
        for name, result in results.items():
            if isinstance(result, dict):
                _say(f"{family}, {name}: {_line(result)}")
            else:
                _say_list(name, result)


def _say_list(name: str, lines: Sequence[str]) -> None:
    for line in lines:
        _say(f"    {name}: {line}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _line(result: Mapping[str, Any]) -> str:
    return "  ".join(f"{name} {result[name]:.3f}" for name in ("precision", "recall", "f1"))


if __name__ == "__main__":
    sys.exit(main())
