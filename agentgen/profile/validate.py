"""The border: what stands in a YAML file is checked here, and every mistake is reported with its place.

    sections:                       profile.yaml:3:5: unknown key 'titel' in sections[0]
      - id: api            ->         did you mean 'title'?
        titel: API                  profile.yaml:5:9: sections[1].id is missing

The rest of the program sees plain mappings of the right shape, or a `UserError`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from agentgen.errors import Problem, UserError
from agentgen.profile import shapes
from agentgen.profile.lock import HAND_PREFIX
from agentgen.profile.yaml_read import Tree, read_yaml
from agentgen.profile.yaml_values import Path, show_path
from agentgen.source import Source

_SHAPES: Mapping[str, type[shapes.Shape]] = {
    "profile": shapes.ProfileShape,
    "recipe": shapes.RecipeShape,
    "lock": shapes.LockShape,
}
_FREE_PROFILE_KEYS = frozenset(
    name
    for name, info in shapes.ProfileShape.model_fields.items()
    if info.annotation is Any or name in ("agentgen", "extensions")
)
_MODES = ("take", "union", "intersect", "value", "drop")
_ITEM_ACTIONS = ("drop", "keep", "pick", "replace")
_STRATEGY_HINT = "it can be union, base=<variant>, consensus or consensus=<count>"
_SLUG_HINT = "use small letters, digits and hyphens, such as 'api-design'"


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
    """The JSON Schema of `profile`, `recipe` or `lock`."""
    schema = _adapter(kind).json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


@cache
def _adapter(kind: str) -> TypeAdapter[shapes.Shape]:
    return TypeAdapter(_SHAPES[kind])


def _is_free_in_profile(path: Path) -> bool:
    return bool(path) and path[0] in _FREE_PROFILE_KEYS


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


def _shape_problems(tree: Tree, kind: str) -> Iterator[Problem]:
    try:
        _adapter(kind).validate_python(tree.value)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            yield _shape_problem(tree, kind, details)


def _shape_problem(tree: Tree, kind: str, details: ErrorDetails) -> Problem:
    path: Path = tuple(part for part in details["loc"] if part != "[key]")
    name = show_path(path)
    match details["type"]:
        case "missing":
            return tree.problem(path[:-1], f"{name} is missing", f"add `{path[-1]}:`")
        case "extra_forbidden":
            where = show_path(path[:-1])
            message = f"unknown key '{path[-1]}'" + (f" in {where}" if where else "")
            return tree.problem(path, message, _suggest(str(path[-1]), _known_keys(kind, path)), at_key=True)
        case "string_pattern_mismatch" if path == ("strategy",):
            return tree.problem(path, f"there is no strategy '{details['input']}'", _STRATEGY_HINT)
        case "string_pattern_mismatch":
            message = f"{name} is '{details['input']}', which is not a name that files and links can have"
            return tree.problem(path, message, _SLUG_HINT, at_key="[key]" in details["loc"])
        case "literal_error":
            expected = str(details.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
            return tree.problem(path, f"{name} is '{details['input']}'", f"it can be {expected}")
        case other:
            return tree.problem(path, f"{name} must be {_WANTED.get(other, details['msg'])}", _HINTS.get(other, ""))


_WANTED = {
    "string_type": "text",
    "list_type": "a list",
    "dict_type": "a mapping of keys and values",
    "model_type": "a mapping of keys and values",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "greater_than_equal": "1 or more",
}
_HINTS = {
    "list_type": "write [] for an empty list, [a, b] for one of two; leave the key out to say nothing",
    "string_type": "put it in quotes, or leave the key out to say nothing",
}


def _known_keys(kind: str, path: Path) -> list[str]:
    """The keys that could stand where an unknown one does."""
    schema = _adapter(kind).json_schema(by_alias=True)
    place: Any = schema
    for part in path[:-1]:
        place = _below(schema, place, part)
    return list(_resolved(schema, place).get("properties", ()))


def _below(schema: Any, place: Any, part: str | int) -> Any:
    node = _resolved(schema, place)
    if isinstance(part, int):
        return node.get("items", {})
    return node.get("properties", {}).get(part) or node.get("additionalProperties") or {}


def _resolved(schema: Any, node: Any) -> Any:
    """A schema node behind references, and behind `or null`."""
    if "anyOf" in node:
        node = next(option for option in node["anyOf"] if option.get("type") != "null")
    if "$ref" in node:
        return _resolved(schema, schema["$defs"][node["$ref"].rsplit("/", 1)[-1]])
    return node


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
            yield tree.problem(place, message, _suggest(name, variants), at_key=place[-1] == name)
    parents = {str(_mapping(entry).get("id")): _mapping(entry).get("parent") for entry in _list(recipe.get("topics"))}
    for index, topic in enumerate(topics):
        path: Path = ("topics", index, "parent")
        parent = parents[topic]
        if isinstance(parent, str) and parent not in parents:
            yield tree.problem(path, f"there is no topic '{parent}'", _suggest(parent, topics))
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


def _suggest(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    return f"known: {', '.join(known)}" if known else ""
