"""Cases as text files: adding one needs no Python.

Title of the case, one sentence
.
text of variant a
.
text of variant b
.
expected lines (none: nothing is expected)
...
Title of the next case
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_CASE = re.compile(r"^\.\.\.\n", re.MULTILINE)
_BLOCK = re.compile(r"^\.\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Case:
    """One case: texts by variant id (a, b, c in order) and the lines expected."""

    file: str
    title: str
    texts: Mapping[str, str]
    expected: tuple[str, ...]


def read_cases(folder: Path) -> list[Case]:
    """All cases of the Markdown files of a folder."""
    return [case for path in sorted(folder.glob("*.md")) for case in _cases(path)]


def _cases(path: Path) -> Iterator[Case]:
    for text in _CASE.split(path.read_text("utf-8")):
        title, *texts, expected = _BLOCK.split(text)
        yield Case(path.name, title.strip(), dict(zip("abc", texts, strict=False)), tuple(expected.splitlines()))
