"""Target files that fit are taken as the validator takes them, without loading it."""

from __future__ import annotations

import copy
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentgen.profile.yaml_read import Tree, read_yaml
from agentgen.render.border import read_target
from agentgen.render.border_problems import validated
from agentgen.render.built import MisfitError, built
from agentgen.render.spec import Target
from agentgen.source import Source, read_source

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
SPECS = sorted(TEMPLATES.glob("*/target.yaml"))

ODD: st.SearchStrategy[object] = st.sampled_from(
    [
        "",
        "true",
        "True",
        "yes",
        "on",
        "1",
        "007",
        "-1",
        "1.0",
        "x",
        "reject",
        "\ud800",
        None,
        1,
        True,
        1.5,
        [],
        {},
        ["x"],
        ["x", None],
        {"x": "y"},
        {"x": ["y"]},
        {"key": "x"},
        {"key": "x", "odd": "y"},
    ]
)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.parent.name)
def test_a_bundled_target_is_what_the_validator_makes_of_it(path: Path) -> None:
    """Both ways give equal values, and the quick one takes every file that ships."""
    target, tree = read_target(read_source(path))
    assert built(Target, tree.value) == target == validated(tree, Target)


def test_there_are_targets_to_look_at() -> None:
    """The test above found the files."""
    assert len(SPECS) > 20


@settings(max_examples=150)
@given(data=st.data(), path=st.sampled_from(SPECS))
def test_what_fits_is_what_the_validator_takes(data: st.DataObject, path: Path) -> None:
    """Whatever is put in place of some value: what is taken at once is taken by the validator, as the same."""
    value: Any = copy.deepcopy(read_yaml(read_source(path), lambda _: False).value)
    for _ in range(data.draw(st.integers(1, 2))):
        holder, key = data.draw(st.sampled_from(list(_places(value))))
        holder[key] = copy.deepcopy(data.draw(ODD))
    try:
        quick = built(Target, value)
    except MisfitError:
        return
    assert quick == validated(Tree(Source("x", b""), value), Target)


def test_a_type_that_is_not_known_is_left_to_the_validator() -> None:
    """A new kind of value in a dataclass costs time, and is never taken wrongly."""

    @dataclass(frozen=True, slots=True)
    class Scale:
        factor: float

    with pytest.raises(MisfitError):
        built(Scale, {"factor": "1.5"})


def test_targets_without_a_mistake_load_no_validator() -> None:
    """A fresh interpreter reads all targets that ship."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from agentgen.render.targets import load_targets\n"
        f"assert len(load_targets([Path({str(TEMPLATES)!r})]).found) > 20\n"
        "assert 'pydantic' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key, entry in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(entry, dict | list):
            yield from _places(entry)
