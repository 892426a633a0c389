"""`agentgen merge`: profile, recipe and lock; the recipe decides; hand edits are never undone unasked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .agents import LEFT, RIGHT, two_variants, write
from .conftest import Run

FILES = ("profile.lock.yaml", "profile.yaml", "recipe.yaml")


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of what merge wrote."""
    return {name: (folder / name).read_bytes() for name in FILES}


def test_a_first_merge_proposes_a_recipe_and_writes_all_three(run: Run, workspace: Path) -> None:
    """Every statement once, the alternatives as comments, and the schemas for editors beside the profiles."""
    profile = two_variants(workspace)
    shown = run("merge", "reviewer")
    assert shown.code == 0
    for name in FILES:
        assert f"create profiles/reviewer/{name}" in shown.out
    text = (profile / "profile.yaml").read_text("utf-8")
    assert text.count("Check that every input is validated at the boundary") == 1
    for statement in ("Secrets never stand", "Every login attempt", "Functions stay short", "A change comes with"):
        assert statement in text
    assert (workspace / "profiles/profile.schema.json").is_file()
    assert (workspace / "profiles/recipe.schema.json").is_file()


def test_the_same_variants_and_recipe_give_the_same_bytes(run: Run, workspace: Path) -> None:
    """A second merge changes nothing and says so; a merge from the recipe alone gives the profile again."""
    profile = two_variants(workspace)
    run("merge", "reviewer")
    before = contents(profile)
    assert "= 3 unchanged in profiles/reviewer" in run("merge").out
    assert contents(profile) == before
    (profile / "profile.yaml").unlink()
    (profile / "profile.lock.yaml").unlink()
    run("merge", "reviewer")
    assert contents(profile) == before


def test_the_recipe_decides(run: Run, workspace: Path) -> None:
    """A topic that it drops is gone from the profile, and the recipe's own bytes stay."""
    profile = two_variants(workspace)
    run("merge", "reviewer")
    recipe = (profile / "recipe.yaml").read_text("utf-8")
    edited = recipe.replace("  - id: style\n", "  - id: style\n    drop: true\n", 1)
    assert edited != recipe
    (profile / "recipe.yaml").write_text(edited, "utf-8")
    assert run("merge", "reviewer").code == 0
    assert "Functions stay short" not in (profile / "profile.yaml").read_text("utf-8")
    assert (profile / "recipe.yaml").read_text("utf-8") == edited


def edit(path: Path, old: str, new: str) -> None:
    """Change a file by hand."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_an_edit_by_hand_is_kept_and_said(run: Run, workspace: Path) -> None:
    """Together with what a variant changed elsewhere; the option that throws it away is named and works."""
    profile = two_variants(workspace)
    run("merge", "reviewer")
    edit(profile / "profile.yaml", "Functions stay short", "Functions stay tiny")
    edit(profile / "variants/right.md", "Every login attempt is logged", "Every login is logged")
    shown = run("merge", "reviewer")
    assert shown.code == 0
    assert "edits by hand in profile.yaml: kept (--discard-edits throws them away)" in shown.out
    text = (profile / "profile.yaml").read_text("utf-8")
    assert "Functions stay tiny" in text
    assert "Every login is logged" in text
    assert run("merge", "reviewer", "--discard-edits").code == 0
    assert "Functions stay short" in (profile / "profile.yaml").read_text("utf-8")


def test_a_hand_and_a_variant_that_changed_the_same_are_a_conflict(run: Run, workspace: Path) -> None:
    """The hand's text holds, both are shown, and --strict ends with 1."""
    profile = two_variants(workspace)
    run("merge", "reviewer")
    edit(profile / "profile.yaml", "Functions stay short", "Functions stay tiny")
    edit(profile / "variants/left.md", "Functions stay short", "Functions stay below ten lines")
    shown = run("merge", "reviewer", "--strict")
    assert shown.code == 1
    assert "edited by hand and changed by the merge: sections/style" in shown.out
    assert "Functions stay tiny" in (profile / "profile.yaml").read_text("utf-8")
    data = json.loads(run("merge", "reviewer", "--format", "json").out)["profiles"][0]
    assert data["edited"]
    assert [one["place"] for one in data["hands"]] == ["sections/style"]


