"""Editing a text by splices: what no splice names comes out as it was."""

from __future__ import annotations

from collections.abc import Iterable

from agentgen.findings import Edit
from agentgen.source import Span


def splice(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits applied; their offsets are offsets of the text as given.

    Insertions at the same offset come out in the order given.

    Raises:
        ValueError: two edits overlap, or one lies outside the text.
    """
    parts: list[str] = []
    place = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if not place <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit {edit.start}:{edit.end} overlaps another or lies outside the text")
        parts += (text[place : edit.start], edit.text)
        place = edit.end
    return "".join((*parts, text[place:]))


def replace(text: str, span: Span, new: str) -> str:
    """The text with `span` replaced."""
    return splice(text, [Edit(span.start, span.end, new)])


def insert(text: str, offset: int, new: str) -> str:
    """The text with `new` put in before the character at `offset`."""
    return splice(text, [Edit(offset, offset, new)])


def remove(text: str, span: Span) -> str:
    """The text without `span`."""
    return replace(text, span, "")
