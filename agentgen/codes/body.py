"""The body of a document: fences and headings."""

from __future__ import annotations

from agentgen.codes.model import Code, Severity

TABLE: tuple[Code, ...] = (
    Code(
        "fence-closes-early",
        Severity.WARNING,
        "A code fence closes before its author meant it to",
        "A fence inside a fenced sample closes the sample, and the lines after it are read inside out by "
        "every Markdown parser. It is read as one block; a longer outer fence makes it one for everybody.",
        "```markdown\n```sh\ncode\n```\n```",
    ),
    Code(
        "fence-made-longer",
        Severity.INFO,
        "A code fence is longer in the profile than in its variant",
        "The variant's fence closes too early for Markdown parsers. Among the sections of other variants it would "
        "swallow what follows, so the profile has it as long as its author needed.",
        "```markdown\n```sh\ncode\n```\n```",
    ),
    Code(
        "fence-unclosed",
        Severity.WARNING,
        "A code fence is never closed",
        "Markdown parsers take everything up to the end of the file as code.",
        "```\ncode",
    ),
    Code(
        "fence-stray",
        Severity.WARNING,
        "A fence line closes nothing",
        "Markdown parsers take everything below it as code.",
        "text\n```\n\n# Title",
    ),
    Code(
        "heading-empty",
        Severity.WARNING,
        "A heading has no text",
        "Nobody can refer to it, and it says nothing about what stands under it.",
        "##",
    ),
    Code(
        "heading-skips-level",
        Severity.INFO,
        "A heading skips a level",
        "Its parent is the nearest heading of a higher rank.",
        "# A\n### B",
    ),
    Code(
        "heading-repeated",
        Severity.INFO,
        "Two sections have the same heading under the same parent",
        "They get numbered ids in file order.",
        "## A\n## A",
    ),
    Code(
        "heading-needs-space",
        Severity.WARNING,
        "A heading has no space behind its `#`",
        "Markdown parsers read the line as text. It is read as a heading.",
        "##Title",
    ),
    Code(
        "heading-accidental",
        Severity.WARNING,
        "A line below a paragraph makes a heading of it",
        "Markdown parsers read a paragraph with `---` right below as a heading; a rule needs a blank line "
        "above. It is read as a paragraph and a rule.",
        "A sentence of text.\n---",
    ),
    Code(
        "heading-in-html",
        Severity.WARNING,
        "A heading is hidden by an HTML tag above it",
        "Without a blank line between them, Markdown parsers take the heading as part of the HTML. It is read "
        "as a heading.",
        "<role>\n# Title",
    ),
)
