"""What a tool loads of an agent file as it stands."""

from __future__ import annotations

from agentgen.codes.model import Code, Severity

TABLE: tuple[Code, ...] = (
    Code(
        "not-loaded",
        Severity.ERROR,
        "The tool that the file is for does not load it",
        "The tool's own loader was imitated on the file's bytes, and no agent comes out: the frontmatter cannot be "
        "read, a key that it needs is missing, or a value is of a type that it refuses. Nobody is told; the agent is "
        "simply not there. `agentgen targets NAME` says which version of the tool this was seen with.",
        "---\nname: a\ndescription: ends with a colon:\n---",
    ),
    Code(
        "loads-otherwise",
        Severity.WARNING,
        "The tool loads another value than the one that was meant",
        "The frontmatter is read, but a value comes out changed: cut off at ` #` or `---`, with quotes as part of "
        "it, or as a number. The tool works with what it sees.",
        "---\nname: a\ndescription: fix issue #12 now\n---",
    ),
    Code(
        "not-portable",
        Severity.WARNING,
        "Other tools cannot read this file",
        "Tools read the same frontmatter with different parsers: strict ones refuse the whole file where others "
        "repair it. Some tools also look into the folders of others, so a file can be there in one and missing in "
        "the next.",
        "---\nname: a\ndescription: Use when: x\n---",
    ),
    Code(
        "other-schema",
        Severity.INFO,
        "Other tools want other keys",
        "The frontmatter can be read, but has a key or a type of value that these tools refuse. `agentgen convert` "
        "or a profile makes the file that they take.",
        "tools: Read, Grep",
    ),
    Code(
        "loads-otherwise-elsewhere",
        Severity.INFO,
        "Other tools see other values",
        "The frontmatter can be read by these tools, but a value comes out changed. It matters where the same file "
        "is used there as well.",
        'description: "in quotes"',
    ),
)
