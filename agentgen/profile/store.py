"""Load and dump profile, recipe and lock.

A dump that is given the file's previous text changes only what must change: comments, order and style of the rest stay.
What recipes and locks are made of is loaded with the first of them: rendering a profile needs neither.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from agentgen.errors import UserError
from agentgen.profile import canonical, validate
from agentgen.profile.model import Profile
from agentgen.profile.yaml_read import Tree, compose
from agentgen.source import Source, digest, encode, to_lf

if TYPE_CHECKING:
    from agentgen.profile.lock import Lock
    from agentgen.profile.recipe import Recipe
    from agentgen.profile.yaml_write import Notes

SCHEMA_FILES = {kind: validate.SCHEMAS[kind] for kind in ("profile", "recipe")}
"""The file names of the JSON Schemas that stand in a workspace's `profiles/`, for editors."""

_MODELINE = "# yaml-language-server: $schema=../{name}\n"
_LOCK_HEADER = "# Written by `agentgen merge`: what went in, and where every line came from. Do not edit.\n"
_LOCK_HINT = "nobody edits this file: take it back from version control, or remove it and merge again"
_Reader = Callable[[Source], Mapping[str, Any]]


def load_profile(source: Source) -> Profile:
    """Read `profile.yaml`.

    Raises:
        UserError: with every mistake in the file and its place.
    """
    return canonical.profile_from_mapping(validate.read_profile(source))


def load_recipe(source: Source) -> Recipe:
    """Read `recipe.yaml`. Raises UserError like `load_profile`."""
    from agentgen.profile import canonical_recipe

    return canonical_recipe.recipe_from_mapping(validate.read_recipe(source))


def load_lock(source: Source) -> Lock:
    """Read `profile.lock.yaml`. Raises UserError like `load_profile`."""
    from agentgen.profile import canonical_lock

    try:
        return canonical_lock.lock_from_mapping(validate.read_lock(source))
    except UserError as error:
        raise UserError(problem._replace(hint=_LOCK_HINT) for problem in error.problems) from None


def dump_profile(profile: Profile, previous_text: str | None = None) -> str:
    """The text of `profile.yaml`, with LF line ends."""
    header = _MODELINE.format(name=SCHEMA_FILES["profile"])
    return _dump(canonical.profile_to_mapping(profile), header, previous_text, validate.read_profile, {})


def dump_recipe(recipe: Recipe, previous_text: str | None = None, notes: Notes | None = None) -> str:
    """The text of `recipe.yaml`. `notes` are comments to stand above the entries that are written anew."""
    from agentgen.profile import canonical_recipe

    header = _MODELINE.format(name=SCHEMA_FILES["recipe"])
    return _dump(canonical_recipe.recipe_to_mapping(recipe), header, previous_text, validate.read_recipe, notes or {})


def dump_lock(lock: Lock) -> str:
    """The text of `profile.lock.yaml`."""
    from agentgen.profile import canonical_lock
    from agentgen.profile.yaml_write import write_yaml

    return _LOCK_HEADER + write_yaml(canonical_lock.lock_to_mapping(lock))


def profile_digest(profile: Profile) -> str:
    """The digest of what a profile says: comments and the style of its file make no difference."""
    return digest(encode(dump_profile(profile)))


def recipe_digest(recipe: Recipe) -> str:
    """The digest of what a recipe says."""
    return digest(encode(dump_recipe(recipe)))


def recipe_tree(source: Source) -> Tree:
    """A recipe file's values with their places, for findings about its entries."""
    return validate.recipe_tree(source)


@cache
def schema_text(kind: str) -> str:
    """The JSON Schema of `profile`, `recipe` or `lock` as it ships."""
    return (FilePath(__file__).parent / "schemas" / validate.SCHEMAS[kind]).read_text(encoding="utf-8")


def build_schema(kind: str) -> str:
    """The JSON Schema as it should ship."""
    return json.dumps(validate.json_schema(kind), indent=2, ensure_ascii=False) + "\n"


def _dump(data: Mapping[str, Any], header: str, previous: str | None, read: _Reader, notes: Notes) -> str:
    from agentgen.profile.yaml_patch import Patcher
    from agentgen.profile.yaml_write import write_yaml

    fresh = header + write_yaml(data, notes)
    if previous is None:
        return fresh
    source = Source("", encode(to_lf(previous)))
    patched = Patcher(source.text, notes).patch(_root(source), read(source), data)
    if patched is None or read(Source("", encode(patched))) != read(Source("", encode(fresh))):
        return fresh
    return patched


def _root(source: Source) -> Any:
    root = compose(source)
    assert root is not None  # it was just read as a mapping
    return root
