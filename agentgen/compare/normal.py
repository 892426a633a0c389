"""The normal form of a text: what it says, freed of how it is set.

- **Write** short          Write short sentences
  sentences
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from agentgen.source import split_lines, to_lf

_FENCE = re.compile(r"^([ \t]*+)(`{3,}+|~{3,}+)[ \t]*+([^`\n]*)$")
_BULLET = re.compile(r"^[ \t]*(?:[-*+•◦▪‣]|\d{1,9}[.)])(?:[ \t]+|$)(?:\[ \][ \t]+)?")
_LAZY_BULLET = re.compile(r"^[ \t]*(?:[-*+•◦▪‣]|1[.)])[ \t]+(?:\[ \][ \t]+)?")
_HEADING = re.compile(r"^ {0,3}#{1,6}(?:[ \t]+|$)")
_HEADING_END = re.compile(r"(?<![ \t])[ \t]++#++[ \t]*+$")
_RULE = re.compile(
    r"^[ \t]*+(?:(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|(?:_[ \t]*+){3,}+|=++|\|?(?:[ \t]*+:?-++:?[ \t]*+\|)++[ \t:-]*+)$"
)
_QUOTE = re.compile(r"^[ \t]*>[ \t]?")
_TICKS = re.compile("`+")
_EMPHASIS = re.compile(r"(?<![\w*/.\\])(\*{1,3}|_{1,3})(?![\s*_])((?:(?!\1).)+?)(?<![\s\\])\1(?![\w*_/(=]|\.\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


@lru_cache(maxsize=1 << 17)
def normal_form(text: str) -> str:
    """What a text says, without how it is set: equal normal forms differ in formatting only.

    Left out: line breaks and blanks, bullets and list numbers, heading marks, emphasis, fence lengths, table padding,
    rules and escapes. Kept: every word with its case, numbers, punctuation, code spans, and code with its lines and
    indentation.
    """
    pieces: list[str] = []
    prose: list[str] = []
    lines = [line.rstrip("\n") for line in split_lines(to_lf(text))]
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        if opening is None:
            prose.append(lines[at])
            at += 1
            continue
        pieces.append(_prose(prose))
        prose = []
        code, at = _code(lines, at, opening)
        pieces.append(code)
    pieces.append(_prose(prose))
    return "\n".join(piece for piece in pieces if piece)


def _code(lines: Sequence[str], at: int, opening: re.Match[str]) -> tuple[str, int]:
    """The block that opens at line `at` with a fence of three backticks, and the line behind it."""
    indent, mark, info = opening.groups()
    closing = re.compile(rf"^[ \t]*{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    body: list[str] = []
    at += 1
    while at < len(lines) and not closing.match(lines[at]):
        line = lines[at]
        shared = len(line[: len(indent)]) - len(line[: len(indent)].lstrip(" \t"))
        body.append(line[shared:].rstrip())
        at += 1
    return "\n".join(["```" + info.strip(), *body, "```"]), at + 1


def _prose(lines: Sequence[str]) -> str:
    """Lines outside fences, joined with single blanks."""
    filled = [line for line in lines if line.strip()]
    if filled and all(line.startswith(("    ", "\t")) for line in filled):
        return "\n".join(
            ["```", *(line[1:] if line[0] == "\t" else line[4:] for line in map(str.rstrip, filled)), "```"]
        )
    return _inline(" ".join(" ".join(_unmarked(lines)).split()))


def _unmarked(lines: Sequence[str]) -> list[str]:
    """Lines without the marks that open a block."""
    state = _Unmarking()
    return [text for line in lines if (text := state.read(line)) is not None]


class _Unmarking:
    """Takes the marks off one line after the other. A number opens a list only where Markdown lets it."""

    def __init__(self) -> None:
        self._in_paragraph = self._in_list = self._in_quote = False

    def read(self, line: str) -> str | None:
        """What the line says; None for a blank line or a rule."""
        if not line.strip():
            self._in_paragraph = self._in_quote = False
            return None
        if _RULE.match(line):
            return None
        line = self._without_quote(line)
        heading = _HEADING.match(line)
        if heading:
            line = _HEADING_END.sub("", line[heading.end() :])
            self._in_paragraph = False
        line = self._without_bullets(line)
        table = line.lstrip().startswith("|")
        self._in_paragraph = heading is None and not table
        return _row(line) if table else line.rstrip("\\") if line.endswith("\\") else line

    def _without_quote(self, line: str) -> str:
        """A quote keeps the mark of its first line, which may be a "greater than"."""
        quote = _QUOTE.match(line)
        goes_on = quote is not None and self._in_quote
        self._in_quote = quote is not None
        return line[quote.end() :] if quote is not None and goes_on else line

    def _without_bullets(self, line: str) -> str:
        marker = (_LAZY_BULLET if self._in_paragraph and not self._in_list else _BULLET).match(line)
        while marker and marker.end():
            line = line[marker.end() :]
            marker = _BULLET.match(line)
            self._in_list = True
        return line


def _row(line: str) -> str:
    """A table row with one blank around each bar."""
    return "| " + " | ".join(cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))) + " |"


def _inline(text: str) -> str:
    """Emphasis and escapes out, code spans kept as they are."""
    text, spans = _without_spans(text.replace("\x00", "\ufffd"))
    before = ""
    while before != text:
        before, text = text, _EMPHASIS.sub(r"\2", text)
    text = _ESCAPE.sub(r"\1", text)
    return re.sub(r"\x00(\d+)\x00", lambda match: f"`{spans[int(match.group(1))]}`", text)


def _without_spans(text: str) -> tuple[str, list[str]]:
    """The text with a number between NULs for each code span, and the spans. Linear in the text."""
    if "`" not in text:
        return text, []
    parts: list[str] = []
    spans: list[str] = []
    place = 0
    for start, end, inside in _spans(text):
        parts += (text[place:start], f"\x00{len(spans)}\x00")
        spans.append(inside.strip().replace("`", "\\`"))
        place = end
    return "".join((*parts, text[place:])), spans


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and content of each code span: from a run of backticks to the next one of its length."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    following: dict[int, int] = {}  # length -> the nearest run behind
    closing = [0] * len(runs)
    for number in range(len(runs) - 1, -1, -1):
        start, end = runs[number]
        closing[number] = following.get(end - start, 0)
        following[end - start] = number
    number = 0
    while number < len(runs):
        (start, end), close = runs[number], closing[number]
        if close and text[start - 1 : start] != "\\":
            yield start, runs[close][1], text[end : runs[close][0]]
            number = close
        number += 1
