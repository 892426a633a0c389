"""Text of files inside Markdown that a forge shows: nothing of it becomes markup, a mention or a reference."""

from __future__ import annotations

import re
from collections.abc import Iterable

from agentgen.report.visible import visible

LIMIT = 60_000
"""Characters of a whole text, at most: forges refuse a comment of more than 65,536."""

_RESERVE = 200  # for the sentence about what was left out
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|~&$])")
_REFERENCE = re.compile(r"([@#])(?=\w)|\b(GH-)(?=\d)|(?<=:)(//)|\b(www)(?=\.)")
_RUN = re.compile("`+")


def plain(text: str) -> str:
    """A text as one line of Markdown that reads as it stands: no markup, no `@name`, no `#1`, no live address."""
    flat = " ".join(visible(text).split())
    escaped = _MARKUP.sub(r"\\\1", flat)
    return _REFERENCE.sub(lambda match: match.group() + "<!-- -->", escaped)


def code(text: str) -> str:
    """A text as one code span, which no content can leave; also inside a table."""
    flat = " ".join(visible(text).split()) or " "
    fence = "`" * (max((len(run) for run in _RUN.findall(flat)), default=0) + 1)
    pad = " " if flat[0] == "`" or flat[-1] == "`" else ""
    return f"{fence}{pad}{flat}{pad}{fence}".replace("|", r"\|")


def block(text: str, language: str = "") -> str:
    """A text as a fenced code block that it cannot close."""
    fence = "`" * max(3, max((len(run) for run in _RUN.findall(text)), default=0) + 1)
    return f"{fence}{language}\n{visible(text).rstrip()}\n{fence}\n"


def row(*cells: str) -> str:
    """A line of a table of finished cells."""
    return f"| {' | '.join(cells)} |\n"


def folded(title: str, content: str) -> str:
    """Content behind a line that opens it; the blank lines make a forge read it as Markdown."""
    return f"\n<details><summary>{title}</summary>\n\n{content}\n</details>\n"


def within(parts: Iterable[str], more: str = "`agentgen diff --format text` shows everything") -> str:
    """The parts up to LIMIT; a part is whole or left out. `more` says how to see the rest."""
    kept: list[str] = []
    size = left_out = 0
    for part in parts:
        if left_out or size + len(part) > LIMIT - _RESERVE:
            left_out += 1
        else:
            kept.append(part)
            size += len(part)
    if left_out:
        kept.append(f"\n*Left out for length: {left_out} parts. {more}.*\n")
    return "".join(kept)
