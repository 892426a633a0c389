"""The Markdown view of a comparison: fits a forge's comment, and nothing of a file becomes markup."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from agentgen.compare.model import KeyStatus, Status
from agentgen.report.diff_markdown import diff_markdown
from agentgen.report.markdown import LIMIT, block, code, plain

from . import made

READER = MarkdownIt("commonmark").enable("table")


def test_it_has_the_verdict_the_matrix_and_what_differs() -> None:
    """A reader of the pull request sees who is compared, how they stand, and both sides of a conflict."""
    shown = diff_markdown(made.two())
    assert "| Security | ≈ 1/2 | ≈ 1/2 |" in shown
    assert "**tools** (what the agent may do)" in shown
    assert "- **p95 latency** (value)\n  - A, line 7: `100 ms` in `p95 < 100 ms`\n" in shown
    assert "- said in other words\n  - A, line 5: `Validate every input at the boundary`\n" in shown


def test_what_differs_in_formatting_only_is_folded() -> None:
    """It stands behind a line that opens it, with its number."""
    shown = diff_markdown(made.two())
    assert "<details><summary>Differ in formatting only: 1</summary>\n\n- Style\n\n</details>" in shown


def test_a_huge_comparison_stays_below_the_limit_and_says_what_is_missing() -> None:
    """Less important parts are left out whole; the matrix stays."""
    text = "".join(f"# Topic {i}\n\n" + "".join(f"- {j} {'word ' * 30}\n" for j in range(20)) for i in range(40))
    variants = [made.variant(name, text) for name in "abc"]
    topics = [made.topic(variants, f"Topic {i}", Status.EDITED) for i in range(40)]
    shown = diff_markdown(made.comparison(variants, topics))
    assert 50_000 < len(shown) < LIMIT
    assert "| Topic 39 |" in shown
    assert "Left out for length" in shown
    assert shown.count("<details>") == shown.count("</details>")


HOSTILE = [
    "<script>alert(1)</script>",
    "<!-- hidden -->",
    "[click](javascript:alert(1))",
    "![x](http://evil.example/x.png)",
    "| a | b |",
    "` `` ```",
    "</details>",
    "**bold** _it_ ~~gone~~",
    "\x1b[31mred",
    "\u202egnitirw",
]


@pytest.mark.parametrize("payload", HOSTILE)
def test_text_of_a_file_never_becomes_markup(payload: str) -> None:
    """Headings, items, values and quotes come out as text: no tag, link, image or table cell of their own."""
    variants = [made.variant(name, f"# T {payload}\n\n- item {payload} {name}\n") for name in ("a", "b")]
    heading = variants[0].document.sections[0].heading
    assert heading is not None
    keys = [made.key("color", KeyStatus.DIFFERENT, {"a": payload, "b": "red"})]
    conflicts = [made.conflict(f"s {payload}", ("a", payload, payload), ("b", "y", "y"))]
    compared = made.comparison(variants, [made.topic(variants, heading, Status.EDITED)], keys, conflicts)
    html = READER.render(diff_markdown(compared))
    for tag in ("<script", "<img", "<a ", "<s>", "\x1b", "\u202e"):
        assert tag not in html
    assert html.count("<details>") == html.count("</details>") == 1
    assert html.count("<strong>") == 2  # the key's name and the conflict's subject


@pytest.mark.parametrize("text", ["@octocat", "fixes #12", "GH-7", "see www.evil.example", "https://evil.example"])
def test_a_title_mentions_nobody_and_links_nowhere(text: str) -> None:
    """An empty comment breaks what a forge would turn into a mention, a reference or a link."""
    made_plain = plain(text)
    assert "<!-- -->" in made_plain
    assert READER.renderInline(made_plain).replace("<!-- -->", "") == text


@pytest.mark.parametrize("text", ["plain", "a `b` c", "`", "``", "a`", "`a", " ", "x | y"])
def test_a_code_span_holds_any_text(text: str) -> None:
    """Read back by a Markdown reader, the whole is one code span with the text."""
    tokens = READER.parseInline(code(text).replace(r"\|", "|"))[0].children
    assert tokens is not None
    assert [(token.type, token.content.strip()) for token in tokens] == [("code_inline", text.strip())]


def test_a_block_cannot_be_closed_by_its_content() -> None:
    """The fence is longer than any run of backticks inside."""
    tokens = READER.parse(block("a\n```\nb\n````\nc"))
    assert [token.type for token in tokens] == ["fence"]
