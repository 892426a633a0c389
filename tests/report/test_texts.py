"""Problems, findings, ledgers and plans as text: where, what, and what to do next; nothing raw from a file."""

from __future__ import annotations

import json

import pytest

from agentgen.codes import Severity
from agentgen.errors import Problem
from agentgen.findings import Edit, Finding, Fix
from agentgen.render.model import Action, Change, Entry, Ledger, Outcome, Plan, Rendering, Widening
from agentgen.report.findings_text import findings_line, findings_text
from agentgen.report.json_text import json_text
from agentgen.report.ledger_text import ledger_text, left_out_text, refusal_text
from agentgen.report.plan_text import plan_diff, plan_text
from agentgen.report.problems_text import problems_text

HOSTILE = "\x1b]0;x\x07\u202e\u200b"


def test_a_problem_shows_place_text_and_next_step() -> None:
    """The place can be clicked in an editor; the next step stands below; several problems are counted."""
    problems = [Problem("title is missing", "profile.yaml", 8, 5, "add `title:`"), Problem("no such option")]
    assert problems_text(problems) == (
        "profile.yaml:8:5: error: title is missing\n  add `title:`\nerror: no such option\n2 errors\n"
    )


def test_a_finding_shows_place_severity_code_and_fix() -> None:
    """The exact line that mends it stands below its description."""
    fix = Fix("quote the value", (Edit(0, 3, "description: 'a: b'"),))
    found = Finding("frontmatter-not-yaml", Severity.WARNING, "a.md", 3, 14, "not YAML", fix)
    assert findings_text([found]) == (
        "a.md:3:14: warning: not YAML [frontmatter-not-yaml]\n  quote the value\n    description: 'a: b'\n"
    )


def test_findings_are_counted_by_severity() -> None:
    """The worst first; an info is called a note; nothing found is an empty line."""
    kinds = [Severity.INFO, Severity.ERROR, Severity.WARNING, Severity.ERROR]
    found = [Finding("x", kind, "a.md", 1, 1, "m") for kind in kinds]
    assert findings_line(found) == "2 errors, 1 warning, 1 note"
    assert findings_line([]) == ""


def rendering(entries: list[Entry], widenings: list[Widening] | None = None) -> Rendering:
    ledger = Ledger("agent", "target", tuple(entries), tuple(widenings or ()))
    return Rendering("target", "agent", "agents/agent.md", "text", ledger)


def test_a_ledger_begins_with_the_sums_and_lists_what_is_not_simply_kept() -> None:
    """Mapped tools share a line; a drop says why; what is kept is only counted."""
    entries = [
        Entry("field", "name", Outcome.KEPT, "agent", "agent"),
        Entry("tool", "Write", Outcome.MAPPED, "Write", "Create"),
        Entry("tool", "Bash", Outcome.MAPPED, "Bash", "Execute"),
        Entry("field", "color", Outcome.DROPPED, "red", "", "the tool has no colours"),
        Entry("section", "notes", Outcome.DROPPED, reason="for other targets only", approved=True),
    ]
    assert ledger_text(rendering(entries)).splitlines() == [
        "agent → target  agents/agent.md",
        "  1 kept, 2 mapped, 2 dropped",
        "  mapped        2 tools: Write → Create, Bash → Execute",
        "  dropped       color: red – the tool has no colours",
        "  dropped       section notes – for other targets only (approved)",
    ]


def test_a_refused_widening_names_place_and_gain_and_how_to_approve_it() -> None:
    """Where the tool has nothing narrower, the approval stands there ready to copy."""
    refused = Widening("target", "tools", ("delegate", "mcp:a b"), "there is no list of tools")
    approve = [
        "  as it is: allow it in the profile, or approve it by name in recipe.yaml, below `approvals:`",
        '    - {target: target, field: tools, kind: widening, values: [delegate, "mcp:a b"], reason: …}',
    ]
    gain = "the agent could do more there than `tools` allows (delegate, mcp:a b), for there is no list of tools"
    shown = refusal_text(rendering([], [refused]), "profile.yaml:5", "recipe.yaml")
    assert shown.splitlines() == [f"profile.yaml:5: error: not written for target: {gain}", *approve]
    shown = left_out_text(rendering([], [refused]), "recipe.yaml")
    assert shown.splitlines() == [f"left out: target; {gain}", *approve]


