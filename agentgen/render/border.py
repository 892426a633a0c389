"""The border for target files: YAML in, checked values out, every mistake with its line and column.

    fields:                     target.yaml:12:5: fields.model: unknown key 'vlues'
      model: {vlues: {…}}   ->    did you mean 'values'?

What fits is taken at once; what does not is for the validator, which is loaded for that alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agentgen.profile.yaml_read import Tree, read_yaml
from agentgen.profile.yaml_values import Path
from agentgen.render.built import MisfitError, built
from agentgen.render.spec import Target
from agentgen.render.vocabulary import Vocabulary
from agentgen.source import Source

ModelNames = dict[str, dict[str, str]]


def read_target(source: Source) -> tuple[Target, Tree]:
    """A `target.yaml`, with the places of its values."""
    target, tree = _read(source, Target, _is_free)
    return target, tree


def read_vocabulary(source: Source) -> Vocabulary:
    """A `vocabulary.yaml`."""
    vocabulary: Vocabulary = _read(source, Vocabulary, lambda _: False)[0]
    return vocabulary


def read_model_names(source: Source) -> ModelNames:
    """A `models.yaml`: target, then model word, then that target's model."""
    names: ModelNames = _read(source, ModelNames, lambda _: False)[0]
    return names


def read_tree(tree: Tree, kind: Any) -> Any:
    """The values of a file as a `kind`, a dataclass that says which keys there are.

    Raises:
        UserError: with every mistake in its shape.
    """
    try:
        return built(kind, tree.value)
    except MisfitError:
        from agentgen.render.border_problems import validated

        return validated(tree, kind)


def json_schema(kind: Any = Target) -> dict[str, Any]:
    """The JSON Schema of `target.yaml`, or of another file."""
    from agentgen.render.border_problems import schema

    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema(kind)}


def _is_free(path: Path) -> bool:
    limit = path[:1] == ("limits",) and path[-1:] == ("value",)
    return path[:1] == ("constants",) or limit or "server_defaults" in path


def _read(source: Source, kind: Any, is_free: Callable[[Path], bool]) -> tuple[Any, Tree]:
    tree = read_yaml(source, is_free)
    return read_tree(tree, kind), tree
