"""Names that are paths, devices or too long are refused before anything is written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from agentgen.errors import UserError
from agentgen.profile.model import Profile
from agentgen.render.engine import render_profile
from agentgen.render.plan import MANIFEST, plan_dist, plan_install
from tests.cli.agents import LEFT
from tests.cli.conftest import Run
from tests.hostile.processes import snapshot
from tests.hostile.test_killed import rendering
from tests.render.loading import targets

NAMES = (
    *("..", "../x", "../../x", "a/../../x", "/x", "/etc/passwd", "//server/share"),
    *("C:x", "C:\\x", "c:/x", "\\\\server\\share", "..\\x", "a\\b", "x:stream"),
    *("con", "CON", "nul", "aux", "prn", "com1", "LPT9", "nul.txt", "Con.md"),
    *("a\0b", "a\nb", "a\x1bb", "a\tb", "x.", "x ", "...", " ", "", "."),
    *("x" * 300, "é" * 200, "a*b", "a?b", 'a"b', "a|b", "<a>"),
)


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_a_profile_of_that_name_is_not_rendered(name: str) -> None:
    """Whatever target: the name would be that of a file."""
    for target in ("droid", "claude-code", "agent-skills"):
        with pytest.raises(UserError):
            render_profile(Profile({"name": name, "description": "d"}, "You are."), target, targets())


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_no_path_with_that_name_is_planned(tmp_path: Path, name: str) -> None:
    """Not from a target's own `path`, neither as a file nor as a folder, and not from a manifest."""
    root = tmp_path / "dist"
    for path in (name, f"{name}/a.md"):
        if path in ("./a.md", "/a.md", " /a.md") and name in (".", ""):
            continue
        with pytest.raises(UserError):
            plan_install([replace(rendering("x\n", "a"), path=path)], root)
    if name not in (".", "") and not name.startswith("/"):
        with pytest.raises(UserError):
            plan_dist([replace(rendering("x\n", "a"), path=f"sub/{name}/a.md")], root)
        root.mkdir()
        entry = {"digest": "sha256:0", "profile": "a", "target": "t"}
        (root / MANIFEST).write_text(json.dumps({"agentgen": 1, "files": {f"t/{name}": entry}}))
        with pytest.raises(UserError, match="outside its folder"):
            plan_dist([], root, whole=["t"])
    assert snapshot(tmp_path).keys() <= {"dist/manifest.json"}


@pytest.mark.parametrize("name", [name for name in NAMES if "\0" not in name], ids=ascii)
def test_no_command_takes_that_name(run: Run, workspace: Path, name: str) -> None:
    """As a profile's or a variant's."""
    (workspace / "good.md").write_text(LEFT)
    before = snapshot(workspace.parent)
    assert run("import", "good.md", "--profile", name).code == 2
    assert run("import", "good.md", "--profile", "p", "--as", name).code == 2
    assert snapshot(workspace.parent) == before


@pytest.mark.parametrize(
    "pair", [("a.md", "A.md"), ("\u00e9.md", "e\u0301.md"), ("\u212b.md", "\u00c5.md"), ("ß.md", "SS.md")]
)
def test_names_that_are_one_file_to_some_systems(tmp_path: Path, pair: tuple[str, str]) -> None:
    """After case folding and composition: both are named, nothing is planned."""
    files = [replace(rendering(f"{name}\n", f"p{at}"), path=name) for at, name in enumerate(pair)]
    with pytest.raises(UserError, match=r"p0 and p1|p1 and p0"):
        plan_install(files, tmp_path)
