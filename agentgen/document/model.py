"""A document: one agent file, read without losing a byte.

The flat list of segments is the truth: contiguous spans from the first character to the last, so that joined they are
the file. Sections and items are views that point into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from agentgen.findings import Finding
from agentgen.source import Source, Span


class SegmentKind(StrEnum):
    """What a span of the file is."""

    BOM = "bom"
    FRONTMATTER = "frontmatter"  # both fences and the line end behind the second
    HEADING = "heading"  # ATX line, setext text and underline, or bold line
    ITEM = "item"
    RULE = "rule"  # a thematic break
    TABLE_RULE = "table-rule"  # the |---|---| line below a table's head
    BLANK = "blank"


class Segment(NamedTuple):
    """A span with its kind. `Document.segments` cover the file without gap or overlap."""

    kind: SegmentKind
    span: Span


class SectionKind(StrEnum):
    """How a heading is written; the preamble is what stands before the first one."""

    ATX = "atx"
    SETEXT = "setext"
    BOLD = "bold"
    PREAMBLE = "preamble"


class Section(NamedTuple):
    """A heading with what stands under it.

    `id` is a slug, unique in the document ("security", "security-2"; "preamble"). `heading` is the text without
    markup characters such as the leading `#`, trailing `#`, the `**` of a bold heading, and a trailing colon is kept;
    `None` for the preamble. `level` is 1 to 6, 0 for the preamble. A bold heading is one deeper than the section it
    stands in, a sibling of other bold headings there; one that stands alone behind a section's text, right before a
    heading of a higher rank than that section's, is a sibling of that heading. `span` runs from the heading to the next
    heading of any level, `subtree` to the next heading that is not a descendant. `parent` is the parent's id. `line`
    and `end_line` are 1-based lines of the file of `span` without trailing blank lines.
    """

    id: str
    heading: str | None
    level: int
    kind: SectionKind
    heading_span: Span  # the heading line(s), line end included; empty for the preamble
    span: Span
    subtree: Span
    line: int
    end_line: int
    parent: str | None


class ItemKind(StrEnum):
    """The smallest things compared."""

    BULLET = "bullet"
    NUMBER = "number"
    CHECKBOX = "checkbox"
    PARAGRAPH = "paragraph"
    TABLE_HEAD = "table-head"
    TABLE_ROW = "table-row"
    CODE = "code"
    QUOTE = "quote"
    HTML = "html"
    DEFINITION = "definition"  # a link reference definition


@dataclass(frozen=True, slots=True)
class Item:
    """The smallest thing compared.

    `text` is what the item says, without marker, indentation and fence lines' markup removed only where it is pure
    layout: a list item without its marker (continuation lines and code inside it kept), a code block with its fences,
    a table row as written. `span` covers the item's own lines (line end included), without its nested items.
    `parent` is the index in `Document.items` of the list item it is nested in. `section` is a section's id.
    `depth` is 0 for a top-level item.
    """

    index: int
    section: str
    kind: ItemKind
    text: str
    span: Span
    line: int
    end_line: int
    parent: int | None = None
    depth: int = 0


class Dialect(StrEnum):
    """How the frontmatter could be read."""

    STRICT = "strict"
    REPAIRED = "repaired"
    NONE = "none"


class Field(NamedTuple):
    """One top-level key of the frontmatter: its value as meant, and where it stands.

    `span` covers the whole entry (all its lines), `value_span` the value without the key.
    """

    key: str
    value: object
    span: Span
    value_span: Span
    line: int


class Frontmatter(NamedTuple):
    """The block at the top. `fields` keeps the file's order; `span` includes both fences."""

    dialect: Dialect
    span: Span
    fields: tuple[Field, ...]

    @property
    def values(self) -> Mapping[str, object]:
        return {field.key: field.value for field in self.fields}


@dataclass(frozen=True, slots=True)
class Document:
    """One agent file, read. `sections` are in file order, so a parent stands before its children.

    What stands where is looked up once and remembered: a file may have ten thousand sections.
    """

    source: Source
    frontmatter: Frontmatter
    segments: tuple[Segment, ...]
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    findings: tuple[Finding, ...]
    _items: dict[str, list[Item]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _sections: dict[str, Section] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def body(self) -> Span:
        """All behind byte-order mark and frontmatter."""
        return Span(self.frontmatter.span.end, len(self.source.text))

    def section(self, section_id: str) -> Section:
        """The section with that id. Raises KeyError."""
        if not self._sections:
            self._sections.update((section.id, section) for section in self.sections)
        return self._sections[section_id]

    def children(self, section_id: str | None) -> tuple[Section, ...]:
        """The sections right below one (or the top-level ones, preamble included, for None)."""
        return tuple(section for section in self.sections if section.parent == section_id)

    def items_of(self, section_id: str) -> tuple[Item, ...]:
        """The items in a section's own text, nested ones included, in file order."""
        if not self._items:
            for item in self.items:
                self._items.setdefault(item.section, []).append(item)
        return tuple(self._items.get(section_id, ()))
