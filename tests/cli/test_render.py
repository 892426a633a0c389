"""`agentgen render` and `build`: files for every tool, a ledger of each loss, nothing written that widens."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from agentgen.render.spec import ToolStyle
from agentgen.render.targets import Targets, load_targets
from agentgen.workspace import bundled

from .agents import two_variants
from .conftest import Run


def known() -> Targets:
    return load_targets([bundled("templates")])


HOLDS = [target.name for target in known() if target.tools.restricts and target.tools.style is ToolStyle.NAMES][:3]
"""Targets whose files can limit an agent's tools."""

CANNOT = next(target.name for target in known() if target.tools.style is ToolStyle.NONE)
"""A target whose file cannot."""


@pytest.fixture
def merged(run: Run, workspace: Path) -> Path:
    """A workspace with one merged profile that is limited to a few tools."""
    two_variants(workspace)
    assert run("merge", "reviewer", "--quiet").code == 0
    return workspace


def rendered(folder: Path) -> dict[str, str]:
    """The files below a folder by their path, without the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".json"
    }


def test_each_target_gets_a_file_and_a_ledger(run: Run, merged: Path) -> None:
    """At the tool's own path below the target's folder; the ledger begins with its sums."""
    for name in HOLDS:
        shown = run("render", "reviewer", "--target", name)
        assert shown.code == 0
        assert f"reviewer → {name}" in shown.out
        assert " kept" in shown.out
        assert any(path.startswith(f"{name}/") for path in rendered(merged / "dist"))


def test_all_leaves_out_and_names_what_cannot_hold_the_restriction(run: Run, merged: Path) -> None:
    """Nobody asked for that tool by name, so it is no failure; with --strict it is."""
    shown = run("render", "--target", "all")
    assert shown.code == 0
    assert f"left out: {CANNOT}; the agent could do more there than `tools` allows" in shown.err
    assert not (merged / "dist" / CANNOT).exists()
    assert run("render", "--target", "all", "--strict").code == 1


def test_a_widening_that_was_asked_for_by_name_ends_with_1_and_writes_nothing(run: Run, merged: Path) -> None:
    """The message names the profile's line, the target, and both ways out."""
    shown = run("render", "--target", CANNOT)
    line = (merged / "profiles/reviewer/profile.yaml").read_text("utf-8").split("\n")
    place = next(at for at, text in enumerate(line, start=1) if text.startswith("tools:"))
    assert shown.code == 1
    assert f"profiles/reviewer/profile.yaml:{place}: error: not written for {CANNOT}" in shown.err
    assert "approve it by name in profiles/reviewer/recipe.yaml, below `approvals:`" in shown.err
    assert not (merged / "dist" / CANNOT).exists()


@pytest.mark.parametrize("way", ["narrower", "as it is"])
def test_the_ways_out_that_the_message_shows_work(run: Run, merged: Path, way: str) -> None:
    """Copied into the recipe, the lines let the file be written, and the ledger says so."""
    ways = run("render", "--target", CANNOT).err.split(f"  {way}:")[1].split("  as it is:")[0].splitlines()
    approvals = "".join(f"{line}\n" for line in ways if line.startswith("    - {"))
    recipe = merged / "profiles/reviewer/recipe.yaml"
    recipe.write_text(recipe.read_text("utf-8") + f"approvals:\n{approvals}", "utf-8")
    assert run("merge", "reviewer").code == 0
    shown = run("render", "--target", CANNOT)
    assert shown.code == 0
    assert "approved      the agent could do more there" in shown.out
    assert (merged / "dist" / CANNOT).is_dir()


