"""Small bodies and what is read of them, from the files in `cases/`."""

from __future__ import annotations

import pytest

from tests.document.helpers import CASES, cases, joined, read, shape

_FILES = sorted(path.name for path in CASES.glob("*.txt"))
_CASES = [
    pytest.param(text, expected, id=f"{name}: {title}") for name in _FILES for title, text, expected in cases(name)
]


def test_there_are_cases() -> None:
    """The folder of cases was found."""
    assert len(_CASES) > 60


@pytest.mark.parametrize(("text", "expected"), _CASES)
def test_case(text: str, expected: str) -> None:
    """Sections, items and findings are those of the case, and no character is lost."""
    document = read(text)
    assert shape(document) == expected
    assert joined(document) == text
