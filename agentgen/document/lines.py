"""The lines of a source, as the block reader wants them: without line ends, with indentation in columns."""

from __future__ import annotations

import itertools

from agentgen.source import Source, Span

TAB_WIDTH = 4


class Lines:
    """The lines of a source. Indexes are 0-based; `texts` are without line ends."""

    __slots__ = ("source", "starts", "texts")

    def __init__(self, source: Source) -> None:
        text = source.text
        starts = (*source.line_starts, len(text))
        self.source = source
        self.starts = starts
        self.texts = [text[start:end].rstrip("\r\n") for start, end in itertools.pairwise(starts)]

    def __len__(self) -> int:
        return len(self.texts)

    def is_blank(self, index: int) -> bool:
        """True for a line without ink; lines before the first and behind the last are blank."""
        return not (0 <= index < len(self.texts)) or is_blank(self.texts[index])

    def span(self, first: int, end: int) -> Span:
        """The span of lines `first` to `end - 1`, line ends included."""
        return Span(self.starts[first], self.starts[end])


def is_blank(text: str) -> bool:
    return not text or text.isspace()


def indent_of(text: str) -> int:
    """The columns of leading blanks; a tab goes to the next multiple of four."""
    columns = 0
    for character in text:
        if character == " ":
            columns += 1
        elif character == "\t":
            columns += TAB_WIDTH - columns % TAB_WIDTH
        else:
            break
    return columns


def dedent(text: str, columns: int) -> str:
    """The text without up to `columns` columns of leading blanks."""
    done = 0
    for index, character in enumerate(text):
        if done >= columns or character not in " \t":
            return text[index:]
        done += 1 if character == " " else TAB_WIDTH - done % TAB_WIDTH
    return ""
