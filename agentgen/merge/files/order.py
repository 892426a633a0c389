"""The order of what stands in one node, three-way, where it is certain."""

from __future__ import annotations

from collections.abc import Sequence

from agentgen.merge.files.model import UnsureError
from agentgen.merge.files.versions import Name


def merge_children(
    base: Sequence[Name], ours: Sequence[Name], theirs: Sequence[Name], *, any_order: bool
) -> tuple[list[Name], bool]:
    """The children in their order, and whether a side had them in another order than the base.

    What only one side has goes between the neighbours that it has there. With `any_order` both sides may put
    something in one place: the keys of a frontmatter say the same in any order.

    Raises:
        UnsureError: both sides changed the order, or there is more than one place for something.
    """
    shared = set(ours) & set(theirs)
    old, mine, other = ([name for name in names if name in shared] for names in (base, ours, theirs))
    moved = old != mine or old != other
    if old not in (mine, other) and mine != other:
        raise UnsureError("both sides moved something")
    leading, following = (theirs, ours) if mine == old != other else (ours, theirs)
    result = list(leading)
    for run, above, below in _runs(following, set(leading)):
        place = _place(result, above, below, any_order=any_order)
        result[place:place] = run
    return result, moved


def _runs(names: Sequence[Name], known: set[Name]) -> list[tuple[list[Name], Name | None, Name | None]]:
    """Neighbours that are not known, each run with the known ones above and below it."""
    runs: list[tuple[list[Name], Name | None, Name | None]] = []
    run: list[Name] = []
    above: Name | None = None
    for name in (*names, None):
        if name is not None and name not in known:
            run.append(name)
            continue
        if run:
            runs.append((run, above, name))
        run, above = [], name
    return runs


def _place(result: Sequence[Name], above: Name | None, below: Name | None, *, any_order: bool) -> int:
    start = 0 if above is None else result.index(above) + 1
    end = len(result) if below is None else result.index(below)
    if start != end and not (any_order and start < end):
        raise UnsureError("there is more than one place for what one side added")
    return end
