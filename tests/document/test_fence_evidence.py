"""A bare fence line opens or closes: what stands around it decides where the lines alone could be read in two ways."""

from __future__ import annotations

import pytest

from agentgen.document.model import ItemKind
from tests.document.helpers import codes, read

STRAY, UNCLOSED = "fence-stray", "fence-unclosed"


@pytest.mark.parametrize(
    ("text", "blocks", "found"),
    [
        pytest.param("\ntext\n```\n## H\n```sh\n", [(3, 3), (5, 5)], [STRAY, UNCLOSED], id="a heading is no code"),
        pytest.param("```\n## H\n```\n```\n", [(1, 1), (3, 4)], [STRAY], id="a heading above opens"),
        pytest.param("```\n\n```\n\n```\n", [(1, 3), (5, 5)], [STRAY], id="of two equal readings the first"),
        pytest.param(
            "text\n```\n````\n```\n\nOutput:  \n```markdown\n",
            [(2, 3), (4, 4), (7, 7)],
            [STRAY, UNCLOSED],
            id="of several equal readings the first",
        ),
        pytest.param("```\n\n```sh\n", [(1, 3)], [UNCLOSED], id="nothing above closes nothing"),
        pytest.param(
            "text\n```\n\n```\n\n```\n\n", [(2, 2), (4, 6)], [STRAY], id="text above and a blank line below close"
        ),
        pytest.param("text\n```\n\n```markdown\n", [(2, 2), (4, 4)], [STRAY, UNCLOSED], id="and are no beginning"),
        pytest.param("text\n```\n```sh\n", [(2, 3)], [UNCLOSED], id="text above and ink below may open"),
        pytest.param("Output:\n```\n```\n```\n\n```\n", [(2, 3), (4, 6)], [], id="two blocks are no sample in a block"),
        pytest.param(
            "```\nOutput:  \n```\nOutput:\n\n```\nOutput:\n", [(1, 1), (3, 6)], [STRAY], id="nothing announces line one"
        ),
        pytest.param(
            "```sh\n```\nOutput:  \n```\n", [(1, 2), (4, 4)], [UNCLOSED], id="a label with blanks behind it opens"
        ),
        pytest.param("```\n```\nOutput:\n```\n", [(1, 2), (4, 4)], [UNCLOSED], id="a label opens"),
        pytest.param("## H\n```\n\n```sh\n", [(2, 4)], [UNCLOSED], id="a heading on the first line opens"),
    ],
)
def test_what_stands_around_a_fence_decides(text: str, blocks: list[tuple[int, int]], found: list[str]) -> None:
    """First and last line of each block, and what is said about the lines that nobody paired."""
    document = read(text)
    assert [(item.line, item.end_line) for item in document.items if item.kind is ItemKind.CODE] == blocks
    assert codes(document) == found
