"""The example in docs/merging.md is true."""

from __future__ import annotations

import re
from pathlib import Path

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Variant
from agentgen.document.read import read_document
from agentgen.merge.combine import merge
from agentgen.merge.notes import recipe_notes
from agentgen.merge.propose import propose_recipe
from agentgen.profile.body import render_body
from agentgen.profile.shapes import ItemShape, TopicShape
from agentgen.profile.store import dump_recipe
from agentgen.source import Source, encode

PAGE = Path(__file__).resolve().parents[2] / "docs" / "merging.md"
TEXT = PAGE.read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"```markdown (\S+)\n(.*?)```\n", TEXT, re.DOTALL))


def test_the_example_gives_what_the_page_shows() -> None:
    """Merged without a recipe, the page's two variants give its body, and a recipe with its lines."""
    names = ("evening", "morning")
    variants = [Variant(name, read_document(Source(name, encode(BLOCKS[f"{name}.md"])))) for name in names]
    comparison = compare_variants(variants)
    recipe = propose_recipe(comparison)
    assert render_body(merge(variants, recipe, comparison).profile) == "\n" + BLOCKS["result"]
    written = re.sub(r"@[0-9a-f]{8}", "@", dump_recipe(recipe, notes=recipe_notes(recipe, comparison)))
    shown = re.search(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    assert shown is not None
    for line in shown[1].splitlines():
        assert re.sub(r"@[0-9a-f…]+", "@", line) in written.splitlines()


def test_the_page_names_every_key_of_a_topic() -> None:
    """A decision that the recipe can hold and the page does not mention would stay unknown."""
    for key in {*TopicShape.model_fields, *ItemShape.model_fields} - {"id"}:
        assert f"`{key}" in TEXT, key
