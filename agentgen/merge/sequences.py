"""The order of a list that two sides changed, each on its own.

    base  a b c      mine  b a c x      theirs  a b n c      ->   b n a c x

A side that moved nothing gives way; where both moved, mine holds. What only the other side has follows its neighbour.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def merge_order(base: Sequence[K], mine: Sequence[K], theirs: Sequence[K], kept: Collection[K]) -> list[K]:
    """The entries of `kept` in their order; each of them stands in one of the three lists, `base` alone excluded."""
    leading, other = (mine, theirs) if _moved(base, mine, theirs) else (theirs, mine)
    result = [key for key in leading if key in kept]
    for index, key in enumerate(other):
        if key in kept and key not in result:
            result.insert(_place(result, other[:index]), key)
    return result


def _moved(base: Sequence[K], mine: Sequence[K], theirs: Sequence[K]) -> bool:
    """True where `mine` has what all three share in another order than `base`."""
    shared = set(base) & set(mine) & set(theirs)
    return [key for key in mine if key in shared] != [key for key in base if key in shared]


def _place(result: Sequence[K], above: Sequence[K]) -> int:
    """The place behind the nearest entry above that is there already."""
    return next((result.index(key) + 1 for key in reversed(above) if key in result), 0)
