"""The canonical profile: one agent in the tool-neutral form.

Texts have LF line ends. What a section does not get from the defaults (see `Layout`) is stored, so that a profile made
from one variant gives that variant's body back byte for byte.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

FORMAT_VERSION = 1
"""The value of the key `agentgen` at the top of profile, recipe and lock."""

HAND_PREFIX = "hand-"
"""Ids of conflicts between a hand and the merge start with it."""

CANONICAL_FIELDS: tuple[str, ...] = (
    "name",
    "description",
    "tools",
    "disallowed_tools",
    "model",
    "effort",
    "color",
    "skills",
    "mcp_servers",
    "max_turns",
    "permission_mode",
    "background",
    "hooks",
    "memory",
    "isolation",
    "temperature",
    "initial_prompt",
)
"""The fields of the canonical form, in the order in which they are written."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a section is written where that differs from the default; `None` means the default.

    The default: an ATX heading `#` * level + blank + title, one blank line, the body, one blank line before the next
    section, one line end at the end of the file. Root sections have level 2, others one more than their parent. A
    section without a body has nothing `below`: `after` then starts with the heading's own line end. For the role,
    `below` is what stands between the frontmatter and the text (by default one blank line).
    """

    heading: str | None = None  # the heading line(s) as written, without the last line end
    level: int | None = None
    below: str | None = None  # what stands between heading line and body, the heading's own line end excluded
    after: str | None = None  # what stands between the end of the body and the next heading or the end of the file


@dataclass(frozen=True, slots=True)
class ProfileSection:
    """One section. `body` has no blank line at its edges and no line end at its end.

    `origins` are the variant ids it was made from (`from` in YAML); `targets` limits it to those targets (empty: all).
    """

    id: str
    title: str
    body: str = ""
    sections: tuple[ProfileSection, ...] = ()
    origins: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    layout: Layout = Layout()


class Approval(NamedTuple):
    """A named yes to something that a rendering to `target` does to `field`: a widening or a drop.

    `kind` is `widening` or `drop`; `values` are the tools or values approved (empty: the whole field); `reason` is
    what the person who approved wrote.
    """

    target: str
    field: str
    kind: str
    values: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """What a rendering may change in the text itself: nothing by default.

    With `tool_names` "map" a tool that the text names stands there under the target's own name.
    """

    tool_names: str = "keep"


@dataclass(frozen=True, slots=True)
class Profile:
    """The one canonical agent.

    `fields` maps names of CANONICAL_FIELDS to canonical values: strings; tuples of strings for `tools`,
    `disallowed_tools` and `skills`; whatever was given for the others. An absent key means that nothing was said
    (`tools` absent: all tools; `tools` empty: none). `role` is the text before the first section, without blank lines
    at its edges. `extensions` maps a tool to fields that only it has.
    """

    fields: Mapping[str, object]
    role: str = ""
    role_layout: Layout = Layout()
    sections: tuple[ProfileSection, ...] = ()
    extensions: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    approvals: tuple[Approval, ...] = ()
    prose: Prose = Prose()

    @property
    def name(self) -> str:
        return str(self.fields["name"])

    @property
    def description(self) -> str:
        return str(self.fields.get("description", ""))

    @property
    def tools(self) -> tuple[str, ...] | None:
        """Canonical tool names; None where the profile does not restrict them."""
        tools = self.fields.get("tools")
        return tuple(tools) if isinstance(tools, (tuple, list)) else None
