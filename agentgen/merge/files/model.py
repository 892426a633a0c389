"""The types of a file merge, and how it says that it is not sure."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

LineMerge = Callable[[str, str, str], str | None]
"""Merges base, ours and theirs of one piece of text line by line; None where they clash."""


class UnsureError(Exception):
    """Why the file cannot be merged for certain. It never reaches a person: the line merge is taken instead."""


class MergedFile(NamedTuple):
    """The merged text, and whether either side moved a section, a statement or a key."""

    text: str
    moved: bool


class LinesMerged(NamedTuple):
    """What the line merge of version control gave: the file's bytes, and how many conflicts are marked in them."""

    raw: bytes
    conflicts: int
