"""The table of finding codes: what each means, how bad it is, and an example.

A code is a stable kebab-case name that people put into ignore lists; it keeps its meaning for ever. The example shows
the smallest input that gives the finding.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad: an error loses or changes what the author meant, a warning may, an info only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of the table."""

    code: str
    severity: Severity
    title: str
    explanation: str
    example: str


_TABLE: tuple[Code, ...] = (
    Code(
        "encoding-not-utf8",
        Severity.ERROR,
        "The file holds bytes that are not UTF-8",
        "Tools read agent files as UTF-8 and show a replacement character, or refuse the file. The bytes are kept as "
        "they are; save the file as UTF-8.",
        "caf\\xe9",
    ),
)

CODES: dict[str, Code] = {code.code: code for code in _TABLE}
