"""The lines of a source, as the readers want them: without byte-order mark and line ends, indentation in columns."""

from __future__ import annotations

import bisect
from itertools import pairwise

from agentgen.source import BOM, Source, Span

TAB_WIDTH = 4


class Lines:
    """The lines of a source. Indexes are 0-based; `texts` are without line ends, `starts` has one entry more."""

    __slots__ = ("line_end", "source", "starts", "texts")

    def __init__(self, source: Source) -> None:
        text = source.text
        starts = [*source.line_starts, len(text)]
        if text.startswith(BOM):
            starts[0] = len(BOM)
        self.source = source
        self.starts = starts
        self.texts = [text[start:end].rstrip("\r\n") for start, end in pairwise(starts)]
        first = text[starts[0] : starts[1]] if self.texts else ""
        self.line_end = first[len(self.texts[0]) :] or "\n" if self.texts else "\n"

    def __len__(self) -> int:
        return len(self.texts)

    def is_blank(self, index: int) -> bool:
        """True for a line without ink; lines before the first and behind the last are blank."""
        return not (0 <= index < len(self.texts)) or is_blank(self.texts[index])

    def span(self, first: int, end: int) -> Span:
        """The span of lines `first` to `end - 1`, line ends included."""
        return Span(self.starts[first], self.starts[end])

    def line_of(self, offset: int) -> int:
        """The index of the line that holds `offset`."""
        return min(max(bisect.bisect_right(self.starts, offset) - 1, 0), max(len(self.texts) - 1, 0))


def is_blank(text: str) -> bool:
    """True for a line without ink."""
    return not text or text.isspace()


def indent_of(text: str) -> int:
    """The columns of leading blanks; a tab goes to the next multiple of four."""
    stripped = text.lstrip(" ")
    if not stripped.startswith("\t"):
        return len(text) - len(stripped)
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
