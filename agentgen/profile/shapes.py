"""The shape of profile, recipe and lock in YAML, for validation and for the JSON Schemas that editors use.

Only `shape_problems` imports this module: nothing of pydantic passes that border. Descriptions end up in the schemas.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SLUG = r"^[a-z0-9][a-z0-9-]{0,63}$"
STRATEGY = r"^(union|base=.+|consensus(=[0-9]+)?)$"
ID = r"^[^\W_][\w.-]{0,127}$"

Slug = Annotated[str, Field(pattern=SLUG)]
Id = Annotated[str, Field(pattern=ID)]
Version = Annotated[Literal[1], Field(description="The version of the format.")]
Open = Annotated[bool, Field(description="Nobody decided yet: this holds meanwhile. Remove the line to accept it.")]
Seen = Annotated[dict[Id, str], Field(description="What the decision was made on; written by merge.")]
Reason = Annotated[str, Field(description="Why it was decided so.")]


class Shape(BaseModel):
    """Unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)


class LayoutShape(Shape):
    """How a part is written where that differs from the default."""

    heading: str | None = Field(None, description="The heading line as written.")
    level: int | None = Field(None, ge=1, description="The heading's level, where it does not follow from the depth.")
    below: str | None = Field(None, description="What stands between heading and body.")
    after: str | None = Field(None, description="What stands behind the body.")


class SectionShape(Shape):
    """One section: a heading, the text below it, and the sections inside it."""

    id: Id = Field(description="Unique in the profile; decisions and provenance speak of the section by it.")
    title: str = Field("", description="The heading's text.")
    from_: list[Id] = Field(default=[], alias="from", description="The variants it was made from.")
    targets: list[Slug] = Field(default=[], description="Only these targets get it; empty: all.")
    layout: LayoutShape | None = None
    body: str = Field("", description="The text below the heading, in Markdown.")
    sections: list[SectionShape] = []


class ApprovalShape(Shape):
    """A named yes to something that a rendering does to a field."""

    target: Slug
    field: str
    kind: Literal["widening", "drop"]
    values: list[str] = Field(default=[], description="The tools or values approved; empty: the whole field.")
    reason: str = ""


class ProseShape(Shape):
    """What a rendering may change in the text itself."""

    tool_names: Literal["keep", "map"] = Field(
        "keep", description="map: a tool that the text names stands there under the target's own name for it."
    )


class ProfileShape(Shape):
    """The one canonical agent, in the tool-neutral form."""

    agentgen: Version
    name: Slug = Field(description="The agent's name; file names are made of it.")
    description: str | None = Field(None, description="When to use the agent.")
    tools: list[str] = Field(default=[], description="Canonical tool names; absent: all tools, empty: none.")
    disallowed_tools: list[str] = []
    model: str | None = Field(None, description="`inherit`, a tier (fast, balanced, deep), or a model's id.")
    effort: str | None = None
    color: str | None = None
    skills: list[str] = []
    mcp_servers: Any = None
    max_turns: Any = None
    permission_mode: Any = None
    background: Any = None
    hooks: Any = None
    memory: Any = None
    isolation: Any = None
    temperature: Any = None
    initial_prompt: str | None = None
    role: str = Field("", description="What stands before the first section.")
    role_layout: LayoutShape | None = None
    sections: list[SectionShape] = []
    extensions: dict[str, dict[str, Any]] = Field(default={}, description="Fields that only one tool has.")
    approvals: list[ApprovalShape] = []
    prose: ProseShape | None = None


class VariantShape(Shape):
    """One agent file as somebody wrote it."""

    id: Id
    path: str = Field(description="Relative to the recipe.")
    digest: str = ""
    tool: Slug | None = None


class KeyShape(Shape):
    """What to do with one frontmatter key: exactly one of take, union, intersect, value, drop."""

    take: Id | None = Field(None, description="The value of this variant.")
    union: list[Id] | None = Field(None, description="All entries of these variants.")
    intersect: list[Id] | None = Field(None, description="The entries that all of these variants have.")
    value: Any = Field(None, description="A value written here.")
    drop: bool | None = Field(None, description="Leave the key out.")
    subtract: list[str] = Field(default=[], description="Entries to remove afterwards.")
    open: Open = False
    reason: Reason = ""
    seen: Seen = {}


class ItemShape(Shape):
    """What to do with one statement: exactly one of drop, keep, pick, replace."""

    statement: str = Field(description="The statement, as written in a variant.")
    drop: bool | None = Field(None, description="Leave it out.")
    keep: bool | None = Field(None, description="It stands for itself; no other statement says the same.")
    pick: Id | None = Field(None, description="The wording of this variant.")
    replace: str | None = Field(None, description="A wording written here.")
    reason: Reason = ""


class TopicShape(Shape):
    """One topic: the variants' sections about it, and what to take."""

    id: Id
    title: str | None = Field(None, description="The heading; by default that of the first variant taken.")
    sections: dict[Id, str] = Field(default={}, description="variant: section id@digest")
    take: list[Id] = Field(default=[], description="One variant: its section as it is. Several: their union.")
    drop: bool = Field(False, description="Leave the topic out.")
    agree: int | None = Field(None, ge=1, description="Only statements that at least so many variants say.")
    mine: str | None = Field(None, description="A body written here, instead of the variants'.")
    parent: Id | None = Field(None, description="The topic that this one stands under.")
    order: int | None = Field(None, ge=1, description="Its position among its siblings.")
    targets: list[Slug] = []
    items: list[ItemShape] = []
    reason: Reason = ""


class ConflictShape(Shape):
    """A disagreement of the variants, decided by one of pick, text and keep_both."""

    id: str
    subject: str = ""
    pick: Id | None = Field(None, description="The variant whose side holds.")
    text: str | None = Field(None, description="A wording written here, in place of all sides.")
    keep_both: bool = Field(False, description="It is no contradiction: all sides stay.")
    open: Open = False
    reason: Reason = ""
    seen: Seen = {}


class RecipeShape(Shape):
    """Which variants, and what to take of each topic and each frontmatter key."""

    agentgen: Version
    variants: list[VariantShape]
    precedence: list[Id] = Field(default=[], description="Decides titles, order and whatever is still open.")
    strategy: str = Field("union", pattern=STRATEGY, description="What is taken of new sections.")
    keys: dict[str, KeyShape] = {}
    topics: list[TopicShape] = []
    conflicts: list[ConflictShape] = []
    approvals: list[ApprovalShape] = []
    prose: ProseShape | None = None


class HandShape(Shape):
    """A hand and the merge changed the same, each otherwise."""

    place: str
    base: str | None = None
    mine: str | None = None
    theirs: str | None = None


class StaleShape(Shape):
    """A decision whose input changed, and what changed."""

    decision: str
    variant: str
    gone: list[str] = []
    new: list[str] = []


class LockShape(Shape):
    """Written by merge: digests of what went in, and where every part came from."""

    agentgen: Version
    profile: str
    recipe: str
    variants: dict[Id, str] = {}
    fields: dict[str, str] = {}
    headings: dict[str, str] = {}
    origins: dict[str, list[str]] = {}
    hands: list[HandShape] = []
    stale: list[StaleShape] = []
    decisions: dict[str, str] = {}
    statements: dict[Id, str] = {}
    base: str = ""
