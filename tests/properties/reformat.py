"""Other formatting for the same content: line ends, bullets and numbers, emphasis, fence lengths, line breaks.

Works on the spans of a document's items, so that headings, frontmatter and everything else stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from agentgen.document.model import Document, Item, ItemKind
from agentgen.source import encode, split_lines, to_lf

_LISTS = {ItemKind.BULLET, ItemKind.NUMBER, ItemKind.CHECKBOX}
_PROSE = {*_LISTS, ItemKind.PARAGRAPH}
_MARKER = re.compile(r"\A([ \t]*)([-*+])(?=[ \t])")
_NUMBER = re.compile(r"\A([ \t]*)(\d{1,8})([.)])(?=[ \t])")
_OTHER_BULLET = {"-": "*", "*": "+", "+": "-"}
_OTHER_DELIMITER = {".": ")", ")": "."}
_FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})(.*)", re.DOTALL)
_STRONG = re.compile(r"(?<![\w*_\\`<(\[/])\*\*([A-Za-z0-9][\w ,;-]*[A-Za-z0-9])\*\*(?![\w*_`>()\]/])")
_SPACE = re.compile(r"(?<=[a-z,;]) (?=[a-z]{2,}[ ,])")
_WIDTH = 40


def crlf(document: Document) -> bytes:
    """The file with CR LF line ends."""
    return encode(to_lf(document.source.text).replace("\n", "\r\n"))


def other_markers(document: Document) -> bytes:
    """Other bullets, and list numbers with gaps and the other delimiter; a list still begins with its number."""
    return _rewritten(document, _with_other_marker)


def other_emphasis(document: Document) -> bytes:
    """`**strong**` as `__strong__`."""
    return _rewritten(document, _with_other_emphasis)


def longer_fences(document: Document) -> bytes:
    """Code between fences that are two marks longer."""
    return _rewritten(document, _with_longer_fences)


def broken_lines(document: Document) -> bytes:
    """Long lines of paragraphs and list items broken at a blank between two plain words."""
    return _rewritten(document, _with_broken_lines)


WAYS: tuple[Callable[[Document], bytes], ...] = (crlf, other_markers, other_emphasis, longer_fences, broken_lines)


def _rewritten(document: Document, change: Callable[[Item, str], str]) -> bytes:
    text = document.source.text
    for item in reversed(document.items):
        old = text[item.span.start : item.span.end]
        text = text[: item.span.start] + change(item, old) + text[item.span.end :]
    return encode(text)


def _with_other_marker(item: Item, text: str) -> str:
    if item.kind is ItemKind.NUMBER:
        return _NUMBER.sub(lambda m: f"{m[1]}{_other_number(m[2])}{_OTHER_DELIMITER[m[3]]}", text, count=1)
    if item.kind in _LISTS:
        return _MARKER.sub(lambda m: m[1] + _OTHER_BULLET[m[2]], text, count=1)
    return text


def _other_number(number: str) -> str:
    return number if int(number) < 2 else str(int(number) + 3)


def _with_other_emphasis(item: Item, text: str) -> str:
    if item.kind not in _PROSE or _FENCE.search(text):
        return text
    parts = re.split(r"(`+[^`]*`+)", text)
    return "".join(part if part.startswith("`") else _STRONG.sub(r"__\1__", part) for part in parts)


def _with_longer_fences(item: Item, text: str) -> str:
    lines = split_lines(text)
    fences = [number for number, line in enumerate(lines) if _FENCE.match(line)]
    if item.kind not in {*_LISTS, ItemKind.CODE} or len(fences) != 2:
        return text
    for number in fences:
        lines[number] = _FENCE.sub(lambda m: m[1] + m[2] + m[2][0] * 2 + m[3], lines[number])
    return "".join(lines)


def _with_broken_lines(item: Item, text: str) -> str:
    if item.kind not in _PROSE or _FENCE.search(text):
        return text
    return "".join(_broken(item, text))


def _broken(item: Item, text: str) -> Iterator[str]:
    for number, line in enumerate(split_lines(text)):
        place = _SPACE.search(line, _WIDTH) if "`" not in line and "|" not in line else None
        if place is None:
            yield line
            continue
        indent = _content_column(item, line) if number == 0 else len(line) - len(line.lstrip(" "))
        yield line[: place.start()] + "\n" + " " * indent + line[place.end() :]


def _content_column(item: Item, line: str) -> int:
    if item.kind not in _LISTS:
        return len(line) - len(line.lstrip(" "))
    marker = re.match(r"[ \t]*(?:[-*+\u2022]|\d+[.)])[ \t]+", line)
    return marker.end() if marker else 0
