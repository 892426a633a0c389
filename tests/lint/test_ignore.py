"""Comments by which a file says what it does not want to be told."""

from __future__ import annotations

import pytest

from tests.lint.helpers import agent, codes, look, the

SHORT = "Senior API reviewer"


@pytest.mark.parametrize(
    "text",
    [
        agent(
            body="You review.\n\n<!-- agentgen: ignore description-no-trigger it is chosen by name -->\n",
            description=SHORT,
        ),
        agent("# agentgen: ignore description-no-trigger it is chosen by name", description=SHORT),
    ],
    ids=["in the text", "in the frontmatter"],
)
def test_a_code_with_a_reason_is_ignored(text: str) -> None:
    """The finding is not lost: it is counted as ignored."""
    found = look(text, "claude-code")
    assert codes(found) == []
    assert [each.code for each in found.ignored] == ["description-no-trigger"]


@pytest.mark.parametrize(
    ("comment", "code"),
    [
        ("ignore description-no-trigger", "ignore-without-reason"),
        ("ignore description-no-triger it is chosen by name", "ignore-unknown-code"),
        ("ignore link-broken it is made at build time", "ignore-unused"),
    ],
)
def test_a_comment_that_does_not_count_says_why(comment: str, code: str) -> None:
    """And the finding stays."""
    found = look(agent(body=f"You review.\n\n<!-- agentgen: {comment} -->\n", description=SHORT), "claude-code")
    assert {code, "description-no-trigger"} <= set(codes(found))
    assert the(found, code).line == 8


def test_a_sample_of_a_comment_ignores_nothing() -> None:
    """In a code block it is text."""
    body = "You review.\n\n```\n<!-- agentgen: ignore description-no-trigger it is chosen by name -->\n```\n"
    assert codes(look(agent(body=body, description=SHORT), "claude-code")) == ["description-no-trigger"]
