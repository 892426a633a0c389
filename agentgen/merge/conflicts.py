"""What the recipe decides about conflicts, and which are still open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from agentgen.compare.model import Comparison, Conflict, ConflictKind
from agentgen.merge.model import OpenConflict
from agentgen.merge.nodes import Taken
from agentgen.profile.recipe import ConflictDecision, KeyDecision, Recipe


def decision_for(conflict: Conflict, recipe: Recipe) -> ConflictDecision:
    """The recipe's decision about a conflict; where there is none, an open one."""
    for decision in recipe.conflicts:
        if decision.id == conflict.id:
            return decision
    return ConflictDecision(conflict.id, conflict.subject)


def holding_variant(decision: ConflictDecision, precedence: Sequence[str], present: Iterable[str]) -> str:
    """The variant whose side holds: the one picked, else the first by precedence."""
    choices = set(present)
    return next(wish for wish in (decision.pick, *precedence) if wish in choices)


def open_conflicts(comparison: Comparison | None, recipe: Recipe, taken: Taken) -> tuple[OpenConflict, ...]:
    """The conflicts that nobody decided, in the order of the comparison.

    A conflict about a frontmatter key is decided in `keys`; one about statements in `conflicts`, and it is none where
    the recipe takes one side only.
    """
    found = comparison.conflicts if comparison else ()
    return tuple(_open(found, recipe, taken))


def _open(conflicts: tuple[Conflict, ...], recipe: Recipe, taken: Taken) -> Iterator[OpenConflict]:
    for conflict in conflicts:
        if conflict.kind is ConflictKind.FRONTMATTER:
            key = _key_decision(conflict, recipe)
            if key is None or key.open:
                yield OpenConflict(conflict, key.variants if key else recipe.precedence[:1])
            continue
        decision = decision_for(conflict, recipe)
        present = [member.variant for member in conflict.members if (member.variant, member.item) in taken.nodes]
        if decision.is_open and len(set(present)) > 1:
            yield OpenConflict(conflict, (holding_variant(decision, recipe.precedence, present),))


def _key_decision(conflict: Conflict, recipe: Recipe) -> KeyDecision | None:
    """The decision about the key that a frontmatter conflict speaks of."""
    return next((decision for decision in recipe.keys if decision.key == conflict.subject), None)
