"""What is wrong with a file that does not fit its dataclass: every mistake, with its place and what to do.

Nothing of pydantic passes this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from types import UnionType
from typing import Any, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from agentgen.errors import UserError
from agentgen.profile.yaml_read import Tree
from agentgen.profile.yaml_values import Path, show_path

_WANTED = {
    "string_type": "text",
    "int_parsing": "a whole number",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping of keys and values",
    "mapping_type": "a mapping of keys and values",
    "dataclass_type": "a mapping of keys and values",
}


def validated(tree: Tree, kind: Any) -> Any:
    """The values as a `kind`. Raises UserError with every mistake in their shape."""
    try:
        return _adapter(kind).validate_python(tree.value)
    except ValidationError as error:
        problems = [_problem(tree, kind, details) for details in _distinct(error)]
        raise UserError(sorted(problems, key=lambda problem: (problem.line or 0, problem.column or 0))) from None


def schema(kind: Any) -> dict[str, Any]:
    """The JSON Schema of a dataclass."""
    made: dict[str, Any] = _adapter(kind).json_schema()
    return made


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _distinct(error: ValidationError) -> Iterator[ErrorDetails]:
    """One mistake a place: a value that fits no member of a union is reported by each of them."""
    seen: set[Path] = set()
    for details in error.errors(include_url=False):
        place = _place(details)
        if place not in seen:
            seen.add(place)
            yield details


def _place(details: ErrorDetails) -> Path:
    return tuple(part for part in details["loc"] if part not in ("[key]", "str", "tuple[str, ...]"))


def _problem(tree: Tree, kind: Any, details: ErrorDetails) -> Any:
    path = _place(details)
    name = show_path(path) or "the file"
    match details["type"]:
        case "missing":
            return tree.problem(path[:-1], f"{name} is missing", f"add `{path[-1]}:`")
        case "unexpected_keyword_argument":
            known = _keys(kind, path[:-1])
            where = show_path(path[:-1])
            message = f"{where}: unknown key '{path[-1]}'" if where else f"unknown key '{path[-1]}'"
            return tree.problem(path, message, _suggest(str(path[-1]), known), at_key=True)
        case "enum":
            return tree.problem(path, f"{name} is '{details['input']}'", f"it can be {details['ctx']['expected']}")
        case other:
            return tree.problem(path, f"{name} must be {_WANTED.get(other, details['msg'])}")


def _keys(kind: Any, path: Path) -> list[str]:
    """The keys that can stand at a path below a type."""
    for part in path:
        kind = _below(_plain(kind), part)
    kind = _plain(kind)
    return [field.name for field in fields(kind)] if is_dataclass(kind) else []


def _below(kind: Any, part: str | int) -> Any:
    if is_dataclass(kind):
        return get_type_hints(kind).get(str(part), str)
    arguments = get_args(kind)
    return (arguments[0] if isinstance(part, int) else arguments[-1]) if arguments else str


def _plain(kind: Any) -> Any:
    """A type without `| None`."""
    if isinstance(kind, UnionType):
        return next(option for option in get_args(kind) if option is not type(None))
    return kind


def _suggest(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else f"known: {', '.join(known)}"
