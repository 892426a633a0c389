"""The border: what stands in a YAML file is checked here, and every mistake is reported with its place.

    sections:                       profile.yaml:3:5: unknown key 'titel' in sections[0]
      - id: api            ->         did you mean 'title'?
        titel: API                  profile.yaml:5:9: sections[1].id is missing

The rest of the program sees plain mappings of the right shape, or a `UserError`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path as Folder
from typing import Any

from agentgen.errors import Problem, UserError
from agentgen.profile.fits import fits
from agentgen.profile.model import HAND_PREFIX
from agentgen.profile.yaml_read import Tree, read_yaml
from agentgen.profile.yaml_values import Path, show_path, suggest
from agentgen.source import Source

SCHEMAS = {"profile": "profile.schema.json", "recipe": "recipe.schema.json", "lock": "lock.schema.json"}
"""The JSON Schemas' file names; they ship in `agentgen/profile/schemas/`."""

_TYPED = {"type", "anyOf", "$ref"}
_MODES = ("take", "union", "intersect", "value", "drop")
_ITEM_ACTIONS = ("drop", "keep", "pick", "replace")


def read_profile(source: Source) -> Mapping[str, Any]:
    """The mapping that a profile file holds, checked."""
    return _read(source, "profile", _is_free_in_profile)


def read_recipe(source: Source) -> Mapping[str, Any]:
    """The mapping that a recipe file holds, checked."""
    return _read(source, "recipe", _is_free_in_recipe)


def recipe_tree(source: Source) -> Tree:
    """The values of a recipe file with their places, unchecked."""
    return read_yaml(source, _is_free_in_recipe)


