"""The opening statement of a file: the section that says who the agent is.

Found by rule, because its words are the least alike of all and its place the most: what addresses the agent as somebody
("You are a ...", "Role: ...") near the top, else text before the first heading, else a first section whose heading or
plain prose says so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from agentgen.compare.model import Variant
from agentgen.compare.sketches import Key, Sketch
from agentgen.compare.words import normal_form
from agentgen.document.model import Item, ItemKind, Section, SectionKind

_NEAR_TOP = 4
_IDENTITY = re.compile(
    r"^\W*(?:"
    r"you(?:'re| are| act| will act| serve)\b|act as\b|acting as\b|as an? [\w -]{3,60}?,? (?:you|i)\b|"
    r"i am\b|i'm\b|we are\b|this agent (?:is|acts)\b|an? (?:expert|senior|specialist|specialized|elite)\b|"
    r"(?:role|identity|persona|your role|mission|purpose|who you are|profile)\s*\W{0,4}:|"
    r"your (?:role|job|mission|task|purpose)\b"
    r")",
    re.IGNORECASE,
)
_OPENING = "part/opening"


def find_openings(variants: Sequence[Variant], sketches: Sequence[Sketch]) -> dict[str, Key]:
    """The opening section of each variant that has one: variant id -> key of the section."""
    by_variant: dict[str, list[Sketch]] = {variant.id: [] for variant in variants}
    for sketch in sketches:
        by_variant[sketch.key[0]].append(sketch)
    found = {}
    for variant in variants:
        opening = _opening(variant, by_variant[variant.id])
        if opening is not None:
            found[variant.id] = opening.key
    return found


def _opening(variant: Variant, sketches: Sequence[Sketch]) -> Sketch | None:
    first = {item.section: item for item in reversed(variant.document.items)}
    filled = [sketch for sketch in sketches if sketch.key[1] in first][:_NEAR_TOP]
    addressed = [sketch for sketch in filled if _IDENTITY.match(normal_form(first[sketch.key[1]].text))]
    named = [sketch for sketch in filled if sketch.heading_concepts.get(_OPENING)]
    plain = [sketch for sketch in filled[:1] if _may_open(sketch.section, first[sketch.key[1]])]
    return next(iter([*addressed, *named, *plain]), None)


def _may_open(section: Section, first: Item) -> bool:
    top = section.kind is SectionKind.PREAMBLE or section.level == 1
    return top and first.kind is ItemKind.PARAGRAPH
