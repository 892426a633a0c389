"""The table of codes: the example of every code that reading a file can give does give it."""

from __future__ import annotations

import pytest

from agentgen.codes import CODES
from tests.document.helpers import codes, read

_READING = ("encoding-", "file-", "frontmatter-", "fence-", "heading-")
_GIVEN_ELSEWHERE = {"fence-made-longer", "file-bom", "frontmatter-bare-value", "frontmatter-missing"}  # merge, lint
_OWN = sorted(code for code in CODES if code.startswith(_READING) and code not in _GIVEN_ELSEWHERE)


def _input(code: str) -> bytes:
    """The example as a file: escapes are bytes, keys alone stand between two lines of dashes."""
    example = CODES[code].example
    if code.startswith(("encoding-", "file-")):
        return example.encode().decode("unicode_escape").encode("latin-1")
    is_block = code.startswith("frontmatter-") and "---" not in example
    return (f"---\n{example}\n---\n" if is_block else f"{example}\n").encode()


def test_reading_has_codes() -> None:
    """The prefixes still fit."""
    assert len(_OWN) >= 25


@pytest.mark.parametrize("code", _OWN)
def test_the_example_gives_its_finding(code: str) -> None:
    """Read as a file, it gives the finding that it explains."""
    assert code in codes(read(_input(code)))
