"""The alternatives to each decision of a recipe, as comments above it, ready to edit.

# a: "Security", 8 items, line 62
# b: "Security basics", 5 items, line 71
take: [a, b]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from agentgen.compare.frontmatter import shown, values_of
from agentgen.compare.model import Comparison, Conflict, Topic, Variant
from agentgen.profile.lock import HandConflict
from agentgen.profile.recipe import KeyDecision, Recipe, TopicDecision
from agentgen.profile.yaml_values import Path

_WIDTH = 100
_HEADER: dict[Path, tuple[str, ...]] = {
    ("variants",): ("Written by `agentgen merge`, and yours to edit: every decision stands here.",),
    ("precedence",): ("Decides titles, order and whatever is still open: the first one comes first.",),
    ("keys",): ("One of take, union, intersect, value, drop; `subtract` removes entries of a list.",),
    ("topics",): (
        "In the order of the profile. `take` one variant (its section as it is), several (their union), or none;",
        "`mine: |` is a text of your own, `drop: true` leaves the topic out. Also: title, parent, order, targets,",
        "and `items` with `statement` and one of drop, keep, pick, replace.",
    ),
    ("conflicts",): (
        "`pick` a variant, give a `text`, or `keep_both: true`. `open: true` means that nobody decided yet: remove the",
        "line to accept what stands there.",
    ),
}


def recipe_notes(recipe: Recipe, comparison: Comparison) -> dict[Path, tuple[str, ...]]:
    """Comments for a recipe that was just proposed, by the path of the entry that they stand above."""
    variants = {variant.id: variant for variant in comparison.variants}
    topics = {topic.id: topic for topic in comparison.topics}
    conflicts = {conflict.id: conflict for conflict in comparison.conflicts}
    notes = dict(_HEADER)
    for key in recipe.keys:
        notes[("keys", key.key, key.mode.value)] = tuple(_key_notes(key, recipe, variants))
    for index, decision in enumerate(recipe.topics):
        if decision.id in topics:
            place = "drop" if decision.drop else "take"
            notes[("topics", index, place)] = tuple(_topic_notes(decision, topics[decision.id], variants))
    for index, conflict in enumerate(recipe.conflicts):
        if conflict.id in conflicts:
            notes[("conflicts", index, "pick")] = tuple(_conflict_notes(conflicts[conflict.id]))
    return {path: lines for path, lines in notes.items() if lines}


def hand_notes(recipe: Recipe, hands: Sequence[HandConflict]) -> dict[Path, tuple[str, ...]]:
    """Comments for the entries about edits by hand: what each side says."""
    entries = {entry.id: index for index, entry in enumerate(recipe.conflicts)}
    return {("conflicts", entries[one.id], "pick"): tuple(_hand_lines(one)) for one in hands if one.id in entries}


def _hand_lines(hand: HandConflict) -> Iterator[str]:
    yield "`pick: mine` keeps the edit, `pick: theirs` takes what the variants say now. For a third wording"
    yield "edit the profile, and remove this entry."
    for side, text in (("base", hand.base), ("mine", hand.mine), ("theirs", hand.theirs)):
        yield _cut(f"{side}: {text if text is not None else '(removed)'}")


def _key_notes(decision: KeyDecision, recipe: Recipe, variants: Mapping[str, Variant]) -> Iterator[str]:
    values = {name: values_of(variants[name]).get(decision.key) for name in recipe.precedence}
    said = {name: _shown(value) for name, value in values.items() if value is not None}
    if len(set(said.values())) > 1:
        yield from (_cut(f"{name}: {text}") for name, text in said.items())


def _topic_notes(decision: TopicDecision, topic: Topic, variants: Mapping[str, Variant]) -> Iterator[str]:
    if len(topic.sections) < 2:
        return
    references = {reference.variant: reference for reference in topic.sections}
    for name in decision.sections:
        reference = references[name]
        count = len(variants[name].document.items_of(reference.section))
        heading = "before the first heading" if reference.heading is None else f'"{reference.heading}"'
        items = "1 item" if count == 1 else f"{count} items"
        yield _cut(f"{name}: {heading}, {items}, line {reference.line}")


def _conflict_notes(conflict: Conflict) -> Iterator[str]:
    for side in conflict.members:
        yield _cut(f"{side.variant}: {side.value} (line {side.line}: {side.text})")


def _shown(value: object) -> str:
    return value if isinstance(value, str) else shown(value)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1].rstrip() + "…"
