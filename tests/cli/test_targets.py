"""`agentgen targets`: the tools, what each can express, dated and with its source."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from agentgen.render.targets import load_targets
from agentgen.report.targets_text import Listed, targets_text
from agentgen.workspace import bundled

from .conftest import Run


def some_target() -> str:
    """The name of a target that comes with agentgen."""
    return sorted(path.parent.name for path in bundled("templates").glob("*/target.yaml"))[0]


def test_all_targets_are_listed_with_their_file_and_date(run: Run, folder: Path) -> None:
    """In a folder without workspace, all come from the package."""
    shown = run("targets")
    names = [path.parent.name for path in bundled("templates").glob("*/target.yaml")]
    assert shown.code == 0
    for name in names:
        assert any(line.startswith(name) and line.endswith("package") for line in shown.out.splitlines()), name


def test_one_target_is_shown_in_full(run: Run, folder: Path) -> None:
    """Every canonical field has a line, and the sources are named."""
    shown = run("targets", some_target())
    for word in ("name", "description", "tools", "effort", "color", "source", "checked"):
        assert any(line.startswith(word) for line in shown.out.splitlines()), word


def test_a_workspace_may_replace_a_target(run: Run, workspace: Path) -> None:
    """Its own folder of that name wins, and the list says so; the others still come from the package."""
    name = some_target()
    shutil.copytree(bundled("templates") / name, workspace / "templates" / name)
    rows = {line.split()[0]: line.split()[-1] for line in run("targets").out.splitlines()[1:] if line}
    assert rows[name] == "workspace"
    assert "package" in rows.values()


def test_an_unknown_target_suggests_a_known_one(run: Run, folder: Path) -> None:
    """A typing error ends with 2 and the name that was meant."""
    shown = run("targets", some_target() + "x")
    assert shown.code == 2
    assert f"did you mean {some_target()}" in shown.err


def test_targets_as_json(run: Run, folder: Path) -> None:
    """Every fact that the target's file states, and where it was found."""
    data = json.loads(run("targets", some_target(), "--format", "json").out)
    assert data["schema"] == "agentgen.targets/1"
    (target,) = data["targets"]
    assert (target["name"], target["from"]) == (some_target(), "package")
    assert target["fields"]["name"]


def test_in_a_pipe_each_target_has_one_whole_line(run: Run, folder: Path) -> None:
    """No name and no path is cut or wrapped: the list can be searched and cut into fields."""
    targets = json.loads(run("targets", "--format", "json").out)["targets"]
    lines = run("targets").out.splitlines()
    for target in targets:
        (line,) = [line for line in lines if line.split()[:1] == [target["name"]]]
        assert target["title"] in line
        assert target["path"] in line


def test_what_only_third_parties_know_is_marked_experimental(run: Run, folder: Path) -> None:
    """In the list, in JSON and where one target is shown: confidence C, and no other."""
    targets = json.loads(run("targets", "--format", "json").out)["targets"]
    marked = {line.split()[0] for line in run("targets").out.splitlines()[1:-3] if "(experimental)" in line}
    third_hand = {target["name"] for target in targets if target["confidence"] == "C"}
    assert third_hand == marked == {target["name"] for target in targets if target["experimental"]}
    assert third_hand
    for target in targets:
        assert ("experimental" in run("targets", target["name"]).out) is target["experimental"]


def test_a_narrow_screen_leaves_columns_out_before_it_squeezes_names(folder: Path) -> None:
    """Words of a tool's name are never broken, down to 80 columns."""
    targets = load_targets([bundled("templates")])
    shown = targets_text([Listed(target, "package") for target in targets], width=80)
    words = {word for target in targets for word in target.title.split() if len(word) <= 12}
    assert words <= set(shown.split())
    assert max(map(len, shown.splitlines())) <= 80


def test_keys_that_take_capabilities_away_are_shown(run: Run, folder: Path) -> None:
    """With what they take away, and whether the tool obeys them."""
    for target in json.loads(run("targets", "--format", "json").out)["targets"]:
        shown = " ".join(run("targets", target["name"]).out.split()) if target["limits"] else ""
        for limit in target["limits"]:
            assert f"{limit['key']}: " in shown
            assert ("does not hold" in shown) is not limit["holds"]
