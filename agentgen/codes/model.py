"""An entry of the table of finding codes."""

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
