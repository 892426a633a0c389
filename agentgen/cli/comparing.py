"""Comparing variants as their workspace wants it: with the rows that a recipe decided, and its own concepts."""

from __future__ import annotations

from collections.abc import Mapping

from agentgen.cli.inputs import read_sources
from agentgen.cli.toml_files import read_toml
from agentgen.cli.variants import Given
from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Comparison
from agentgen.workspace import Workspace


def compare(given: Given, workspace: Workspace | None) -> Comparison:
    """The comparison of the variants; rows of the recipe hold, under its names."""
    ids = {variant.id for variant in given.variants}
    rows = [topic.sections for topic in given.recipe.topics] if given.recipe else []
    pins = [{variant: section for variant, section in row.items() if variant in ids} for row in rows]
    comparison = compare_variants(given.variants, pins=pins, concepts=_concepts(workspace))
    if given.recipe is None:
        return comparison
    from agentgen.merge.rows import name_rows  # the merge floor takes as long to load as a small comparison to make

    return name_rows(comparison, given.recipe)


def _concepts(workspace: Workspace | None) -> list[Mapping[str, object]]:
    """The workspace's table of concepts, where it has one. Raises UserError where it is no TOML."""
    if workspace is None or not workspace.concepts.is_file():
        return []
    return [read_toml(read_sources([workspace.concepts])[0])]
