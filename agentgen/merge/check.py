"""What is wrong or noteworthy about a recipe: before the merge, and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from agentgen.codes import CODES
from agentgen.compare.model import Comparison, Variant
from agentgen.document.model import Section
from agentgen.errors import Problem, UserError
from agentgen.findings import Finding, Fix
from agentgen.merge.place import Places, conflict_path, topic_path
from agentgen.merge.select import Selection
from agentgen.profile.recipe import Recipe
from agentgen.profile.yaml_values import Path


def check_inputs(variants: Sequence[Variant], recipe: Recipe, places: Places) -> tuple[Finding, ...]:
    """Findings about variants that changed, and about sections that no topic speaks of.

    Raises:
        UserError: the recipe names variants or sections that are not there, with every such place.
    """
    problems = [*_missing_variants(variants, recipe, places), *_missing_sections(variants, recipe, places)]
    if problems:
        raise UserError(problems)
    return (*_changed(variants, recipe, places), *_unused_sections(variants, recipe, places))


def check_result(
    recipe: Recipe, comparison: Comparison | None, selection: Selection, places: Places
) -> Iterator[Finding]:
    """Findings about decisions that decide nothing, and about statements that a person must look at."""
    variants = {variant.id: variant for variant in comparison.variants} if comparison else {}
    yield from (_numbers_differ([(variants[name], index) for name, index in refs]) for refs in selection.differing)
    for topic, index in selection.unmatched:
        statement = next(entry for entry in recipe.topics if entry.id == topic).items[index].statement
        message = f"no statement that is taken says '{_cut(statement)}'"
        path = topic_path(recipe, topic, "items", index)
        advice = "quote the statement as it stands now, or remove the entry"
        yield places.finding("recipe-statement-not-found", path, message, advice)
    known = {conflict.id for conflict in comparison.conflicts} if comparison else set()
    for decision in recipe.conflicts:
        if comparison is not None and decision.id not in known:
            message = f"the variants do not contradict each other about '{decision.subject or decision.id}' any more"
            path = conflict_path(recipe, decision.id)
            yield places.finding("recipe-conflict-gone", path, message, "remove the entry")


def _numbers_differ(sides: Sequence[tuple[Variant, int]]) -> Finding:
    """At the second of the statements."""
    quotes = [f"'{_cut(variant.document.items[index].text)}' ({variant.id})" for variant, index in sides]
    variant, index = sides[1]
    code = "merge-numbers-differ"
    message = f"{' and '.join(quotes)} differ in their numbers; all stay"
    place = variant.document.source.path, variant.document.items[index].line, 1
    advice = Fix("drop or replace one of them with `items` in the recipe")
    return Finding(code, CODES[code].severity, *place, message, advice)


def _missing_variants(variants: Sequence[Variant], recipe: Recipe, places: Places) -> Iterator[Problem]:
    known = {variant.id for variant in variants}
    for index, entry in enumerate(recipe.variants):
        if entry.id not in known:
            message = f"the variant '{entry.id}' was not given"
            yield places.problem(("variants", index), message, f"check that {entry.path or entry.id} is there")


def _missing_sections(variants: Sequence[Variant], recipe: Recipe, places: Places) -> Iterator[Problem]:
    known = {variant.id: {section.id: None for section in variant.document.sections} for variant in variants}
    for index, topic in enumerate(recipe.topics):
        for name, section in topic.sections.items():
            if name in known and section not in known[name]:
                close = get_close_matches(section, known[name], n=1)
                hint = f"did you mean '{close[0]}'?" if close else f"its sections: {', '.join(known[name])}"
                row: Path = ("topics", index, "sections", name)
                yield places.problem(row, f"the variant '{name}' has no section '{section}'", hint)
        for position, name in enumerate(topic.take):
            if name not in topic.sections:
                message = f"the topic '{topic.id}' has no section of '{name}'"
                hint = f"add `{name}: <section id>` to the topic's `sections`, or take another variant"
                yield places.problem(("topics", index, "take", position), message, hint)


def _changed(variants: Sequence[Variant], recipe: Recipe, places: Places) -> Iterator[Finding]:
    digests = {variant.id: variant.document.source.digest for variant in variants}
    for index, entry in enumerate(recipe.variants):
        if entry.digest and entry.digest != digests[entry.id]:
            message = f"the variant '{entry.id}' changed since the recipe was written"
            advice = "look at the decisions about it, then update the recipe"
            yield places.finding("recipe-variant-changed", ("variants", index), message, advice)


def _unused_sections(variants: Sequence[Variant], recipe: Recipe, places: Places) -> Iterator[Finding]:
    """One finding for each variant with sections that no topic speaks of."""
    rows = rows_dropped(recipe)
    listed = {entry.id for entry in recipe.variants}
    for variant in variants:
        unused = [section for section in variant.document.sections if not is_spoken_of(variant, section, rows)]
        if variant.id in listed and unused:
            names = ", ".join(f"'{section.id}' (line {section.line})" for section in unused)
            message = f"no topic speaks of these sections of '{variant.id}': {names}"
            advice = f"add `{variant.id}: {unused[0].id}` to the `sections` of a topic, or a topic with `drop: true`"
            yield places.finding("recipe-section-unused", ("topics",), message, advice)


def rows_dropped(recipe: Recipe) -> dict[tuple[str, str], bool]:
    """For each variant and section that a topic names: whether the topic is left out."""
    return {row: topic.drop for topic in recipe.topics for row in topic.sections.items()}


def is_spoken_of(variant: Variant, section: Section, dropped: Mapping[tuple[str, str], bool]) -> bool:
    """True where a topic names the section, or leaves out the one that it stands in."""
    if (variant.id, section.id) in dropped:
        return True
    parent = section.parent
    while parent is not None and (variant.id, parent) not in dropped:
        parent = variant.document.section(parent).parent
    return parent is not None and dropped[variant.id, parent]


def _cut(text: str, length: int = 60) -> str:
    line = text.split("\n")[0]
    return line if len(line) <= length else line[:length].rstrip() + "…"
