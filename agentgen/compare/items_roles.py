"""What the section around a statement makes of it: "payments and invoices" below "When to use me" is no rule.

"## When to use"     > "Caching strategies"        when to call the agent
"## Anti-patterns"   > "Caching without a limit"   what is forbidden
"## Caching"         > "Choose a caching strategy" a rule: no role, as nearly all statements
"""

from __future__ import annotations

import re

from agentgen.compare.concepts import Lexicon
from agentgen.compare.sketches import heading_text
from agentgen.compare.typed import agents_named, typed_parts
from agentgen.compare.words import stems
from agentgen.document.model import Document, Item, ItemKind, Section

Roles = frozenset[str]

_ROLES = {
    "part/trigger": "trigger",
    "part/avoid": "avoid",
    "part/lookup": "look-up",
    "part/intake": "input",
    "part/report": "report",
}
"""The parts in which words say something else than in a rule."""
_RULES = frozenset({"part/standards", "part/checklist", "part/practices", "part/rules", "part/principles"})
"""Headings of these stand above rules, whatever else they name: "Output Standards"."""
_ROW: Roles = frozenset({"row"})
_SENTENCE = re.compile(r"(?<=[.!?])\s")


class RolesOf:
    """The roles of one document's items: those that the headings above name.

    A table's rows have one of their own, and so has what first names another agent.
    """

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._items: dict[str, list[Item]] = {}
        for item in document.items:
            self._items.setdefault(item.section, []).append(item)
        self._sections: dict[str, Roles] = {}
        for section in document.sections:  # a parent stands before its children
            above = self._sections.get(section.parent, frozenset()) if section.parent is not None else frozenset()
            self._sections[section.id] = self._role(section, above)

    def of(self, item: Item) -> Roles:
        """The roles of an item; empty for what is said in its own right."""
        if item.kind is ItemKind.TABLE_ROW:
            return _ROW
        agents = agents_named(_SENTENCE.split(item.text, maxsplit=1)[0])
        return frozenset(f"hand over to {agent}" for agent in agents) or self._sections[item.section]

    def _role(self, section: Section, above: Roles) -> Roles:
        """The role of a section below one with the role `above`."""
        if section.level < 2:
            return above  # the document's title names the agent
        concepts = self._lexicon.find(stems(heading_text(section)))
        if _RULES & concepts.keys():
            return frozenset()
        built = typed_parts(self._items.get(section.id, ()), ())
        parts = (*concepts, *({"part/avoid"} & built.keys()))
        return above | frozenset(_ROLES[part] for part in parts if part in _ROLES)


def play_apart(left: Roles, right: Roles) -> bool:
    """Whether two statements play different roles: like words do not say the same then, only the same words do."""
    return left != right and not left & right
