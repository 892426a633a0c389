"""What a tool makes of a file."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Status(StrEnum):
    """How far a tool gets with a file."""

    OK = "ok"
    OK_AFTER_RETRY = "ok-after-retry"  # the first attempt failed, the tool's second way of reading did not
    NO_FRONTMATTER = "no-frontmatter"  # read as a file without frontmatter: no agent, or a body alone
    REJECTED = "rejected"
    SCHEMA_REJECTED = "schema-rejected"  # one wrong value, and the whole frontmatter is discarded
    PARSED_BUT_SCHEMA_REJECTED = "parsed-but-schema-rejected"
    FRONTMATTER_IGNORED = "frontmatter-ignored"  # the whole file, frontmatter included, becomes the prompt


READ = (Status.OK, Status.OK_AFTER_RETRY)
"""The frontmatter arrives."""


class Loaded(NamedTuple):
    """What the tool sees: `frontmatter` as its parser gives it, `body` without blanks at its edges; both None where the
    frontmatter does not arrive.

    `loads` is False where the tool has no such agent in the end, `reason` says why, or what is odd. `line` is the
    1-based line of the file where reading failed, where there is one. `key` is the frontmatter key at fault.
    """

    status: Status
    frontmatter: Mapping[str, object] | None = None
    body: str | None = None
    reason: str = ""
    loads: bool = True
    line: int | None = None
    key: str = ""


def failed(status: Status, reason: str, *, line: int | None = None, key: str = "") -> Loaded:
    """A file that does not become the agent it was meant to be."""
    return Loaded(status, reason=reason, loads=False, line=line, key=key)
