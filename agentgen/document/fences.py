"""Which lines are code: code fences, read as their author meant.

CommonMark closes a fence at the first bare fence of at least its length. An author who shows a template that itself
holds fences means something else:

    ```markdown        <- opens the template
    Output:
    ```                <- opens a sample inside it; CommonMark closes the template here
    PASS
    ```
    ```                <- closes the template; CommonMark opens a block here and swallows what follows

Every reading of the fence lines (this one opens, closes, nests, is text) has a price: the sum of what speaks against
it. The cheapest reading wins; deviating from CommonMark has a price of its own, so that evidence is needed for it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from agentgen.document.lines import Lines, indent_of, is_blank

_FENCE = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(`{3,}|~{3,})(.*)")
_HEADING = re.compile(r" {0,3}#{2,6}[ \t]+\S")
_PROSE_LANGUAGES = frozenset({"", "markdown", "md", "mdx", "text", "txt", "plaintext", "plain", "chatmode", "prompt"})

_DEPTH = 3
_BEAM = 12
_UNCLOSED = 5.0
_NEST = 1.5
_NEST_IN_CODE = 3.0
_STRAY = 6.0
_LOOKS_OTHERWISE = 1.5
_INFO_AS_TEXT = 2.5
_HEADING_IN_CODE = 1.0
_HEADINGS_COUNTED = 3


class Fence(NamedTuple):
    """A line that may open or close a code block. `line` is a 0-based index."""

    line: int
    indent: int
    character: str
    length: int
    info: str
    on_marker: bool  # directly behind a list marker: can only open

    @property
    def language(self) -> str:
        words = self.info.split(None, 1)
        return words[0].lower() if words else ""


class CodeBlock(NamedTuple):
    """A fenced block: 0-based indexes of its fence lines. `close` is None where the file ends first.

    `nested` are the fence lines inside it that CommonMark would read as its end or as other blocks.
    """

    open: Fence
    close: Fence | None
    nested: tuple[Fence, ...] = ()


class _Reading(NamedTuple):
    """A hypothesis: its price, the open fences (innermost last), and the steps so far as a linked list."""

    price: float
    stack: tuple[Fence, ...]
    steps: tuple[object, ...] | None


def find_fences(lines: Lines, first: int) -> list[Fence]:
    """The lines from `first` on that have the shape of a fence."""
    found = []
    for index in range(first, len(lines.texts)):
        text = lines.texts[index]
        if "```" in text or "~~~" in text:
            match = _FENCE.match(text)
            if match and not (match[1][0] == "`" and "`" in match[2]):
                prefix = text[: match.start(1)]
                marker = prefix.strip(" \t") != ""
                found.append(Fence(index, indent_of(text), match[1][0], len(match[1]), match[2].strip(), marker))
    return found


def read_fences(lines: Lines, first: int) -> list[CodeBlock]:
    """The code blocks from line `first` on, in file order, never overlapping."""
    fences = find_fences(lines, first)
    return _Weigher(lines, fences).blocks() if fences else []


class _Weigher:
    """Weighs the readings of all fence lines of a document."""

    def __init__(self, lines: Lines, fences: list[Fence]) -> None:
        self._lines = lines
        self._fences = fences

    def blocks(self) -> list[CodeBlock]:
        readings = [_Reading(0.0, (), None)]
        previous = self._fences[0].line
        for fence in self._fences:
            headings = self._headings_between(previous, fence.line)
            readings = self._step(readings, fence, headings)
            previous = fence.line
        headings = self._headings_between(previous, len(self._lines.texts))
        best = min(readings, key=lambda reading: self._final_price(reading, headings))
        return _blocks_of(best)

    def _final_price(self, reading: _Reading, headings: int) -> float:
        price = reading.price + _UNCLOSED * len(reading.stack)
        return price + self._swallowed(reading.stack, headings)

    def _headings_between(self, start: int, end: int) -> int:
        texts = self._lines.texts
        count = 0
        for index in range(start + 1, end):
            if texts[index].startswith("#") and _HEADING.match(texts[index]):
                count += 1
        return count

    def _swallowed(self, stack: tuple[Fence, ...], headings: int) -> float:
        if not stack or not headings or any(fence.language in _PROSE_LANGUAGES - {""} for fence in stack):
            return 0.0
        return _HEADING_IN_CODE * min(headings, _HEADINGS_COUNTED)

    def _step(self, readings: list[_Reading], fence: Fence, headings: int) -> list[_Reading]:
        following: dict[tuple[Fence, ...], _Reading] = {}
        for reading in readings:
            base = reading.price + self._swallowed(reading.stack, headings)
            for action, price, stack in self._moves(reading.stack, fence):
                total = base + price
                known = following.get(stack)
                if known is None or total < known.price:
                    following[stack] = _Reading(total, stack, (action, fence, reading.steps))
        return sorted(following.values(), key=lambda reading: reading.price)[:_BEAM]

    def _moves(self, stack: tuple[Fence, ...], fence: Fence) -> list[tuple[str, float, tuple[Fence, ...]]]:
        if not stack:
            return [("open", self._price_of_opening(fence), (fence,)), ("stray", _STRAY, ())]
        top = stack[-1]
        if fence.character != top.character or fence.length < top.length:
            return [("text", 0.0, stack)]
        moves = []
        if not fence.info and not fence.on_marker:
            moves.append(("close", self._price_of_closing(fence, top), stack[:-1]))
        else:
            moves.append(("text", _INFO_AS_TEXT, stack))
        if len(stack) < _DEPTH:
            nest = _NEST if stack[0].language in _PROSE_LANGUAGES else _NEST_IN_CODE
            moves.append(("nest", nest / len(stack) ** 2 + self._price_of_opening(fence), (*stack, fence)))
        return moves

    def _price_of_opening(self, fence: Fence) -> float:
        return 0.0 if fence.info else _LOOKS_OTHERWISE * self._closing_look(fence)

    def _price_of_closing(self, fence: Fence, opener: Fence) -> float:
        price = _LOOKS_OTHERWISE * self._opening_look(fence)
        return price + (0.5 if fence.indent != opener.indent and not opener.on_marker else 0.0)

    def _opening_look(self, fence: Fence) -> float:
        """How much a bare fence looks like an opening one: blank or a label above, ink below."""
        above = self._lines.texts[fence.line - 1].rstrip() if fence.line else ""
        ink_below = not self._lines.is_blank(fence.line + 1)
        label = above.endswith((":", ":**"))
        return ink_below * ((0.5 if is_blank(above) else 0.0) + label) + (0.5 if label else 0.0)

    def _closing_look(self, fence: Fence) -> float:
        """How much a bare fence looks like a closing one: ink above that is no label, blank below."""
        above = self._lines.texts[fence.line - 1].rstrip() if fence.line else ""
        if is_blank(above) or above.endswith((":", ":**")):
            return 0.0
        return 1.0 if self._lines.is_blank(fence.line + 1) else 0.3


def _blocks_of(reading: _Reading) -> list[CodeBlock]:
    steps: list[tuple[str, Fence]] = []
    link = reading.steps
    while link is not None:
        action, fence, link = link  # type: ignore[assignment, misc]
        steps.append((action, fence))  # type: ignore[arg-type]
    blocks: list[CodeBlock] = []
    stack: list[Fence] = []
    nested: list[Fence] = []
    for action, fence in reversed(steps):
        if action in ("open", "nest"):
            nested.extend([fence] if stack else [])
            stack.append(fence)
        elif action == "close":
            opener = stack.pop()
            if stack:
                nested.append(fence)
            else:
                blocks.append(CodeBlock(opener, fence, tuple(nested)))
                nested = []
    if stack:
        blocks.append(CodeBlock(stack[0], None, tuple(nested)))
    return blocks
