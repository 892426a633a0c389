"""What a recipe takes stands in the profile, once; what it makes of one variant is that variant."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Comparison, ItemGroup, Relation
from agentgen.document.read import read_document
from agentgen.merge.anchors import plain
from agentgen.merge.combine import merge
from agentgen.merge.model import Fate, Merged
from agentgen.merge.nodes import Ref
from agentgen.merge.propose import propose_recipe, single_recipe, variant_entries
from agentgen.profile.body import render_body
from agentgen.profile.store import dump_profile, load_profile
from agentgen.source import Source, encode, to_lf
from tests.conftest import corpus_paths, seed_paths, shared_folder
from tests.merge.helpers import families, read_variant, read_variants

GROUPED = {Relation.SAME, Relation.EQUIVALENT, Relation.CONFLICT}


def sets() -> list[str]:
    folder = shared_folder()
    return ["seeds", *families(folder)] if folder else []


@cache
def merged(name: str) -> tuple[Comparison, Merged]:
    """All variants of a family (or the seeds) by union."""
    folder = shared_folder()
    assert folder is not None
    paths: list[Path] = seed_paths() if name == "seeds" else families(folder)[name]
    comparison = compare_variants(read_variants(paths))
    return comparison, merge(comparison.variants, propose_recipe(comparison), comparison)


def groups(comparison: Comparison) -> dict[Ref, ItemGroup]:
    return {
        (ref.variant, ref.index): group for topic in comparison.topics for group in topic.items for ref in group.members
    }


@pytest.mark.corpus
@pytest.mark.parametrize("name", sets())
def test_every_statement_taken_is_said(name: str) -> None:
    """Each statement of the union stands in the profile itself or through one that says the same."""
    comparison, result = merged(name)
    variants = {variant.id: variant for variant in comparison.variants}
    text = render_body(result.profile)
    said = {plain(item.text) for item in read_document(Source("body.md", encode(text))).items}
    group_of = groups(comparison)
    assert len(result.outcomes) == sum(len(variant.document.items) for variant in comparison.variants)
    for ref, outcome in result.outcomes.items():
        if outcome.fate in (Fate.SAID, Fate.OVERRULED):
            assert outcome.by is not None
            assert result.outcomes[outcome.by].fate is Fate.KEPT
        if outcome.fate is Fate.KEPT:
            members = [(member.variant, member.index) for member in group_of[ref].members]
            words = [plain(variants[variant].document.items[index].text) for variant, index in [ref, *members]]
            assert any(word in said or word in plain(text) for word in words), ref


@pytest.mark.corpus
@pytest.mark.parametrize("name", sets())
def test_nothing_is_said_twice(name: str) -> None:
    """Of the statements that the comparison calls equivalent one stands in the profile, or one for each number."""
    comparison, result = merged(name)
    for topic in comparison.topics:
        for group in topic.items:
            kept = [ref for ref in group.members if result.outcomes[(ref.variant, ref.index)].fate is Fate.KEPT]
            statements = [ref.text for ref in kept if not ref.text.rstrip("*_ ").endswith(":")]
            if group.relation in GROUPED and len({ref.variant for ref in group.members}) > 1:
                assert len({frozenset(re.findall(r"\d+", text)) for text in statements}) == len(statements)


@pytest.mark.corpus
@pytest.mark.parametrize("name", sets())
def test_headings_of_what_is_taken_are_there(name: str) -> None:
    """Every topic with something left to say is a section, with its own title, at the level of its depth."""
    _, result = merged(name)
    document = read_document(Source("body.md", encode(render_body(result.profile))))
    levels = Counter(section.level for section in document.sections if section.heading is not None)
    assert levels[1] == 0
    parents = {section.id: section for section in document.sections}
    for section in document.sections:
        if section.parent is not None and section.kind.value == "atx":
            assert section.level == parents[section.parent].level + 1


@pytest.mark.corpus
@pytest.mark.parametrize("path", corpus_paths() + seed_paths(), ids=lambda path: path.name)
def test_one_variant_alone_stays_as_it_is(path: Path) -> None:
    """Merged alone, stored and loaded again, a variant gives its body back byte for byte (with LF line ends)."""
    alone = read_variant(path)
    recipe = single_recipe(alone, variant_entries([alone], {})[0])
    result = merge([alone], recipe)
    loaded = load_profile(Source("profile.yaml", encode(dump_profile(result.profile))))
    document = alone.document
    assert render_body(loaded) == to_lf(document.source.slice(document.body))
    assert {outcome.fate for outcome in result.outcomes.values()} <= {Fate.KEPT}
