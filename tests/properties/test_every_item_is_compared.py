"""Every item of every variant stands in exactly one group, however many unlike files are compared at once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Variant
from agentgen.document.read import read_document
from agentgen.source import read_source

AT_ONCE = 31
BATCHES = 4


@pytest.mark.corpus
@pytest.mark.parametrize("batch", range(BATCHES))
def test_an_item_is_in_one_group(corpus: list[Path], batch: int) -> None:
    """Unlike files make the oddest clusters: statements that are part of one item and wording of another."""
    step = len(corpus) // AT_ONCE
    paths = corpus[batch::step][:AT_ONCE]
    variants = [Variant(f"v{at:02}", read_document(read_source(path))) for at, path in enumerate(paths)]
    topics = compare_variants(variants).topics
    told = Counter((one.variant, one.index) for topic in topics for group in topic.items for one in group.members)
    every = {(variant.id, item.index) for variant in variants for item in variant.document.items}
    assert set(told) == every
    assert set(told.values()) == {1}
