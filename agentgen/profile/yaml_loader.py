"""The YAML loaders for node trees. Without a bound, nesting without end ends the process inside the parser's C code,
and a few lines of aliases stand for billions of values."""

from __future__ import annotations

from typing import Any

import yaml

MAX_DEPTH = 101
MAX_VALUES = 20_000
"""More values than the largest file of agents has by far; what an alias stands for counts each time."""
TOO_DEEP = "this is nested too deeply"
_TOO_MANY = f"with its aliases it has more than {MAX_VALUES} values"


class _Bounded:
    """Refuses what is nested deeper than `MAX_DEPTH`, as an error with its place."""

    _depth = 0

    def descend_resolver(self, current_node: Any, current_index: object) -> None:
        del current_index
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise yaml.composer.ComposerError(None, None, TOO_DEEP, current_node.start_mark)

    def ascend_resolver(self) -> None:
        self._depth -= 1

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        super().flatten_mapping(node)  # type: ignore[misc]
        if len(node.value) > MAX_VALUES:
            raise yaml.constructor.ConstructorError(None, None, _TOO_MANY, node.start_mark)


class SlowLoader(_Bounded, yaml.SafeLoader):
    """Takes escapes of lone surrogates as well, and gives the better messages."""


_Fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class FastLoader(_Bounded, _Fast):  # type: ignore[misc]
    """The parser in C where there is one."""


_BY_SHAPE: dict[type[yaml.Node], str] = {
    yaml.MappingNode: "tag:yaml.org,2002:map",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
}
_TEXT = "tag:yaml.org,2002:str"


class PlainLoader(FastLoader):
    """The same for who reads every scalar as text: what else a scalar could mean is not looked up."""

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:
        del value, implicit
        return _BY_SHAPE.get(kind, _TEXT)


def load_values(text: str) -> object:
    """The values of a document, aliases written out.

    Raises:
        yaml.YAMLError: it is no YAML, nested too deeply, or more than any agent's file.
        ValueError: a date or number that there is none of.
    """
    try:
        value = yaml.load(text, Loader=FastLoader)
    except RecursionError:
        raise yaml.constructor.ConstructorError(None, None, TOO_DEEP) from None
    waiting, seen = [value], 0
    while waiting:
        seen += 1
        if seen > MAX_VALUES:
            raise yaml.constructor.ConstructorError(None, None, _TOO_MANY)
        top = waiting.pop()
        waiting.extend(top.values() if isinstance(top, dict) else top if isinstance(top, list) else ())
    return value
