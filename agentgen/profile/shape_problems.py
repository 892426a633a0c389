"""What the shapes have against a profile, recipe or lock: every mistake, with its place and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from agentgen.errors import Problem
from agentgen.profile import shapes
from agentgen.profile.yaml_read import MAX_PROBLEMS, Tree
from agentgen.profile.yaml_values import Path, show_path, suggest

_SHAPES: Mapping[str, type[shapes.Shape]] = {
    "profile": shapes.ProfileShape,
    "recipe": shapes.RecipeShape,
    "lock": shapes.LockShape,
}
_STRATEGY_HINT = "it can be union, base=<variant>, consensus or consensus=<count>"
_SLUG_HINT = "use small letters, digits and hyphens, such as 'api-design'"
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


def shape_problems(tree: Tree, kind: str) -> Iterator[Problem]:
    """Each mistake in the shape of the file, up to MAX_PROBLEMS."""
    try:
        _adapter(kind).validate_python(tree.value)
    except ValidationError as error:
        for details in islice(error.errors(include_url=False), MAX_PROBLEMS):
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
            return tree.problem(path, message, suggest(str(path[-1]), _known_keys(kind, path)), at_key=True)
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


@cache
def schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of `profile`, `recipe` or `lock`."""
    made: dict[str, Any] = _adapter(kind).json_schema(by_alias=True)
    return made


@cache
def _adapter(kind: str) -> TypeAdapter[shapes.Shape]:
    return TypeAdapter(_SHAPES[kind])


def _known_keys(kind: str, path: Path) -> list[str]:
    """The keys that could stand where an unknown one does."""
    whole = schema(kind)
    place: Any = whole
    for part in path[:-1]:
        place = _below(whole, place, part)
    return list(_resolved(whole, place).get("properties", ()))


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
