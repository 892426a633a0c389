"""`agentgen outline`: what was read, as a tree or as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Run

AGENT = "---\nname: helper\ndescription: Use it: always\n---\n\nYou help.\n\n# Rules\n\n- Be kind\n"


def test_the_outline_shows_sections_and_what_was_repaired(run: Run, folder: Path) -> None:
    """Headings with their lines, and the finding with the line that mends it."""
    (folder / "a.md").write_text(AGENT, "utf-8")
    shown = run("outline", "a.md")
    assert shown.code == 0
    assert "# Rules" in shown.out
    assert "without quotes, which strict YAML refuses" in shown.out


def test_json_goes_to_standard_output_alone(run: Run, folder: Path) -> None:
    """One document of the schema's name, nothing else on either stream."""
    (folder / "a.md").write_text(AGENT, "utf-8")
    shown = run("outline", "a.md", "--format", "json")
    data = json.loads(shown.out)
    assert shown.err == ""
    assert data["schema"] == "agentgen.outline/1"
    assert [section["heading"] for section in data["documents"][0]["sections"]] == [None, "Rules"]
