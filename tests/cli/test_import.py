"""`agentgen import`: agent files become variants, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .agents import LEFT, RIGHT, write
from .conftest import Run

ODD = b"\xef\xbb\xbf---\r\nname: odd\r\ndescription: Use it: always\r\n---\r\n\r\nText \xff\t\r\n"


def test_files_become_variants_with_their_bytes_unchanged(run: Run, workspace: Path) -> None:
    """A BOM, CR LF, tabs, stray bytes and the repaired frontmatter all stay; the extension need not be `.md`."""
    (workspace / "001_Odd One.txt").write_bytes(ODD)
    shown = run("import", "001_Odd One.txt", "--profile", "mine")
    assert shown.code == 0
    assert (workspace / "profiles/mine/variants/001-odd-one.md").read_bytes() == ODD
    assert "profiles/mine/variants/001-odd-one.md" in shown.out


def test_every_repair_is_named_with_its_place(run: Run, workspace: Path) -> None:
    """What had to be read otherwise than it stands is said at once."""
    (workspace / "odd.md").write_bytes(ODD)
    shown = run("import", "odd.md", "--profile", "mine")
    assert "odd.md:3:20: error: `description` holds `: ` without quotes" in shown.err
    assert "encoding-not-utf8" in shown.err


def test_without_a_workspace_the_current_folder_becomes_one(run: Run, folder: Path) -> None:
    """An empty folder is enough to begin with."""
    write(folder, reviewer=LEFT)
    assert run("import", "reviewer.md", "--profile", "mine").code == 0
    assert (folder / "profiles/mine/variants/reviewer.md").is_file()


def test_files_of_one_name_get_ids_from_their_folders(run: Run, workspace: Path) -> None:
    """Agents often have the same file name in several tools' folders."""
    write(workspace / "one", reviewer=LEFT)
    write(workspace / "two", reviewer=RIGHT)
    run("import", "two/reviewer.md", "one/reviewer.md", "--profile", "mine")
    names = sorted(path.name for path in (workspace / "profiles/mine/variants").iterdir())
    assert names == ["one-reviewer.md", "two-reviewer.md"]


def test_an_id_can_be_given(run: Run, workspace: Path) -> None:
    """With `--as`, for one file."""
    write(workspace, a=LEFT, b=RIGHT)
    assert run("import", "a.md", "--profile", "mine", "--as", "team").code == 0
    assert (workspace / "profiles/mine/variants/team.md").is_file()
    assert run("import", "a.md", "b.md", "--profile", "mine", "--as", "team").code == 2
    assert "'../up' cannot be the name of a variant" in run("import", "a.md", "--profile", "m", "--as", "../up").err


def test_a_different_variant_is_never_overwritten_unasked(run: Run, workspace: Path) -> None:
    """The same bytes again are fine; other bytes need --replace or another id, and both are named."""
    write(workspace, a=LEFT)
    write(workspace / "new", a=RIGHT)
    place = workspace / "profiles/mine/variants/a.md"
    assert run("import", "a.md", "--profile", "mine").code == 0
    assert run("import", "a.md", "--profile", "mine").code == 0
    refused = run("import", "new/a.md", "--profile", "mine")
    assert refused.code == 2
    assert "--as ID" in refused.err
    assert "--replace" in refused.err
    assert place.read_text("utf-8") == LEFT
    assert run("import", "new/a.md", "--profile", "mine", "--replace").code == 0
    assert place.read_text("utf-8") == RIGHT


def test_nothing_is_taken_in_where_one_file_is_wrong(run: Run, workspace: Path) -> None:
    """All mistakes are named, and no half of an import stays behind."""
    write(workspace, a=LEFT)
    shown = run("import", "a.md", "missing.md", "gone.md", "--profile", "mine")
    assert shown.code == 2
    assert "missing.md: error: no such file" in shown.err
    assert "gone.md: error: no such file" in shown.err
    assert not (workspace / "profiles/mine").exists()


def test_a_file_given_twice_is_named(run: Run, workspace: Path) -> None:
    """Also under two spellings of its path."""
    write(workspace, a=LEFT)
    assert "is given twice" in run("import", "a.md", "./a.md", "--profile", "mine").err


@pytest.mark.parametrize("name", ["../up", "/abs", "con", "A", "a/b"])
def test_a_profile_name_never_leaves_the_workspace(run: Run, workspace: Path, name: str) -> None:
    """Names that could be paths are refused before anything is written."""
    write(workspace, a=LEFT)
    assert run("import", "a.md", "--profile", name).code == 2
    assert list((workspace / "profiles").iterdir()) == []


def test_the_tool_that_somebody_names_is_remembered(run: Run, workspace: Path) -> None:
    """`--from` holds for later commands, until the recipe takes it over."""
    write(workspace, a="Say yes.\n")
    tool = json.loads(run("targets", "--format", "json").out)["targets"][1]["name"]
    assert run("import", "a.md", "--profile", "mine", "--from", tool).code == 0
    assert f"for {tool}" in run("import", "a.md", "--profile", "mine", "--from", tool).out
    assert run("merge", "mine").code == 0
    assert f"tool: {tool}" in (workspace / "profiles/mine/recipe.yaml").read_text("utf-8")


def test_an_unknown_tool_is_refused(run: Run, workspace: Path) -> None:
    """With the tools that there are."""
    write(workspace, a=LEFT)
    shown = run("import", "a.md", "--profile", "mine", "--from", "no-such-tool")
    assert shown.code == 2
    assert "no target 'no-such-tool'" in shown.err


@pytest.mark.parametrize(("tool", "severity"), [("claude-code", "warning"), ("gemini-cli", "error")])
def test_a_finding_is_as_bad_as_lint_says(run: Run, workspace: Path, tool: str, severity: str) -> None:
    """A tool that mends the value loses nothing; one that refuses the file loses the agent. Both commands say so."""
    path = workspace / "agent.md"
    path.write_text("---\nname: a-b\ndescription: Use when: x\n---\nYou are an agent.\n", "utf-8")
    taken_in = run("import", str(path), "--profile", "one", "--from", tool).err
    linted = run("lint", str(path), "--as", tool).out
    said = f"{severity}: `description` holds `: ` without quotes"
    assert said in taken_in
    assert said in linted


def test_a_file_that_tools_share_gives_the_agents_that_were_rendered_into_it(run: Run, workspace: Path) -> None:
    """Without what others wrote there, and under their names."""
    part = "<!-- agentgen: begin guard -->\nYou guard.\n<!-- agentgen: end guard -->\n"
    Path("AGENTS.md").write_text(f"# House rules\n\nBe kind.\n\n{part}", "utf-8")
    run("import", "AGENTS.md", "--profile", "house")
    (variant,) = (workspace / "profiles/house/variants").glob("*.md")
    assert variant.read_text("utf-8") == "---\nname: guard\n---\nYou guard.\n"
    run("merge", "house")
    run("render", "house", "--target", "agents-md")
    assert Path("dist/agents-md/AGENTS.md").read_text("utf-8") == part
