"""Code fences: the lines that may open or close a code block, and the blocks they make.

CommonMark closes a fence at the first bare fence of at least its length. An author who shows a template that itself
holds fences means something else:

    ```markdown        <- opens the template
    Output:
    ```                <- opens a sample inside it; CommonMark closes the template here
    PASS
    ```
    ```                <- closes the template; CommonMark opens a block here and swallows what follows

`agentgen.document.fence_weigh` decides between such readings by evidence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from agentgen.document.lines import Lines, indent_of

_FENCE = re.compile(r"[ \t]*((?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})(.*)")

_INDENT_OF_CLOSING = 3


class Fence(NamedTuple):
    """A line that may open or close a code block. `line` is a 0-based index, `column` that of the first mark."""

    line: int
    column: int
    indent: int
    character: str
    length: int
    info: str
    on_marker: bool  # right behind a list marker: can only open

    @property
    def language(self) -> str:
        """The first word of the info string, in lower case."""
        words = self.info.split(None, 1)
        return words[0].lower() if words else ""

    def may_close(self, opener: Fence) -> bool:
        """Whether CommonMark would close `opener` here."""
        return not self.info and not self.on_marker and self.fits(opener)

    def fits(self, opener: Fence) -> bool:
        """Whether it is of the kind that could close `opener`; one that stands far to the right is text inside it."""
        same_kind = self.character == opener.character and self.length >= opener.length
        return same_kind and (self.indent <= opener.indent + _INDENT_OF_CLOSING or opener.on_marker)


class CodeBlock(NamedTuple):
    """A fenced block: lines `[open.line, end)`.

    `close` is None where no line closes it: `end` is then where its author must have meant it to end. `nested` are the
    fence lines inside it that belong to samples within the sample. A `stray` block is a fence line that opens nothing.
    """

    open: Fence
    close: Fence | None
    end: int
    nested: tuple[Fence, ...] = ()
    stray: bool = False


def find_fences(lines: Lines, first: int) -> list[Fence]:
    """The lines from `first` on that have the shape of a fence."""
    found = []
    for index in range(first, len(lines.texts)):
        text = lines.texts[index]
        if "```" in text or "~~~" in text:
            match = _FENCE.match(text)
            if match and not (match[2][0] == "`" and "`" in match[3]):
                marks = match[2]
                found.append(
                    Fence(
                        index, match.start(2), indent_of(text), marks[0], len(marks), match[3].strip(), bool(match[1])
                    )
                )
    return found
