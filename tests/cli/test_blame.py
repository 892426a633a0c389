"""`agentgen blame`: every line of a profile and of a rendered file has an origin."""

from __future__ import annotations

import json
import re
from pathlib import Path

from agentgen.render.targets import load_targets
from agentgen.workspace import bundled

from .agents import LEFT, RIGHT, two_variants
from .conftest import Run

TARGETS = [target.name for target in load_targets([bundled("templates")])]


def test_every_line_of_the_profile_is_explained(run: Run, workspace: Path) -> None:
    """By variant and line, or as written by the recipe, a hand or the form; the text stands beside it."""
    profile = two_variants(workspace)
    run("merge", "reviewer")
    text = (profile / "profile.yaml").read_text("utf-8")
    data = json.loads(run("blame", "reviewer", "--format", "json").out)
    assert data["schema"] == "agentgen.blame/1"
    assert [line["text"] for line in data["lines"]] == text.splitlines()
    assert {line["origin"] for line in data["lines"]} <= {"variant", "recipe", "hand", "template"}
    statements = [line for line in data["lines"] if "Functions stay short" in line["text"]]
    assert [(line["variant"], line["source_line"]) for line in statements] == [("left", 17)]
    assert LEFT.splitlines()[16] == "- Functions stay short"


def test_the_text_shows_place_decision_and_line(run: Run, workspace: Path) -> None:
    """In columns; what a hand wrote is said to be a hand's."""
    profile = two_variants(workspace)
    run("merge", "reviewer")
    path = profile / "profile.yaml"
    path.write_text(path.read_text("utf-8").replace("Functions stay short", "Functions stay tiny"), "utf-8")
    shown = run("blame", "reviewer").out
    line = RIGHT.splitlines().index("- Every login attempt is logged") + 1
    assert re.search(rf"right:{line} +topics/security +- Every login attempt is logged$", shown, re.MULTILINE)
    assert re.search(r"hand +- Functions stay tiny$", shown, re.MULTILINE)


def test_a_rendered_file_is_explained_as_it_would_be_written(run: Run, workspace: Path) -> None:
    """Line by line the file that render writes for that tool."""
    two_variants(workspace)
    run("merge", "reviewer")
    run("render", "--target", TARGETS[0])
    (path,) = [path for path in (workspace / "dist" / TARGETS[0]).rglob("*") if path.is_file()]
    lines = json.loads(run("blame", "reviewer", "--target", TARGETS[0], "--format", "json").out)["lines"]
    assert [line["text"] for line in lines] == path.read_text("utf-8").splitlines()
    assert {"variant", "template"} <= {line["origin"] for line in lines}


def test_a_profile_that_was_never_merged_says_so(run: Run, workspace: Path) -> None:
    """With the command that merges it."""
    two_variants(workspace)
    shown = run("blame", "reviewer")
    assert shown.code == 2
    assert "`agentgen merge reviewer` writes it" in shown.err
