"""An entry of the table of finding codes."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How bad: an error loses or changes what the author meant, a warning may, an info only tells."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Code(NamedTuple):
    """An entry of the table."""

    code: str
    severity: Severity
    title: str
    explanation: str
    example: str
