"""What is taken at a glance is what the validator takes, and files without a mistake do not load it."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentgen.profile.fits import fits
from agentgen.profile.shape_problems import shape_problems
from agentgen.profile.store import build_schema, load_lock, load_profile, load_recipe, schema_text
from agentgen.profile.validate import SCHEMAS
from agentgen.profile.yaml_read import Tree, read_yaml
from agentgen.source import Source, read_source

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = ROOT / "profiles" / "senior-backend"
FILES = {"profile": "profile.yaml", "recipe": "recipe.yaml", "lock": "profile.lock.yaml"}
SCHEMA = {kind: json.loads(schema_text(kind)) for kind in FILES}

ODD: st.SearchStrategy[object] = st.sampled_from(
    [
        "",
        "true",
        "yes",
        "1",
        "007",
        "-1",
        "0",
        "api-design",
        "Ä",
        "a b",
        "abc\n",
        "\ud800",
        None,
        1,
        True,
        0,
        [],
        {},
        ["x"],
        [1],
        {"x": "y"},
        {"id": "x"},
        {"": ""},
        {"ä": "x"},
        {"a\n": "x"},
        "widening",
        "union",
        "consensus=2",
    ]
)


def test_there_is_a_schema_for_each_kind_that_ships() -> None:
    """Refresh them with `python -m agentgen.profile.schemas`."""
    assert set(SCHEMAS) == set(FILES)
    for kind in FILES:
        assert schema_text(kind) == build_schema(kind)


@pytest.mark.parametrize("kind", FILES)
def test_the_bundled_files_fit_at_a_glance(kind: str) -> None:
    """Else reading them would load the validator."""
    assert fits(_values(kind), SCHEMA[kind], SCHEMA[kind])


@settings(max_examples=150)
@given(data=st.data(), kind=st.sampled_from(sorted(FILES)))
def test_what_fits_is_no_mistake(data: st.DataObject, kind: str) -> None:
    """Whatever is put in place of some value: where nothing is seen to be wrong, the validator finds nothing either."""
    value = copy.deepcopy(_small(kind))
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(list(_places(value))))
        if isinstance(holder, dict) and data.draw(st.booleans()):
            key = data.draw(st.sampled_from(["id", "titel", "open", "agree", "level", "tools", key]))
        holder[key] = copy.deepcopy(data.draw(ODD))
    if fits(value, SCHEMA[kind], SCHEMA[kind]):
        assert not list(shape_problems(Tree(Source("x", b""), value), kind))


def test_files_without_a_mistake_load_no_validator() -> None:
    """A fresh interpreter reads profile, recipe and lock."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from agentgen.source import read_source\n"
        "from agentgen.profile import store\n"
        f"folder = Path({str(BUNDLED)!r})\n"
        "store.load_profile(read_source(folder / 'profile.yaml'))\n"
        "store.load_recipe(read_source(folder / 'recipe.yaml'))\n"
        "store.load_lock(read_source(folder / 'profile.lock.yaml'))\n"
        "assert 'pydantic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_the_bundled_files_are_read() -> None:
    """The files that the tests above speak of hold something."""
    assert load_profile(read_source(BUNDLED / FILES["profile"])).sections
    assert load_recipe(read_source(BUNDLED / FILES["recipe"])).topics
    assert load_lock(read_source(BUNDLED / FILES["lock"])).origins


def _values(kind: str) -> Any:
    free = ("agentgen", "hooks", "extensions", "mcp_servers")
    return read_yaml(read_source(BUNDLED / FILES[kind]), lambda path: bool(path) and path[0] in free).value


def _small(kind: str) -> Any:
    """The values with two entries of each list and ten of each mapping."""
    return _cut(_values(kind))


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cut(entry) for key, entry in list(value.items())[:10]}
    return [_cut(entry) for entry in value[:2]] if isinstance(value, list) else value


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(entry, dict | list):
            yield from _places(entry)
