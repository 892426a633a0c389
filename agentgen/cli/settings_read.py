"""The border for settings: TOML in, checked values out, every mistake with its line and column.

[lint]                   agentgen.toml:2:1: unknown key 'ignor' in lint
ignor = ["x"]     ->       did you mean 'ignore'?
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agentgen.cli.settings import Values
from agentgen.cli.toml_files import read_toml, toml_text
from agentgen.cli.toml_places import places
from agentgen.errors import Problem, UserError
from agentgen.lint.choice import choose
from agentgen.profile.yaml_read import Tree
from agentgen.profile.yaml_values import Path as Keys
from agentgen.render.border import json_schema, read_tree
from agentgen.source import Source
from agentgen.workspace import Workspace, near_names

if TYPE_CHECKING:
    from agentgen.render.targets import Targets

SCHEMA_FILE = "settings.schema.json"
_STRATEGY_HINT = "it can be union, base=VARIANT, consensus or consensus=N"


def read_values(source: Source, base: tuple[str, ...], folder: Path) -> tuple[Values, Tree]:
    """The settings in a file of `folder`, below the keys of `base`, with the places of all values.

    Raises:
        UserError: with every mistake.
    """
    value: Any = read_toml(source)
    for key in base:
        value = value[key]
    tree = _tree(source, value, base)
    values, problems = _shaped(tree)
    problems += [*_problems(values, tree), *_strange_profiles(values, tree, folder)]
    if problems:
        raise UserError(sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0)))
    return values, tree


def strange_targets(tree: Tree, named: Iterable[tuple[Keys, str]], known: Targets) -> Iterator[Problem]:
    """A problem for each of the names that is that of no target, at its keys."""
    for keys, name in named:
        try:
            known.entry(name)
        except UserError as error:
            yield from (tree.problem(keys, found.message, found.hint) for found in error.problems)


def build_schema() -> str:
    """The JSON Schema of `agentgen.toml`, and of the table `[tool.agentgen]`, as it should ship."""
    return json.dumps(json_schema(Values), indent=2, ensure_ascii=False) + "\n"


def _shaped(tree: Tree) -> tuple[Values, list[Problem]]:
    """The values whose shape is right, so that these are looked at too, and what is wrong with the others."""
    try:
        return read_tree(tree, Values), []
    except UserError as error:
        whole = tree.value if isinstance(tree.value, dict) else {}
        fitting = {key: value for key, value in whole.items() if _fits(tree, {key: value})}
        return read_tree(replace(tree, value=fitting), Values), list(error.problems)


def _fits(tree: Tree, value: object) -> bool:
    try:
        read_tree(replace(tree, value=value), Values)
    except UserError:
        return False
    return True


def _tree(source: Source, value: object, base: tuple[str, ...]) -> Tree:
    """The values with their places, counted from `base`."""
    found = places(toml_text(source))
    own = [
        {path[len(base) :]: at for path, at in each.items() if path[: len(base)] == base}
        for each in (found.keys, found.values)
    ]
    return Tree(source, value, *own)


def _problems(values: Values, tree: Tree) -> Iterator[Problem]:
    for path, targets in _lists_of_targets(values):
        if not targets:
            yield tree.problem(path, "`targets` names no target", 'write `targets = ["NAME", …]`, or "all"')
    for path, strategy in _strategies(values):
        from agentgen.merge.propose import parse_strategy

        if parse_strategy(strategy) is None:
            yield tree.problem(path, f"no strategy '{strategy}'", _STRATEGY_HINT)
    for at, pattern in enumerate(values.workspaces):
        if not pattern or pattern.startswith("/") or ".." in pattern.split("/") or "\\" in pattern or ":" in pattern:
            hint = "write it from this folder down, such as `services/*`"
            yield tree.problem(("workspaces", at), f"'{pattern}' leads out of this folder", hint)
    yield from _code_problems(values, tree)


def _lists_of_targets(values: Values) -> Iterator[tuple[Keys, tuple[str, ...]]]:
    yield ("targets",), values.targets
    for name, own in values.profiles.items():
        if own.targets is not None:
            yield ("profiles", name, "targets"), own.targets


def _strategies(values: Values) -> Iterator[tuple[Keys, str]]:
    if values.strategy != Values().strategy:
        yield ("strategy",), values.strategy
    for name, own in values.profiles.items():
        if own.strategy is not None:
            yield ("profiles", name, "strategy"), own.strategy


def _code_problems(values: Values, tree: Tree) -> Iterator[Problem]:
    lists: Mapping[str, tuple[str, ...]] = {"select": values.lint.select, "ignore": values.lint.ignore}
    for key, codes in lists.items():
        for at, code in enumerate(codes):
            try:
                choose([code], [])
            except UserError as error:
                yield from (tree.problem(("lint", key, at), each.message, each.hint) for each in error.problems)


def _strange_profiles(values: Values, tree: Tree, folder: Path) -> Iterator[Problem]:
    """Tables for profiles that are not there. Settings above several workspaces may speak of the profiles of each."""
    workspace = Workspace(folder)
    if values.workspaces or not workspace.profiles.is_dir():
        return
    known = workspace.profile_names()
    for name in values.profiles:
        if name not in known:
            yield tree.problem(
                ("profiles", name), f"there is no profile '{name}'", near_names(name, known), at_key=True
            )