def test_a_refused_widening_names_the_narrower_file_first() -> None:
    """Which tools to leave out there, as lines to copy, and what would still have to be approved."""
    refused = Widening("target", "tools", ("execute", "mcp"), "no patterns", leave_out=("Bash(a b:*)",), left=("mcp",))
    assert refusal_text(rendering([], [refused]), "profile.yaml:5", "recipe.yaml").splitlines()[1:4] == [
        "  narrower: leave out Bash(a b:*) there; in recipe.yaml, below `approvals:`",
        '    - {target: target, field: tools, kind: drop, values: ["Bash(a b:*)"], reason: …}',
        "    - {target: target, field: tools, kind: widening, values: [mcp], reason: …}",
    ]


def test_an_approved_widening_refuses_nothing() -> None:
    """It stands in the ledger as approved."""
    approved = rendering([], [Widening("target", "tools", ("mcp",), "there is no list", approved=True)])
    assert refusal_text(approved, "profile.yaml:5", "recipe.yaml") == ""
    assert "  approved      the agent could do more there" in ledger_text(approved)


PLAN = Plan(
    "dist/target",
    (
        Change("new.md", Action.CREATE, None, b"a\n"),
        Change("old.md", Action.UPDATE, b"one\ntwo\n", b"one\n2\n"),
        Change("same.md", Action.UNCHANGED, b"x", b"x"),
        Change("gone.md", Action.REMOVE, b"x\n", None),
        Change("mine.md", Action.REFUSE, b"edited", b"x", "edited by hand"),
    ),
)


def test_a_plan_lists_each_change_with_its_reason() -> None:
    """Unchanged files are only counted."""
    assert plan_text(PLAN).splitlines() == [
        "+ create dist/target/new.md",
        "~ update dist/target/old.md",
        "- remove dist/target/gone.md",
        "! refuse dist/target/mine.md  (edited by hand)",
        "= 1 unchanged in dist/target",
    ]


def test_a_plan_as_a_diff_shows_what_would_change_and_nothing_else() -> None:
    """A changed word is one removed and one added line; new and removed files stand against /dev/null."""
    shown = plan_diff(PLAN)
    assert "--- a/old.md\n+++ b/old.md\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n" in shown
    assert "--- /dev/null\n+++ b/new.md\n" in shown
    assert "--- a/gone.md\n+++ /dev/null\n" in shown
    assert "same.md" not in shown


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [(b"a\r\n", b"a\n", "-a<CR>"), (b"a", b"a\n", "\\ No newline at end of file")],
)
def test_line_ends_that_differ_are_visible(before: bytes, after: bytes, line: str) -> None:
    """A difference that no eye could see has a mark."""
    shown = plan_diff(Plan("dist", (Change("a.md", Action.UPDATE, before, after),)))
    assert line in shown.splitlines()


def test_nothing_raw_reaches_the_terminal() -> None:
    """Whatever a file holds is shown as labels."""
    entry = Entry("field", HOSTILE, Outcome.DROPPED, HOSTILE, HOSTILE, HOSTILE)
    shown = [
        problems_text([Problem(HOSTILE, HOSTILE, 1, 1, HOSTILE)]),
        findings_text([Finding("x", Severity.INFO, HOSTILE, 1, 1, HOSTILE, Fix(HOSTILE, (Edit(0, 0, HOSTILE),)))]),
        ledger_text(rendering([entry])),
        plan_text(Plan("dist", (Change("a", Action.REFUSE, None, None, HOSTILE),))),
        plan_diff(Plan("dist", (Change("a", Action.CREATE, None, HOSTILE.encode()),))),
    ]
    assert not set(HOSTILE) & {"\x1b", "\x07", "\u202e", "\u200b"} & set("".join(shown))


@pytest.mark.parametrize("text", [HOSTILE, "\udcff", "\U000e0041", "\x7f\x9b", "é → 😀"])
def test_json_holds_any_text_and_shows_no_hidden_character(text: str) -> None:
    """Read back it is the same value; what cannot be seen is escaped; what can be seen stays readable."""
    shown = json_text({"text": text})
    assert json.loads(shown) == {"text": text}
    assert shown.encode("utf-8")
    assert not set(shown) & set("\x1b\x07\u202e\u200b\x7f\x9b\U000e0041\udcff")
    assert ("→" in shown) == ("→" in text)
