"""`agentgen diff`: 0 where agents say the same, 1 where they differ; every format; one topic in full."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from .agents import LEFT, RIGHT, two_variants, write
from .conftest import Run


def test_files_that_differ_end_with_1_and_equal_ones_with_0(run: Run, folder: Path) -> None:
    """Formatting alone is no difference."""
    write(folder, a=LEFT, b=RIGHT, same=LEFT, reformatted=LEFT.replace("- ", "* ").replace("\n## ", "\n\n## "))
    assert run("diff", "a.md", "b.md").code == 1
    assert run("diff", "a.md", "same.md").code == 0
    assert run("diff", "a.md", "reformatted.md").code == 0


def test_a_profile_of_the_workspace_is_compared_by_its_name(run: Run, workspace: Path) -> None:
    """Its variants, under their ids; without a name, all profiles."""
    two_variants(workspace)
    for shown in (run("diff", "reviewer"), run("diff")):
        assert shown.code == 1
        assert "left" in shown.out
        assert "Security" in shown.out
        assert max(map(len, shown.out.splitlines())) <= 100


def test_one_topic_is_found_by_a_part_of_its_name(run: Run, workspace: Path) -> None:
    """A name that fits several or none is answered with those that there are."""
    two_variants(workspace)
    assert "Secrets never stand in the code" in run("diff", "reviewer", "--topic", "secur").out
    missing = run("diff", "reviewer", "--topic", "nothing")
    assert missing.code == 2
    assert "there are: " in missing.err
    assert "security" in missing.err


def test_json_follows_its_schema_and_stands_alone(run: Run, workspace: Path) -> None:
    """The contract is checked by an independent validator; standard error stays empty."""
    two_variants(workspace)
    shown = run("diff", "reviewer", "--format", "json")
    data = json.loads(shown.out)
    schema = json.loads((files("agentgen.report") / "schemas/diff.schema.json").read_text("utf-8"))
    jsonschema.validate(data, schema)
    assert shown.err == ""
    assert [variant["id"] for variant in data["variants"]] == ["left", "right"]


@pytest.mark.parametrize(("form", "start"), [("markdown", "## Comparison of 2"), ("html", "<!doctype html>")])
def test_other_formats(run: Run, workspace: Path, form: str, start: str) -> None:
    """Markdown for a pull request, HTML as one page."""
    two_variants(workspace)
    assert run("diff", "reviewer", "--format", form).out.startswith(start)


def test_the_order_of_the_files_makes_no_difference(run: Run, folder: Path) -> None:
    """Not a byte of the JSON."""
    write(folder, a=LEFT, b=RIGHT, c=LEFT.replace("short", "small"))
    one = run("diff", "a.md", "b.md", "c.md", "--format", "json").out
    assert run("diff", "c.md", "a.md", "b.md", "--format", "json").out == one


def test_a_choice_of_variants(run: Run, workspace: Path) -> None:
    """Only those named are compared; an unknown one is answered with those that there are."""
    profile = two_variants(workspace)
    write(profile / "variants", third=LEFT.replace("Style", "Taste"))
    shown = run("diff", "reviewer", "--variant", "left", "--variant", "third")
    assert shown.out.startswith("2 variants")
    assert "there are: left, right, third" in run("diff", "reviewer", "--variant", "fourth").err
    assert "name two or more" in run("diff", "reviewer", "--variant", "left").err


def test_a_review_reads_the_second_file_as_the_newer_version(run: Run, folder: Path) -> None:
    """What was added, removed and allowed; in every format."""
    write(folder, old=LEFT, new=RIGHT)
    shown = run("diff", "old.md", "new.md", "--review")
    assert shown.code == 1
    assert "old.md → new.md" in shown.out
    assert "+Bash" in shown.out
    assert json.loads(run("diff", "old.md", "new.md", "--review", "--format", "json").out)["new"] == "new.md"
    assert run("diff", "old.md", "new.md", "--review", "--format", "markdown").out
    assert "What changed" in run("diff", "old.md", "new.md", "--review", "--format", "html").out


def test_json_of_several_profiles_is_refused(run: Run, workspace: Path) -> None:
    """One comparison is one document."""
    two_variants(workspace)
    two_variants(workspace, "other")
    assert "name one profile" in run("diff", "--format", "json").err


def test_a_profile_without_variants_says_how_to_get_some(run: Run, workspace: Path) -> None:
    """The command that takes agent files in."""
    (workspace / "profiles/empty").mkdir()
    assert "agentgen import FILE... --profile empty" in run("diff", "empty").err


def test_outside_a_workspace_files_are_asked_for(run: Run, folder: Path) -> None:
    """There is nothing to compare by itself."""
    shown = run("diff")
    assert shown.code == 2
    assert "agentgen init" in shown.err


def test_words_of_the_workspace_bring_topics_together(run: Run, workspace: Path) -> None:
    """`concepts.toml` says which words of a field mean the same; a mistake in it is named."""
    two_variants(workspace)
    (workspace / "concepts.toml").write_text('[subject.taste]\nwords = ["style", "tests"]\n', "utf-8")
    assert run("diff", "reviewer").code == 1
    (workspace / "concepts.toml").write_text("[subject", "utf-8")
    assert "concepts.toml:1:9: error: is not TOML" in run("diff", "reviewer").err


@pytest.mark.parametrize(
    ("only", "shown", "left_out"),
    [
        ("conflicts", "color", "Every login attempt is logged"),
        ("differing", "Every login attempt is logged", "Functions stay short"),
        ("unique", "Functions stay short", "Every login attempt is logged"),
    ],
)
def test_one_kind_of_rows_alone(run: Run, workspace: Path, only: str, shown: str, left_out: str) -> None:
    """`--only` leaves the matrix and every other kind out."""
    left = two_variants(workspace) / "variants" / "left.md"
    left.with_name("right.md").write_text(RIGHT.replace("name: reviewer", "name: reviewer\ncolor: blue"))
    text = run("diff", "reviewer", "--only", only).out
    assert shown in text
    assert left_out not in text
    assert "said by another variant too" not in text


def test_explain_says_why_sections_are_in_one_row(run: Run, workspace: Path) -> None:
    """Each piece of evidence with what it saw, in the whole view and in that of one topic."""
    two_variants(workspace)
    assert "in one row by" not in run("diff", "reviewer").out
    assert "concept: security" in run("diff", "reviewer", "--explain").out
    assert "concept: security" in run("diff", "reviewer", "--topic", "security", "--explain").out


def test_a_report_goes_to_a_file(run: Run, workspace: Path) -> None:
    """The same text that standard output would get; the exit code stays that of the comparison."""
    two_variants(workspace)
    done = run("diff", "reviewer", "--format", "html", "-o", "page.html")
    assert done.code == 1
    assert (workspace / "page.html").read_text("utf-8") == run("diff", "reviewer", "--format", "html").out


def test_only_the_text_can_be_cut(run: Run, workspace: Path) -> None:
    """The other formats show everything; asking for less is answered, not ignored."""
    two_variants(workspace)
    refused = run("diff", "reviewer", "--format", "json", "--only", "conflicts")
    assert refused.code == 2
    assert "always shows everything" in refused.err


def test_agents_of_one_file_and_files_of_one_name_are_told_apart(run: Run, folder: Path) -> None:
    """A file keeps its id; an agent among several gets its file's name before its own where that is taken."""
    (folder / "a.md").write_text("---\nname: a\ndescription: d\n---\n\nDo it.\n")
    mode = "- {{slug: {0}, name: {0}, roleDefinition: do {0}, groups: [read]}}\n"
    (folder / "modes.yaml").write_text("customModes:\n" + "".join(map(mode.format, ("a", "b", "b"))))
    shown = run("diff", "a.md", "modes.yaml", "--format", "json")
    assert [variant["id"] for variant in json.loads(shown.out)["variants"]] == ["a", "modes-a", "modes-b", "modes-b-2"]
