"""Reading an agent file: bytes to segments, frontmatter, sections, items and findings."""

from __future__ import annotations

from agentgen.content.findings import unseen_findings
from agentgen.document.blocks import read_blocks
from agentgen.document.frame import frame, in_order
from agentgen.document.frontmatter_repair import second_block
from agentgen.document.heading_findings import block_findings, section_findings
from agentgen.document.items import read_items, read_segments
from agentgen.document.lines import Lines
from agentgen.document.model import Dialect, Document, ItemKind, Segment, SegmentKind
from agentgen.document.sections import read_sections
from agentgen.source import BOM, Source, Span


def read_document(source: Source) -> Document:
    """Read one agent file. Never fails: whatever cannot be read as meant is a finding."""
    lines = Lines(source)
    frontmatter, body, code, findings = frame(lines)
    blocks = read_blocks(lines, body, code)
    if frontmatter.dialect is not Dialect.NONE:
        findings += second_block(lines, blocks)
    sections = read_sections(lines, body, blocks)
    findings += [*block_findings(lines, blocks), *section_findings(lines, sections)]
    items = read_items(lines, blocks, sections)
    findings += unseen_findings(source, frontmatter.span, [item.span for item in items if item.kind is ItemKind.CODE])
    return Document(
        source=source,
        frontmatter=frontmatter,
        segments=read_segments(lines, _front(source, frontmatter.span), blocks),
        sections=sections,
        items=items,
        findings=in_order(findings),
    )


def _front(source: Source, frontmatter: Span) -> list[Segment]:
    segments = []
    if source.text.startswith(BOM):
        segments.append(Segment(SegmentKind.BOM, Span(0, len(BOM))))
    if len(frontmatter):
        segments.append(Segment(SegmentKind.FRONTMATTER, frontmatter))
    return segments
