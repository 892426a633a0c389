"""The steps of a merge: compare, decide, combine, look at hand edits, write, show."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from agentgen.cli import exit_codes
from agentgen.cli.comparing import compare
from agentgen.cli.inputs import read_sources, shown
from agentgen.cli.options import TextOrJson
from agentgen.cli.screen import Screen
from agentgen.cli.variants import Given, read_profile_variants, read_some_variants
from agentgen.cli.writing import plan_files
from agentgen.compare.model import Comparison
from agentgen.errors import Problem, UserError
from agentgen.merge.combine import merge
from agentgen.merge.model import Merged
from agentgen.merge.notes import recipe_notes
from agentgen.merge.place import Places
from agentgen.merge.propose import UNION, Mode, Strategy, propose_recipe
from agentgen.profile import store
from agentgen.profile.recipe import Recipe
from agentgen.render.model import Plan
from agentgen.render.targets import Targets
from agentgen.render.write import apply
from agentgen.report.findings_text import findings_text
from agentgen.report.json_text import json_text
from agentgen.report.merge_json import merge_json
from agentgen.report.merge_text import merge_text
from agentgen.report.plan_text import plan_diff, plan_text
from agentgen.source import encode
from agentgen.workspace import ProfileFolder, Workspace


@dataclass(frozen=True, slots=True)
class Merging:
    """How to merge: what a first recipe takes, and whether edits of the profile by hand are thrown away."""

    workspace: Workspace | None
    targets: Targets
    strategy: str = "union"
    discard: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A merge that was carried out: the profile's name, the result, what was written."""

    name: str
    merged: Merged
    plan: Plan


def merge_folder(folder: ProfileFolder, how: Merging) -> Done:
    """Merge the variants of a profile of the workspace, and put the schemas beside the profiles.

    Raises:
        UserError: a file is wrong, the recipe does not fit, or the profile was edited by hand.
    """
    done = _merge(folder, read_profile_variants(folder, how.targets), how)
    schemas = {name: encode(store.schema_text(kind)) for kind, name in store.SCHEMA_FILES.items()}
    apply(plan_files(folder.root.parent, schemas))
    return done


def merge_files(files: Sequence[Path], out: Path, how: Merging) -> Done:
    """Merge agent files into a profile in the folder `out`. Raises UserError as `merge_folder` does."""
    folder = ProfileFolder(out.absolute())
    return _merge(folder, read_some_variants(folder, files, how.targets), how)


def show_merges(done: Sequence[Done], form: TextOrJson, screen: Screen, *, strict: bool) -> int:
    """What was decided, what is open, what was written; 1 under `strict` where something is not settled."""
    if form is TextOrJson.JSON:
        screen.result(json_text(merge_json([(one.plan, one.merged) for one in done])))
    for one in done if form is TextOrJson.TEXT else ():
        screen.say(merge_text(one.name, one.merged))
        screen.note(findings_text(one.merged.findings))
        screen.say(plan_text(one.plan))
    unsettled = any(one.merged.conflicts or one.merged.findings for one in done)
    return exit_codes.DIFFERENT if strict and unsettled else exit_codes.OK


def _merge(folder: ProfileFolder, given: Given, how: Merging) -> Done:
    comparison = compare(given, how.workspace)
    recipe = given.recipe or _first_recipe(folder, given, comparison, how.strategy)
    places = Places(store.recipe_tree(read_sources([folder.recipe])[0])) if given.recipe else None
    merged = merge(given.variants, recipe, comparison, places)
    files = _files(folder, merged)
    if given.recipe is None:
        files[folder.recipe.name] = store.dump_recipe(recipe, notes=recipe_notes(recipe, comparison))
    plan = plan_files(folder.root, {name: encode(text) for name, text in files.items()})
    if not how.discard:
        _refuse_edited(folder, merged, plan)
    apply(plan)
    return Done(folder.name, merged, plan)


def _first_recipe(folder: ProfileFolder, given: Given, comparison: Comparison, strategy: str) -> Recipe:
    sources = {variant.id: variant.document.source.path for variant in given.variants}
    paths = {name: Path(os.path.relpath(path, folder.root)).as_posix() for name, path in sources.items()}
    return propose_recipe(comparison, paths=paths, strategy=_strategy(strategy, list(paths)))


def _strategy(text: str, variants: Sequence[str]) -> Strategy:
    name, _, value = text.partition("=")
    if text == Mode.UNION:
        return UNION
    if name == Mode.BASE and value in variants:
        return Strategy(Mode.BASE, variant=value)
    if name == Mode.CONSENSUS and (text == name or value.isdecimal()):
        return Strategy(Mode.CONSENSUS, count=int(value or 0))
    hint = f"it can be union, base=ID (one of {', '.join(variants)}), consensus or consensus=N"
    raise UserError(Problem(f"no strategy {text!r}", hint=hint))


def _files(folder: ProfileFolder, merged: Merged) -> dict[str, str]:
    """Profile and lock; a profile that is there keeps its comments."""
    previous = read_sources([folder.profile])[0].text if folder.profile.is_file() else None
    return {
        folder.profile.name: store.dump_profile(merged.profile, previous),
        folder.lock.name: store.dump_lock(merged.lock),
    }


def _refuse_edited(folder: ProfileFolder, merged: Merged, plan: Plan) -> None:
    """Stop where somebody edited the profile and the merge would undo that, and show what it would undo."""
    if not folder.profile.is_file():
        return
    current = store.profile_digest(store.load_profile(read_sources([folder.profile])[0]))
    written = store.load_lock(read_sources([folder.lock])[0]).profile if folder.lock.is_file() else ""
    if current in (written, merged.lock.profile):
        return
    change = tuple(change for change in plan.changes if change.path == folder.profile.name)
    hint = (
        f"{plan_diff(Plan(plan.root, change))}nothing was written; put the edit into {shown(folder.recipe)} "
        "(`mine`, `replace`), or throw it away with --discard-edits"
    )
    raise UserError(Problem("it was edited by hand, and merging would undo that", shown(folder.profile), hint=hint))
