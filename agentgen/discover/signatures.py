"""Signatures: short samples of what a prompt says, and the pairs that they bring together.

MinHash: the share of places in which two signatures agree estimates the share of shingles that two texts have in
common (the standard error is 0.04 at one half). The signatures are cut into bands of a few places; texts that are
equal in a band become a candidate pair. So pairs are found by grouping, and their number grows with the likeness of
the texts and not with the square of their number.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from operator import eq
from typing import TypeAlias

from agentgen.errors import Problem, UserError

PLACES = 126
"""Numbers of a signature."""

ROWS = 3
"""Numbers of a band: 42 bands bring pairs together that have three tenths in common (two in three of those; of pairs
that have half in common all but four in a thousand)."""

CROWD = 40
"""From how many texts on in one band not every pair becomes a candidate."""

_SEED = 20
_NEIGHBOURS = 8

Signature: TypeAlias = "array[int]"


def sign(shingles: Sequence[Iterable[int]]) -> list[Signature]:
    """The signature of each set of shingles.

    Raises:
        UserError: the library that computes them is missing on this machine.
    """
    try:
        from rensa import RMinHash  # type: ignore[import-untyped]
    except ImportError:
        hint = "install it: `pip install rensa`"
        raise UserError(Problem("the library rensa is missing, which finds near copies", hint=hint)) from None
    matrix = RMinHash.digest_matrix_from_token_hash_sets([list(each) for each in shingles], PLACES, _SEED)
    return [array("I", row) for row in matrix.to_rows()]


def candidates(signatures: Sequence[Signature]) -> set[tuple[int, int]]:
    """The pairs of positions that share a band, the smaller position first."""
    found: set[tuple[int, int]] = set()
    for number in range(PLACES // ROWS):
        groups: dict[bytes, list[int]] = defaultdict(list)
        part = slice(number * ROWS, (number + 1) * ROWS)
        for at, signature in enumerate(signatures):
            groups[signature[part].tobytes()].append(at)
        for group in groups.values():
            if len(group) > 1:
                found.update(pairs_of(group))
    return found


def pairs_of(group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of a group; of a crowd each with the first and with its next neighbours, so that it stays linear."""
    if len(group) <= CROWD:
        yield from combinations(group, 2)
        return
    for at, left in enumerate(group):
        for right in group[at + 1 : at + 1 + _NEIGHBOURS]:
            yield left, right
        if at > _NEIGHBOURS:
            yield group[0], left


def estimate(left: Signature, right: Signature) -> float:
    """The estimated share of shingles in common, 0 to 1."""
    agree: int = sum(map(eq, left, right))
    return agree / PLACES
