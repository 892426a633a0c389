"""Characters that a reader cannot see, made visible.

A zero-width space becomes `U+200B`, a stray byte `\\xe9`, a run of tag characters the text it hides. What people really
write stays as it is: `agentgen.content.characters` says what that is, for views and findings alike.
"""

from __future__ import annotations

from dataclasses import dataclass

from agentgen.content.characters import labelled, marks


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: as it stands, or (`hidden`) the label of characters that cannot be seen."""

    text: str
    hidden: bool = False


def pieces(text: str) -> tuple[Piece, ...]:
    """The text cut into what can be seen and labels for what cannot; CR LF and CR count as line ends."""
    text = _lines(text)
    found: list[Piece] = []
    place = 0
    for mark in marks(text):
        found += [Piece(text[place : mark.start])] * (place < mark.start)
        found.append(Piece(mark.label, hidden=True))
        place = mark.end
    return (*found, Piece(text[place:])) if place < len(text) else tuple(found)


def visible(text: str) -> str:
    """The text as one string, each label between `<` and `>`."""
    return labelled(_lines(text))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
