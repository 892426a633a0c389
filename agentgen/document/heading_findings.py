"""Findings about headings: those that Markdown parsers see otherwise, and those that readers stumble over."""

from __future__ import annotations

from collections.abc import Iterator

from agentgen.document.block import Block, BlockKind
from agentgen.document.lines import Lines
from agentgen.document.model import Section, SectionKind
from agentgen.findings import Edit, Finding, Fix, finding


def block_findings(lines: Lines, blocks: list[Block]) -> Iterator[Finding]:
    """Where a heading, or what looks like one, is not what a Markdown parser reads."""
    previous: Block | None = None
    for block in blocks:
        if previous is not None and previous.end == block.first:
            if block.kind is BlockKind.RULE and previous.kind is BlockKind.PARAGRAPH and _underlines(lines, block):
                message = "this line makes a heading of the text above; it was meant as a rule"
                yield _blank_above(lines, block, "heading-accidental", message)
            elif block.kind is BlockKind.ATX and previous.open_html:
                yield _blank_above(lines, block, "heading-in-html", "the tag above hides this heading")
        if block.kind is BlockKind.ATX and block.tight:
            yield _tight(lines, block)
        previous = block


def section_findings(lines: Lines, sections: tuple[Section, ...]) -> Iterator[Finding]:
    """Empty headings, skipped levels, and headings that stand twice under one parent."""
    levels = {section.id: section.level for section in sections}
    first_lines: dict[tuple[str | None, str], int] = {}
    for section in sections:
        if section.heading is None:
            continue
        start = section.heading_span.start
        if not section.heading:
            yield finding(lines.source, "heading-empty", start, "this heading has no text")
            continue
        above = levels[section.parent] if section.parent else 0
        if section.parent and section.kind is not SectionKind.BOLD and section.level > above + 1:
            message = f"level {section.level} below level {above}"
            yield finding(lines.source, "heading-skips-level", start, message)
        key = (section.parent, section.heading)
        if key in first_lines:
            message = f"the same heading stands on line {first_lines[key]}; this section is `{section.id}`"
            yield finding(lines.source, "heading-repeated", start, message)
        first_lines.setdefault(key, section.line)


def _underlines(lines: Lines, block: Block) -> bool:
    return not lines.texts[block.first].strip().strip("-")


def _blank_above(lines: Lines, block: Block, code: str, message: str) -> Finding:
    start = lines.starts[block.first]
    fix = Fix("put a blank line above it", (Edit(start, start, lines.line_end),))
    return finding(lines.source, code, start, message, fix=fix)


def _tight(lines: Lines, block: Block) -> Finding:
    text = lines.texts[block.first]
    place = lines.starts[block.first] + len(text) - len(text.lstrip(" ").lstrip("#"))
    fix = Fix("put a blank behind the `#`", (Edit(place, place, " "),))
    return finding(
        lines.source, "heading-needs-space", lines.starts[block.first], "a `#` stands without a blank", fix=fix
    )
