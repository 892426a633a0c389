"""The pages and the schema about targets are what the target files say."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from agentgen.render import schemas
from agentgen.render.engine import render_profile
from agentgen.render.matrix import matrix_markdown
from agentgen.render.targets import SCHEMA_FILE, build_schema, load_targets
from agentgen.workspace import bundled
from tests.render.loading import build, profile, targets

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```\w+ (target\.yaml|agent\.j2)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANEW = "write it anew: python -m agentgen.render.schemas docs/targets.md"


def test_the_matrix_is_up_to_date() -> None:
    """What the page says is what the targets say."""
    assert (ROOT / "docs/targets.md").read_text("utf-8") == matrix_markdown(targets()), ANEW


def test_the_schema_is_up_to_date_and_fits_every_target() -> None:
    """An editor that checks a target file with it agrees with agentgen."""
    shipped = (Path(schemas.__file__).parent / SCHEMA_FILE).read_text("utf-8")
    assert shipped == build_schema(), ANEW
    for target in targets():
        data = yaml.safe_load((targets().entry(target.name).folder / "target.yaml").read_text("utf-8"))
        jsonschema.validate(json.loads(json.dumps(data, default=str)), json.loads(shipped))


def test_the_example_of_the_manual_works(tmp_path: Path) -> None:
    """The two files shown there make a target, and it does what the page says."""
    files = dict(BLOCK.findall((ROOT / "docs/adding-a-target.md").read_text("utf-8")))
    build(tmp_path, {f"weaver/{name}": text for name, text in files.items()})
    found = load_targets([tmp_path, bundled("templates")])
    given = profile(
        "name: a-b\ndescription: d\ntools: [Read, Glob, Grep, Edit]\neffort: max\nmodel: deep\nrole: You are.\n"
    )
    rendering = render_profile(given, "weaver", found)
    assert rendering.path == ".weaver/agents/a-b.md"
    assert rendering.text == (
        "---\nid: a-b\nwhen: d\nallow:\n  - look\n  - mend\nmodel: loom\nthinking: much\n---\n\nYou are.\n"
    )
    assert not rendering.blocked


@pytest.mark.parametrize(
    "part", ["format", "path", "fields", "tools", "limits", "models", "body", "dead_keys", "marks"]
)
def test_the_manual_explains_every_part(part: str) -> None:
    """The table of the page speaks of it."""
    assert f"| `{part}`" in (ROOT / "docs/adding-a-target.md").read_text("utf-8")
