"""Whether a value fits a JSON Schema, seen at a glance.

It takes less than the validator does and never anything else: a value that does not fit here may still be right. So
nothing slow is loaded for files without a mistake, and the validator has the last word on all others.

Scalars are text, as somebody typed them: `"3"` is a whole number where one is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

Schema = Mapping[str, Any]

_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,8})\Z")
_ANYTHING = {"title", "description", "default"}


def fits(value: object, schema: Schema, root: Schema) -> bool:
    """Whether the value surely fits `schema`, a part of `root` with its definitions.

    Only ASCII text is held against patterns, for beyond that dialects of regular expressions differ.
    """
    if schema.keys() <= _ANYTHING:
        return True
    if "$ref" in schema:
        return fits(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root)
    if "anyOf" in schema:
        return any(fits(value, option, root) for option in schema["anyOf"])
    if "const" in schema:
        return type(value) is type(schema["const"]) and bool(value == schema["const"])
    if "enum" in schema:
        return isinstance(value, str) and value in schema["enum"]
    return _fits_type(value, schema, root)


def _fits_type(value: object, schema: Schema, root: Schema) -> bool:
    match schema.get("type"):
        case "string":
            return isinstance(value, str) and _matches(value, schema.get("pattern"))
        case "array":
            return isinstance(value, list) and all(fits(entry, schema["items"], root) for entry in value)
        case "object":
            return isinstance(value, dict) and _fits_mapping(value, schema, root)
        case "integer":
            number = isinstance(value, str) and bool(_NUMBER.match(value))
            return number and int(str(value)) >= schema.get("minimum", 0)
        case "boolean":
            return value in ("true", "false")
        case "null":
            return value is None
        case _:
            return False


def _fits_mapping(value: Mapping[object, object], schema: Schema, root: Schema) -> bool:
    if not all(key in value for key in schema.get("required", ())):
        return False
    return all(isinstance(key, str) and _fits_entry(key, entry, schema, root) for key, entry in value.items())


def _fits_entry(key: str, entry: object, schema: Schema, root: Schema) -> bool:
    known = schema.get("properties", {})
    if key in known:
        return fits(entry, known[key], root)
    for pattern, wanted in schema.get("patternProperties", {}).items():
        if _matches(key, pattern):
            return fits(entry, wanted, root)
    others = schema.get("additionalProperties", False)
    return others is True or (others is not False and fits(entry, others, root))


def _matches(text: str, pattern: str | None) -> bool:
    return pattern is None or (text.isascii() and bool(_compiled(pattern).search(text)))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """The pattern; where it ends with `$`, that is the end of the text and not before a last line end."""
    return re.compile(pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern)
