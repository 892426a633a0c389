"""What a rendering is made of: the target, the ledger, the files.

Every fact about a tool is data in `templates/<target>/target.yaml`; these types hold it once it is validated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from agentgen.codes import Severity
from agentgen.findings import Finding


class Outcome(StrEnum):
    """What happened to one part of the profile on its way to a target."""

    KEPT = "kept"
    MAPPED = "mapped"
    APPROXIMATED = "approximated"
    DROPPED = "dropped"


class Entry(NamedTuple):
    """One line of the ledger.

    `part` is `field`, `tool`, `denied-tool`, `extension`, `section` or `link`; `name` the canonical name (field), the
    canonical tool, `tool.key` (extension), the section's id or the link's target; `before` and `after` the values in
    words (`after` empty where dropped). `approved` is True where the profile acknowledges a loss, `expected` where
    there is nothing to acknowledge (another tool's own key, a section meant for other targets); `source` cites the
    fact about the tool.
    """

    part: str
    name: str
    outcome: Outcome
    before: str = ""
    after: str = ""
    reason: str = ""
    source: str = ""
    approved: bool = False
    expected: bool = False


class Widening(NamedTuple):
    """The target cannot hold a restriction: what the agent would be able to do beyond the profile.

    `leave_out` names the tools without which less would be gained, `left` what would be gained then (nothing, at best).
    """

    target: str
    field: str
    gained: tuple[str, ...]
    reason: str
    approved: bool = False
    leave_out: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


class Ledger(NamedTuple):
    """Every field, tool and section of the profile, exactly once."""

    profile: str
    target: str
    entries: tuple[Entry, ...]
    widenings: tuple[Widening, ...] = ()

    def count(self, outcome: Outcome) -> int:
        return sum(entry.outcome is outcome for entry in self.entries)


class SharedPart(NamedTuple):
    """Where a part of a file stands that others write to as well: as an entry of the list `list`, told apart by `key`;
    between two marks where `list` is None. `name` is the profile's."""

    name: str
    list: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Rendering:
    """One rendered file: its path relative to the target's root (POSIX), its text, what happened on the way.

    `shared` says which part of the file this is where others write to it as well; `text` is the file with it alone.
    """

    target: str
    profile: str
    path: str
    text: str
    ledger: Ledger
    findings: tuple[Finding, ...] = field(default_factory=tuple)
    shared: SharedPart | None = None

    @property
    def blocked(self) -> bool:
        """True where a widening was not approved, or the tool would not take the file: it must not be written."""
        broken = any(finding.severity is Severity.ERROR for finding in self.findings)
        return broken or any(not widening.approved for widening in self.ledger.widenings)


class Action(StrEnum):
    """What the writer would do with one path."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    REMOVE = "remove"
    REFUSE = "refuse"  # edited by hand, behind a link, or outside the root


class Change(NamedTuple):
    """One planned change below the root: `before` is None where there is no file, `after` None for a removal."""

    path: str
    action: Action
    before: bytes | None
    after: bytes | None
    reason: str = ""


class Plan(NamedTuple):
    """All that a render would do to one root folder.

    `manifest` is the change to the list of written files, which is no drift of its own.
    """

    root: str
    changes: tuple[Change, ...]
    manifest: Change | None = None

    @property
    def drift(self) -> tuple[Change, ...]:
        """The changes that are not `unchanged`."""
        return tuple(change for change in self.changes if change.action is not Action.UNCHANGED)


class Settled(NamedTuple):
    """What became of an unfinished run: of its files, how many are as it meant them, as they were, and edited since."""

    folder: str
    new: int
    old: int
    edited: int
