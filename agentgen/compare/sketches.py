"""Sketches: what the comparison knows of each section before it looks at pairs.

A section with text is sketched from its own items; a container with little text of its own from its whole subtree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from agentgen.compare.concepts import Lexicon
from agentgen.compare.model import Variant
from agentgen.compare.section_tree import SectionTree
from agentgen.compare.typed import is_form, typed_parts
from agentgen.compare.words import normal_form, stems, tokens
from agentgen.document.model import Item, Section

_NUMBERING = re.compile(r"^\W*(?:[^\W\d_]+\s+(?:\d+|[IVX]+)\s*[:.)–—-](?=\s)\s*)?(?:\d+(?:\.\d+)*[.):]?\s+)?")
_ASIDE = re.compile(r"\(([^()]*)\)|[—–:] (.*)$")
_FORM = "part/template"
_FRAMES = frozenset(
    f"part/{name}"
    for name in (
        "collaboration",
        "communication",
        "examples",
        "lookup",
        "memory",
        "output",
        "principles",
        "report",
        "template",
        "tools",
    )
)

Key = tuple[str, str]
"""Variant id and section id."""


class Sketch(NamedTuple):
    """One section: stems of heading and body, the concepts that both name and how often, its place in the file.

    `label` is the heading as it stands, lower-case and without numbering, for what has no word (`C++`, an emoji).
    `typed` are the parts that the way it is built speaks for, 0 to 1. `place` is 0 for the first section of the file
    and 1 for the last. `form` is the normal form of all it says. A `title` is a heading over all the rest without text
    of its own. The `frame` are the parts of the headings above that change what a heading means: below an output
    format, "Security" is a sample of what the agent writes; a text of blanks to fill in is one too. An `inner` section
    is nearly all there is below the heading above it.
    """

    key: Key
    section: Section
    parent: Key | None
    place: float
    label: str
    heading: tuple[str, ...]
    body: tuple[str, ...]
    heading_concepts: Mapping[str, float]
    body_concepts: Mapping[str, float]
    typed: Mapping[str, float]
    form: str
    title: bool
    frame: frozenset[str]
    inner: bool


def sketch_variants(variants: Sequence[Variant], lexicon: Lexicon) -> list[Sketch]:
    """The sketches of all sections of all variants, in the order of the variants and of their files."""
    return [sketch for variant in variants for sketch in _Sketcher(variant, lexicon).sketches()]


def heading_text(section: Section) -> str:
    """The heading without numbering such as `1.2`, `Phase 3:` or `Step 0:`; empty for the preamble."""
    heading = section.heading or ""
    numbering = _NUMBERING.match(heading)
    return heading[numbering.end() :] if numbering and numbering.end() < len(heading) else heading


class _Sketcher:
    """Sketches the sections of one variant, each item read once."""

    def __init__(self, variant: Variant, lexicon: Lexicon) -> None:
        self._variant = variant
        self._lexicon = lexicon
        self._tree = SectionTree(variant.document)
        said = [(stems(item.text), tokens(item.text), normal_form(item.text)) for item in variant.document.items]
        self._concepts = [lexicon.find(words) for words, _, _ in said]
        self._words = [words for _, words, _ in said]
        self._forms = [form for _, _, form in said]
        self._frames: dict[str, frozenset[str]] = {}

    def sketches(self) -> list[Sketch]:
        sections = self._variant.document.sections
        last = max(1, len(sections) - 1)
        return [self._sketch(section, at / last) for at, section in enumerate(sections)]

    def _sketch(self, section: Section, place: float) -> Sketch:
        tree, name = self._tree, self._variant.id
        items = tree.said(section)
        concepts = self._heading_concepts(section)
        return Sketch(
            key=(name, section.id),
            section=section,
            parent=(name, section.parent) if section.parent is not None else None,
            place=place,
            label=" ".join(heading_text(section).casefold().split()),
            heading=tuple(word for word in tokens(heading_text(section)) if not word[0].isdigit()),
            body=tuple(word for item in items for word in self._words[item.index]),
            heading_concepts=concepts,
            body_concepts=_summed(self._concepts[item.index] for item in items),
            typed=typed_parts(tree.own[section.id], tree.children[section.id]),
            form="\n".join(self._forms[item.index] for item in items),
            title=section.id == tree.title,
            frame=self._frame(section, concepts, tree.own[section.id]),
            inner=tree.is_inner(section),
        )

    def _heading_concepts(self, section: Section) -> dict[str, float]:
        """Concepts of a heading; what stands in brackets or behind a dash or colon counts half."""
        text = " ".join(heading_text(section).split())
        found = self._lexicon.find(stems(_ASIDE.sub(" ", text)))
        for aside in _ASIDE.finditer(text):
            for name, times in self._lexicon.find(stems(aside.group(1) or aside.group(2) or "")).items():
                found[name] = max(found.get(name, 0.0), times / 2)
        return found

    def _frame(self, section: Section, concepts: Mapping[str, float], own: Sequence[Item]) -> frozenset[str]:
        """The frame of a section; a parent is framed before its children."""
        above = self._frames.get(section.parent or "", frozenset())
        if is_form(own):
            above |= {_FORM}
        self._frames[section.id] = above | _framing(section, concepts, self._tree.title)
        return above


def _framing(section: Section, concepts: Mapping[str, float], title: str | None) -> frozenset[str]:
    """The parts by which a heading frames what stands below it; "Output Standards" are standards for everything."""
    if section.level < 2 or section.id == title or "part/standards" in concepts:
        return frozenset()
    return _FRAMES & concepts.keys()


def _summed(counts: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for count in counts:
        for name, times in count.items():
            total[name] = total.get(name, 0.0) + times
    return total
