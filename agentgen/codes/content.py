"""What a text holds that a reader does not see, or should know of before an agent gets it."""

from __future__ import annotations

from agentgen.codes.model import Code, Severity

TABLE: tuple[Code, ...] = (
    Code(
        "hidden-text",
        Severity.ERROR,
        "The text holds characters that nobody sees",
        "Zero-width characters, soft hyphens, tag characters, stray variation selectors and fillers take no room on "
        "a screen, and a model reads them: whole instructions can be written in them. What they spell is shown. "
        "Emoji, flags, and joiners in scripts that need them are no finding; a zero-width blank that keeps a fence in "
        "a sample from closing it is a warning. The characters are those that Unicode calls default ignorable, and "
        "blanks that count as letters.",
        "Review the code.\\u200b\\u200b (two zero-width blanks)",
    ),
    Code(
        "hidden-direction",
        Severity.ERROR,
        "The text holds characters that change the order in which it is shown",
        "Overrides, embeddings and isolates let a line show other words than it holds: the trick known as Trojan "
        "Source (CVE-2021-42574). Marks in a line of right-to-left text, and an isolate around such text, are no "
        "finding.",
        "allow: \\u202e)toor(\\u202c (shown the other way round)",
    ),
    Code(
        "control-character",
        Severity.ERROR,
        "The text holds control characters",
        "An escape character starts commands to a terminal: they hide text, set its title, write its clipboard. No "
        "agent file needs one. A page break, a line separator of Unicode, and C1 controls, which are left "
        "where text was decoded twice, are a warning.",
        "\\x1b[8mhidden on a terminal\\x1b[0m",
    ),
    Code(
        "private-character",
        Severity.WARNING,
        "The text holds characters without a meaning of their own",
        "Characters for private use are what a font makes of them: an icon here, an empty box there. A model knows "
        "nothing of them.",
        "\\ue0b0 (an arrow in some terminal fonts)",
    ),
    Code(
        "name-lookalike",
        Severity.ERROR,
        "A name holds letters that only look like those of another alphabet",
        "A Cyrillic а in `reаder` makes it another name than `reader`: a key that no tool reads, a tool that does not "
        "exist, an agent that takes another's place. Names that are written in one alphabet are no finding. The "
        "letters are those of Unicode's table of confusable characters (UTS 39).",
        "nаme: reviewer (with a Cyrillic а)",
    ),
)
