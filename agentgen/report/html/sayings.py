"""The wordings of one topic: a column a variant, a line a statement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from agentgen.compare.model import ItemGroup, ItemRef, Relation, SectionRef, Topic
from agentgen.report.detail import Detail, Elsewhere
from agentgen.report.diff_words import TOGETHER
from agentgen.report.html.markup import Child, Html, join, link, tag
from agentgen.report.html.parts import conflict_anchor, heading_of, line_number, scroller, stretches, topic_anchor
from agentgen.report.summary import Row, Summary
from agentgen.report.wording import side_by_side

_FITS = 6  # columns that the page holds without scrolling


class Names(NamedTuple):
    """How the comparison's topics are called and reached, and which one a section belongs to."""

    variants: int
    titles: Mapping[str, str]
    homes: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, summary: Summary) -> Names:
        topics = summary.comparison.topics
        homes = {(section.variant, section.section): topic.id for topic in topics for section in topic.sections}
        return cls(summary.verdict.variants, {topic.id: topic.title for topic in topics}, homes)

    def topic(self, topic_id: str) -> Html:
        """A link to a topic's row."""
        return link(topic_anchor(topic_id), self.titles[topic_id])


def sayings(row: Row, detail: Detail, names: Names) -> Html:
    """The table of one row."""
    return _Sayings(row.topic, detail.columns, names, _conflicts(row)).table(detail)


class _Sayings(NamedTuple):
    """Builds the table of one topic. `conflicts` maps (variant, item) to a conflict's id."""

    topic: Topic
    columns: tuple[str, ...]
    names: Names
    conflicts: Mapping[tuple[str, int], str]

    def table(self, detail: Detail) -> Html:
        wide = len(self.columns) > _FITS
        head = tag("thead", tag("tr", map(self._column, self.columns)))
        bodies = [*self._together(detail.together), self._alone(detail.alone), self._elsewhere(detail.elsewhere)]
        return scroller(self.topic.title, tag("table", head, bodies, class_="say wide" if wide else "say"), wide=wide)

    def _column(self, variant: str) -> Html:
        section = next((section for section in self.topic.sections if section.variant == variant), None)
        place = _place(section) if section else "no section on this topic"
        return tag("th", tag("b", variant), tag("small", place), scope="col")

    def _together(self, groups: Sequence[ItemGroup]) -> Iterator[Html]:
        for relation, same_kind in groupby(groups, key=lambda group: group.relation):
            rows = [self._group(group) for group in same_kind]
            yield tag("tbody", self._band(TOGETHER[relation].capitalize(), len(rows)), rows, class_=relation.value)

    def _band(self, label: str, number: int) -> Html:
        counted = tag("span", number, class_="count")
        return tag("tr", tag("th", label, " ", counted, colspan=len(self.columns), scope="rowgroup"), class_="band")

    def _group(self, group: ItemGroup) -> Html:
        if group.relation is Relation.SAME:
            return tag("tr", self._agreed(group.members))
        wordings = side_by_side([member.text for member in group.members])
        told = [(member, stretches(runs)) for member, runs in zip(group.members, wordings, strict=True)]
        return tag("tr", (self._cell(variant, told) for variant in self.columns))

    def _agreed(self, members: Sequence[ItemRef]) -> Html:
        """Equal words once, with all who say them."""
        who = join((", " if at else None, self._who(member)) for at, member in enumerate(members))
        note = None if len({member.text for member in members}) == 1 else "; formatted differently"
        return tag("td", _said(members[0].text), tag("small", who, note), colspan=len(self.columns))

    def _who(self, member: ItemRef) -> Html:
        return join(tag("b", member.variant), " ", line_number(member.line), self._moved(member))

    def _cell(self, variant: str, told: Sequence[tuple[ItemRef, Html]]) -> Html:
        own = [(member, content) for member, content in told if member.variant == variant]
        if not own:
            return tag("td", class_="none")
        return tag("td", tag("b", variant), _listed([self._saying(*entry) for entry in own]))

    def _saying(self, member: ItemRef, content: Html) -> Html:
        place = tag("small", line_number(member.line), self._moved(member), self._flag(member))
        return join(_said(content, member.text), place)

    def _moved(self, member: ItemRef) -> Html | None:
        home = self.names.homes.get((member.variant, member.section))
        return None if home in (None, self.topic.id) else join(" under ", self.names.topic(home))

    def _flag(self, member: ItemRef) -> Html | None:
        conflict = self.conflicts.get((member.variant, member.index))
        return None if conflict is None else join(" ", link(conflict_anchor(conflict), "conflict", class_="flag"))

    def _alone(self, items: Sequence[ItemRef]) -> Html | None:
        if not items:
            return None
        told = [(item, join(item.text)) for item in items]
        cells = tag("tr", (self._cell(variant, told) for variant in self.columns))
        band = self._band("Said by one alone", len(items)) if len(self.topic.sections) > 1 else None
        return tag("tbody", band, cells, class_="only")

    def _elsewhere(self, items: Sequence[Elsewhere]) -> Html | None:
        """Items of these sections whose companions stand mostly in another row."""
        if not items:
            return None
        told = [(entry.item, self._pointer(entry)) for entry in items]
        cells = tag("tr", (self._pointers(variant, told) for variant in self.columns))
        return tag("tbody", self._band("Compared under another topic", len(items)), cells, class_="elsewhere")

    def _pointer(self, entry: Elsewhere) -> Html:
        place = tag("small", line_number(entry.item.line), " under ", self.names.topic(entry.topic))
        return join(_said(entry.item.text), place)

    def _pointers(self, variant: str, told: Sequence[tuple[ItemRef, Html]]) -> Html:
        own = [pointer for item, pointer in told if item.variant == variant]
        return tag("td", tag("b", variant), _listed(own)) if own else tag("td", class_="none")


def _said(content: Child, text: str | None = None) -> Html:
    """A wording; code and table rows keep their columns."""
    plain = text if text is not None else str(content)
    return tag("p", content, class_="code" if plain.startswith(("```", "~~~", "|", "    ")) else None)


def _listed(entries: Sequence[Html]) -> Child:
    """Several entries of one cell are set apart."""
    return entries if len(entries) == 1 else [tag("div", entry) for entry in entries]


def _place(section: SectionRef) -> str:
    above = "".join(f"{heading} › " for heading in section.path)
    lines = f"line {section.line}" if section.line == section.end_line else f"lines {section.line}–{section.end_line}"
    return f"{above}{heading_of(section)}, {lines}"


def _conflicts(row: Row) -> dict[tuple[str, int], str]:
    return {
        (member.variant, member.item): conflict.id
        for conflict in row.conflicts
        for member in conflict.members
        if member.item is not None
    }
