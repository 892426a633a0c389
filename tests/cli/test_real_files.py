"""The whole way with real agent files: import, merge, render, and read again what came out."""

from __future__ import annotations

import json
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from agentgen.document.model import Document
from agentgen.document.read import read_document
from agentgen.render.canonical import read_fields
from agentgen.render.model import Outcome
from agentgen.render.targets import load_targets
from agentgen.source import read_source
from agentgen.workspace import bundled

from ..conftest import corpus_paths, seed_paths
from .conftest import Run

pytestmark = pytest.mark.corpus

TARGETS = load_targets([bundled("templates")])
MAIN = tuple(tomllib.loads(bundled("agentgen.toml").read_text("utf-8"))["targets"])
"""The targets that this repository writes for."""


def rendered_file(workspace: Path, target: str) -> Path:
    """The only file that was written for a target."""
    (found,) = [path for path in (workspace / "dist" / target).rglob("*") if path.is_file()]
    return found


def body(document: Document) -> str:
    return document.source.slice(document.body)


def test_five_variants_become_one_agent_for_every_tool(run: Run, folder: Path, seeds: list[Path]) -> None:
    """Three commands in an empty folder; every repair is named at the import, every loss at the render."""
    imported = run("import", *seeds, "--profile", "seeds")
    merged = run("merge", "seeds")
    shown = run("render", "seeds", "--target", "all")
    assert (imported.code, merged.code, shown.code) == (0, 0, 0)
    for code in ("frontmatter-value-needs-quotes", "fence-closes-early", "dead-key"):
        assert f"[{code}]" in imported.err
    ledgers = json.loads(run("render", "seeds", "--target", "all", "--format", "json").out)["renderings"]
    for ledger in ledgers:
        losses = [entry for entry in ledger["entries"] if entry["outcome"] == Outcome.DROPPED]
        assert all(entry["reason"] for entry in losses)
        assert ledger["blocked"] or f"→ {ledger['target']} " in shown.out
    for target in MAIN:
        text = rendered_file(folder, target).read_text("utf-8")
        assert yaml.safe_load(text.split("---\n")[1])["name"]
    assert run("render", "seeds", "--target", "all", "--check").code == 0


@pytest.mark.parametrize("seed", seed_paths(), ids=lambda path: path.stem[:3])
def test_one_variant_alone_comes_back_to_its_own_tool_unchanged(run: Run, folder: Path, seed: Path) -> None:
    """The body byte for byte; the frontmatter means the same when that tool reads it."""
    run("import", seed, "--profile", "one", "--as", "only")
    assert run("merge", "one").code == 0
    recipe = yaml.safe_load((folder / "profiles/one/recipe.yaml").read_text("utf-8"))
    target = recipe["variants"][0]["tool"]
    assert run("render", "one", "--target", target).code == 0
    before = read_document(read_source(seed))
    after = read_document(read_source(rendered_file(folder, target)))
    assert body(after) == body(before)
    meant, written = (
        read_fields(document.frontmatter.values, TARGETS[target], TARGETS.vocabulary) for document in (before, after)
    )
    assert dict(written.fields) == dict(meant.fields)
    assert dict(written.extensions) == dict(meant.extensions)


@pytest.mark.parametrize("target", MAIN)
@pytest.mark.parametrize("seed", seed_paths(), ids=lambda path: path.stem[:3])
def test_each_variant_keeps_every_section_and_item_in_every_tool(
    run: Run, folder: Path, seed: Path, target: str
) -> None:
    """What the tool cannot say stands in the ledger; the prompt is whole."""
    run("import", seed, "--profile", "one", "--as", "only")
    assert run("merge", "one").code == 0
    assert run("render", "one", "--target", target).code == 0
    before = read_document(read_source(seed))
    after = read_document(read_source(rendered_file(folder, target)))
    assert [section.heading for section in after.sections] == [section.heading for section in before.sections]
    assert [item.text for item in after.items] == [item.text for item in before.items]


def test_every_real_file_is_read_without_losing_a_byte(run: Run, corpus: list[Path]) -> None:
    """The outline's segments cover each file from its first byte to its last, without gap or overlap."""
    shown = run("outline", *corpus_paths(), "--format", "json")
    assert shown.code == 0
    documents = json.loads(shown.out)["documents"]
    assert len(documents) == len(corpus)
    for document in documents:
        edges = [0, *(edge for segment in document["segments"] for edge in segment), document["bytes"]]
        assert all(end == start for end, start in list(pairwise(edges))[::2]), document["path"]
