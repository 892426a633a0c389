"""Several workspaces in one repository, and several profiles in one workspace."""

from __future__ import annotations

from pathlib import Path

import pytest

from .agents import LEFT, two_variants, write
from .conftest import Run
from .test_render import HOLDS, rendered

TARGETS = f'targets = ["{HOLDS[0]}"]\n'


@pytest.fixture
def services(folder: Path) -> Path:
    """A folder with two workspaces below `services/`, listed in its settings; no workspace itself."""
    for name in ("one", "two"):
        two_variants(folder / "services" / name, f"reviewer-{name}")
    (folder / "services" / "none").mkdir()
    (folder / "agentgen.toml").write_text(f'workspaces = ["services/*"]\n{TARGETS}', "utf-8")
    return folder


def test_build_and_check_go_through_every_workspace_that_is_listed(run: Run, services: Path) -> None:
    """In the order of their paths, each under its name and with the settings above it; a drift anywhere ends with 1."""
    built = run("build")
    assert built.code == 0
    assert built.out.index("workspace services/one\n") < built.out.index("workspace services/two\n")
    for name in ("one", "two"):
        files = rendered(services / "services" / name / "dist")
        assert [path.split("/")[0] for path in files] == [HOLDS[0]]
    assert run("render", "--check").code == 0
    profile = services / "services" / "one" / "profiles" / "reviewer-one" / "profile.yaml"
    profile.write_text(profile.read_text("utf-8").replace("stay short", "stay tiny"), "utf-8")
    checked = run("render", "--check")
    assert checked.code == 1
    assert f"~ update services/one/dist/{HOLDS[0]}/" in checked.out
    assert "services/two/dist" not in checked.out


def test_a_workspace_with_settings_of_its_own_follows_these(run: Run, services: Path) -> None:
    """The same from the top and from inside."""
    (services / "services/two/agentgen.toml").write_text(f'targets = ["{HOLDS[1]}"]\n', "utf-8")
    assert run("build").code == 0
    one, two = (
        {path.split("/")[0] for path in rendered(services / f"services/{name}/dist")} for name in ("one", "two")
    )
    assert (one, two) == ({HOLDS[0]}, {HOLDS[1]})
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(services / "services" / "one")
        inside = run("render", "--check")
    assert (inside.code, inside.out) == (0, "")


def test_a_workspace_that_lists_others_comes_first(run: Run, services: Path) -> None:
    """It may have profiles too; a name then means one of its own."""
    two_variants(services, "top")
    built = run("build")
    assert built.code == 0
    assert built.out.startswith("workspace .\n")
    assert rendered(services / "dist")
    only = run("render", "top")
    assert "workspace" not in only.out


def test_mistakes_in_all_workspaces_are_told_at_once(run: Run, services: Path) -> None:
    """One that is broken keeps none of the others from being rendered."""
    assert run("build").code == 0
    (services / "services/one/profiles/reviewer-one/profile.yaml").write_text("a: [", "utf-8")
    (services / "services/two/profiles/reviewer-two/profile.yaml").unlink()
    shown = run("render")
    assert shown.code == 2
    assert "services/one/profiles/reviewer-one/profile.yaml:" in shown.err
    assert "services/two/profiles/reviewer-two/profile.yaml: error: there is no profile yet" in shown.err


def test_what_makes_sense_in_one_workspace_only_is_refused_for_several(run: Run, services: Path) -> None:
    """A name, one JSON document, one folder to write to."""
    named = run("render", "reviewer-one")
    assert (named.code, "go into the workspace that has it" in named.err) == (2, True)
    several = run("render", "--format", "json", "--out", "x")
    assert several.code == 2
    for option in ("--format", "--out"):
        assert f"{option} is about one workspace" in several.err
    assert "services/one, services/two" in several.err


