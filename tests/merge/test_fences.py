"""A fence that closes too early is made longer in a union, and kept as it is in a profile of one variant."""

from __future__ import annotations

from dataclasses import replace

from markdown_it import MarkdownIt

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Variant
from agentgen.merge.combine import merge
from agentgen.merge.propose import propose_recipe
from agentgen.profile.body import render_body
from tests.merge.helpers import variant

NESTED = """---
name: scribe
---

## Report shape

```markdown
## Result

Output of the run:
```
ok
```

Signed.
```

## Afterwards

- Archive the report.
"""
OTHER = "---\nname: scribe\n---\n\n## Manners\n\n- Greet first.\n"


def merged(*variants: Variant) -> str:
    comparison = compare_variants(variants)
    recipe = propose_recipe(comparison)
    return render_body(merge(variants, recipe, comparison).profile, None)


def headings(body: str) -> list[str]:
    """The headings that a CommonMark parser sees."""
    tokens = MarkdownIt().parse(body)
    return [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"]


def test_every_heading_of_a_union_is_one_for_a_markdown_parser() -> None:
    body = merged(variant("nested", NESTED), variant("other", OTHER))
    assert sorted(headings(body)) == ["Afterwards", "Manners", "Report shape"]
    assert body.count("````") == 2


def test_a_variant_alone_keeps_its_fences() -> None:
    assert merged(variant("nested", NESTED)).strip() == NESTED.split("---\n")[2].strip()


def test_the_repair_is_told_with_its_place() -> None:
    variants = (variant("nested", NESTED), variant("other", OTHER))
    comparison = compare_variants(variants)
    recipe = propose_recipe(comparison)
    told = [found for found in merge(variants, recipe, comparison).findings if found.code == "fence-made-longer"]
    assert [(found.path, found.line) for found in told] == [(variants[0].document.source.path, 7)]


def test_of_a_fence_that_is_not_taken_nothing_is_told() -> None:
    variants = (variant("nested", NESTED), variant("other", OTHER))
    comparison = compare_variants(variants)
    recipe = propose_recipe(comparison)
    topics = tuple(replace(topic, drop=topic.id == "report-shape") for topic in recipe.topics)
    result = merge(variants, replace(recipe, topics=topics), comparison)
    assert "fence-made-longer" not in [found.code for found in result.findings]
