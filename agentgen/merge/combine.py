"""Build the profile that a recipe describes.

recipe ─> sections taken ─> which statement is said where ─> unions, topic by topic ─> role, sections, fields ─> lock

With one variant alone every section is written just as that variant has it. With several, titles and levels are made
regular and thematic breaks between sections go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agentgen.compare.model import Comparison, Variant
from agentgen.merge.check import check_inputs, check_result
from agentgen.merge.conflicts import open_conflicts
from agentgen.merge.fences import fence_repair
from agentgen.merge.fields import MergedFields, merge_fields
from agentgen.merge.model import Fate, Merged, Outcome
from agentgen.merge.nodes import Node, Ref, Taken, section_nodes, walk
from agentgen.merge.place import Places
from agentgen.merge.select import Selection, select
from agentgen.merge.topics import Written, rows_of, write_topics
from agentgen.merge.union import Union
from agentgen.merge.write import origins
from agentgen.profile.lock import Lock
from agentgen.profile.model import Profile
from agentgen.profile.recipe import Recipe, TopicDecision
from agentgen.profile.store import profile_digest, recipe_digest

_Rows = Mapping[str, Sequence[list[Node]]]


def merge(
    variants: Sequence[Variant], recipe: Recipe, comparison: Comparison | None = None, places: Places | None = None
) -> Merged:
    """The profile that `recipe` makes of `variants`, whose order does not matter.

    The comparison says which statements are alike and which contradict each other; without one every statement stands
    for itself. `places` locates the recipe's entries in its file.

    Raises:
        UserError: the recipe names variants or sections that are not there, with every such place.
    """
    at = places or Places()
    findings = check_inputs(variants, recipe, at)
    given = {variant.id: variant for variant in variants}
    by_id = {name: given[name] for name in recipe.precedence}
    rows = {topic.id: _row(topic, by_id) for topic in recipe.topics}
    taken = _taken(rows)
    selection = select(comparison, recipe, taken)
    repair = fence_repair(by_id)
    written = write_topics(recipe, by_id, _unions(rows, selection), repair)
    fields = merge_fields(tuple(by_id.values()), recipe, at)
    profile = _profile(recipe, written, fields)
    return Merged(
        profile=profile,
        lock=_lock(recipe, by_id, written, fields, profile),
        conflicts=open_conflicts(comparison, recipe, taken),
        findings=(
            *findings,
            *repair.told(written.lines.values()),
            *fields.findings,
            *check_result(recipe, comparison, selection, at),
        ),
        widenings=fields.widenings,
        outcomes=_outcomes(by_id, taken, selection),
    )


def _row(topic: TopicDecision, variants: Mapping[str, Variant]) -> list[list[Node]]:
    return [section_nodes(variant, section) for variant, section in rows_of(topic, variants)]


def _taken(rows: _Rows) -> Taken:
    placed = [(node, topic) for topic, row in rows.items() for nodes in row for node in walk(nodes)]
    return Taken({node.ref: node for node, _ in placed}, {node.ref: topic for node, topic in placed})


def _unions(rows: _Rows, selection: Selection) -> dict[str, list[Node]]:
    union = Union(selection)
    combined = {topic: union.combine(row) for topic, row in rows.items()}
    union.settle()
    return {topic: union.prune(nodes) for topic, nodes in combined.items()}


def _profile(recipe: Recipe, written: Written, fields: MergedFields) -> Profile:
    return Profile(
        fields=fields.values,
        role=written.role,
        role_layout=written.role_layout,
        sections=written.sections,
        extensions=fields.extensions,
        approvals=recipe.approvals,
        prose=recipe.prose,
    )


def _lock(
    recipe: Recipe, variants: Mapping[str, Variant], written: Written, fields: MergedFields, profile: Profile
) -> Lock:
    return Lock(
        variants={name: variants[name].document.source.digest for name in sorted(variants)},
        recipe=recipe_digest(recipe),
        profile=profile_digest(profile),
        origins={name: origins(lines) for name, lines in written.lines.items() if lines},
        headings=written.headings,
        fields=fields.origins,
    )


def _outcomes(variants: Mapping[str, Variant], taken: Taken, selection: Selection) -> dict[Ref, Outcome]:
    """What became of every item of every variant."""
    found: dict[Ref, Outcome] = {}
    for name in sorted(variants):
        for item in variants[name].document.items:
            ref = (name, item.index)
            kept = Outcome(Fate.KEPT if ref in taken.nodes else Fate.NOT_TAKEN)
            outcome = selection.gone.get(ref, kept)
            if outcome.by is not None:
                speaker = selection.stands_for(outcome.by)
                outcome = selection.gone.get(speaker, outcome._replace(by=speaker))
            found[ref] = outcome
    return found
