"""Values of a YAML file as the dataclasses that say which keys there are, where they fit at once.

    FieldSpec  <─  {"key": "name", "required": "true"}

It takes less than the validator does and never anything else: a value that does not fit here may still be right. So
nothing slow is loaded for files without a mistake, and the validator has the last word on all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

_Maker = Callable[[Any], Any]
_NUMBER = re.compile(r"(?:0|[1-9][0-9]{0,8})\Z")
_FLAGS = {"true": True, "false": False}


class MisfitError(Exception):
    """A value that is not, at first sight, what the type says."""


def built(kind: Any, value: object) -> Any:
    """The value as a `kind`: a frozen dataclass, or a type of which one is made.

    Raises:
        MisfitError: somewhere in it something does not fit.
    """
    return _maker(kind)(value)


@cache
def _maker(kind: Any) -> _Maker:
    if kind is Any:
        return lambda value: value
    if is_dataclass(kind):
        return _of_dataclass(kind)
    if isinstance(kind, UnionType):
        return _of_union(tuple(map(_maker, get_args(kind))))
    if get_origin(kind) is tuple:
        return _of_tuple(_maker(get_args(kind)[0]))
    if get_origin(kind) is not None:
        return _of_mapping(_maker(get_args(kind)[1]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _of_enum({member.value: member for member in kind})
    return _PLAIN.get(kind, _unsure)


def _of_dataclass(kind: Any) -> _Maker:
    hints = get_type_hints(kind)
    makers = {field.name: _maker(hints[field.name]) for field in fields(kind)}

    def make(value: Any) -> Any:
        if type(value) is not dict or not value.keys() <= makers.keys():
            raise MisfitError
        try:
            return kind(**{key: makers[key](entry) for key, entry in value.items()})
        except TypeError:  # a key that must be there is missing
            raise MisfitError from None

    return make


def _of_union(makers: tuple[_Maker, ...]) -> _Maker:
    def make(value: Any) -> Any:
        for maker in makers:
            try:
                return maker(value)
            except MisfitError:
                continue
        raise MisfitError

    return make


def _of_tuple(maker: _Maker) -> _Maker:
    def make(value: Any) -> Any:
        if type(value) is not list:
            raise MisfitError
        return tuple(map(maker, value))

    return make


def _of_mapping(maker: _Maker) -> _Maker:
    def make(value: Any) -> Any:
        if type(value) is not dict or not all(type(key) is str for key in value):
            raise MisfitError
        return {key: maker(entry) for key, entry in value.items()}

    return make


def _of_enum(members: Mapping[str, Enum]) -> _Maker:
    def make(value: Any) -> Any:
        if type(value) is not str or value not in members:
            raise MisfitError
        return members[value]

    return make


def _text(value: Any) -> str:
    if type(value) is not str:
        raise MisfitError
    return value


def _number(value: Any) -> int:
    if type(value) is int:
        return value
    if type(value) is not str or not _NUMBER.match(value):
        raise MisfitError
    return int(value)


def _flag(value: Any) -> bool:
    if type(value) is bool:
        return value
    if type(value) is not str or value not in _FLAGS:
        raise MisfitError
    return _FLAGS[value]


def _nothing(value: Any) -> None:
    if value is not None:
        raise MisfitError


def _unsure(_value: Any) -> None:
    """For a type that this module does not know."""
    raise MisfitError


_PLAIN: Mapping[Any, _Maker] = {str: _text, int: _number, bool: _flag, type(None): _nothing}
