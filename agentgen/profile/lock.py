"""The lock beside a profile: the digests of what went in, and where every part came from.

Provenance stands here and costs no token in a rendered file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of lines of a section's body came from.

    `lines` is how many lines it covers. `variant` and `source_line` name the first line in the variant's file; both
    None for text written in the recipe or by hand (`kind` says which: variant, recipe, hand, template).
    """

    lines: int
    kind: str
    variant: str | None = None
    source_line: int | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """Digests are `sha256:…`. `origins` maps a section id (or `role`) to the runs of lines that make up its body."""

    variants: Mapping[str, str]
    recipe: str
    profile: str  # digest of profile.yaml as merge wrote it: a differing file was edited by hand
    origins: Mapping[str, tuple[Origin, ...]]
