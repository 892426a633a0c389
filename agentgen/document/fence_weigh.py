"""Which reading of the fence lines is the author's: weighed by evidence over the whole document.

A reading says of each fence line that it opens a block, closes one, opens a sample within a sample, is text, or closes
nothing. It has a price: the sum of what speaks against it. What speaks against a step is in the line (an info string
opens), around it (a label above opens, a blank line below closes), between the lines (headings are at home outside of
code) and at the end (blocks left open). The cheapest reading wins; whatever CommonMark would not do costs something, so
that it needs evidence.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from agentgen.document.fences import CodeBlock, Fence, find_fences
from agentgen.document.lines import Lines

MAX_WEIGHED = 2_000
"""A document with more fence lines is read as CommonMark reads it."""

_HEADING = re.compile(r" {0,3}#{2,6}[ \t]+\S")
_NAMED_PROSE = frozenset({"markdown", "md", "mdx", "text", "txt", "plaintext", "plain"})
_PROSE = _NAMED_PROSE | {""}

_DEPTH = 3  # fences open at once: a template, a sample in it, a sample in that
_BEAM = 12  # readings kept after each fence line

_NEST_IN_PROSE = 1.5  # the first fence inside a fence; further ones in the same block need no new evidence
_NEST_IN_CODE = 3.0
_NEST_AGAIN = 0.1
_STRAY = 3.0
_STRAY_WITH_INFO = 8.0
_FORGOTTEN_CLOSE = 2.2
_CHEAPEST_DEVIATION = 1.5

_INFO_AS_TEXT = 2.5
_UNCLOSED = 5.0
_OPENING_READ_AS_CLOSING = 1.5
_CLOSING_READ_AS_OPENING = 1.5
_OPENING_READ_AS_STRAY = 5.0
_OTHER_INDENT = 0.5
_HEADING_IN_CODE = 0.4
_HEADINGS_IN_CODE = 3
_HEADING_IN_PROSE = 0.05
_HEADINGS_IN_PROSE = 40


def read_fences(lines: Lines, first: int) -> list[CodeBlock]:
    """The code blocks from line `first` on, in file order, never overlapping."""
    fences = find_fences(lines, first)
    return _Weigher(lines, fences).blocks() if fences else []


class _Open(NamedTuple):
    """An open fence, and whether another one has been opened inside it."""

    fence: Fence
    has_nested: bool = False


_Stack = tuple[_Open, ...]  # innermost last


class _Step(NamedTuple):
    action: str  # open, nest, close, text, stray, reopen (a forgotten closing line, then open)
    fence: Fence
    before: _Step | None


class _Reading(NamedTuple):
    """A hypothesis: its price, the fences that are open, and its steps so far as a linked list."""

    price: float
    stack: _Stack
    steps: _Step | None


class _Weigher:
    """Weighs the readings of all fence lines of a document."""

    def __init__(self, lines: Lines, fences: list[Fence]) -> None:
        self._lines = lines
        self._fences = fences
        starts = [fence.line for fence in fences]
        self._headings = [self._count_headings(*gap) for gap in zip(starts, [*starts[1:], len(lines)], strict=True)]

    def blocks(self) -> list[CodeBlock]:
        plain = _commonmark(self._fences)
        if len(self._fences) > MAX_WEIGHED or self._price_of(plain) <= _CHEAPEST_DEVIATION:
            return self._blocks_of(plain)
        readings = [_Reading(0.0, (), None)]
        for index, fence in enumerate(self._fences):
            readings = self._step(readings, fence, self._headings[index - 1] if index else 0)
        best = min(readings, key=lambda reading: reading.price + self._price_of_ending(reading.stack))
        return self._blocks_of(_in_order(best.steps))

    # -- readings ----------------------------------------------------------------------------------------------

    def _price_of(self, steps: list[tuple[str, Fence]]) -> float:
        """The price of what every Markdown parser reads."""
        price = 0.0
        stack: _Stack = ()
        for index, (action, fence) in enumerate(steps):
            price += _price_of_swallowing(stack, self._headings[index - 1] if index else 0)
            step = next(move for move in self._moves(stack, fence, 0) if move[0] == action)
            price, stack = price + step[1], step[2]
        return price + self._price_of_ending(stack)

    def _step(self, readings: list[_Reading], fence: Fence, headings: int) -> list[_Reading]:
        following: dict[_Stack, _Reading] = {}
        for reading in readings:
            base = reading.price + _price_of_swallowing(reading.stack, headings)
            for action, price, stack in self._moves(reading.stack, fence, headings):
                known = following.get(stack)
                if known is None or base + price < known.price:
                    following[stack] = _Reading(base + price, stack, _after(reading, action, fence))
        return sorted(following.values(), key=lambda reading: reading.price)[:_BEAM]

    def _moves(self, stack: _Stack, fence: Fence, headings: int) -> list[tuple[str, float, _Stack]]:
        """What the fence line may be where these fences are open, and what speaks against it."""
        if not stack:
            stray = _STRAY_WITH_INFO if fence.info else _STRAY + _OPENING_READ_AS_STRAY * self._opening_look(fence)
            return [("open", self._price_of_opening(fence), (_Open(fence),)), ("stray", stray, ())]
        top = stack[-1].fence
        if not fence.fits(top):
            return [("text", 0.0, stack)]
        moves = []
        if fence.may_close(top):
            moves.append(("close", self._price_of_closing(fence, top), stack[:-1]))
        else:
            moves.append(("text", _INFO_AS_TEXT, stack))
        if len(stack) < _DEPTH:
            price = _price_of_nesting(stack[-1]) + self._price_of_opening(fence)
            moves.append(("nest", price, (*stack[:-1], _Open(top, has_nested=True), _Open(fence))))
        if len(stack) == 1 and fence.info and headings and top.language not in _NAMED_PROSE:
            moves.append(("reopen", _FORGOTTEN_CLOSE, (_Open(fence),)))
        return moves

    def _price_of_ending(self, stack: _Stack) -> float:
        return _UNCLOSED * len(stack) + _price_of_swallowing(stack, self._headings[-1])

    # -- evidence ----------------------------------------------------------------------------------------------

    def _price_of_opening(self, fence: Fence) -> float:
        return 0.0 if fence.info else _CLOSING_READ_AS_OPENING * self._closing_look(fence)

    def _price_of_closing(self, fence: Fence, opener: Fence) -> float:
        price = _OPENING_READ_AS_CLOSING * self._opening_look(fence)
        return price + (_OTHER_INDENT if fence.indent != opener.indent and not opener.on_marker else 0.0)

    def _opening_look(self, fence: Fence) -> float:
        """How much a bare fence looks like an opening one: a label or a blank line above, ink below."""
        if self._lines.is_blank(fence.line + 1):
            return 0.5 if self._is_label(fence.line - 1) else 0.0
        if self._is_label(fence.line - 1):
            return 1.5
        return 0.5 if self._lines.is_blank(fence.line - 1) else 0.0

    def _closing_look(self, fence: Fence) -> float:
        """How much a bare fence looks like a closing one: ink above that is no label, blank below."""
        if self._lines.is_blank(fence.line - 1) or self._is_label(fence.line - 1):
            return 0.0
        return 1.0 if self._lines.is_blank(fence.line + 1) else 0.3

    def _is_label(self, index: int) -> bool:
        """Whether a line announces what follows: it ends with a colon, or is a heading."""
        text = self._lines.texts[index].rstrip() if index >= 0 else ""
        return text.endswith((":", ":**")) or _HEADING.match(text) is not None

    def _count_headings(self, start: int, end: int) -> int:
        return sum(1 for text in self._lines.texts[start + 1 : end] if text.startswith("#") and _HEADING.match(text))

    # -- the result --------------------------------------------------------------------------------------------

    def _blocks_of(self, steps: list[tuple[str, Fence]]) -> list[CodeBlock]:
        blocks: list[CodeBlock] = []
        stack: list[Fence] = []
        nested: list[Fence] = []
        for action, fence in steps:
            if action == "stray":
                blocks.append(CodeBlock(fence, None, fence.line + 1, stray=True))
            elif action == "reopen":
                blocks.append(self._unclosed(stack[0], tuple(nested), fence.line))
                stack, nested = [fence], []
            elif action in ("open", "nest"):
                nested += [fence] if stack else []
                stack.append(fence)
            elif action == "close":
                opener = stack.pop()
                if stack:
                    nested.append(fence)
                else:
                    blocks.append(CodeBlock(opener, fence, fence.line + 1, tuple(nested)))
                    nested = []
        if stack:
            blocks.append(self._unclosed(stack[0], tuple(nested), len(self._lines)))
        return blocks

    def _unclosed(self, opener: Fence, nested: tuple[Fence, ...], limit: int) -> CodeBlock:
        """A block without closing line: it ends before the first heading that stands free, if it is not prose."""
        end = limit
        if opener.language not in _NAMED_PROSE:
            end = next((index for index in range(opener.line + 1, limit) if self._is_free_heading(index)), limit)
        while end > opener.line + 1 and self._lines.is_blank(end - 1):
            end -= 1
        return CodeBlock(opener, None, end, tuple(fence for fence in nested if fence.line < end))

    def _is_free_heading(self, index: int) -> bool:
        text = self._lines.texts[index]
        return text.startswith("##") and _HEADING.match(text) is not None and self._lines.is_blank(index - 1)


def _after(reading: _Reading, action: str, fence: Fence) -> _Step:
    return _Step(action, fence, reading.steps)


def _in_order(step: _Step | None) -> list[tuple[str, Fence]]:
    steps = []
    while step is not None:
        steps.append((step.action, step.fence))
        step = step.before
    return steps[::-1]


def _commonmark(fences: list[Fence]) -> list[tuple[str, Fence]]:
    """The steps of a Markdown parser: the first bare fence that is long enough closes."""
    steps = []
    opener: Fence | None = None
    for fence in fences:
        if opener is None:
            steps.append(("open", fence))
            opener = fence
        elif fence.may_close(opener):
            steps.append(("close", fence))
            opener = None
        else:
            steps.append(("text", fence))
    return steps


def _price_of_nesting(parent: _Open) -> float:
    if parent.has_nested:
        return _NEST_AGAIN
    return _NEST_IN_PROSE if parent.fence.language in _PROSE else _NEST_IN_CODE


def _price_of_swallowing(stack: _Stack, headings: int) -> float:
    """Lines that look like headings are at home outside of code, and in samples of prose."""
    if not stack or not headings:
        return 0.0
    if any(entry.fence.language in _NAMED_PROSE for entry in stack):
        return _HEADING_IN_PROSE * min(headings, _HEADINGS_IN_PROSE)
    return _HEADING_IN_CODE * min(headings, _HEADINGS_IN_CODE)
