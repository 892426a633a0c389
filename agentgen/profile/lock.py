"""The lock beside a profile: the digests of what went in, and where every part came from.

Provenance stands here and costs no token in a rendered file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from agentgen.profile.model import HAND_PREFIX
from agentgen.source import digest, encode

_ORIGIN = re.compile(r"(?:(?P<variant>[^:]+):(?P<line>\d+)|(?P<kind>[a-z]+))\+(?P<count>\d+)(?: (?P<decision>\S.*))?")


class Origin(NamedTuple):
    """Where a stretch of lines came from.

    `lines` is how many lines it covers. `variant` and `source_line` name the first line in the variant's file; both
    None for text written in the recipe or by hand (`kind` says which: variant, recipe, hand, template). `decision` is
    the recipe's entry that chose it, where that is not the topic's own.
    """

    lines: int
    kind: str
    variant: str | None = None
    source_line: int | None = None
    decision: str = ""

    def __str__(self) -> str:
        place = f"{self.variant}:{self.source_line}" if self.kind == "variant" else self.kind
        return f"{place}+{self.lines} {self.decision}".rstrip()


def parse_origin(text: str) -> Origin | None:
    """The inverse of `str`; None where the text is no origin."""
    match = _ORIGIN.fullmatch(text)
    if match is None:
        return None
    line = match["line"]
    kind = "variant" if line else match["kind"]
    return Origin(int(match["count"]), kind, match["variant"], int(line) if line else None, match["decision"] or "")


class HandConflict(NamedTuple):
    """A hand and the merge changed the same, each otherwise; the hand's text holds meanwhile.

    `place` is `sections/<id>`, `role`, or `keys/<key>`. None: that side does not have it (any more).
    """

    place: str
    base: str | None
    mine: str | None
    theirs: str | None

    @property
    def id(self) -> str:
        """Stable as long as the texts are."""
        said = digest(encode(repr((self.base, self.mine, self.theirs)))).removeprefix("sha256:")
        return f"{HAND_PREFIX}{self.place.rsplit('/', 1)[-1]}-{said[:8]}"


class Stale(NamedTuple):
    """A decision that was made on another input: what the variant does not say any more, and what it says now.

    `decision` is `topics/<id>`, `keys/<key>` or `conflicts/<id>`.
    """

    decision: str
    variant: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lock:
    """Digests are `sha256:…`.

    `origins` maps a section id (or `role`) to the runs of lines that make up its body, `headings` a section id to where
    its heading came from, `fields` a canonical field to the variant and line of its value. All of them speak of `base`:
    the text of the profile as the merge alone made it, before the edits that a hand made to it. `hands` are the open
    conflicts between the two. `statements` holds a short digest of each statement of each variant, to tell new ones;
    `stale` what changed since decisions that nobody has looked at again, `decisions` a short digest of each decision,
    to tell those that were made anew.
    """

    variants: Mapping[str, str]
    recipe: str
    profile: str  # digest of profile.yaml as merge wrote it: a differing file was edited by hand
    origins: Mapping[str, tuple[Origin, ...]]
    headings: Mapping[str, Origin] = field(default_factory=dict)
    fields: Mapping[str, Origin] = field(default_factory=dict)
    statements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    base: str = ""
    hands: tuple[HandConflict, ...] = ()
    stale: tuple[Stale, ...] = ()
    decisions: Mapping[str, str] = field(default_factory=dict)
