"""A file without a look into its body: frontmatter, where code blocks stand, and what is odd about the characters."""

from __future__ import annotations

from agentgen.content.hidden import hidden_findings
from agentgen.content.lookalikes import name_findings
from agentgen.content.values import value_findings
from agentgen.document.encoding import encoding_findings
from agentgen.document.fence_findings import fence_findings
from agentgen.document.fence_weigh import read_fences
from agentgen.document.fences import CodeBlock
from agentgen.document.frontmatter import read_frontmatter
from agentgen.document.lines import Lines
from agentgen.document.model import Document, Frontmatter
from agentgen.findings import Finding
from agentgen.source import Source

_NO_TEXT = ("encoding-utf16", "file-binary")


def read_frame(source: Source) -> Document:
    """Read a file without looking into its body, for a check of what was just written.

    There are no segments, sections and items, and findings only about frontmatter, fences and characters.
    """
    frontmatter, _, _, findings = frame(Lines(source))
    return Document(source, frontmatter, (), (), (), in_order(findings))


def frame(lines: Lines) -> tuple[Frontmatter, int, list[CodeBlock], list[Finding]]:
    """Frontmatter, the first line of the body, its code blocks, and what is odd about all that."""
    source = lines.source
    frontmatter, findings = read_frontmatter(lines)
    end = frontmatter.span.end
    body = lines.line_of(end) if end < len(source.text) else len(lines)
    code = read_fences(lines, body)
    return frontmatter, body, code, [*findings, *fence_findings(lines, code), *_content(source, frontmatter)]


def in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """Findings by their place, two at one place by their code."""
    return tuple(sorted(findings, key=lambda found: (found.line, found.column, found.code)))


def _content(source: Source, frontmatter: Frontmatter) -> list[Finding]:
    """What is odd about the characters; a file that is no text has one finding for all of them."""
    found = encoding_findings(source)
    if any(each.code in _NO_TEXT for each in found):
        return found
    fields = [(field.key, field.value, field.span) for field in frontmatter.fields]
    return [*found, *hidden_findings(source), *value_findings(source, fields), *name_findings(source, fields)]
