"""The JSON of a comparison keeps its contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Variant
from agentgen.document.read import read_document
from agentgen.report.comparison_json import SCHEMA, comparison_json
from agentgen.report.schema import schema_text
from agentgen.source import Source
from tests.compare.helpers import read_variants, variants
from tests.compare.test_cases import CASES, case_variants
from tests.properties.test_order_does_not_matter import families

VALIDATOR = jsonschema.Draft202012Validator(json.loads(schema_text("diff")))


def plain(given: list[Variant]) -> dict[str, Any]:
    """The comparison as it comes back from JSON text, checked against the schema."""
    value = json.loads(json.dumps(comparison_json(compare_variants(given))))
    VALIDATOR.validate(value)
    return dict(value)


def test_the_schema_is_a_schema() -> None:
    """It follows its own meta-schema and demands the key that names the contract."""
    VALIDATOR.check_schema(VALIDATOR.schema)
    assert VALIDATOR.schema["properties"]["schema"] == {"const": SCHEMA}
    assert list(VALIDATOR.iter_errors({"schema": SCHEMA}))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_small_cases_are_valid(case: Path) -> None:
    """Every case's comparison fits the schema."""
    assert plain(case_variants(case))["schema"] == SCHEMA


@pytest.mark.corpus
def test_seeds_are_valid(seeds: list[Path]) -> None:
    """Findings carry their variant, and every member points to a line of its file."""
    value = plain(read_variants(seeds))
    lines = {path.name: path.read_text("utf-8").count("\n") + 1 for path in seeds}
    assert {finding["variant"] for finding in value["findings"]} <= lines.keys()
    for topic in value["topics"]:
        for section in topic["sections"]:
            assert section["line"] <= section["end_line"] <= lines[section["variant"]]
    items = [member for topic in value["topics"] for group in topic["items"] for member in group["members"]]
    assert len(items) == sum(one["items"] for one in value["variants"])


@pytest.mark.corpus
@pytest.mark.parametrize("folder", families(), ids=lambda folder: folder.name)
def test_families_are_valid(folder: Path) -> None:
    """Every family's comparison fits the schema."""
    assert len(plain(read_variants(sorted(folder.glob("*.md"))))["variants"]) > 5


def test_what_a_small_comparison_says() -> None:
    """Headings, lines, paths, relations and texts as the files have them; the opening has no heading."""
    value = plain(
        variants(
            {
                "a": "---\nname: x\n---\n\nYou mend bicycles.\n\n# Work\n\n## Brakes\n\n- Check both cables\n",
                "b": "You mend bicycles.\n\n## Brakes\n\n- Check both cables\n- Oil nothing here\n",
            }
        )
    )
    brakes = next(topic for topic in value["topics"] if topic["id"] == "brakes")
    assert brakes["title"] == "Brakes"
    assert brakes["sections"][0] == {
        "variant": "a",
        "section": "brakes",
        "heading": "Brakes",
        "level": 2,
        "line": 9,
        "end_line": 11,
        "path": ["Work"],
    }
    assert [(group["relation"], len(group["members"])) for group in brakes["items"]] == [("same", 2), ("only", 1)]
    assert brakes["items"][0]["members"][0]["text"] == "Check both cables"
    opening = value["topics"][0]
    assert (opening["id"], [section["heading"] for section in opening["sections"]]) == ("opening", [None, None])


def test_odd_values_become_plain_json() -> None:
    """Sets, tuples, dates and numbers that JSON lacks are written as lists and text."""
    fields = {
        "tools": ("Read", "Bash"),
        "skills": frozenset({"b", "a"}),
        "temperature": float("nan"),
        "hooks": {"x": 1},
    }
    document = read_document(Source("a.md", b"You work.\n"))
    value = plain([Variant("a", document, fields=fields), Variant("b", document)])
    shown = {one["key"]: one["values"].get("a") for one in value["frontmatter"]}
    assert shown["skills"] == ["a", "b"]
    assert shown["temperature"] == "nan"
    assert shown["hooks"] == {"x": 1}
