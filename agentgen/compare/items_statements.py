"""Statements: the items of all variants as the comparison sees them, with their normal form, terms and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from agentgen.compare.concepts import Lexicon, lexicon
from agentgen.compare.items_elements import Element, listed, title_terms
from agentgen.compare.items_roles import Roles, RolesOf
from agentgen.compare.items_terms import anchors, prose_of, terms
from agentgen.compare.model import ItemRef, Variant
from agentgen.compare.words import normal_form
from agentgen.document.model import Document, Item, ItemKind, Section

_TICKED = re.compile(r"[^\w\[]*(?:\d+[.)])?[^\w\[]*\[[xX]\]")
_PARENT_CHARACTERS = 120
"""How much of the list item above counts as context."""


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """Where statements stand: the terms of the nearest heading and list item, and those of the headings above."""

    here: frozenset[str]
    above: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Statement:
    """An item of a variant. `order` is its place among all statements, sorted by variant id and position."""

    order: int
    ref: ItemRef
    topic: str
    normal: str
    code: bool
    label: bool  # ends with a colon: it says what follows
    terms: tuple[str, ...]  # stems in order, synonyms folded
    title: frozenset[str]  # the terms of what it says first, without the elaboration
    anchors: frozenset[str]
    elements: frozenset[Element]  # the things that it lists, where it lists several
    context: Context
    roles: Roles  # what the section around it makes of it


def read_statements(
    variants: Sequence[Variant], topic_of: Mapping[tuple[str, str], str], words: Lexicon | None = None
) -> tuple[Statement, ...]:
    """Every item of every variant, sorted by variant id and position; `words` name the parts that sections play."""
    found: list[Statement] = []
    for variant in sorted(variants, key=lambda variant: variant.id):
        contexts = _Contexts(variant.document)
        roles = RolesOf(variant.document, words or lexicon())
        for item in variant.document.items:
            topic = topic_of[variant.id, item.section]
            found.append(_statement(len(found), variant, item, topic, contexts.of(item), roles.of(item)))
    return tuple(found)


def normal_of(document: Document, item: Item) -> str:
    """The normal form of an item. A ticked box says something else than an open one, code something else than prose."""
    normal = normal_form(item.text)
    if item.kind is ItemKind.CODE:
        return f"code:{normal}"
    if item.kind is ItemKind.CHECKBOX and _TICKED.match(document.source.slice(item.span)):
        return f"[x] {normal}"
    return normal


def _statement(order: int, variant: Variant, item: Item, topic: str, context: Context, roles: Roles) -> Statement:
    ref = ItemRef(variant.id, item.section, item.index, item.line, item.text)
    normal = normal_of(variant.document, item)
    code = item.kind is ItemKind.CODE
    return Statement(order, ref, topic, normal, code, *_wording(item.text, code), context, roles)


class _Wording(NamedTuple):
    """What a text says, whoever says it."""

    label: bool
    terms: tuple[str, ...]
    title: frozenset[str]
    anchors: frozenset[str]
    elements: frozenset[Element]


@lru_cache(maxsize=1 << 17)
def _wording(text: str, code: bool) -> _Wording:
    prose = prose_of(text)
    label = prose.rstrip().rstrip("*_").endswith(":")
    elements = frozenset() if code or label else listed(prose)
    return _Wording(label, terms(prose), title_terms(prose), anchors(prose), elements)


class _Contexts:
    """The contexts of one document, each made once."""

    def __init__(self, document: Document) -> None:
        self._items = document.items
        self._headings = {section.id: terms(section.heading or "") for section in document.sections}
        self._parents = {section.id: section.parent for section in document.sections}
        self._above = {section.id: frozenset(self._outer(section)) for section in document.sections}
        self._known: dict[tuple[str, int | None], Context] = {}

    def of(self, item: Item) -> Context:
        key = (item.section, item.parent)
        if key not in self._known:
            parent = () if item.parent is None else terms(self._items[item.parent].text[:_PARENT_CHARACTERS])
            here = frozenset((*self._headings[item.section], *parent))
            self._known[key] = Context(here, self._above[item.section] - here)
        return self._known[key]

    def _outer(self, section: Section) -> Iterator[str]:
        """The terms of the headings above, without the document's title: it names the agent, not a subject."""
        above = section.parent
        while above is not None and self._parents[above] is not None:
            yield from self._headings[above]
            above = self._parents[above]
