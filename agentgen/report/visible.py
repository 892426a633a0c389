"""Characters that a reader cannot see, made visible.

A zero-width space becomes `U+200B`, a stray byte `\\xe9`, a run of tag characters the text it hides. What people really
write stays as it is: `agentgen.content.characters` says what that is, for views and findings alike. A secret is shown
as far as it tells whose it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from agentgen.content.characters import marks
from agentgen.content.secrets import masked, secret_risks


class Piece(NamedTuple):
    """A run of text: as it stands, or (`hidden`) the label of characters that cannot be seen."""

    text: str
    hidden: bool = False


def pieces(text: str) -> tuple[Piece, ...]:
    """The text cut into what can be seen and labels for what cannot; CR LF and CR count as line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: list[Piece] = []
    place = 0
    for start, end, label in sorted(_labels(text)):
        if start < place:  # a mark inside a secret
            continue
        found += [Piece(text[place:start])] * (place < start)
        found.append(Piece(label, hidden=True))
        place = end
    return (*found, Piece(text[place:])) if place < len(text) else tuple(found)


def visible(text: str) -> str:
    """The text as one string, each label between `<` and `>`."""
    return "".join(f"<{piece.text}>" if piece.hidden else piece.text for piece in pieces(text))


def _labels(text: str) -> Iterator[tuple[int, int, str]]:
    yield from ((mark.start, mark.end, mark.label) for mark in marks(text))
    yield from ((risk.start, risk.end, f"secret: {masked(text[risk.start : risk.end])}") for risk in secret_risks(text))
