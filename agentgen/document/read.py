"""Reading an agent file: bytes to segments, frontmatter, sections, items and findings."""

from __future__ import annotations

from agentgen.content.findings import unseen_findings
from agentgen.content.hidden import hidden_findings
from agentgen.content.lookalikes import name_findings
from agentgen.content.values import value_findings
from agentgen.document.blocks import read_blocks
from agentgen.document.encoding import encoding_findings
from agentgen.document.fence_findings import fence_findings
from agentgen.document.fence_weigh import read_fences
from agentgen.document.fences import CodeBlock
from agentgen.document.frontmatter import read_frontmatter
from agentgen.document.frontmatter_repair import second_block
from agentgen.document.heading_findings import block_findings, section_findings
from agentgen.document.items import read_items, read_segments
from agentgen.document.lines import Lines
from agentgen.document.model import Dialect, Document, Frontmatter, ItemKind, Segment, SegmentKind
from agentgen.document.sections import read_sections
from agentgen.findings import Finding
from agentgen.source import BOM, Source, Span

_NO_TEXT = ("encoding-utf16", "file-binary")


def read_document(source: Source) -> Document:
    """Read one agent file. Never fails: whatever cannot be read as meant is a finding."""
    lines = Lines(source)
    frontmatter, body, code, findings = _frame(lines)
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
        findings=_in_order(findings),
    )


def read_frame(source: Source) -> Document:
    """Read a file without looking into its body, for a check of what was just written.

    There are no segments, sections and items, and findings only about frontmatter, fences and characters.
    """
    frontmatter, _, _, findings = _frame(Lines(source))
    return Document(source, frontmatter, (), (), (), _in_order(findings))


def _frame(lines: Lines) -> tuple[Frontmatter, int, list[CodeBlock], list[Finding]]:
    """Frontmatter, the first line of the body, its code blocks, and what is odd about all that."""
    source = lines.source
    frontmatter, findings = read_frontmatter(lines)
    end = frontmatter.span.end
    body = lines.line_of(end) if end < len(source.text) else len(lines)
    code = read_fences(lines, body)
    return frontmatter, body, code, [*findings, *fence_findings(lines, code), *_content(source, frontmatter)]


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda found: (found.line, found.column, found.code)))


def _content(source: Source, frontmatter: Frontmatter) -> list[Finding]:
    """What is odd about the characters; a file that is no text has one finding for all of them."""
    found = encoding_findings(source)
    if any(each.code in _NO_TEXT for each in found):
        return found
    fields = [(field.key, field.value, field.span) for field in frontmatter.fields]
    return [*found, *hidden_findings(source), *value_findings(source, fields), *name_findings(source, fields)]


def _front(source: Source, frontmatter: Span) -> list[Segment]:
    segments = []
    if source.text.startswith(BOM):
        segments.append(Segment(SegmentKind.BOM, Span(0, len(BOM))))
    if len(frontmatter):
        segments.append(Segment(SegmentKind.FRONTMATTER, frontmatter))
    return segments
