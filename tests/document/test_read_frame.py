"""Reading only the frame of a file: the same frontmatter, and what is found without looking into the body."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentgen.document.frame import read_frame
from agentgen.document.read import read_document
from agentgen.source import Source

HEADS = ["", "---\nname: a\n---\n", "---\nname: a: b\n---\n", "---\nname: a\nname: b\n---", "\ufeff---\nx: 1\n---\n"]
LINES = ["# Title", "text", "```", "````md", "~~~", "- item", "a\u200bb", "\u202eabc", "", "## Part", "\x07", "---"]


@settings(max_examples=120)
@given(head=st.sampled_from(HEADS), lines=st.lists(st.sampled_from(LINES), max_size=12))
def test_the_frame_is_that_of_the_whole_document(head: str, lines: list[str]) -> None:
    """Frontmatter and body are those of the whole reading, and nothing is found that the whole reading has not."""
    source = Source("a.md", (head + "\n".join(lines)).encode())
    frame, whole = read_frame(source), read_document(source)
    assert (frame.frontmatter, frame.body) == (whole.frontmatter, whole.body)
    assert [found for found in whole.findings if found in frame.findings] == list(frame.findings)
    kept = ("fence-", "hidden-", "control-", "frontmatter-y")
    assert {found for found in whole.findings if found.code.startswith(kept)} <= set(frame.findings)


@pytest.mark.parametrize(
    ("body", "code"), [("```md\n# A\n```py\nx\n```\nmore\n```\n", "fence-closes-early"), ("a\u200bb\n", "hidden-text")]
)
def test_fences_and_hidden_text_are_found_in_the_frame(body: str, code: str) -> None:
    """A check of what was just written passes on what Markdown reads otherwise, and what nobody sees."""
    source = Source("a.md", f"---\nname: a\n---\n{body}".encode())
    assert code in {found.code for found in read_frame(source).findings}
    assert code in {found.code for found in read_document(source).findings}
