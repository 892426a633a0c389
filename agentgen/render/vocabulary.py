"""The words of the canonical form that all targets share: `templates/vocabulary.yaml`, once it is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from agentgen.render.spec import Strict


@dataclass(frozen=True, slots=True)
class CanonicalTool(Strict):
    """A tool of the canonical form: what an agent that has it can do, and what it is for."""

    can: tuple[str, ...] = ()
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Models(Strict):
    """Words for models that no tool owns: those for the caller's model, tiers with the family of each, families."""

    inherit: tuple[str, ...] = ()
    tiers: Mapping[str, str] = field(default_factory=dict)
    families: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary(Strict):
    """The canonical form's words: tools and what they can do, other names for them, models.

    `capabilities` lists what an agent can do apart from MCP servers;
    `denies` maps a permission mode to the capabilities it takes away.
    """

    vocabulary: int
    capabilities: tuple[str, ...]
    tools: Mapping[str, CanonicalTool]
    aliases: Mapping[str, str] = field(default_factory=dict)
    retired: Mapping[str, str] = field(default_factory=dict)
    efforts: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    denies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    models: Models = Models()
