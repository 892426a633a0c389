"""The page on everyday work tells the truth: settings, inputs and lines that it shows are those that there are."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from agentgen.cli.git_attributes import WORKSPACE, WORKSPACE_LINES, put_block
from agentgen.cli.main import main
from agentgen.cli.settings import SETTINGS, read_settings
from agentgen.cli.settings_read import build_schema
from agentgen.workspace import bundled

from .test_action import INPUTS
from .test_pre_commit_hooks import HOOKS

TEXT = (bundled("docs") / "workflows.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    found = re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert found
    return found


def rows(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, its head left out."""
    section = TEXT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


@pytest.mark.parametrize("text", blocks("toml"))
def test_the_settings_that_it_shows_are_settings(text: str, tmp_path: Path) -> None:
    """They are read without a mistake, and give what they say."""
    (tmp_path / SETTINGS).write_text(text, "utf-8")
    assert read_settings(tmp_path).values.targets == tuple(tomllib.loads(text)["targets"])


def keys(schema: dict[str, Any], node: dict[str, Any], path: str = "") -> Iterator[str]:
    """All settings, with NAME for that of a profile."""
    node = schema["$defs"][node["$ref"].rpartition("/")[2]] if "$ref" in node else node
    if "properties" in node:
        for key, inner in node["properties"].items():
            yield from keys(schema, inner, f"{path}.{key}")
    elif isinstance(node.get("additionalProperties"), dict):
        yield from keys(schema, node["additionalProperties"], f"{path}.NAME")
    else:
        yield path.removeprefix(".")


def test_every_setting_is_explained() -> None:
    """No more and no fewer than the reader knows."""
    schema = json.loads(build_schema())
    assert [row[0].strip("`") for row in rows("Settings")] == list(keys(schema, schema))


def test_the_mistakes_that_it_shows_are_told_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Word for word."""
    (tmp_path / SETTINGS).write_text('target = ["x"]\n\n[lint]\nlevel = "fatal"\n', "utf-8")
    (tmp_path / "profiles").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["render"]) == 2
    assert capsys.readouterr().err == blocks("text")[0]


def test_the_workflow_that_it_shows_uses_inputs_that_there_are() -> None:
    """And asks for no more rights than it needs."""
    workflow = next(found for text in blocks("yaml") if "jobs" in (found := yaml.safe_load(text)))
    (step,) = [step for step in workflow["jobs"]["agents"]["steps"] if "agentgen" in step["uses"]]
    assert set(step["with"]) <= set(INPUTS)
    assert workflow["permissions"] == {"contents": "read", "pull-requests": "write"}


def test_every_input_of_the_action_is_explained_with_its_default() -> None:
    """In the order in which they stand."""
    shown = {row[0].strip("`"): row[2].strip("`") for row in rows("The GitHub Action")}
    assert list(shown) == list(INPUTS)
    assert {name: default for name, default in shown.items() if name != "token"} == {
        name: entry["default"] for name, entry in INPUTS.items() if name != "token"
    }


def test_the_hooks_that_it_shows_are_hooks() -> None:
    """In the table and in the settings for pre-commit."""
    settings = next(found for text in blocks("yaml") if "repos" in (found := yaml.safe_load(text)))
    assert {hook["id"] for hook in settings["repos"][0]["hooks"]} <= set(HOOKS)
    assert [row[0].strip("`").removeprefix("id: ") for row in rows("pre-commit")] == list(HOOKS)


def test_the_attributes_that_it_shows_are_those_that_init_writes() -> None:
    """Line by line."""
    assert blocks("gitattributes") == [put_block("", WORKSPACE_LINES, WORKSPACE)]
