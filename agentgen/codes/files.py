"""The encoding of a file and its frontmatter."""

from __future__ import annotations

from agentgen.codes.model import Code, Severity

TABLE: tuple[Code, ...] = (
    Code(
        "encoding-not-utf8",
        Severity.ERROR,
        "The file holds bytes that are not UTF-8",
        "Tools read agent files as UTF-8 and show a replacement character, or refuse the file. The bytes are kept as "
        "they are; save the file as UTF-8.",
        "caf\\xe9",
    ),
    Code(
        "encoding-utf16",
        Severity.ERROR,
        "The file is UTF-16 or UTF-32",
        "Tools read agent files as UTF-8, so nothing in this file reaches the agent as meant. The bytes are "
        "kept as they are; save the file as UTF-8.",
        "\\xff\\xfe# \\x00",
    ),
    Code(
        "file-binary",
        Severity.ERROR,
        "The file is not text",
        "The file holds NUL bytes, so it is not an agent file but something else under its name.",
        "\\x7fELF\\x00",
    ),
    Code(
        "frontmatter-value-needs-quotes",
        Severity.ERROR,
        "A value must be quoted",
        "A plain YAML value cannot hold `: ` or ` #` and cannot begin with a character that means something "
        "in YAML; strict tools refuse the whole file. The value is read as it stands.",
        "description: Example: ask for a review",
    ),
    Code(
        "frontmatter-stray-line",
        Severity.ERROR,
        "A line belongs to no key",
        "A value goes on at the left edge, where YAML expects a key. It is read as part of the value above.",
        "description: first line\nsecond line",
    ),
    Code(
        "frontmatter-not-yaml",
        Severity.ERROR,
        "The frontmatter is not YAML",
        "A strict YAML parser refuses this place. The keys around it are read line by line.",
        "hooks:\n  stop: run: x",
    ),
    Code(
        "frontmatter-unsafe-yaml",
        Severity.ERROR,
        "The frontmatter uses YAML that is never expanded",
        "Aliases, tags, deep nesting and huge blocks can make a small file grow without limit or mean more "
        "than they show. They are not followed.",
        "tools: !!python/object:os.system",
    ),
    Code(
        "frontmatter-duplicate-key",
        Severity.WARNING,
        "A key is given twice",
        "Parsers differ: some take the last value, some refuse the file. The last one is taken.",
        "name: a\nname: b",
    ),
    Code(
        "frontmatter-backslash-n",
        Severity.WARNING,
        "A plain value holds `\\n` as two characters",
        "In a plain or single-quoted value the two characters stay as they are; the author meant line breaks, "
        "which need double quotes. The value is read with line breaks.",
        "description: one\\ntwo",
    ),
    Code(
        "frontmatter-unclosed",
        Severity.ERROR,
        "The frontmatter has no closing line",
        "Without a `---` line below the keys, tools take the whole file, or none of it, as frontmatter. It is "
        "read as ending where the keys end.",
        "---\nname: a\n\n# Title",
    ),
    Code(
        "frontmatter-long-dashes",
        Severity.ERROR,
        "The frontmatter is closed by the wrong line",
        "Only three dashes close a frontmatter; a longer row is text to a tool. It is read as the end.",
        "---\nname: a\n-----",
    ),
    Code(
        "frontmatter-no-opening",
        Severity.ERROR,
        "The frontmatter has no opening line",
        "Keys at the top of a file are frontmatter only below a `---` line.",
        "name: a\n---",
    ),
    Code(
        "frontmatter-not-first",
        Severity.ERROR,
        "Something stands before the frontmatter",
        "Frontmatter counts only on the first line of a file. It is read from where it stands.",
        "# Title\n---\nname: a\n---",
    ),
    Code(
        "frontmatter-in-fence",
        Severity.ERROR,
        "The frontmatter stands in a code fence",
        "The file, or its top, is wrapped in a code fence, so tools see a sample and no frontmatter.",
        "```\n---\nname: a\n---\n```",
    ),
    Code(
        "frontmatter-in-comment",
        Severity.ERROR,
        "The frontmatter stands in an HTML comment",
        "Frontmatter counts only on the first line of a file, not inside a comment.",
        "<!--\n---\nname: a\n---\n-->",
    ),
    Code(
        "frontmatter-holds-body",
        Severity.ERROR,
        "The body stands inside the frontmatter",
        "The closing `---` comes so late that Markdown text lies inside the block. The block is read as "
        "ending where the keys end.",
        "---\nname: a\n\n## Title\ntext\n---",
    ),
    Code(
        "frontmatter-second-block",
        Severity.INFO,
        "A second block that looks like frontmatter",
        "Only the first block at the top counts; this one is read as text.",
        "---\nname: a\n---\n---\nname: b\n---",
    ),
    Code(
        "file-bom",
        Severity.WARNING,
        "The file begins with a byte-order mark",
        "Some tools look for `---` at the very first byte and find no frontmatter behind the mark. UTF-8 needs none.",
        "\\ufeff---\nname: a\n---",
    ),
    Code(
        "frontmatter-missing",
        Severity.WARNING,
        "The file has no frontmatter",
        "Name and description stand in the frontmatter; without it no tool lists the agent, or it gets the file's "
        "name and every tool.",
        "# Reviewer\n\nYou review.",
    ),
    Code(
        "frontmatter-bare-value",
        Severity.WARNING,
        "A plain value is no text to every YAML reader",
        "YAML readers take `yes`, `on`, `1.10`, `12` and `2024-01-01` for something else than text, each in its own "
        "way; where a tool wants text it then refuses the file or discards all keys.",
        "name: 123",
    ),
)
