"""Tools that the text names, under the target's own names: only where a profile says so, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentgen.profile.model import Layout, Profile, Prose
from agentgen.render.absorb import absorb
from agentgen.render.engine import render_profile
from agentgen.render.model import Rendering
from tests.properties.profiles import examples, prose
from tests.render.loading import profile, targets

FIELDS = {"name": "a", "description": "d"}


def rendered(role: str, name: str, tool_names: str = "map") -> Rendering:
    """A profile with this text for a target."""
    given_profile = Profile(FIELDS, role, Layout(below="", after=""), prose=Prose(tool_names))
    return render_profile(given_profile, name, targets())


def text(role: str, name: str) -> str:
    """The body of the rendered file."""
    return rendered(role, name).text.split("---\n", 2)[2]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Run `Bash`, then `Write` it.", "Run `Execute`, then `Create` it."),
        ("Fetch with WebFetch.", "Fetch with FetchUrl."),
        ("Ask ``docs`` by `mcp__docs__search`.", "Ask ``docs`` by `docs___search`."),
        (
            "## `Bash`\n\n- `Bash`\n  - `Write`\n\n    `Bash` again",
            "## `Execute`\n\n- `Execute`\n  - `Create`\n\n    `Execute` again",
        ),
        ("| `Bash` | shell |", "| `Execute` | shell |"),
    ],
)
def test_a_tool_stands_under_the_name_that_the_target_gives_it(before: str, after: str) -> None:
    """In code marks any name, bare only one that is no word of the language."""
    assert text(before, "droid") == after


@pytest.mark.parametrize(
    "same",
    [
        "Write tests. Read first. Bash is a shell.",
        "`Bash(git diff:*)` and `Bash -c` and `bash`",
        "```\n`Bash` WebFetch\n```",
        "~~~~md\n```\n`Bash`\n```\n~~~~",
        "Like this:\n\n    `Bash` WebFetch\n\tWebFetch",
        "[WebFetch.md](docs/WebFetch) <https://x.example/WebFetch> docs/WebFetch.md #WebFetch WebFetch-like",
        "`a WebFetch b`",
        "`ExitPlanMode` has no name there, `NotebookEdit` neither",
        "`Read` is called so there as well",
    ],
)
def test_what_is_no_name_of_a_tool_stays_as_it_is(same: str) -> None:
    """Words of the language, code blocks, links, and tools for which the target has no name."""
    assert text(same, "droid") == same


def test_nothing_is_renamed_unless_the_profile_says_so() -> None:
    """The option is off by default: the text keeps its bytes, and the finding stands."""
    kept = rendered("Run `Bash`.", "droid", "keep")
    assert "Run `Bash`." in kept.text
    assert [finding.code for finding in kept.findings] == ["prose-names-tool"]
    assert not [entry for entry in kept.ledger.entries if entry.part == "prose"]


def test_each_renamed_tool_stands_in_the_ledger() -> None:
    """Once a tool with how often; what comes only near is approximated; what has no name is still a finding."""
    role = "Run `Bash` and `Bash`, keep the list with `TodoWrite`, look with `Glob`, then `Agent`."
    rendering = rendered(role, "auggie")
    entries = [
        (each.name, each.outcome, each.after, each.reason) for each in rendering.ledger.entries if each.part == "prose"
    ]
    todo = "add_tasks, update_tasks, view_tasklist"
    assert entries == [
        ("Bash", "mapped", "launch-process", "the text names it 2 times"),
        ("TodoWrite", "mapped", todo, "the text names it once"),
    ]
    assert "`add_tasks`, `update_tasks`, `view_tasklist`, look with `Glob`" in rendering.text
    assert [finding.message.split(";")[0] for finding in rendering.findings] == [
        "the text names `Glob`",
        "the text names `Agent`",
    ]


def test_the_option_is_part_of_the_profile_file() -> None:
    """Written as `prose: {tool_names: map}`."""
    made = profile("name: a\ndescription: d\nrole: Run `Bash`.\nprose: {tool_names: map}\n")
    assert "Run `Execute`." in render_profile(made, "droid", targets()).text


def test_an_edit_of_the_rendered_file_comes_back_in_the_words_of_the_profile() -> None:
    """Untouched lines keep their names, edited ones get them back; the file is the edited one again."""
    made = Profile(FIELDS, "Run `Bash`.\n\nThen TodoWrite, `Edit` and `Bash`.", prose=Prose("map"))
    file = render_profile(made, "qwen-code", targets()).text
    edited = file.replace("Then todo_write, `edit` and", "At last todo_write and")
    absorbed = absorb(edited, "a.md", made, "qwen-code", targets())
    assert absorbed.refusals == ()
    assert absorbed.profile.role == "Run `Bash`.\n\nAt last TodoWrite and `Bash`."
    assert render_profile(absorbed.profile, "qwen-code", targets()).text == edited


@given(prose, st.sampled_from([target.name for target in targets()]))
@settings(max_examples=examples(100))
def test_a_text_that_names_no_tool_keeps_its_bytes(role: str, name: str) -> None:
    """Whatever stands in it."""
    role = "You are an agent. " + role
    assert rendered(role, name).text == rendered(role, name, "keep").text


@pytest.mark.parametrize("fence", ["```", "~~~", "~~~~"])
def test_names_in_samples_are_nobodys_business(fence: str) -> None:
    """Inside of fenced code the text is a sample; the same line outside of it is a finding."""
    found = rendered(f"{fence}\nUse `Bash` here.\n{fence}", "gemini-cli", "keep").findings
    assert "prose-names-tool" not in [each.code for each in found]
    found = rendered("Use `Bash` here.", "gemini-cli", "keep").findings
    assert "prose-names-tool" in [each.code for each in found]


@pytest.mark.parametrize("piece", ["`", "]("], ids=["backticks", "links"])
def test_a_line_of_openings_is_read_once(piece: str) -> None:
    """No clock: each opening that looks for its end in all of the rest would take hours."""
    line = f"Use `Bash` {piece * 200_000}"
    assert text(line, "droid").strip().endswith(piece * 200_000)
