"""What commands print as JSON is what their schemas say; the schemas can be had from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from agentgen.report.schema import schema_names, schema_text

from .agents import LEFT, two_variants, write
from .conftest import Run

COMMANDS = {
    "diff": ["diff", "reviewer", "--format", "json"],
    "review": ["diff", "left.md", "right.md", "--review", "--format", "json"],
    "merge": ["merge", "reviewer", "--format", "json"],
    "render": ["render", "reviewer", "--target", "all", "--format", "json"],
    "blame": ["blame", "reviewer", "--format", "json"],
    "lint": ["lint", "left.md", "--as", "all", "--format", "json"],
    "outline": ["outline", "left.md", "odd.md", "--format", "json"],
    "targets": ["targets", "--format", "json"],
    "discover": ["discover", ".", "--format", "json"],
    "codes": ["explain", "--format", "json"],
}


@pytest.fixture
def files(workspace: Path) -> Path:
    """A profile that contradicts itself, its variants as files, and a file with stray bytes."""
    folder = two_variants(workspace)
    for path in (folder / "variants").iterdir():
        (workspace / path.name).write_bytes(path.read_bytes())
    (workspace / "odd.md").write_bytes(b"---\nname: a\ndescription: b: c\n---\ntext \xff\n\n```\nopen\n")
    return workspace


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_prints_is_what_its_schema_says(run: Run, files: Path, name: str) -> None:
    """Every key is in it, and a key that is not is refused."""
    if name == "blame":
        run("merge", "reviewer")
    if name == "render":
        run("merge", "reviewer")
    shown = json.loads(run(*COMMANDS[name]).out)
    validator = jsonschema.Draft202012Validator(json.loads(schema_text(name)))
    assert shown["schema"] == f"agentgen.{name}/1"
    assert [error.message for error in validator.iter_errors(shown)] == []
    assert not validator.is_valid({**shown, "surprise": 1})
    assert not validator.is_valid({"schema": shown["schema"]})


def test_a_ledger_in_a_file_is_what_its_schema_says(run: Run, folder: Path) -> None:
    """The same for what is written beside a converted file."""
    write(folder, left=LEFT)
    run("convert", "left.md", "--to", "droid", "--out", "out.md", "--ledger", "ledger.json")
    jsonschema.validate(json.loads((folder / "ledger.json").read_text("utf-8")), json.loads(schema_text("ledger")))


def test_every_schema_is_one_and_is_listed(run: Run) -> None:
    """Each is a JSON Schema and comes out whole."""
    listed = run("schema").out.split()
    assert listed == schema_names()
    assert {*COMMANDS, "ledger", "profile", "recipe", "target"} <= set(listed)
    for name in listed:
        text = run("schema", name).out
        jsonschema.Draft202012Validator.check_schema(json.loads(text))


def test_a_schema_that_is_not_there_is_told_with_the_nearest(run: Run) -> None:
    """And a path is no name."""
    ran = run("schema", "dif")
    assert (ran.code, "did you mean diff?" in ran.err) == (2, True)
    assert run("schema", "../schemas/diff").code == 2
