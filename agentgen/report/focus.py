"""What of a comparison a person wants to see."""

from __future__ import annotations

from enum import StrEnum


class Focus(StrEnum):
    """One kind of rows; without a focus all of them are shown."""

    CONFLICTS = "conflicts"
    DIFFERING = "differing"
    UNIQUE = "unique"
