"""The estimate of tokens is near what tokenizers count, and cheap."""

from __future__ import annotations

import pytest

from agentgen.report.tokens import estimate


def test_nothing_costs_nothing() -> None:
    """An empty text has no token."""
    assert estimate("") == 0


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("You are a senior backend engineer.", 6, 8),
        ("Validate every input at the boundary; never trust the client.", 11, 13),
        ("internationalization", 2, 4),
        ("```python\nprint('hello')\n```\n", 8, 13),
        ("日本語のテキスト", 4, 12),
    ],
)
def test_known_texts_are_estimated_within_the_range_of_real_tokenizers(text: str, low: int, high: int) -> None:
    """The bounds are what published tokenizers count for these texts, with a little room."""
    assert low <= estimate(text) <= high


def test_the_whole_costs_about_as_much_as_its_parts() -> None:
    """Sections may be added up: cutting a text at line ends changes little."""
    lines = [f"- Rule {number}: check the order of the {number} steps\n" for number in range(50)]
    assert abs(sum(map(estimate, lines)) - estimate("".join(lines))) <= len(lines)
