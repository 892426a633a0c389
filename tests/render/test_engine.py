"""Profiles written by hand, rendered for every target: the files and ledgers are stored as they come out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from syrupy.assertion import SnapshotAssertion

from agentgen.render.engine import render_profile
from agentgen.render.model import Rendering
from tests.render.loading import case, case_names, profile, targets
from tests.snapshots import FileSnapshot, golden_files

NAMES = [target.name for target in targets()]


@pytest.fixture
def files(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(FileSnapshot)


def ledger_text(rendering: Rendering) -> str:
    """A ledger as lines that a review can read."""
    return "".join(f"{line}\n" for line in _lines(rendering))


def _lines(rendering: Rendering) -> Iterator[str]:
    yield f"{rendering.target}: {'blocked' if rendering.blocked else 'written'}"
    for entry in rendering.ledger.entries:
        change = entry.before if entry.before == entry.after else f"{entry.before} -> {entry.after or '(nothing)'}"
        reason = f" ({entry.reason})" if entry.reason else ""
        yield f"{entry.outcome.value:12} {entry.part} {entry.name}: {change}{reason}"
    for widening in rendering.ledger.widenings:
        yield f"widening     {widening.field}: {', '.join(widening.gained)} ({widening.reason})"
    for finding in rendering.findings:
        yield f"{finding.severity.value:12} {finding.code} line {finding.line}: {finding.message}"


@pytest.mark.parametrize("target", NAMES)
@pytest.mark.parametrize("name", case_names())
def test_a_case_renders_to_the_stored_file_and_ledger(name: str, target: str, files: SnapshotAssertion) -> None:
    """What a profile becomes for a target, and what happened to each of its parts."""
    rendering = render_profile(case(name), target, targets())
    assert rendering.text.encode() == files(name=f"{name}/{target}/{rendering.path}")
    assert ledger_text(rendering).encode() == files(name=f"{name}/{target}.ledger.txt")


def test_no_stored_file_is_left_over() -> None:
    """Every stored file belongs to a case and a target of today."""
    expected = {
        path
        for name in case_names()
        for target in NAMES
        for path in (f"{name}/{target}.ledger.txt", f"{name}/{target}/{_path(name, target)}")
    }
    assert golden_files(__file__) == expected


def _path(name: str, target: str) -> str:
    return targets()[target].path.replace("{name}", name)


def test_an_alias_renders_for_its_target() -> None:
    """People name one tool in several ways."""
    for alias in ("factory-droid", "factory"):
        assert render_profile(case("minimal"), alias, targets()).target == "droid"


def test_effort_needs_a_model_of_its_own() -> None:
    """With the caller's model the effort would be ignored, so it is left out and the ledger says why."""
    inherited = profile("name: a\ndescription: d\nmodel: inherit\neffort: high\nrole: You are.\n")
    rendering = render_profile(inherited, "droid", targets())
    assert "reasoningEffort" not in rendering.text
    (entry,) = [entry for entry in rendering.ledger.entries if entry.name == "effort"]
    assert entry.outcome == "dropped"
    assert "model" in entry.reason


def test_an_approval_lets_a_widening_pass_and_only_that_one() -> None:
    """The approval names target, field and what is gained; less than that does not do."""
    text = 'name: a\ndescription: d\ntools: [Read, "Bash(git diff:*)"]\nrole: You are.\n'
    approval = "approvals: [{{target: droid, field: tools, kind: widening, values: [{}]}}]\n"
    assert render_profile(profile(text), "droid", targets()).blocked
    assert render_profile(profile(text + approval.format("read")), "droid", targets()).blocked
    assert not render_profile(profile(text + approval.format("execute")), "droid", targets()).blocked


def test_a_tool_can_be_left_out_for_one_target() -> None:
    """Approving the drop of a tool is the narrower way out of a widening."""
    text = (
        'name: a\ndescription: d\ntools: [Read, "Bash(git diff:*)"]\nrole: You are.\n'
        'approvals: [{target: factory, field: tools, kind: drop, values: ["Bash(git diff:*)"]}]\n'
    )
    rendering = render_profile(profile(text), "droid", targets())
    assert not rendering.blocked
    assert "tools: Read\n" in rendering.text


