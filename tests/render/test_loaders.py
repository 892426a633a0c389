"""What each tool sees of a file: vectors of tricky frontmatter against the loaders' behaviours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from agentgen.render.loading.load import load
from agentgen.render.loading.model import Loaded
from tests.conftest import shared_folder
from tests.render.loading import targets


def vectors() -> list[Any]:
    """Input and expected outcome by tool; none where there is no shared folder."""
    folder = shared_folder()
    if folder is None:
        return []
    return list(yaml.safe_load((folder / "targets.yaml").read_text("utf-8"))["frontmatter_vectors"]["vectors"])


def loaded(text: str, tool: str) -> Loaded:
    """What a tool sees of a text."""
    return load(text.encode(), targets()[tool], targets().vocabulary)


@pytest.mark.corpus
def test_there_are_vectors(shared: Path) -> None:
    """A table that is found empty would test nothing."""
    assert len(vectors()) >= 27


@pytest.mark.corpus
@pytest.mark.parametrize("vector", vectors(), ids=lambda vector: vector["id"])
def test_each_vector_has_the_outcome_seen_in_the_tool(vector: Any) -> None:
    """Status, frontmatter and body of every tool in the table."""
    assert len(vector["expect"]) == 7
    for tool, expected in vector["expect"].items():
        found = loaded(vector["input"], tool)
        assert found.status == expected["status"].partition(" (")[0], tool
        values = expected.get("frontmatter", expected.get("agent"))
        assert found.frontmatter == values, tool
        assert found.body == expected.get("body"), tool
