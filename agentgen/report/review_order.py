"""What moved: the fewest elements that must have changed their place to turn one order into another."""

from __future__ import annotations

import bisect
from collections.abc import Sequence


def moved(places: Sequence[int]) -> frozenset[int]:
    """Positions in `places` outside its longest increasing run of picks.

    `places` are distinct new places in the old order: `[2, 0, 1]` means that the first element went to the end, and
    the answer is the position 0 alone.
    """
    tails: list[int] = []  # the smallest last place of an increasing pick of each length, and where it stands
    ends: list[int] = []
    before: list[int] = []
    for position, place in enumerate(places):
        length = bisect.bisect_left(tails, place)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [position]
    kept = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        kept.add(position)
        position = before[position]
    return frozenset(range(len(places))) - kept
