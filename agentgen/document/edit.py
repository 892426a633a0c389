"""Editing a text by splices: what no splice names comes out as it was."""

from __future__ import annotations

from agentgen.findings import Edit, splice
from agentgen.source import Span


def replace(text: str, span: Span, new: str) -> str:
    """The text with `span` replaced."""
    return splice(text, [Edit(span.start, span.end, new)])


def insert(text: str, offset: int, new: str) -> str:
    """The text with `new` put in before the character at `offset`."""
    return splice(text, [Edit(offset, offset, new)])


def remove(text: str, span: Span) -> str:
    """The text without `span`."""
    return replace(text, span, "")
