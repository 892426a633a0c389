"""The steps of a merge: read, compare, refresh, write, show."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from agentgen.cli import exit_codes
from agentgen.cli.comparing import compare
from agentgen.cli.hidden_text import hidden_in, refuse_hidden
from agentgen.cli.inputs import read_sources, shown
from agentgen.cli.interactive import Deciding, decided
from agentgen.cli.options import TextOrJson
from agentgen.cli.screen import Screen
from agentgen.cli.settings import Settings
from agentgen.cli.variants import Given, read_profile_variants, read_some_variants
from agentgen.cli.writing import write_files
from agentgen.errors import Problem, UserError
from agentgen.findings import Finding
from agentgen.merge.propose import Strategy, parse_strategy
from agentgen.merge.refresh import Files, Refreshed, recipe_for, refresh
from agentgen.merge.refresh import Settings as Refreshing
from agentgen.merge.risks import new_risks
from agentgen.profile import store
from agentgen.render.model import Plan
from agentgen.render.targets import Targets
from agentgen.report.findings_text import findings_text
from agentgen.report.json_text import json_text
from agentgen.report.merge_json import merge_json
from agentgen.report.merge_text import merge_text
from agentgen.report.plan_text import plan_text
from agentgen.report.risks_text import risks_text
from agentgen.source import Source, encode
from agentgen.workspace import ProfileFolder, Workspace


class Merging(NamedTuple):
    """How to merge: what a first recipe takes (None: what the settings say), which stale decisions hold, whether edits
    by hand are thrown away.

    `deciding`: where answers to what needs a decision come from; None asks nothing. `allow_hidden`: variants may hold
    text that nobody sees.
    """

    workspace: Workspace | None
    targets: Targets
    settings: Settings
    strategy: str | None = None
    accept: Sequence[str] = ()
    discard: bool = False
    deciding: Deciding | None = None
    allow_hidden: bool = False


class Done(NamedTuple):
    """A merge that was carried out: the profile's name, the result, what was written.

    `unused` is the strategy that was asked for and had no part in it, for the recipe was there already.
    `hidden` is what the variants hide, `risks` what is risky and new in the profile.
    """

    name: str
    refreshed: Refreshed
    plan: Plan
    unused: str = ""
    hidden: tuple[Finding, ...] = ()
    risks: tuple[Finding, ...] = ()


def merge_folder(folder: ProfileFolder, how: Merging) -> Done:
    """Merge the variants of a profile of the workspace, and put the schemas beside the profiles.

    Raises:
        UserError: a file is wrong, the recipe does not fit, or nothing tells what a hand did to the profile.
    """
    done = _merge(folder, read_profile_variants(folder, how.targets), how)
    schemas = {name: encode(store.schema_text(kind)) for kind, name in store.SCHEMA_FILES.items()}
    write_files(folder.root.parent, schemas)
    return done


def merge_files(files: Sequence[Path], out: Path, how: Merging) -> Done:
    """Merge agent files into a profile in the folder `out`. Raises UserError as `merge_folder` does."""
    folder = ProfileFolder(out.absolute())
    return _merge(folder, read_some_variants(folder, files, how.targets), how)


def show_merges(done: Sequence[Done], form: TextOrJson, screen: Screen, *, strict: bool) -> int:
    """What was decided, what is open, what was written; 1 under `strict` where something is not settled."""
    if form is TextOrJson.JSON:
        screen.result(
            json_text(merge_json([(one.plan, one.refreshed.merged, one.refreshed.edited, one.risks) for one in done]))
        )
    for one in done if form is TextOrJson.TEXT else ():
        screen.say(merge_text(one.name, one.refreshed.merged, edited=one.refreshed.edited))
        screen.say(risks_text(one.risks))
        screen.note(findings_text((*one.hidden, *one.refreshed.merged.findings)))
        screen.note(_unused(one))
        screen.say(plan_text(one.plan))
    return exit_codes.DIFFERENT if strict and any(map(_unsettled, done)) else exit_codes.OK


def _unused(done: Done) -> str:
    if not done.unused:
        return ""
    return f"--strategy {done.unused} changed nothing: {done.name} has a recipe, and that decides\n"


def _unsettled(done: Done) -> bool:
    """Whether a person has something to decide."""
    merged = done.refreshed.merged
    return bool(merged.conflicts or merged.hands or merged.stale or merged.findings)


def _merge(folder: ProfileFolder, given: Given, how: Merging) -> Done:
    refuse_hidden(given.variants, allowed=how.allow_hidden)
    sources = {variant.id: variant.document.source.path for variant in given.variants}
    settings = Refreshing(
        paths={name: Path(os.path.relpath(path, folder.root)).as_posix() for name, path in sources.items()},
        strategy=_strategy(how, folder.name, list(sources)),
        accept=frozenset(how.accept),
        discard=how.discard,
    )
    files = Files(*map(_there, (folder.recipe, folder.profile, folder.lock)))
    comparison = compare(given, how.workspace)
    if how.deciding is not None:
        recipe = recipe_for(comparison, files.recipe, settings)
        settings = replace(settings, decided=decided(folder, comparison, recipe, how.deciding))
    refreshed = refresh(comparison, files, settings)
    texts = {
        folder.recipe.name: refreshed.recipe,
        folder.profile.name: refreshed.profile,
        folder.lock.name: refreshed.lock,
    }
    there = (files.recipe, files.profile, files.lock)
    seen = {name: file.raw if file else None for name, file in zip(texts, there, strict=True)}
    plan = write_files(folder.root, {name: encode(text) for name, text in texts.items()}, seen)
    unused = how.strategy if files.recipe and how.strategy else ""
    profile = Source(shown(folder.profile), encode(refreshed.profile))
    risks = new_risks(given.variants, files.profile, profile)
    return Done(folder.name, refreshed, plan, unused, tuple(hidden_in(given.variants)), risks)


def _there(path: Path) -> Source | None:
    return read_sources([path])[0] if path.exists() else None


def _strategy(how: Merging, profile: str, variants: Sequence[str]) -> Strategy:
    text = how.strategy or how.settings.strategy_of(profile)
    strategy = parse_strategy(text)
    if strategy is None or not strategy.fits(variants):
        most = len(variants)
        hint = f"it can be union, base=ID (one of {', '.join(variants)}), consensus or consensus=N (N from 1 to {most})"
        raise UserError(Problem(f"no strategy {text!r}", "" if how.strategy else how.settings.place, hint=hint))
    return strategy
