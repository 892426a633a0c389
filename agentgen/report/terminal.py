"""Rich renderables to terminal text of a given width, with or without colour.

Text from files is made visible first (`shown`), so that no control character in a heading reaches a terminal.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.text import Text

from agentgen.report.visible import pieces

HIDDEN = "reverse"
QUIET = "bright_black"


def paint(parts: Iterable[RenderableType], *, width: int, colour: bool) -> str:
    """The parts one below the other, `width` columns at most, no blanks at the ends of lines."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        no_color=not colour,
        force_jupyter=False,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    for part in parts:
        if part == "":
            out.write("\n")  # as the console would, at a twentieth of the time
        else:
            console.print(part)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().split("\n")[:-1])


def segments(text: Text, console: Console) -> Iterable[Segment]:
    """A text of one line as pieces for the console, its own style below those of its parts."""
    pieces_of = text.render(console)
    return Segment.apply_style(pieces_of, console.get_style(text.style)) if text.style else pieces_of


def shown(text: str, style: str = "") -> Text:
    """Text of a file as terminal text: what cannot be seen becomes a label."""
    made = Text(style=style)
    for piece in pieces(text):
        made.append(f"<{piece.text}>" if piece.hidden else piece.text, HIDDEN if piece.hidden else "")
    return made


def one_line(text: str, style: str = "") -> Text:
    """The same in one line, runs of white space as one blank."""
    return shown(" ".join(text.split()), style)