def read_lock(source: Source) -> Mapping[str, Any]:
    """The mapping that a lock file holds, checked."""
    return _read(source, "lock", lambda path: path == ("agentgen",))


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of `profile`, `recipe` or `lock`, made anew."""
    from agentgen.profile.shape_problems import schema

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema(kind)}


@cache
def shipped_schema(kind: str) -> Mapping[str, Any]:
    """The JSON Schema of `profile`, `recipe` or `lock` as it ships."""
    schema: dict[str, Any] = json.loads((Folder(__file__).parent / "schemas" / SCHEMAS[kind]).read_text("utf-8"))
    return schema


@cache
def _free_profile_keys() -> frozenset[str]:
    """The keys of a profile whose values may be anything."""
    known = shipped_schema("profile")["properties"]
    return frozenset(name for name, schema in known.items() if not _TYPED & schema.keys()) | {"agentgen", "extensions"}


def _is_free_in_profile(path: Path) -> bool:
    return bool(path) and path[0] in _free_profile_keys()


def _is_free_in_recipe(path: Path) -> bool:
    return path == ("agentgen",) or (len(path) > 2 and path[0] == "keys" and path[2] == "value")


def _read(source: Source, kind: str, is_free: Any) -> Mapping[str, Any]:
    tree = read_yaml(source, is_free)
    if not isinstance(tree.value, Mapping):
        raise UserError(tree.problem((), f"a {kind} is a mapping of keys and values", f"start with `agentgen: {1}`"))
    problems = [*_shape_problems(tree, kind), *_id_problems(tree), *_meaning_problems(tree, kind)]
    if problems:
        raise UserError(
            sorted(set(problems), key=lambda problem: (problem.line or 0, problem.column or 0, problem.message))
        )
    return tree.value


def _shape_problems(tree: Tree, kind: str) -> Iterable[Problem]:
    """What the shape has against a file; a file without a mistake does not load the shapes."""
    schema = shipped_schema(kind)
    if fits(tree.value, schema, schema):
        return ()
    from agentgen.profile.shape_problems import shape_problems

    return shape_problems(tree, kind)


def _id_problems(tree: Tree) -> Iterator[Problem]:
    """Ids are unique: those of all sections in a profile, those of variants, topics and conflicts in a recipe."""
    groups: dict[str, dict[str, Path]] = {}
    for path, entry in _entries_with_id(tree.value, ()):
        known = groups.setdefault("sections" if path[0] == "sections" else str(path[0]), {})
        first = known.setdefault(entry, path)
        if first != path:
            message = f"the id '{entry}' is used twice"
            yield tree.problem((*path, "id"), message, f"{show_path(first)} has it already; choose another")


def _entries_with_id(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, Mapping):
        if isinstance(value.get("id"), str) and path and path[0] in ("sections", "variants", "topics", "conflicts"):
            yield path, value["id"]
        for key, child in value.items():
            yield from _entries_with_id(child, (*path, str(key)))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _entries_with_id(child, (*path, index))


def _meaning_problems(tree: Tree, kind: str) -> Iterator[Problem]:
    if kind == "recipe" and isinstance(tree.value, Mapping):
        yield from _one_of_problems(tree, tree.value)
        yield from _reference_problems(tree, tree.value)
        yield from _hand_problems(tree, tree.value)


def _one_of_problems(tree: Tree, recipe: Mapping[str, Any]) -> Iterator[Problem]:
    """Entries that must say exactly one of several things."""
    for key, entry in _mapping(recipe.get("keys")).items():
        yield from _exactly_one(tree, ("keys", key), entry, _MODES)
    for index, topic in enumerate(_list(recipe.get("topics"))):
        for number, item in enumerate(_list(_mapping(topic).get("items"))):
            yield from _exactly_one(tree, ("topics", index, "items", number), item, _ITEM_ACTIONS)


def _exactly_one(tree: Tree, path: Path, entry: object, names: Sequence[str]) -> Iterator[Problem]:
    given = [name for name in names if name in _mapping(entry)]
    if isinstance(entry, Mapping) and len(given) != 1:
        said = "says nothing" if not given else f"says {' and '.join(given)} at once"
        yield tree.problem(path, f"{show_path(path)} {said}", f"give exactly one of {', '.join(names)}")


def _reference_problems(tree: Tree, recipe: Mapping[str, Any]) -> Iterator[Problem]:
    """Variants and topics that are named somewhere but not listed."""
    variants = [str(_mapping(entry).get("id")) for entry in _list(recipe.get("variants"))]
    topics = [str(_mapping(entry).get("id")) for entry in _list(recipe.get("topics"))]
    for place, name in _variant_references(recipe):
        if isinstance(name, str) and name not in variants:
            message = f"{show_path(place)} names '{name}', which is not one of the variants"
            yield tree.problem(place, message, suggest(name, variants), at_key=place[-1] == name)
    parents = {str(_mapping(entry).get("id")): _mapping(entry).get("parent") for entry in _list(recipe.get("topics"))}
    for index, topic in enumerate(topics):
        path: Path = ("topics", index, "parent")
        parent = parents[topic]
        if isinstance(parent, str) and parent not in parents:
            yield tree.problem(path, f"there is no topic '{parent}'", suggest(parent, topics))
        elif topic in _ancestors(topic, parents):
            yield tree.problem(path, f"the topic '{topic}' stands below itself", "name another parent, or none")


def _hand_problems(tree: Tree, recipe: Mapping[str, Any]) -> Iterator[Problem]:
    """Conflicts between a hand and the merge have two sides, and neither is a variant."""
    for index, conflict in enumerate(_list(recipe.get("conflicts"))):
        name, pick = str(_mapping(conflict).get("id")), _mapping(conflict).get("pick")
        if name.startswith(HAND_PREFIX) and pick not in ("mine", "theirs"):
            hint = "pick mine or theirs; for another wording edit the profile, and remove the entry"
            yield tree.problem(("conflicts", index, "pick"), f"'{name}' picks neither side", hint)


def _ancestors(name: str, parents: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    parent = parents[name]
    while isinstance(parent, str) and parent in parents and parent not in found:
        found.append(parent)
        parent = parents[parent]
    return found


def _variant_references(recipe: Mapping[str, Any]) -> Iterator[tuple[Path, object]]:
    yield from _named((), recipe, ("precedence",))
    for key, entry in _mapping(recipe.get("keys")).items():
        yield from _named(("keys", key), _mapping(entry), ("take", "union", "intersect"))
    for index, topic in enumerate(_list(recipe.get("topics"))):
        path: Path = ("topics", index)
        yield from _named(path, _mapping(topic), ("take",))
        yield from (((*path, "sections", name), name) for name in _mapping(_mapping(topic).get("sections")))
        for number, item in enumerate(_list(_mapping(topic).get("items"))):
            yield from _named((*path, "items", number), _mapping(item), ("pick",))
    for index, conflict in enumerate(_list(recipe.get("conflicts"))):
        if not str(_mapping(conflict).get("id")).startswith(HAND_PREFIX):
            yield from _named(("conflicts", index), _mapping(conflict), ("pick",))


def _named(path: Path, entry: Mapping[str, Any], keys: Iterable[str]) -> Iterator[tuple[Path, object]]:
    for key in keys:
        value = entry.get(key)
        if isinstance(value, list):
            yield from (((*path, key, index), name) for index, name in enumerate(value))
        elif value is not None:
            yield (*path, key), value


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list) else ()
