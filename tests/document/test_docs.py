"""The examples of `docs/reading.md`: each is read, and the outline shown below it is the real one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from agentgen.document.read import read_document
from agentgen.report.outline import outline_text
from agentgen.source import Source

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "reading.md"
_EXAMPLE = re.compile(r"^`{4}markdown\n(.*?)^`{4}\n\n`{4}text\n(.*?)^`{4}\n", re.S | re.M)
_EXAMPLES = _EXAMPLE.findall(_PAGE.read_text("utf-8"))


def test_the_page_has_examples() -> None:
    """The pattern found them all: every fence of four marks is part of one."""
    assert len(_EXAMPLES) >= 6
    assert len(re.findall("^`{4}", _PAGE.read_text("utf-8"), re.M)) == 4 * len(_EXAMPLES)


@pytest.mark.parametrize(("text", "outline"), _EXAMPLES)
def test_the_outline_below_an_example_is_the_real_one(text: str, outline: str) -> None:
    """As the command prints it."""
    assert outline_text([read_document(Source("reviewer.md", text.encode()))]) == outline