def test_an_approval_without_use_is_a_finding() -> None:
    """It would hide a loss that comes later."""
    text = "name: a\ndescription: d\nrole: You are.\napprovals: [{target: droid, field: color, kind: drop}]\n"
    assert [finding.code for finding in render_profile(profile(text), "droid", targets()).findings] == [
        "approval-stale"
    ]


def test_a_file_that_the_tool_would_not_take_is_blocked() -> None:
    """A missing description and an empty prompt are errors before anything is written."""
    rendering = render_profile(profile("name: a\n"), "universal", targets())
    assert rendering.blocked
    assert {finding.code for finding in rendering.findings} == {"output-field-missing", "output-body-refused"}


def test_an_empty_tool_list_never_becomes_all_tools() -> None:
    """No tool at all stays no tool at all, also where the target has no word for it."""
    for name in NAMES:
        rendering = render_profile(
            profile("name: a\ndescription: d\ntools: []\nrole: You are an agent.\n"), name, targets()
        )
        gained = {word for widening in rendering.ledger.widenings for word in widening.gained}
        assert rendering.blocked or not gained


def test_a_tool_that_the_text_names_is_pointed_out_where_it_is_called_otherwise() -> None:
    """Once a tool, with the line of the rendered file; samples in code fences and unmarked words are left alone."""
    body = "Use `Bash` and `Read`, then `Bash`.\n\n```\n`Write`\n```\n\nBash it.\n"
    given = profile(f"name: a\ndescription: d\nrole: |\n{''.join(f'  {line}' + chr(10) for line in body.splitlines())}")
    found = {
        name: [(finding.line, finding.message) for finding in render_profile(given, name, targets()).findings]
        for name in ("claude-code", "droid")
    }
    assert found == {
        "claude-code": [],
        "droid": [(6, "the text names `Bash`; its name here is Execute")],
    }


def test_relative_links_stand_in_the_ledger() -> None:
    """They are kept as they are, and the ledger says from where they are looked up; others lead anywhere."""
    text = "See [a](docs/a.md), [b](https://example.org), [c](#c) and [a again](docs/a.md).\n\n`[d](d.md)`"
    given = profile(f"name: a\ndescription: d\nrole: {text!r}\n".replace("\\n", " "))
    entries = render_profile(given, "droid", targets()).ledger.entries
    assert [(entry.name, entry.reason) for entry in entries if entry.part == "link"] == [
        ("docs/a.md", "it is looked up from .factory/droids"),
    ]


NESTED = """\
Write it like this:

```markdown
# Title

```bash
make test
```

## After
```

Done.
"""


def test_a_fence_that_closes_early_keeps_its_bytes_and_is_pointed_out_with_its_fix() -> None:
    """The author's text is not rewritten on the way to a file; the finding says which fences to make longer."""
    body = "".join(f"      {line}\n" if line else "\n" for line in NESTED.splitlines())
    text = f"name: a\ndescription: d\nrole: You are.\nsections:\n  - id: how\n    title: How\n    body: |-\n{body}"
    rendering = render_profile(profile(text), "droid", targets())
    (finding,) = rendering.findings
    assert NESTED.rstrip() in rendering.text
    assert (finding.code, finding.line) == ("fence-closes-early", 12)
    assert finding.fix is not None
    assert not rendering.blocked


def test_a_denied_tool_is_taken_out_of_the_list_where_there_is_no_deny_list() -> None:
    """The ledger says so at both places, and no other tool that shares its name here goes with it."""
    given = profile(
        "name: a\ndescription: d\ntools: [Read, Bash, Edit, Write]\n"
        "disallowed_tools: [Bash, NotebookEdit]\nrole: You are.\n"
    )
    droid = render_profile(given, "droid", targets())
    assert "tools: Read, Edit, Create\n" in droid.text
    assert {entry.after for entry in droid.ledger.entries if entry.name == "Bash"} == {""}
    assert "excludedTools:\n  - shell\n" in render_profile(given, "kiro", targets()).text


def test_a_value_that_the_tool_changes_after_reading_is_pointed_out() -> None:
    """The two characters backslash and n become a line break there, however they are written."""
    given = profile("name: ab\ndescription: 'Splits at \\n.'\nrole: You are an agent.\n")
    found = {name: [each.code for each in render_profile(given, name, targets()).findings] for name in NAMES}
    assert {name for name, codes in found.items() if codes} == {"claude-code"}
    assert found["claude-code"] == ["output-read-otherwise"]


