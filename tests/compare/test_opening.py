"""The opening statement is found by rule."""

from __future__ import annotations

import pytest

from agentgen.compare.engine import compare_variants
from tests.compare.helpers import members, variants


def opening(text: str) -> list[str]:
    topics = compare_variants(variants({"a": text})).topics
    return [name for topic in topics if topic.id == "opening" for name in members(topic)]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("You are a judge.\n\n## Law\n\n- Read it\n", ""),
        ("Act as a judge of wines.\n\n## Law\n\n- Read it\n", ""),
        ("# Judge\n\nYou are a judge.\n\n## Law\n\n- Read it\n", "Judge"),
        ("# Judge\n\n**Role**: Senior judge\n\n## Law\n\n- Read it\n", "Judge"),
        ("# Judge\n\n## Mission\n\nBring peace.\n\n## Law\n\n- Read it\n", "Mission"),
        ("# Judge\n\n## Description\n\nA file about law.\n\n## Prompt\n\nYou are a judge.\n", "Prompt"),
        ("Some remarks first.\n\n## Law\n\n- Read it\n", ""),
        ("# Judge\n\nJudges in courts of appeal.\n\n## Law\n\n- Read it\n", "Judge"),
    ],
)
def test_found(text: str, heading: str) -> None:
    """Text that addresses the agent, a heading that says so, or plain text at the top, in this order."""
    assert opening(text) == [f"a: {heading}"]


@pytest.mark.parametrize(
    "text",
    [
        "## Law\n\n- Read it\n- Apply it\n",
        "# Judge\n\n## Law\n\n- Read it\n\n## Order\n\n- Keep it\n",
        "",
    ],
)
def test_not_every_file_has_one(text: str) -> None:
    """A file of rules alone has no opening statement."""
    assert opening(text) == []