def test_a_profile_that_no_merge_wrote_is_never_overwritten(run: Run, workspace: Path) -> None:
    """Nothing says what a hand did in it: it stops, names the option, and writes nothing."""
    profile = two_variants(workspace)
    text = "agentgen: 1\nname: reviewer\ndescription: Mine\nrole: You are mine.\n"
    (profile / "profile.yaml").write_text(text, "utf-8")
    shown = run("merge", "reviewer")
    assert shown.code == 2
    assert "profiles/reviewer/profile.yaml: error: this profile is not what the merge makes" in shown.err
    assert "--discard-edits" in shown.err
    assert (profile / "profile.yaml").read_text("utf-8") == text
    assert not (profile / "recipe.yaml").exists()


def test_a_decision_whose_input_changed_is_shown_until_it_is_accepted(run: Run, workspace: Path) -> None:
    """With what went and what came; --accept makes it hold for the new input."""
    profile = two_variants(workspace)
    run("merge", "reviewer")
    edit(profile / "variants/right.md", "Every login attempt is logged", "Every login is logged")
    shown = run("merge", "reviewer", "--strict")
    assert shown.code == 1
    assert "'right' changed since 'topics/security' was decided" in shown.err
    assert "--accept topics/security" in shown.err
    assert "was decided" not in run("merge", "reviewer", "--accept", "topics/security").err


def test_a_new_variant_beside_the_recipe_is_taken_in(run: Run, workspace: Path) -> None:
    """Its sections are decided as a first recipe would, and each is said."""
    profile = two_variants(workspace)
    run("merge", "reviewer")
    write(
        profile / "variants", third=LEFT.replace("## Style", "## Naming").replace("Functions stay short", "Names tell")
    )
    shown = run("merge", "reviewer")
    assert "the variant 'third' is new" in shown.err
    assert "Names tell" in (profile / "profile.yaml").read_text("utf-8")


def test_comments_in_a_profile_are_no_edit_and_survive(run: Run, workspace: Path) -> None:
    """What a person wrote beside the values stays."""
    profile = two_variants(workspace)
    run("merge", "reviewer")
    path = profile / "profile.yaml"
    path.write_text("# ours since 2024\n" + path.read_text("utf-8"), "utf-8")
    assert run("merge", "reviewer").code == 0
    assert path.read_text("utf-8").startswith("# ours since 2024\n")


def test_a_file_that_the_recipe_lists_must_be_given(run: Run, folder: Path) -> None:
    """Merging other files into the same folder names it, and changes nothing."""
    for name in ("one", "two", "three"):
        (folder / f"{name}.md").write_text(f"---\nname: {name}\ndescription: d\n---\n\nDo {name}.\n")
    assert run("merge", "one.md", "two.md", "--out", "merged").code == 0
    before = (folder / "merged" / "recipe.yaml").read_bytes()
    shown = run("merge", "one.md", "three.md", "--out", "merged")
    assert shown.code == 2
    assert "merged/recipe.yaml: error: lists ../two.md, which is not given" in shown.err
    assert (folder / "merged" / "recipe.yaml").read_bytes() == before


def test_lists_in_another_order_are_one_side_of_a_conflict(run: Run, workspace: Path) -> None:
    """Two files allow the same tools, the third allows all."""
    profile = two_variants(workspace)
    agent = "---\nname: reviewer\ndescription: Reviews changes\n{}---\n\nReview the change.\n"
    lists = {"left": "tools: Read, Grep\n", "right": "tools: Grep, Read\n", "third": ""}
    write(profile / "variants", **{name: agent.format(tools) for name, tools in lists.items()})
    said = run("merge", "reviewer").out
    assert "tools: Read, Grep (left, right) against unrestricted: no list of tools (third)\n" in said


def test_open_conflicts_are_listed_and_strict_ends_with_1(run: Run, workspace: Path) -> None:
    """Each with both sides, the one that holds first; in JSON too."""
    profile = two_variants(workspace)
    write(profile / "variants", right=RIGHT.replace("tools:", "color: blue\ntools:"))
    shown = run("merge", "reviewer")
    assert shown.code == 0
    assert "color: red (left) against blue (right)" in shown.out
    assert run("merge", "reviewer", "--strict").code == 1
    data = json.loads(run("merge", "reviewer", "--format", "json").out)
    assert data["schema"] == "agentgen.merge/1"
    assert "color" in [conflict["subject"] for conflict in data["profiles"][0]["conflicts"]]


