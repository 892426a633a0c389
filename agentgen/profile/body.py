"""A profile's body as text: role, headings and sections, written with the default layout or the stored one.

    role: You are …            You are …
    sections:
      - title: API      ->
        body: "- use ETags"    ## API

                               - use ETags

The text starts right behind the frontmatter's closing fence, so by default with a blank line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from agentgen.profile.model import Profile, ProfileSection
from agentgen.source import split_lines

ROLE = "role"
"""The name under which provenance and line maps speak of the text before the first section."""

ROOT_LEVEL = 2
MAX_LEVEL = 6
BLANK_LINE = "\n"
BETWEEN = "\n\n"
AT_END = "\n"
_LEADING_BLANK = re.compile(r"(?:[ \t\f\v]*\n)*")
_TRAILING_BLANK = re.compile(r"(?:\n[ \t\f\v]*)*\Z")


class Part(StrEnum):
    """What a piece of the body is."""

    HEADING = "heading"
    BODY = "body"
    GAP = "gap"  # line ends and blank lines around the other two


class Piece(NamedTuple):
    """A stretch of the body's text; `owner` is a section id, or `role`."""

    owner: str
    part: Part
    text: str


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A line of the rendered body: the piece it starts in, and which line of that piece it is.

    `line` is 1-based in the body, `index` 0-based in the piece; `text` has its line end.
    """

    line: int
    owner: str
    part: Part
    index: int
    text: str


def render_body(profile: Profile, target: str | None = None) -> str:
    """The body as text with LF line ends; sections limited to other targets are left out (None: nothing is)."""
    return "".join(piece.text for piece in render_pieces(profile, target))


def render_pieces(profile: Profile, target: str | None = None) -> tuple[Piece, ...]:
    """The body cut into pieces, in order; joined they are `render_body`."""
    chosen = tuple(_chosen(profile.sections, target, ROOT_LEVEL))
    pieces = list(_role_pieces(profile, followed=bool(chosen)))
    for position, (section, level) in enumerate(chosen, start=1):
        pieces.extend(_section_pieces(section, level, followed=position < len(chosen)))
    return tuple(piece for piece in pieces if piece.text)


def line_map(profile: Profile, target: str | None = None) -> tuple[BodyLine, ...]:
    """Where each line of `render_body` belongs."""
    lines: list[BodyLine] = []
    unfinished: BodyLine | None = None
    for piece in render_pieces(profile, target):
        for index, text in enumerate(split_lines(piece.text)):
            start = unfinished or BodyLine(len(lines) + 1, piece.owner, piece.part, index, "")
            unfinished = BodyLine(start.line, start.owner, start.part, start.index, start.text + text)
            if text.endswith("\n"):
                lines.append(unfinished)
                unfinished = None
    return (*lines, unfinished) if unfinished else tuple(lines)


def split_edges(text: str) -> tuple[str, str, str]:
    """Cut off blank lines: (before, body, after). Joined they are the text; a blank text is all `after`."""
    leading = _LEADING_BLANK.match(text)
    start = leading.end() if leading else 0
    trailing = _TRAILING_BLANK.search(text, start)
    end = trailing.start() if trailing else len(text)
    if not text[start:end].strip(" \t\f\v"):
        return "", "", text
    return text[:start], text[start:end], text[end:]


def default_heading(title: str, level: int) -> str:
    """The heading line that a section gets where its layout stores none."""
    return f"{'#' * min(level, MAX_LEVEL)} {title}".rstrip()


def walk(sections: tuple[ProfileSection, ...]) -> Iterator[ProfileSection]:
    """All sections, parents before their children."""
    for section in sections:
        yield section
        yield from walk(section.sections)


def _chosen(
    sections: tuple[ProfileSection, ...], target: str | None, level: int
) -> Iterator[tuple[ProfileSection, int]]:
    for section in sections:
        if target is None or not section.targets or target in section.targets:
            own = section.layout.level or level
            yield section, own
            yield from _chosen(section.sections, target, own + 1)


def _role_pieces(profile: Profile, *, followed: bool) -> Iterator[Piece]:
    layout = profile.role_layout
    yield Piece(ROLE, Part.GAP, BLANK_LINE if layout.below is None else layout.below)
    if profile.role:
        yield Piece(ROLE, Part.BODY, profile.role)
        yield Piece(ROLE, Part.GAP, _after(layout.after, followed=followed))


def _section_pieces(section: ProfileSection, level: int, *, followed: bool) -> Iterator[Piece]:
    layout = section.layout
    heading = default_heading(section.title, level) if layout.heading is None else layout.heading
    yield Piece(section.id, Part.HEADING, heading)
    if section.body:
        yield Piece(section.id, Part.GAP, "\n" + (BLANK_LINE if layout.below is None else layout.below))
        yield Piece(section.id, Part.BODY, section.body)
    yield Piece(section.id, Part.GAP, _after(layout.after, followed=followed))


def _after(stored: str | None, *, followed: bool) -> str:
    """The stored gap, unless a heading would then stand on the same line as what is before it."""
    default = BETWEEN if followed else AT_END
    if stored is None or (followed and not stored.endswith("\n")):
        return default
    return stored
