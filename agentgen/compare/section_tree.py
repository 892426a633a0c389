"""The sections of one document as a tree with their items: own, below, and what that makes of a section."""

from __future__ import annotations

from collections.abc import Sequence

from agentgen.compare.words import tokens
from agentgen.document.model import Document, Item, Section

_CONTAINER_WORDS = 30  # a parent with fewer words of its own is known by its subtree
_TITLE_SHARE = 0.6  # a heading over more than this share of the items, without text of its own, is the file's title
_INNER_SHARE = 0.7  # a child with more than this share of its container's text is nearly all of it


class SectionTree:
    """Sections of a document with the items of each, in file order."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.own: dict[str, list[Item]] = {section.id: [] for section in document.sections}
        self.children: dict[str, list[Section]] = {section.id: [] for section in document.sections}
        for item in document.items:
            self.own[item.section].append(item)
        for section in document.sections:
            if section.parent is not None:
                self.children[section.parent].append(section)
        self.below = self._below()
        self._sizes = {name: sum(len(item.text) for item in items) for name, items in self.below.items()}
        self.title = self._title()
        self._containers = {section.id for section in document.sections if self._is_container(section)}

    def said(self, section: Section) -> Sequence[Item]:
        """The items a section is known by: its own, or all below it where it has little text of its own."""
        return self.below[section.id] if section.id in self._containers else self.own[section.id]

    def is_inner(self, section: Section) -> bool:
        """True for a section that is nearly all there is below the heading above it."""
        parent = section.parent
        if parent is None or parent == self.title or parent not in self._containers:
            return False
        return self._sizes[section.id] > _INNER_SHARE * self._sizes[parent]

    def _is_container(self, section: Section) -> bool:
        if not self.children[section.id]:
            return False
        return sum(len(tokens(item.text)) for item in self.own[section.id]) < _CONTAINER_WORDS

    def _title(self) -> str | None:
        """The first heading, where it is of level 1, has no text of its own and stands over most of the file."""
        for section in self._document.sections:
            if section.heading is not None:
                over = len(self.below[section.id]) > _TITLE_SHARE * len(self._document.items)
                return section.id if over and section.level == 1 and not self.own[section.id] else None
        return None

    def _below(self) -> dict[str, list[Item]]:
        below = {name: list(items) for name, items in self.own.items()}
        for section in reversed(self._document.sections):
            if section.parent is not None:
                own = len(self.own[section.parent])
                below[section.parent][own:own] = below[section.id]
        return below
