"""Promise 3: comparing the same variants in another order gives the same result, byte for byte.

Neither the order nor the names of the variants, neither the hash seed nor the line ends decide between rows.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentgen.compare.alignment import align
from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Variant
from agentgen.document.read import read_document
from agentgen.report.comparison_json import comparison_json
from agentgen.source import Source
from tests.compare.helpers import places
from tests.conftest import seed_paths, shared_folder

HASH_SEEDS = ("0", "1", "4242")
SCRIPT = """
import hashlib, json, sys
from pathlib import Path
from agentgen.compare.alignment import align
from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Variant
from agentgen.document.read import read_document
from agentgen.report.comparison_json import comparison_json
from agentgen.source import read_source
paths = [Path(name) for name in sys.argv[1:]]
variants = [Variant(path.stem, read_document(read_source(path, path.name))) for path in paths]
print(hashlib.sha256(json.dumps(comparison_json(compare_variants(variants))).encode()).hexdigest())
"""


@lru_cache(maxsize=64)
def read(path: Path) -> Variant:
    return Variant(path.stem, read_document(Source(path.name, path.read_bytes())))


def shown(variants: Sequence[Variant]) -> str:
    """The whole comparison as JSON text."""
    return json.dumps(comparison_json(compare_variants(variants)))


def families() -> list[Path]:
    folder = shared_folder()
    return sorted(path for path in (folder / "corpus" / "families").iterdir() if path.is_dir()) if folder else []


def family_variants(folder: Path) -> list[Variant]:
    return [read(path) for path in sorted(folder.glob("*.md"))]


def renamed(variants: Sequence[Variant]) -> list[Variant]:
    """The same files under names in the opposite order."""
    return [replace(one, id=f"x{len(variants) - at:02d}") for at, one in enumerate(variants)]


@pytest.mark.corpus
@pytest.mark.parametrize("first", range(5))
def test_rows_of_all_permutations_of_the_seeds(seeds: list[Path], first: int) -> None:
    """All 120 orders of the five seeds, 24 with each in the first place, give the same rows with the same evidence."""
    variants = [read(path) for path in seeds]
    wanted = align(variants)
    orders = [order for order in permutations(variants) if order[0] is variants[first]]
    assert len(orders) == 24
    assert all(align(order) == wanted for order in orders)


@pytest.mark.corpus
def test_rotations_of_the_seeds(seeds: list[Path]) -> None:
    """With each seed in the first place once, the whole comparison is the same, byte for byte."""
    variants = [read(path) for path in seeds]
    wanted = shown(variants)
    assert all(shown([*variants[at:], *variants[:at]]) == wanted for at in range(1, 5))


@pytest.mark.corpus
@pytest.mark.parametrize("folder", families(), ids=lambda folder: folder.name)
def test_random_permutations_of_the_families(folder: Path) -> None:
    """Two random orders of each family give the same bytes."""
    variants = family_variants(folder)
    wanted = shown(variants)
    chance = random.Random(folder.name)
    for _ in range(2):
        assert shown(chance.sample(variants, len(variants))) == wanted


@pytest.mark.corpus
@pytest.mark.parametrize("folder", families(), ids=lambda folder: folder.name)
def test_names_of_variants_decide_nothing(folder: Path) -> None:
    """Under other names, the same sections share rows."""
    variants = family_variants(folder)
    back = {new.id: old.id for new, old in zip(renamed(variants), variants, strict=True)}
    found = places(compare_variants(renamed(variants)))
    assert {frozenset((back[name], section) for name, section in row) for row in found} == places(
        compare_variants(variants)
    )


@pytest.mark.corpus
def test_line_ends_decide_nothing(seeds: list[Path]) -> None:
    """Files with CR LF give the rows, items and relations of the same files with LF."""
    variants = [read(path) for path in seeds]
    crlf = [
        replace(one, document=read_document(Source(one.document.source.path, dos(one.document.source.raw))))
        for one in variants
    ]
    assert shown(crlf).replace("\\r\\n", "\\n") == shown(variants)


def dos(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


@pytest.mark.corpus
def test_the_hash_seed_decides_nothing(seeds: list[Path]) -> None:
    """Fresh interpreters with different hash seeds give the same bytes."""
    assert seed_paths() == seeds
    digests = {digest(hash_seed, seeds) for hash_seed in HASH_SEEDS}
    assert len(digests) == 1


def digest(hash_seed: str, paths: Sequence[Path]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *map(str, paths)],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


WORDS = "cache query test deploy review never always 80 limit token log alert schema index retry".split()  # noqa: SIM905
LINES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
SECTIONS = st.tuples(st.integers(2, 4), LINES, st.lists(LINES, max_size=4))


@st.composite
def texts(draw: st.DrawFn) -> str:
    sections = draw(st.lists(SECTIONS, max_size=5))
    parts = [
        f"{'#' * level} {heading}\n\n" + "".join(f"- {item}\n" for item in items) for level, heading, items in sections
    ]
    return "You are an agent.\n\n" + "\n".join(parts)


@settings(max_examples=40)
@given(st.lists(texts(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_any_files_in_any_order(bodies: list[str], chance: random.Random) -> None:
    """Made-up files full of equal words, where many rows are equally good, give the same bytes in another order."""
    variants = [Variant(f"v{at}", read_document(Source(f"v{at}.md", body.encode()))) for at, body in enumerate(bodies)]
    assert shown(chance.sample(variants, len(variants))) == shown(variants)
