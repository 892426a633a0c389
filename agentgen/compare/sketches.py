"""Sketches: what the comparison knows of each section before it looks at pairs.

A section with text is sketched from its own items; a container with little text of its own from its whole subtree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from agentgen.compare.concepts import Lexicon
from agentgen.compare.model import Variant
from agentgen.compare.typed import typed_parts
from agentgen.compare.words import normal_form, stems, tokens
from agentgen.document.model import Document, Item, ItemKind, Section

_NUMBERING = re.compile(
    r"^\W*(?:(?:phase|step|category|part|stage|section|chapter|problem|example|appendix)\b\s*[\dIVX]*\s*[:.)–—-]\s*)?"
    r"(?:\d+(?:\.\d+)*[.):]?\s+)?",
    re.IGNORECASE,
)
_CONTAINER_WORDS = 30  # a parent with fewer words of its own is sketched from its subtree
_TITLE_SHARE = 0.6  # a heading over more than this share of the items, without text of its own, is the file's title
_FRAMES = frozenset(
    f"part/{name}"
    for name in ("collaboration", "communication", "examples", "lookup", "memory", "output", "principles", "report", "template", "tools")
)
_ASIDE = re.compile(r"\(([^()]*)\)|[—–:] (.*)$")

Key = tuple[str, str]
"""Variant id and section id."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How a section is written: the shares of its items that are of each kind."""

    steps: float = 0.0
    boxes: float = 0.0
    code: float = 0.0
    table: float = 0.0
    bullets: float = 0.0
    prose: float = 0.0


@dataclass(frozen=True, slots=True)
class Sketch:
    """One section: stems of heading, body and items, concepts named by heading and body, shape, place in the file.

    `place` is 0 for the first section of the file and 1 for the last. `form` is the normal form of all it says. A
    `title` section is a heading over all the rest without text of its own. The `frame` are the parts of the headings
    above that change what a heading means: below an output format, "Security" is a sample of what the agent writes.
    """

    key: Key
    section: Section
    parent: Key | None
    place: float
    heading: tuple[str, ...]
    body: tuple[str, ...]
    items: tuple[tuple[str, ...], ...]
    heading_concepts: Mapping[str, float]
    body_concepts: Mapping[str, float]
    typed: Mapping[str, float]
    shape: Shape
    container: bool
    title: bool
    frame: frozenset[str]
    form: str


def sketch_variants(variants: Sequence[Variant], lexicon: Lexicon) -> list[Sketch]:
    """The sketches of all sections of all variants, in the order of the variants and of their files."""
    return [sketch for variant in variants for sketch in _sketch_document(variant, lexicon)]


def heading_text(section: Section) -> str:
    """The heading without numbering such as `1.2`, `Phase 3:` or `Step 0:`; empty for the preamble."""
    heading = section.heading or ""
    return heading[_NUMBERING.match(heading).end() :] or heading  # type: ignore[union-attr]


def _sketch_document(variant: Variant, lexicon: Lexicon) -> list[Sketch]:
    document = variant.document
    own: dict[str, list[Item]] = {section.id: [] for section in document.sections}
    for item in document.items:
        own[item.section].append(item)
    below = _subtree_items(document, own)
    children: dict[str, list[Section]] = {section.id: [] for section in document.sections}
    frames: dict[str, frozenset[str]] = {}
    last = max(1, len(document.sections) - 1)
    for section in document.sections:
        if section.parent is not None:
            children[section.parent].append(section)
    found: list[Sketch] = []
    for at, section in enumerate(document.sections):
        few = sum(len(tokens(item.text)) for item in own[section.id]) < _CONTAINER_WORDS
        container = bool(children[section.id]) and few
        title = container and not own[section.id] and len(below[section.id]) > _TITLE_SHARE * len(document.items)
        title = title and all(other.section.heading is None for other in found)
        concepts = _heading_concepts(section, lexicon)
        frame = frames.get(section.parent or "", frozenset())
        frames[section.id] = frame if title else frame | _framing(section, concepts)
        items = below[section.id] if container else own[section.id]
        found.append(
            Sketch(
                key=(variant.id, section.id),
                section=section,
                parent=(variant.id, section.parent) if section.parent is not None else None,
                place=at / last,
                heading=tuple(word for word in tokens(heading_text(section)) if not word[0].isdigit()),
                body=tuple(word for item in items for word in tokens(item.text)),
                items=tuple(filter(None, (tokens(item.text) for item in items))),
                heading_concepts=concepts,
                body_concepts=_summed(lexicon.find(stems(item.text)) for item in items),
                typed=typed_parts(own[section.id], children[section.id]),
                shape=_shape(items),
                container=container,
                title=title,
                frame=frame,
                form="\n".join(normal_form(item.text) for item in items),
            )
        )
    return found


def _framing(section: Section, concepts: Mapping[str, float]) -> frozenset[str]:
    """The parts by which a heading frames what stands below it; "Output Standards" are standards for everything."""
    if section.level < 2 or "part/standards" in concepts:
        return frozenset()
    return _FRAMES & concepts.keys()


def _heading_concepts(section: Section, lexicon: Lexicon) -> dict[str, float]:
    """Concepts of a heading; what stands in brackets or behind a dash counts half."""
    text = heading_text(section)
    found = lexicon.find(stems(_ASIDE.sub(" ", text)))
    for aside in _ASIDE.finditer(text):
        for name, times in lexicon.find(stems(aside.group(1) or aside.group(2) or "")).items():
            found[name] = max(found.get(name, 0.0), times / 2)
    return found


def _summed(counts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for count in counts:
        for name, times in count.items():
            total[name] = total.get(name, 0.0) + times
    return total


def _subtree_items(document: Document, own: Mapping[str, list[Item]]) -> dict[str, list[Item]]:
    """Own items and those of all descendants, in file order."""
    below = {name: list(items) for name, items in own.items()}
    for section in reversed(document.sections):
        if section.parent is not None:
            below[section.parent][len(own[section.parent]) : len(own[section.parent])] = below[section.id]
    return below


def _shape(items: Sequence[Item]) -> Shape:
    if not items:
        return Shape()
    kinds = Counter(item.kind for item in items)
    size = len(items)
    table = kinds[ItemKind.TABLE_ROW] + kinds[ItemKind.TABLE_HEAD]
    return Shape(
        steps=kinds[ItemKind.NUMBER] / size,
        boxes=kinds[ItemKind.CHECKBOX] / size,
        code=kinds[ItemKind.CODE] / size,
        table=table / size,
        bullets=kinds[ItemKind.BULLET] / size,
        prose=(kinds[ItemKind.PARAGRAPH] + kinds[ItemKind.QUOTE]) / size,
    )
