"""Slips on the command line: a name, a place or a number that cannot be meant is told, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from .agents import LEFT, RIGHT, two_variants, write
from .conftest import Run


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("command", ["merge", "diff"])
def test_a_name_that_is_no_profile_and_no_file_is_told_with_the_profiles(
    run: Run, workspace: Path, command: str
) -> None:
    """Not as a file that is missing, nor as files that want a place."""
    two_variants(workspace)
    ran = run(command, "gardener")
    assert ran.code == 2
    assert "gardener: error: neither a profile nor a file" in ran.err
    assert "profiles here: reviewer" in ran.err
    assert "--out" not in ran.err


def test_a_file_that_is_missing_comes_before_the_place_for_the_profile(run: Run, folder: Path) -> None:
    """A mistyped path wants no --out."""
    ran = run("merge", "lef.md")
    assert (ran.code, "lef.md: error: no such file" in ran.err, "--out" in ran.err) == (2, True, False)


@pytest.mark.parametrize("option", ["--out", "--ledger"])
def test_converting_does_not_write_over_its_input(run: Run, folder: Path, option: str) -> None:
    """By the path itself, and by a link to it."""
    (file,) = write(folder, left=LEFT)
    (folder / "link.md").symlink_to(file)
    for place in ("left.md", "./link.md"):
        ran = run("convert", file, "--to", "droid", option, place)
        assert ran.code == 2
        assert f"FILE and {option} are the same file" in ran.err
    assert file.read_text("utf-8") == LEFT


def test_a_converted_file_and_its_ledger_need_two_places(run: Run, folder: Path) -> None:
    (file,) = write(folder, left=LEFT)
    ran = run("convert", file, "--to", "droid", "--out", "one", "--ledger", "one")
    assert (ran.code, "--out and --ledger are the same file" in ran.err) == (2, True)
    assert not (folder / "one").exists()


@pytest.mark.parametrize("place", ["merged.md", "there"])
def test_a_profile_of_files_goes_into_a_folder(run: Run, folder: Path, place: str) -> None:
    """A file that is there, or a name that reads like a file's, is refused."""
    files = write(folder, left=LEFT, right=RIGHT)
    (folder / "there").write_text("mine")
    ran = run("merge", *files, "--out", place)
    assert (ran.code, f"{place}: error: --out is no folder" in ran.err) == (2, True)
    assert (folder / "there").read_text() == "mine"


@pytest.mark.parametrize("strategy", ["consensus=0", "consensus=3", "consensus=99", "base=middle", "best"])
def test_a_strategy_that_no_merge_can_follow_is_refused(run: Run, workspace: Path, strategy: str) -> None:
    """Two variants cannot agree three times."""
    profile = two_variants(workspace)
    ran = run("merge", "reviewer", "--strategy", strategy)
    assert (ran.code, f"no strategy '{strategy}'" in ran.err, "N from 1 to 2" in ran.err) == (2, True, True)
    assert not (profile / "profile.yaml").exists()


def test_a_strategy_beside_a_recipe_is_told_to_do_nothing(run: Run, workspace: Path) -> None:
    """The recipe decides; the option is for a first one."""
    two_variants(workspace)
    assert "changed nothing" not in run("merge", "reviewer", "--strategy", "consensus").err
    before = contents(workspace)
    ran = run("merge", "reviewer", "--strategy", "base=left")
    assert (ran.code, "--strategy base=left changed nothing" in ran.err) == (0, True)
    assert contents(workspace) == before


def test_only_a_decision_that_is_there_can_be_accepted(run: Run, workspace: Path) -> None:
    """The nearest name is offered; nothing is written."""
    two_variants(workspace)
    assert "the recipe has no such decision" in run("merge", "reviewer", "--accept", "topics/security").err
    run("merge", "reviewer")
    before = contents(workspace)
    ran = run("merge", "reviewer", "--accept", "topics/securty", "--accept", "security")
    assert ran.code == 2
    assert "--accept topics/securty: the recipe has no such decision" in ran.err
    assert "did you mean topics/security?" in ran.err
    assert "--accept security:" not in ran.err
    assert contents(workspace) == before
    assert run("merge", "reviewer", "--accept", "all").code == 0


def test_a_decision_is_accepted_in_one_profile(run: Run, workspace: Path) -> None:
    """With several it does not say whose it is; `all` means every one."""
    two_variants(workspace)
    two_variants(workspace, "other")
    run("merge")
    ran = run("merge", "--accept", "topics/security")
    assert (ran.code, "--accept is about one profile" in ran.err) == (2, True)
    assert run("merge", "--accept", "all").code == 0


def test_a_lock_that_cannot_be_read_is_no_file_to_mend(run: Run, workspace: Path) -> None:
    """Nobody writes it by hand, so the advice is not about quotes."""
    profile = two_variants(workspace)
    run("merge", "reviewer")
    (profile / "profile.lock.yaml").write_text("agentgen: [")
    ran = run("merge", "reviewer")
    assert (ran.code, "remove it and merge again" in ran.err, "quotes" in ran.err) == (2, True, False)


@pytest.mark.parametrize("command", ["merge", "diff"])
def test_a_folder_in_the_recipes_place_is_told(run: Run, workspace: Path, command: str) -> None:
    """It is not taken for a profile without a recipe."""
    profile = two_variants(workspace)
    (profile / "recipe.yaml").mkdir()
    ran = run(command, "reviewer")
    assert (ran.code, "recipe.yaml: error:" in ran.err) == (2, True)


def test_one_of_a_thing_is_not_many(run: Run, folder: Path) -> None:
    """`1 section`, `1 item`."""
    files = write(folder, one="# Agent\n", two="# Agent\n\n- Say so\n")
    ran = run("diff", *files, "--stat")
    assert "1 section, 0 items" in ran.out
    assert "1 section, 1 item" in ran.out
    assert "1 section\n" in run("merge", *files, "--out", "merged").out


@pytest.mark.parametrize("command", [["diff"], ["merge", "--out", "o"], ["convert", "--to", "droid"]])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# A\n\n" * 10_001, "10001 sections; at most 10000"),
        ("- item\n" * 4_001, "4001 items; at most 4000"),
        ("word " * 60_000 + "x", "300001 characters; at most 300000"),
        ("- of a list\n" * 40_000, "40000 items; at most 4000, 480000 characters; at most 300000"),
    ],
)
def test_more_than_an_agent_can_have_is_refused(
    run: Run, folder: Path, command: list[str], text: str, said: str
) -> None:
    """With each limit that is passed; reading alone goes on."""
    files = write(folder, many=text)
    others = write(folder, other=RIGHT) if command[0] != "convert" else []
    ran = run(*command, *files, *others)
    assert (ran.code, f"many.md: error: {said} are compared or merged" in ran.err) == (2, True)
    assert run("outline", *files).code == 0
