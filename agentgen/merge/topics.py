"""Topics of the recipe as sections of the profile: bodies, titles, headings, order and nesting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from agentgen.compare.model import Variant
from agentgen.document.model import Section
from agentgen.merge.fences import FenceRepair
from agentgen.merge.nodes import Node, walk
from agentgen.merge.source_text import body_lines, role_layout, section_layout
from agentgen.merge.write import Line, write_nodes
from agentgen.profile.body import ROLE, ROOT_LEVEL
from agentgen.profile.body import walk as walk_sections
from agentgen.profile.lock import Origin
from agentgen.profile.model import Layout, ProfileSection
from agentgen.profile.recipe import OPENING, Recipe, TopicDecision


class Written(NamedTuple):
    """The sections of a profile, and the lines of each body by section id (`role` for the text before them)."""

    role: str
    role_layout: Layout
    sections: tuple[ProfileSection, ...]
    lines: Mapping[str, Sequence[Line]]
    headings: Mapping[str, Origin]


def write_topics(
    recipe: Recipe, variants: Mapping[str, Variant], unions: Mapping[str, list[Node]], repair: FenceRepair
) -> Written:
    """All topics of a recipe, `unions` holding the statements that each of them says."""
    return _Writer(recipe, variants, unions, repair).write()


def rows_of(topic: TopicDecision, variants: Mapping[str, Variant]) -> list[tuple[Variant, Section]]:
    """The sections that a topic takes, in the order of `take`."""
    if topic.drop or topic.mine is not None:
        return []
    return [
        (variants[name], variants[name].document.section(topic.sections[name]))
        for name in topic.take
        if name in topic.sections
    ]


@dataclass(slots=True)
class _Writer:
    recipe: Recipe
    variants: Mapping[str, Variant]
    unions: Mapping[str, list[Node]]
    repair: FenceRepair
    lines: dict[str, Sequence[Line]] = field(default_factory=dict)
    headings: dict[str, Origin] = field(default_factory=dict)

    @property
    def alone(self) -> bool:
        """True for a recipe of one variant, which is written just as it is."""
        return len(self.recipe.variants) == 1

    def write(self) -> Written:
        role, layout = self._role()
        self.lines[ROLE] = role
        sections = tuple(self._sections(_tree(self.recipe.topics), None, ROOT_LEVEL))
        names = [section.id for section in walk_sections(sections)]
        lines = {name: self.lines[name] for name in (ROLE, *names)}
        return Written(_text(role), layout, sections, lines, {name: self.headings[name] for name in names})

    def _role(self) -> tuple[Sequence[Line], Layout]:
        opening = next((topic for topic in self.recipe.topics if topic.id == OPENING), None)
        lines = self._body(opening) if opening else []
        variant = next(iter(self.variants.values()))
        if not self.alone:
            return lines, Layout()
        own, layout = role_layout(variant)
        return lines, layout if _text(own) == _text(lines) else Layout()

    def _sections(
        self, tree: Mapping[str | None, Sequence[TopicDecision]], parent: str | None, level: int
    ) -> Iterator[ProfileSection]:
        for topic in tree.get(parent, ()):
            layout = self._layout(topic, level)
            body = self._body(topic)
            children = tuple(self._sections(tree, topic.id, (layout.level or level) + 1))
            if not (body or children or self.alone or self._is_wanted_empty(topic)):
                continue
            self.lines[topic.id] = body
            title, self.headings[topic.id] = self._heading(topic)
            yield ProfileSection(
                id=topic.id,
                title=title,
                body=_text(body),
                sections=children,
                origins=tuple(variant.id for variant, _ in rows_of(topic, self.variants)),
                targets=topic.targets,
                layout=layout,
            )

    @staticmethod
    def _is_wanted_empty(topic: TopicDecision) -> bool:
        """A heading without text or sections below it is written only where somebody asked for just that."""
        return not topic.sections and topic.title is not None and topic.mine is None

    def _layout(self, topic: TopicDecision, level: int) -> Layout:
        rows = rows_of(topic, self.variants)
        if not (self.alone and rows):
            return Layout()
        variant, section = rows[0]
        followed = section is not variant.document.sections[-1]
        return section_layout(variant, section, level=level, followed=followed)

    def _body(self, topic: TopicDecision) -> Sequence[Line]:
        if topic.mine is not None:
            return [Line(text, decision=f"topics/{topic.id}/mine") for text in topic.mine.split("\n")]
        rows = rows_of(topic, self.variants)
        nodes = self.unions.get(topic.id, [])
        if len(rows) == 1 and _is_untouched(nodes, *rows[0]):
            return self.repair.mend(body_lines(*rows[0], with_rules=self.alone))
        return self.repair.mend(write_nodes(nodes))

    def _heading(self, topic: TopicDecision) -> tuple[str, Origin]:
        rows = rows_of(topic, self.variants) or [
            (self.variants[name], self.variants[name].document.section(section))
            for name, section in topic.sections.items()
        ]
        for variant, section in rows:
            heading = section.heading or ""
            own = heading if self.alone else regular_title(heading)
            if topic.title in (None, own):
                return own, Origin(1, "variant", variant.id, section.line, f"topics/{topic.id}")
        return topic.title or topic.id, Origin(1, "recipe", decision=f"topics/{topic.id}")


def regular_title(heading: str) -> str:
    """A heading as the title of a section among others: without a colon at its end."""
    return heading.strip().rstrip(":").rstrip()


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _is_untouched(nodes: Sequence[Node], variant: Variant, section: Section) -> bool:
    """True where a section says all that it said, in its own words and order, and nothing else."""
    own = [(variant.id, item.index) for item in variant.document.items_of(section.id)]
    said = list(walk(nodes))
    return [node.ref for node in said] == own and not any(node.wording or node.inserted for node in said)


def _tree(topics: Sequence[TopicDecision]) -> dict[str | None, list[TopicDecision]]:
    """Topics by parent, each list in its final order. Children of what is left out move up."""
    by_id = {topic.id: topic for topic in topics}
    kept = {topic.id for topic in topics if not topic.drop and topic.id != OPENING}
    children: dict[str | None, list[TopicDecision]] = {}
    for topic in topics:
        if topic.id in kept:
            children.setdefault(_kept_parent(topic, by_id, kept), []).append(topic)
    return {parent: _ordered(siblings) for parent, siblings in children.items()}


def _kept_parent(topic: TopicDecision, by_id: Mapping[str, TopicDecision], kept: set[str]) -> str | None:
    parent = topic.parent
    while parent is not None and parent not in kept:
        parent = by_id[parent].parent
    return parent


def _ordered(siblings: Sequence[TopicDecision]) -> list[TopicDecision]:
    """As the recipe lists them, except those that name their position."""
    result = [topic for topic in siblings if topic.order is None]
    for topic in sorted((topic for topic in siblings if topic.order is not None), key=lambda topic: topic.order or 0):
        result.insert((topic.order or 1) - 1, topic)
    return result