@pytest.mark.parametrize("pattern", ["nosuch/*", "services", "a**", ".", "services/none", "*/" * 1500])
def test_a_pattern_that_fits_no_workspace_is_told_with_its_place(run: Run, services: Path, pattern: str) -> None:
    """A workspace that moved must not be left out without a word."""
    (services / "agentgen.toml").write_text(f'workspaces = ["services/*", "{pattern}"]\n', "utf-8")
    shown = run("build")
    assert (shown.code, shown.out) == (2, "")
    assert f"agentgen.toml:1:29: error: no workspace fits '{pattern}'" in shown.err


def test_a_link_out_of_the_folder_is_not_followed(run: Run, services: Path, tmp_path: Path) -> None:
    """A repository may be a stranger's: nothing outside it is merged or written."""
    two_variants(tmp_path / "outside", "reviewer")
    (services / "services" / "away").symlink_to(tmp_path / "outside")
    assert run("build").code == 0
    assert not (tmp_path / "outside" / "dist").exists()


# -- names of agents -------------------------------------------------------------------------------------------


@pytest.fixture
def twins(run: Run, workspace: Path) -> Path:
    """Two profiles whose agent has one name, rendered for nothing yet."""
    for profile in ("first", "second"):
        write(workspace / "profiles" / profile / "variants", left=LEFT)
    assert run("merge", "--quiet").code == 0
    (workspace / "agentgen.toml").write_text(TARGETS, "utf-8")
    return workspace


@pytest.mark.parametrize("command", [["render"], ["render", "first"], ["render", "second", "--check"], ["build"]])
def test_two_profiles_of_one_agent_are_refused_before_anything_is_written(
    run: Run, twins: Path, command: list[str]
) -> None:
    """Each would take the other's file; the message names both, the lines, and what to do."""
    shown = run(*command)
    assert shown.code == 2
    line = (twins / "profiles/second/profile.yaml").read_text("utf-8").split("\n").index("name: reviewer") + 1
    assert f"profiles/second/profile.yaml:{line}:7: error: the profiles first and second both write" in shown.err
    assert "give one of them another `name:`, here or in profiles/first/profile.yaml" in shown.err
    assert not (twins / "dist").exists()


@pytest.mark.parametrize("place", ["--out", "--install"])
def test_one_of_them_can_be_written_to_a_place_of_its_own(run: Run, twins: Path, tmp_path: Path, place: str) -> None:
    """Where the other is not written; both together are refused there as well."""
    assert run("render", "second", place, tmp_path / "away").code == 0
    assert len(list((tmp_path / "away").rglob("reviewer.*"))) == 1
    assert run("render", place, tmp_path / "both").code == 2
    assert not (tmp_path / "both").exists()


@pytest.mark.parametrize("spelled", ['"reviewer"', "'reviewer'  # the same", "reviewer"])
def test_the_name_is_found_however_it_is_written(run: Run, twins: Path, spelled: str) -> None:
    """In a profile that is not rendered as well: it is not loaded for this."""
    path = twins / "profiles" / "second" / "profile.yaml"
    path.write_text(path.read_text("utf-8").replace("name: reviewer", f"name: {spelled}"), "utf-8")
    assert run("render", "first").code == 2
    path.write_text(path.read_text("utf-8").replace(f"name: {spelled}", "name: other"), "utf-8")
    assert run("render", "first").code == 0


def test_a_profile_that_was_not_merged_yet_is_in_nobodys_way(run: Run, twins: Path) -> None:
    """It has no name."""
    (twins / "profiles" / "second" / "profile.yaml").unlink()
    assert run("render", "first").code == 0


@pytest.mark.parametrize("command", [("diff",), ("merge",), ("blame", "x.md"), ("absorb", "x.md")])
def test_what_is_about_one_workspace_names_those_that_are_listed(
    run: Run, services: Path, command: tuple[str, ...]
) -> None:
    """A folder that lists workspaces is no place to make one more."""
    (services / "x.md").write_text("# X\n", "utf-8")
    shown = run(*command)
    assert shown.code == 2
    assert "go into one of the workspaces that agentgen.toml lists: services/one, services/two" in shown.err
