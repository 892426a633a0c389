"""Reading small texts in tests, and showing in few lines what was read."""

from __future__ import annotations

from pathlib import Path

from agentgen.document.model import Document, Section, SectionKind
from agentgen.document.read import read_document
from agentgen.source import Source

CASES = Path(__file__).parent / "cases"


def read(text: str | bytes) -> Document:
    """A document of that text."""
    return read_document(Source("agent.md", text if isinstance(text, bytes) else text.encode()))


def joined(document: Document) -> str:
    """The text that the segments make up."""
    return "".join(document.source.slice(segment.span) for segment in document.segments)


def codes(document: Document) -> list[str]:
    """The codes of all findings, in the order of the file."""
    return [found.code for found in document.findings]


def shape(document: Document) -> str:
    """Frontmatter, sections, items and findings, a line each.

    atx 2 Security 3-9           kind, level, heading, lines; indented by its depth in the tree
      - bullet 4-5: text         items below their section, nested ones further in; line ends shown as ⏎
    ! fence-unclosed 7:1         findings
    """
    lines = [f"{field.key} = {field.value!r}" for field in document.frontmatter.fields]
    depths: dict[str | None, int] = {None: -1}
    for section in document.sections:
        depths[section.id] = depths[section.parent] + 1
        lines.append("  " * depths[section.id] + _section(section))
        for item in document.items_of(section.id):
            place = f"{item.line}-{item.end_line}"
            text = item.text.replace("\n", "⏎")
            lines.append("  " * (depths[section.id] + 1 + item.depth) + f"- {item.kind.value} {place}: {text}")
    lines += [f"! {found.code} {found.line}:{found.column}" for found in document.findings]
    return "\n".join(lines)


def _section(section: Section) -> str:
    if section.kind is SectionKind.PREAMBLE:
        return f"preamble {section.line}-{section.end_line}"
    return f"{section.kind.value} {section.level} {section.heading} {section.line}-{section.end_line}"


def cases(name: str) -> list[tuple[str, str, str]]:
    """Title, input and expected shape of each case of a file, parts separated by lines with a single dot."""
    text = (CASES / name).read_text("utf-8")
    parts = text.split("\n.\n")
    assert len(parts) % 3 == 1, f"{name}: a case has a title, an input and an expected shape, each ended by a dot"
    return [(parts[at].strip(), parts[at + 1], parts[at + 2]) for at in range(0, len(parts) - 1, 3)]
