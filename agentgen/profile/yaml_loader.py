"""The YAML loaders for node trees. Without a bound, nesting without end ends the process inside the parser's C code."""

from __future__ import annotations

from typing import Any

import yaml

MAX_DEPTH = 101
TOO_DEEP = "this is nested too deeply"


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
