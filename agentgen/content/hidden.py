"""Findings about text that nobody sees: where it is, what it spells, and how to take it out.

One finding a line and kind: a line with a thousand zero-width blanks is one thing to look at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from agentgen.codes import Severity
from agentgen.content.characters import Kind, Mark, labelled, marks
from agentgen.content.decode import bits_of, bytes_of, tags_of
from agentgen.findings import Edit, Finding, Fix, finding
from agentgen.source import Source

HIDDEN = ("hidden-text", "hidden-direction", "control-character", "name-lookalike")
"""The codes of what a file may hide; no file may say itself that these are to be ignored."""

_CODES = {
    Kind.INVISIBLE: "hidden-text",
    Kind.DIRECTION: "hidden-direction",
    Kind.CONTROL: "control-character",
    Kind.PRIVATE: "private-character",
}
_WHAT = {
    "hidden-text": "hidden character",
    "hidden-direction": "hidden character for the direction of text",
    "control-character": "control character",
    "private-character": "character for private use",
}
_MILD_CONTROLS = re.compile("[\x0c\x80-\x9f\u2028\u2029]")  # page breaks, line separators, text decoded twice
_FENCE_ESCAPED = re.compile("[ \t]*\u200b(?:```|~~~)")
_TAKEN_OUT_SAFELY = re.compile("[\xad\u200b\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]*")
_JOINERS = "\u200c\u200d"
_MOST = 20_000  # marks looked at; a file with more of them has enough findings
_NAMED = 4  # kinds of characters named in a message
_AROUND = 24  # characters quoted on each side
_TAG, _SELECTOR = re.compile("[\U000e0000-\U000e007f]+"), re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{2,}")


def hidden_findings(source: Source) -> list[Finding]:
    """Everything in a file that nobody sees, in its order."""
    text = source.text
    counted = islice((mark for mark in marks(text, spaces=False) if _counts(text, mark)), _MOST)
    found = ((source.line_of(mark.start), _CODES[mark.kind], mark) for mark in counted)
    grouped = groupby(sorted(found, key=lambda each: (each[0], each[1], each[2].start)), key=lambda each: each[:2])
    return [_finding(source, code, line, [mark for *_, mark in group]) for (line, code), group in grouped]


def _counts(text: str, mark: Mark) -> bool:
    """A byte-order mark at the beginning, NUL and bytes that are no UTF-8 have findings of their own."""
    return mark.kind in _CODES and text[mark.start] != "\x00" and not (mark.start == 0 and text[0] == "\ufeff")


def _finding(source: Source, code: str, line: int, found: Sequence[Mark]) -> Finding:
    text = source.text
    characters = "".join(text[mark.start : mark.end] for mark in found)
    made = finding(source, code, found[0].start, _message(source, code, line, found, characters))
    made = made._replace(fix=_fix(source, code, line, found, characters))
    return made._replace(severity=Severity.WARNING) if _is_mild(source, code, line, characters) else made


def _is_mild(source: Source, code: str, line: int, characters: str) -> bool:
    """Known to be a slip, or a trick that hides nothing from a person: a fence kept from closing another."""
    if code == "control-character":
        return all(map(_MILD_CONTROLS.match, characters))
    text = source.slice(source.line_span(line))
    return characters == "\u200b" and bool(_FENCE_ESCAPED.match(text))


def _message(source: Source, code: str, line: int, found: Sequence[Mark], characters: str) -> str:
    number = len(characters)
    counts = Counter(map(_name, characters))
    names = ", ".join(name if count == 1 else f"{name} ×{count}" for name, count in counts.most_common(_NAMED))
    more = ", …" if len(counts) > _NAMED else ""
    noun = _WHAT[code].replace("character", "characters", 1) if number > 1 else _WHAT[code]
    head = f"{number} {noun} ({names}{more})"
    said = spelt(characters)
    tail = f"; they spell {said!r}" if said else ""
    return f"{head}, {'the first here' if number > 1 else 'here'}: {_quote(source, line, found)}{tail}"


def _name(char: str) -> str:
    if _TAG.match(char):
        return "tags"
    return "selectors" if "\ufe00" <= char <= "\ufe0d" or char > "\U000e00ff" else f"U+{ord(char):04X}"


def spelt(characters: str) -> str:
    """The text that hidden characters of a line spell, however it was put into them; empty where there is none."""
    parts = [tags_of(run[0]) for run in _TAG.finditer(characters)]
    parts += [said for run in _SELECTOR.finditer(characters) if (said := bytes_of(run[0]))]
    return " ".join(parts) or bits_of(characters)


def _quote(source: Source, line: int, found: Sequence[Mark]) -> str:
    """The line around the first mark, with labels."""
    span = source.line_span(line)
    start, end = max(span.start, found[0].start - _AROUND), min(span.end, found[0].start + _AROUND)
    shown = " ".join(labelled(source.text[start:end]).split())
    return f"{'…' * (start > span.start)}{shown}{'…' * (end < span.end)}"


def _fix(source: Source, code: str, line: int, found: Sequence[Mark], characters: str) -> Fix:
    if code == "private-character":
        return Fix("write what is meant in characters that everybody has")
    if code == "hidden-text" and _is_safe(source.slice(source.line_span(line)), characters):
        return Fix("take them out: what is seen stays as it is", tuple(_edits(found)))
    return Fix("look at the line in an editor that shows such characters, and take out what does not belong there")


def _is_safe(line: str, characters: str) -> bool:
    """Whether the line looks the same without them. Joiners are taken out between ASCII only."""
    without = characters.translate(dict.fromkeys(map(ord, _JOINERS)))
    plain = without == characters or line.translate(dict.fromkeys(map(ord, characters))).isascii()
    return plain and bool(_TAKEN_OUT_SAFELY.fullmatch(without))


def _edits(found: Sequence[Mark]) -> Iterator[Edit]:
    """Neighbours in one edit."""
    start = end = found[0].start
    for mark in found:
        if mark.start != end:
            yield Edit(start, end, "")
            start = mark.start
        end = mark.end
    yield Edit(start, end, "")