def test_more_tools_than_a_variant_allowed_are_named(run: Run, workspace: Path) -> None:
    """By variant, tool by tool."""
    two_variants(workspace)
    assert "more than left allows (tools): Bash" in run("merge", "reviewer").out


def test_files_are_merged_without_a_workspace(run: Run, folder: Path) -> None:
    """Into the folder given; the recipe finds them again from there, also by another order."""
    write(folder / "src", left=LEFT, right=RIGHT)
    assert run("merge", "src/left.md", "src/right.md", "--out", "out").code == 0
    before = contents(folder / "out")
    assert b'path: "../src/left.md"' in before["recipe.yaml"]
    assert run("merge", "src/right.md", "src/left.md", "--out", "out").code == 0
    assert contents(folder / "out") == before


def test_files_need_a_place(run: Run, folder: Path) -> None:
    """And profiles of the workspace have theirs."""
    write(folder, left=LEFT, right=RIGHT)
    assert "--out DIR" in run("merge", "left.md", "right.md").err
    two_variants(folder)
    assert "--out is for files" in run("merge", "reviewer", "--out", "x").err


@pytest.mark.parametrize(
    ("strategy", "has", "lacks"),
    [
        ("union", ["Functions stay short", "A change comes with"], []),
        ("base=right", ["A change comes with"], ["Functions stay short", "Secrets never"]),
        ("consensus=2", ["validated at the boundary"], ["Functions stay short", "A change comes with"]),
    ],
)
def test_a_first_recipe_follows_a_strategy(
    run: Run, workspace: Path, strategy: str, has: list[str], lacks: list[str]
) -> None:
    """Everything once, what one variant has, or what several say."""
    profile = two_variants(workspace)
    assert run("merge", "reviewer", "--strategy", strategy).code == 0
    text = (profile / "profile.yaml").read_text("utf-8")
    assert [part for part in has if part not in text] == []
    assert [part for part in lacks if part in text] == []


@pytest.mark.parametrize("strategy", ["best", "base=nobody", "base", "consensus=few", "union=1"])
def test_an_unknown_strategy_is_answered_with_those_that_there_are(run: Run, workspace: Path, strategy: str) -> None:
    """With the ids that `base=` can name."""
    two_variants(workspace)
    shown = run("merge", "reviewer", "--strategy", strategy)
    assert shown.code == 2
    assert "base=ID (one of left, right)" in shown.err


def test_every_mistake_in_a_recipe_is_named_with_its_place(run: Run, workspace: Path) -> None:
    """File, line and column, and the name that was meant."""
    profile = two_variants(workspace)
    run("merge", "reviewer")
    recipe = (profile / "recipe.yaml").read_text("utf-8")
    (profile / "recipe.yaml").write_text(recipe.replace("precedence:", "presedence:"), "utf-8")
    shown = run("merge", "reviewer")
    assert shown.code == 2
    assert "profiles/reviewer/recipe.yaml:" in shown.err
    assert "precedence" in shown.err


def test_a_single_variant_can_be_merged(run: Run, workspace: Path) -> None:
    """One file is a profile as well."""
    write(workspace / "profiles/reviewer/variants", left=LEFT)
    assert run("merge", "reviewer").code == 0
    assert "Functions stay short" in (workspace / "profiles/reviewer/profile.yaml").read_text("utf-8")


def test_a_missing_variant_is_named(run: Run, workspace: Path) -> None:
    """Nothing is merged from half of the variants."""
    profile = two_variants(workspace)
    run("merge", "reviewer")
    (profile / "variants/left.md").unlink()
    shown = run("merge", "reviewer")
    assert shown.code == 2
    assert "profiles/reviewer/variants/left.md: error: no such file" in shown.err


def test_quiet_merges_show_nothing_but_errors(run: Run, workspace: Path) -> None:
    """Nothing on either stream."""
    two_variants(workspace)
    shown = run("merge", "--quiet")
    assert (shown.code, shown.out, shown.err) == (0, "", "")


def test_an_unknown_profile_is_taken_for_a_file(run: Run, workspace: Path) -> None:
    """The message speaks of both."""
    two_variants(workspace)
    shown = run("diff", "reviwer")
    assert shown.code == 2
    assert "did you mean the profile reviewer?" in shown.err
    shutil.rmtree(workspace / "profiles/reviewer")
    assert "no such file" in run("diff", "reviwer").err