def test_a_check_is_clean_after_a_render_and_shows_one_changed_word(run: Run, merged: Path) -> None:
    """One word of the profile is one removed and one added line a file; nothing is written."""
    target = HOLDS[0]
    run("render", "--target", target)
    clean = run("render", "--target", target, "--check")
    assert (clean.code, clean.out) == (0, "")
    profile = merged / "profiles/reviewer/profile.yaml"
    profile.write_text(profile.read_text("utf-8").replace("stay short", "stay tiny"), "utf-8")
    before = rendered(merged / "dist")
    shown = run("render", "--target", target, "--check")
    assert shown.code == 1
    changed = [line for line in shown.out.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ["-- Functions stay short", "+- Functions stay tiny"]
    assert f"~ update dist/{target}/" in shown.out
    assert rendered(merged / "dist") == before


def test_a_diff_shows_the_changes_only(run: Run, merged: Path) -> None:
    """Ready for a pager or a patch."""
    shown = run("render", "--target", HOLDS[0], "--diff")
    assert shown.code == 1
    assert shown.out.startswith("--- /dev/null\n+++ b/")
    assert not (merged / "dist").exists()


def test_rendering_twice_changes_nothing(run: Run, merged: Path) -> None:
    """Same profile, same bytes."""
    run("render")
    before = rendered(merged / "dist")
    assert before
    assert "unchanged in dist" in run("render").out
    assert rendered(merged / "dist") == before


def test_a_rendered_file_that_somebody_edited_is_not_overwritten(run: Run, merged: Path) -> None:
    """The message names the command that adopts the edit and the one that discards it."""
    target = HOLDS[0]
    run("render", "--target", target)
    path = next((merged / "dist" / target).rglob("*.md"))
    path.write_text("mine\n", "utf-8")
    shown = run("render", "--target", target)
    assert shown.code == 1
    assert "edited by hand" in shown.out
    assert "agentgen absorb" in shown.out
    assert path.read_text("utf-8") == "mine\n"
    assert run("render", "--target", target, "--force").code == 0
    assert path.read_text("utf-8") != "mine\n"


def test_out_and_install_choose_the_place(run: Run, merged: Path, tmp_path: Path) -> None:
    """`--out` another dist, `--install` a project, where the file stands at the tool's own path."""
    target = known()[HOLDS[0]]
    path = target.path.replace("{name}", "reviewer")
    run("render", "--target", target.name, "--out", tmp_path / "other")
    assert (tmp_path / "other" / target.name / path).is_file()
    run("render", "--target", target.name, "--install", tmp_path / "project")
    assert (tmp_path / "project" / path).is_file()
    assert not (merged / "dist").exists()


def test_strict_refuses_a_loss_that_nobody_approved(run: Run, merged: Path) -> None:
    """A dropped colour is enough; nothing is written."""
    loses = next(target.name for target in known() if target.name in HOLDS and target.fields["color"].key is None)
    assert run("render", "--target", loses).code == 0
    path = next((merged / "dist" / loses).rglob("*.md"))
    path.unlink()
    shown = run("render", "--target", loses, "--strict")
    assert shown.code == 1
    assert not path.exists()
    assert "+ create" not in shown.out
    assert "nothing was written" in shown.err


def test_strict_names_the_entries_that_approve_what_is_lost(run: Run, merged: Path) -> None:
    """Put into the recipe they end it; a check tells them as well."""
    loses = next(target.name for target in known() if target.name in HOLDS and target.fields["color"].key is None)
    assert run("render", "--target", loses).code == 0
    shown = run("render", "--target", loses, "--strict", "--check")
    assert shown.code == 1
    entries = [line.strip() for line in shown.err.splitlines() if line.strip().startswith("- {target:")]
    assert f"- {{target: {loses}, field: color, kind: drop, reason: …}}" in entries
    recipe = merged / "profiles" / "reviewer" / "recipe.yaml"
    recipe.write_text(
        recipe.read_text().replace("    open: true\n", "")
        + "approvals:\n"
        + "".join(f"  {entry}\n" for entry in entries)
    )
    assert run("merge", "reviewer").code == 0
    assert run("render", "--target", loses, "--strict").code == 0


def test_json_holds_every_ledger_and_every_change(run: Run, merged: Path) -> None:
    """Alone on standard output; entries balance with the sums."""
    shown = run("render", "--target", HOLDS[0], "--format", "json")
    data = json.loads(shown.out)
    assert shown.err == ""
    assert (data["schema"], data["written"]) == ("agentgen.render/1", True)
    (rendering,) = data["renderings"]
    assert sum(rendering["counts"].values()) == len(rendering["entries"])
    assert {entry["name"] for entry in rendering["entries"]} >= {"name", "description", "tools"}
    assert [change["action"] for change in data["changes"]] == ["create"]


def test_a_workspace_lists_its_tools(run: Run, merged: Path) -> None:
    """`agentgen.toml` says which targets are meant where none is named."""
    settings = merged / "agentgen.toml"
    settings.write_text(f'targets = ["{HOLDS[0]}"]\n', "utf-8")
    run("render")
    assert {path.split("/")[0] for path in rendered(merged / "dist")} == {HOLDS[0]}


def test_a_template_of_the_workspace_wins(run: Run, merged: Path) -> None:
    """A folder of two files adds a target; a mistake in its template names file and line."""
    made = merged / "templates" / "made-up"
    made.mkdir(parents=True)
    spec = (bundled("templates") / HOLDS[0] / "target.yaml").read_text("utf-8")
    lines = [line for line in spec.splitlines() if not line.startswith(("aliases:", "name:"))]
    (made / "target.yaml").write_text("\n".join([*lines, "name: made-up"]) + "\n", "utf-8")
    (made / "agent.j2").write_text("{{ body }}", "utf-8")
    run("render", "--target", "made-up", "--out", "elsewhere")
    (made / "agent.j2").write_text("ok\n{{ no_such_value }}\n", "utf-8")
    shown = run("render", "--target", "made-up")
    assert shown.code == 2
    assert "agent.j2:2" in shown.err


def test_a_profile_that_is_not_merged_yet_says_so(run: Run, workspace: Path) -> None:
    """With the command that makes it."""
    two_variants(workspace)
    assert "`agentgen merge reviewer` makes it from the variants" in run("render").err


def test_an_unknown_target_suggests_a_known_one(run: Run, merged: Path) -> None:
    """And ends with 2."""
    shown = run("render", "--target", HOLDS[0][:-1])
    assert shown.code == 2
    assert HOLDS[0] in shown.err


def test_build_merges_and_renders_the_whole_workspace(run: Run, workspace: Path) -> None:
    """Also a profile that was written by hand and has no variants."""
    two_variants(workspace)
    by_hand = workspace / "profiles/by-hand"
    by_hand.mkdir()
    (by_hand / "profile.yaml").write_text("agentgen: 1\nname: by-hand\ndescription: Helps\nrole: You help.\n", "utf-8")
    assert run("build").code == 0
    names = {Path(path).stem.split(".")[0] for path in rendered(workspace / "dist")}
    assert {"reviewer", "by-hand"} <= names
    assert run("render", "--check").code == 0


def test_build_stops_under_strict_where_a_conflict_is_open(run: Run, workspace: Path) -> None:
    """Nothing is rendered from what nobody decided."""
    two_variants(workspace)
    assert run("build", "--strict").code == 1
    assert not (workspace / "dist").exists()


def test_what_nobody_decided_is_listed_at_each_render(run: Run, workspace: Path) -> None:
    """In words and in JSON; `--strict` ends with 1. A decision ends it."""
    folder = two_variants(workspace)
    right = folder / "variants" / "right.md"
    right.write_text(right.read_text().replace("name: reviewer", "name: reviewer\ncolor: blue"))
    assert run("merge", "reviewer").code == 0
    shown = run("render", "reviewer", "--target", "droid")
    assert "open in the recipe (" in shown.err
    assert "color" in shown.err
    listed = json.loads(run("render", "reviewer", "--target", "droid", "--format", "json").out)["open_conflicts"]
    assert "color" in listed["reviewer"]
    assert run("render", "reviewer", "--target", "droid", "--strict").code == 1
    recipe = folder / "recipe.yaml"
    recipe.write_text("".join(line for line in recipe.read_text().splitlines(True) if line.strip() != "open: true"))
    assert run("merge", "reviewer").code == 0
    assert "open in the recipe" not in run("render", "reviewer", "--target", "droid").err


def test_what_is_open_is_told_wherever_the_recipe_says_it(run: Run, workspace: Path) -> None:
    """A conflict without a decision, and one that is marked; a word in a comment opens nothing."""
    two_variants(workspace)
    assert run("merge", "reviewer").code == 0
    recipe = workspace / "profiles" / "reviewer" / "recipe.yaml"
    before = recipe.read_text("utf-8")
    assert "1 open in the recipe (tools)" in run("render", "reviewer", "--target", "droid").err
    decided = before.replace("open: true", "open: false")
    recipe.write_text(f"# still open: nothing\n{decided}", "utf-8")
    assert "open" not in run("render", "reviewer", "--target", "droid").err
    recipe.write_text(f"{decided}\nconflicts:\n  - {{id: pace, subject: the pace}}\n", "utf-8")
    assert "the pace" in run("render", "reviewer", "--target", "droid").err


def test_the_mistakes_of_all_profiles_are_told_at_once(run: Run, workspace: Path) -> None:
    """Nobody mends one file to be told of the next."""
    for name in ("one", "two"):
        (workspace / "profiles" / name).mkdir(parents=True)
        (workspace / "profiles" / name / "profile.yaml").write_text("name: [", "utf-8")
    shown = run("render", "--target", "droid")
    assert shown.code == 2
    assert "one/profile.yaml" in shown.err
    assert "two/profile.yaml" in shown.err


STRANGE = """approvals:
- {target: universl, field: color, kind: drop}
- {target: copilot, field: color, kind: drop}
"""


def test_a_target_that_nobody_knows_is_named_with_its_place(run: Run, merged: Path) -> None:
    """In an approval and at a section, whichever targets are rendered; a name or alias of any target is no mistake."""
    profile = merged / "profiles" / "reviewer" / "profile.yaml"
    text = profile.read_text("utf-8")
    at = text.index("    body:")
    profile.write_text(f"{text[:at]}    targets: [{HOLDS[0]}, zoo-codes]\n{text[at:]}{STRANGE}", "utf-8")
    lines = profile.read_text("utf-8").split("\n")
    places = [next(n for n, line in enumerate(lines, start=1) if name in line) for name in ("zoo-codes", "universl")]
    for arguments in (("--target", HOLDS[0]), ("--target", "all")):
        shown = run("render", *arguments)
        found = [line for line in shown.err.splitlines() if "[target-unknown]" in line]
        assert [int(line.split(":")[1]) for line in found] == places
        assert "zoo-code" in found[0]
        assert "universal" in found[1]
        listed = json.loads(run("render", "--check", *arguments, "--format", "json").out)["findings"]
        assert [(each["code"], each["line"]) for each in listed] == [("target-unknown", place) for place in places]
    assert run("render", "--target", HOLDS[0], "--strict").code == 1
    assert "Findings in the profiles" in run("render", "--check", "--format", "markdown").out


def test_under_strict_a_target_that_nobody_knows_is_an_error(run: Run, merged: Path) -> None:
    """Also where nothing else is lost: what was meant for it is in no file."""
    profile = merged / "profiles" / "reviewer" / "profile.yaml"
    (profile.parent / "recipe.yaml").unlink()  # which leaves something open
    text = profile.read_text("utf-8")
    target = next(name for name in HOLDS if run("render", "--target", name, "--strict").code == 0)
    at = text.index("    body:")
    profile.write_text(f"{text[:at]}    targets: [{target}, nosuch]\n{text[at:]}", "utf-8")
    assert run("render", "--target", target).code == 0
    assert run("render", "--target", target, "--strict").code == 1


def test_all_tools_can_be_installed_though_some_share_a_place(run: Run, merged: Path, tmp_path: Path) -> None:
    """The first of them has it, another is named; who is asked for by name has its place."""
    project = tmp_path / "project"
    places: dict[str, list[str]] = {}
    for target in known():
        places.setdefault(target.path, []).append(target.name)
    (sharing,) = (names for names in places.values() if len(names) > 1)
    shown = run("render", "--install", project, "--target", "all")
    assert shown.code == 0
    assert f"left out: {sharing[-1]}; {sharing[0]} has its place, " in shown.err
    path = project / known()[sharing[0]].path.format(name="reviewer")
    assert path.read_bytes() == (rendered_file(run, merged, sharing[0])).read_bytes()
    named = run("render", "--install", project, "--target", "all", "--target", sharing[-1])
    assert f"left out: {sharing[0]}; {sharing[-1]} has its place" in named.err
    assert path.read_bytes() == (rendered_file(run, merged, sharing[-1])).read_bytes()


def rendered_file(run: Run, merged: Path, target: str) -> Path:
    """The file for one target in dist/."""
    assert run("render", "--target", target).code == 0
    return merged / "dist" / target / known()[target].path.format(name="reviewer")
