"""The figures of the alignment on real files do not fall."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from agentgen.compare.alignment import align
from agentgen.compare.likeness import Likeness
from agentgen.compare.model import Variant
from agentgen.document.read import read_document
from agentgen.source import Source
from tests.conftest import REPOSITORY


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"loaded_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    return load(REPOSITORY / "benchmarks" / "alignment.py")


@pytest.mark.corpus
def test_seeds(shared: Path, benchmark: ModuleType) -> None:
    """On the seeds' judgements: F1 of 0.85, precision of 0.90, one false friend, 0.80 without the opening statement."""
    evaluate = load(shared / "gold" / "evaluate.py")
    names = json.loads((shared / "gold" / "seeds_alignment.json").read_text("utf-8"))["files"]
    rows = benchmark.sections_prediction(
        benchmark.compare({key: shared / "seeds" / name for key, name in names.items()})
    )
    result = evaluate.eval_sections(rows)
    assert result["unknown_sections"] == []
    assert result["f1"] >= 0.85
    assert result["precision"] >= 0.90
    assert result["false_friends_joined"] <= 1
    assert evaluate.eval_sections(rows, skip=("role-statement",))["f1"] >= 0.80


@pytest.mark.corpus
def test_labelled_families(shared: Path, benchmark: ModuleType) -> None:
    """On all labelled families together, without the opening statements: F1 of 0.80, precision of 0.85."""
    total = benchmark.Score(0, 0, 0)
    files = sorted(benchmark.LABELS.glob("*.json"))
    assert len(files) >= 5
    for path in files:
        labels = benchmark.read_labels(path, shared / "corpus")
        shown = benchmark.predicted_pairs(benchmark.compare(labels.files))
        total += benchmark.score_pairs(shown, labels.strong - labels.opening, labels.weak | labels.opening)
    assert total.f1 >= 0.80
    assert total.precision >= 0.85


def synthetic(name: int, sections: int) -> Variant:
    """A file of made-up sections; each number gives another subject, each name another wording."""
    parts = [f"You are agent {name}.\n"]
    for number in range(sections):
        words = [f"w{(number * 7 + step * 3) % 97:02d}x" for step in range(9)]
        words[(name + number) % 9] = f"own{name}x{number}"
        parts.append(f"\n## Subject s{number}q\n\n- {' '.join(words[:5])}\n- {' '.join(words[5:])}\n")
    return Variant(f"v{name:03d}", read_document(Source(f"{name}.md", "".join(parts).encode())))


def cost(variants: int) -> int:
    """How many pairs of sections are compared, for so many variants of 15 sections."""
    files = [synthetic(name, 15) for name in range(variants)]
    counted = 0
    original = Likeness.score

    def count(self: Likeness, first: int, second: int) -> float:
        nonlocal counted
        counted += 1
        return original(self, first, second)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Likeness, "score", count)
        align(files)
    return counted


def test_cost_grows_with_the_sections_and_not_with_their_square() -> None:
    """From 30 variants to 60, the number of pairs compared grows less than threefold, and stays far from all pairs."""
    some, many = cost(30), cost(60)
    assert many < 3 * some
    assert many < (60 * 15) ** 2 / 2 / 10