def test_a_key_that_takes_capabilities_away_stands_in_the_ledger() -> None:
    """A deny list that a read-only mode says as well is mapped to it, and nothing is gained."""
    text = "name: a\ndescription: d\ndisallowed_tools: [Edit, Write, NotebookEdit, Bash]\nrole: You are.\n"
    rendering = render_profile(profile(text), "cursor", targets())
    outcomes = {entry.name: (entry.outcome, entry.after) for entry in rendering.ledger.entries if entry.source}
    assert outcomes == {
        "disallowed_tools": ("approximated", "readonly: true"),
        **dict.fromkeys(("Edit", "Write", "NotebookEdit", "Bash"), ("mapped", "readonly: true")),
    }
    assert not rendering.blocked


def test_a_key_that_the_tool_does_not_obey_holds_nothing() -> None:
    """It is written for the versions that do; the guard does not count on it, and the ledger says why."""
    text = "name: a\ndescription: d\ntools: [Read, Grep]\nrole: You are.\n"
    rendering = render_profile(profile(text), "codex", targets())
    (entry,) = [entry for entry in rendering.ledger.entries if (entry.part, entry.name) == ("field", "tools")]
    assert 'sandbox_mode = "read-only"' in rendering.text
    assert entry.outcome == "dropped"
    assert "gets the session's sandbox all the same" in entry.reason
    assert {"edit", "create", "execute"} <= set(rendering.ledger.widenings[0].gained)


def test_a_refused_widening_names_the_tools_to_leave_out() -> None:
    """Left out as it says, the file is written and gives nothing beyond the profile."""
    text = 'name: a\ndescription: d\ntools: [Read, "Bash(git diff:*)"]\nrole: You are.\n'
    (widening,) = render_profile(profile(text), "droid", targets()).ledger.widenings
    assert (widening.leave_out, widening.left) == (("Bash(git diff:*)",), ())
    values = str(list(widening.leave_out)).replace("'", '"')
    approval = f"approvals: [{{target: droid, field: tools, kind: drop, values: {values}}}]\n"
    assert not render_profile(profile(text + approval), "droid", targets()).ledger.widenings


def test_leaving_tools_out_lets_a_read_only_mode_be_written() -> None:
    """The narrower rendering of a tool without a list: what it takes away, the profile must not want there."""
    text = "name: a\ndescription: d\ntools: [Read, Grep, Edit]\nrole: You are.\n"
    (widening,) = render_profile(profile(text), "cursor", targets()).ledger.widenings
    assert (widening.leave_out, widening.left) == (("Edit",), ("delegate", "mcp", "web"))
    assert {"create", "execute"} <= set(widening.gained)
    approval = "approvals: [{target: cursor, field: tools, kind: drop, values: [Edit]}]\n"
    assert "readonly: true" in render_profile(profile(text + approval), "cursor", targets()).text


def test_an_approval_of_more_than_happens_is_a_finding() -> None:
    """What it approves besides would pass unseen the day it happens."""
    text = (
        'name: a\ndescription: d\ntools: [Read, "Bash(git diff:*)"]\nrole: You are.\n'
        "approvals: [{target: droid, field: tools, kind: widening, values: [execute, web]}]\n"
    )
    (finding,) = render_profile(profile(text), "droid", targets()).findings
    assert finding.code == "approval-stale"
    assert finding.message == "web: approved as a widening of tools for droid, where it does not happen"


def test_a_pattern_that_is_only_written_restricts_nothing() -> None:
    """The tool gives the whole shell, so the file needs an approval; a pattern that the tool obeys does not."""
    text = "name: a\ndescription: d\ntools: [Read, '{}']\nrole: You are.\n"
    refused = render_profile(profile(text.format("Bash(git diff:*)")), "claude-code", targets())
    (widening,) = refused.ledger.widenings
    assert (widening.gained, widening.leave_out) == (("execute",), ("Bash(git diff:*)",))
    assert refused.blocked
    assert not render_profile(profile(text.format("Agent(reviewer)")), "claude-code", targets()).blocked
