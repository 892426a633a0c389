"""A render as Markdown: what a reviewer must see first, nothing that a profile says as markup, never too long."""

from __future__ import annotations

from markdown_it import MarkdownIt

from agentgen.codes import Severity
from agentgen.findings import Finding
from agentgen.render.model import Action, Change, Entry, Ledger, Outcome, Plan, Rendering
from agentgen.report.markdown import LIMIT
from agentgen.report.render_markdown import render_markdown

HOSTILE = "````\n</details> <!-- @someone $(id) ![x](http://a.example/x) | ::error::x\n`````\n# Heading\n\u202e"


def rendering(*entries: Entry, name: str = "agent") -> Rendering:
    return Rendering("tool", name, "agents/agent.md", "text", Ledger(name, "tool", entries))


def plan(*changes: Change) -> Plan:
    return Plan("dist", changes)


def change(path: str, before: str | None, after: str | None, action: Action = Action.UPDATE) -> Change:
    return Change(path, action, before and before.encode(), after and after.encode())


def test_a_clean_check_is_one_sentence_and_the_sums() -> None:
    """Nothing differs, nothing was lost: no ledger and no difference to read."""
    entries = [Entry("field", "name", Outcome.KEPT), Entry("section", "x", Outcome.DROPPED, expected=True)]
    same = change("tool/agents/agent.md", "a", "a", Action.UNCHANGED)
    text = render_markdown([rendering(*entries)], plan(same), {}, [], "", written=False)
    assert text.splitlines() == [
        "### `dist` is what the profiles give (1 file)",
        "",
        "",
        "| profile | tool | kept | mapped | approximated | dropped | file |",
        "| --- | --- | ---: | ---: | ---: | ---: | --- |",
        "| `agent` | `tool` | 1 | 0 | 0 | 1 | `agents/agent.md` |",
    ]


def test_what_differs_comes_first_then_the_ledger_and_the_difference() -> None:
    """A refused file says why; what nobody decided and what is not written stand above the table."""
    entries = [Entry("field", "color", Outcome.DROPPED, "red", "", "the tool has no colours")]
    refused = Change("tool/b.md", Action.REFUSE, b"x", b"y", "it was edited by hand")
    text = render_markdown(
        [rendering(*entries)],
        plan(change("tool/a.md", "one\n", "two\n"), refused),
        {"agent": ["p95"]},
        [Finding("target-unknown", Severity.WARNING, "profile.yaml", 3, 1, "nobody knows it")],
        "left out: other\n",
        written=False,
    )
    places = [
        "### `dist`: 2 of 2 files not what the profiles give",
        "- update `tool/a.md`\n- refused `tool/b.md` (it was edited by hand)\n",
        "```\nleft out: other\n```",
        "```\nprofile.yaml:3:1: warning: nobody knows it [target-unknown]\n```",
        "- `agent`: p95",
        "| `agent` | `tool` | 0 | 0 | 0 | 1 |",
        "Ledger of agent for tool</summary>",
        "dropped       color: red – the tool has no colours",
        "```diff\n--- a/tool/a.md\n+++ b/tool/a.md\n@@ -1 +1 @@\n-one\n+two\n```",
    ]
    found = [text.find(place) for place in places]
    assert -1 not in found
    assert found == sorted(found)


def test_nothing_that_a_profile_says_becomes_markup() -> None:
    """To a CommonMark reader hostile text is the inside of code: no heading, link, image, comment or tag of its own."""
    entries = [Entry("field", HOSTILE, Outcome.DROPPED, HOSTILE, "", HOSTILE)]
    changes = plan(change(f"tool/{HOSTILE}", "a\n", HOSTILE), Change("x", Action.REFUSE, b"x", b"y", HOSTILE))
    found = [Finding("target-unknown", Severity.WARNING, HOSTILE, 1, 1, HOSTILE)]
    text = render_markdown(
        [rendering(*entries, name=HOSTILE)], changes, {HOSTILE: [HOSTILE]}, found, HOSTILE, written=False
    )
    tokens = MarkdownIt().enable("table").parse(text)
    outside = [token for token in tokens if token.type != "fence"]
    inline = [inner for token in outside for inner in token.children or ()]
    assert len([token for token in tokens if token.type == "fence"]) == 5
    assert [token.tag for token in outside if token.type == "heading_open"] == ["h3"]
    harmless = {"text", "code_inline", "strong_open", "strong_close", "softbreak", "html_inline"}
    assert {inner.type for inner in inline} <= harmless
    tags = {inner.content for inner in inline if inner.type == "html_inline"}
    assert tags <= {"<!-- -->"}
    html = "".join(token.content for token in outside if token.type == "html_block")
    assert html.count("<details>") == html.count("</details>") == 4 - 1
    assert "@someone" not in "|".join(inner.content for inner in inline if inner.type == "text")
    assert "\u202e" not in text


def test_it_is_never_longer_than_a_forge_takes() -> None:
    """One long difference is cut at a line, many are left out and counted."""
    long = change("a.md", None, "line\n" * 20_000, Action.CREATE)
    text = render_markdown([], plan(long), {}, [], "", written=False)
    assert len(text) < 25_000
    assert "lines more\n```" in text
    many = render_markdown(
        [], plan(*(change(f"{at}.md", None, "line\n" * 900) for at in range(99))), {}, [], "", written=True
    )
    assert len(many) <= LIMIT
    assert "Left out for length: " in many
    assert "`agentgen render --check` shows everything" in many
