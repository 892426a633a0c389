"""The targets there are: folders with a `target.yaml` and a template, found along a search path.

A folder earlier on the path wins whole: a workspace's own `templates/<name>/` hides the one that comes with agentgen.
Files beside the folders hold what is common: `vocabulary.yaml` the words of the canonical form, `models.yaml` a
workspace's own names of models for each target.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path as Folder
from typing import NamedTuple

from agentgen.errors import Problem, UserError
from agentgen.profile.model import CANONICAL_FIELDS
from agentgen.profile.yaml_read import Tree
from agentgen.profile.yaml_values import Path, show_path
from agentgen.render.border import ModelNames, json_schema, read_model_names, read_target, read_vocabulary
from agentgen.render.spec import Patterns, Target, ToolStyle
from agentgen.render.vocabulary import Vocabulary
from agentgen.source import read_source

SPEC = "target.yaml"
VOCABULARY = "vocabulary.yaml"
MODELS = "models.yaml"
SCHEMA_FILE = "target.schema.json"
"""The JSON Schema of `target.yaml`; it ships in `agentgen/render/schemas/`."""
_VERSION = 1
_FOLDER = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_CONFIDENCES = ("A", "B", "C")


class Found(NamedTuple):
    """A target and the folder that it was read from."""

    target: Target
    folder: Folder


@dataclass(frozen=True, slots=True, eq=False)
class Targets:
    """All targets by name, in the order of their rank and name, with the vocabulary that they share.

    What is made from all of them can be remembered for them: they are equal to nothing else.
    """

    found: tuple[Found, ...]
    vocabulary: Vocabulary
    _names: Mapping[str, Found] = field(default_factory=dict, repr=False)
    _folders: Sequence[Folder] = ()
    """Where there are more than were read; empty where all were."""

    def __iter__(self) -> Iterator[Target]:
        return (entry.target for entry in self.found)

    def __getitem__(self, name: str) -> Target:
        """The target with that name or alias. Raises UserError for any other, with the names that are near."""
        return self.entry(name).target

    def entry(self, name: str) -> Found:
        """The target with that name or alias, and its folder."""
        if name in self._names:
            return self._names[name]
        near = get_close_matches(name, self._names, n=3, cutoff=0.5)
        known = ", ".join(near) if near else ", ".join(target.name for target in self)
        raise UserError(Problem(f"no target {name!r}", hint=f"did you mean {known}?" if near else f"known: {known}"))

    def knows(self, name: str) -> bool:
        """Whether it is the name or alias of one of these targets."""
        return name in self._names

    def whole(self) -> Targets:
        """All targets there are, where only some were read."""
        return load_targets(self._folders) if self._folders else self


def load_targets(folders: Sequence[Folder], only: Collection[str] = ()) -> Targets:
    """Every target below the folders; where two have one name, that of the earlier folder.

    Where all of `only` are names of folders, no other target is read: a command for three need not know two dozen.

    Raises:
        UserError: a target file is wrong, with all mistakes of all files.
    """
    problems: list[Problem] = []
    entries: dict[str, Found] = {}
    vocabulary = _vocabulary(folders)
    chosen = _chosen(folders, only)
    for path in chosen or _spec_files(folders):
        try:
            entries[path.parent.name] = Found(_load(path, vocabulary), path.parent)
        except UserError as error:
            problems.extend(error.problems)
    problems.extend(_clashes(entries.values()))
    if problems:
        raise UserError(problems)
    named = _with_model_names(entries.values(), folders)
    ordered = tuple(sorted(named, key=lambda entry: (entry.target.rank, entry.target.name)))
    names = {name: entry for entry in ordered for name in (entry.target.name, *entry.target.aliases)}
    return Targets(ordered, vocabulary, names, folders if chosen else ())


def build_schema() -> str:
    """The JSON Schema of `target.yaml` as it should ship."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _spec_files(folders: Sequence[Folder]) -> Iterator[Folder]:
    """The `target.yaml` of each name, from the first folder that has it."""
    seen: set[str] = set()
    for folder in folders:
        for path in sorted(folder.glob(f"*/{SPEC}")) if folder.is_dir() else ():
            if path.parent.name not in seen:
                seen.add(path.parent.name)
                yield path


def _chosen(folders: Sequence[Folder], only: Collection[str]) -> list[Folder]:
    """The files of the targets named; none where a name may be an alias, or nobody's."""
    found: list[Folder] = []
    for name in sorted(set(only)):
        places = (folder / name / SPEC for folder in folders if _FOLDER.fullmatch(name))
        path = next((place for place in places if place.is_file()), None)
        if path is None:
            return []
        found.append(path)
    return found


def _load(path: Folder, vocabulary: Vocabulary) -> Target:
    target, tree = read_target(read_source(path))
    problems = [*_mistakes(target, tree, path), *_strange_words(target, tree, vocabulary)]
    if problems:
        raise UserError(problems)
    return target


def _mistakes(target: Target, tree: Tree, path: Folder) -> Iterator[Problem]:
    """What the types cannot say: every canonical field has an outcome, names fit, patterns compile."""
    folder = path.parent.name
    if target.target != _VERSION:
        yield tree.problem(
            ("target",), f"this is format {target.target} of target files", f"write `target: {_VERSION}`"
        )
    if target.name != folder or not _FOLDER.fullmatch(folder):
        yield tree.problem(
            ("name",), f"the name '{target.name}' is not that of the folder '{folder}'", "make them equal"
        )
    if target.confidence not in _CONFIDENCES:
        yield tree.problem(("confidence",), f"confidence is '{target.confidence}'", "it can be A, B or C")
    if not target.sources:
        yield tree.problem(("sources",), "no source is given", "cite the page or package that the facts come from")
    if "{name}" not in target.path and target.shared is None:
        yield tree.problem(("path",), "the path has no {name}", "files of two agents would overwrite each other")
    if not (path.parent / target.template).is_file():
        yield tree.problem(("template",), f"there is no template {target.template!r} in {folder}", "add the file")
    yield from _field_mistakes(target, tree)
    yield from _pattern_mistakes(target, tree)
    yield from _search_mistakes(target, tree)


def _field_mistakes(target: Target, tree: Tree) -> Iterator[Problem]:
    known = ", ".join(CANONICAL_FIELDS)
    for name in CANONICAL_FIELDS:
        if name not in target.fields:
            hint = f"add `{name}:` with its key, or with the reason why the tool has none"
            yield tree.problem(("fields",), f"fields.{name} is missing", hint)
    for name, spec in target.fields.items():
        if name not in CANONICAL_FIELDS:
            yield tree.problem(("fields", name), f"'{name}' is no field of the canonical form", known, at_key=True)
        if spec.key is None and not spec.reason and not _said_elsewhere(target, name):
            hint = "give `key:`, or `reason:` why the tool has no place for it"
            yield tree.problem(("fields", name), f"fields.{name} says neither where it goes nor why not", hint)


def _said_elsewhere(target: Target, name: str) -> bool:
    """Names that stand in the path alone, and deny lists that become permissions."""
    by_permission = name == "disallowed_tools" and target.tools.style is ToolStyle.PERMISSIONS
    return (name == "name" and "{name}" in target.path) or by_permission


def _pattern_mistakes(target: Target, tree: Tree) -> Iterator[Problem]:
    patterns: list[tuple[Path, str | None]] = [
        (("identity", "pattern"), target.identity.pattern),
        (("tools", "mcp", "server_pattern"), target.tools.mcp.server_pattern),
        *((("models", "accepts", index), text) for index, text in enumerate(target.models.accepts)),
    ]
    for place, text in patterns:
        try:
            re.compile(text or "")
        except re.error as error:
            yield tree.problem(place, f"{text!r} is not a regular expression: {error}")
    if target.tools.patterns is Patterns.ENFORCED and not target.tools.pattern_names:
        yield tree.problem(("tools",), "tools.patterns is 'enforced' and pattern_names is empty", "name the tools")


def _search_mistakes(target: Target, tree: Tree) -> Iterator[Problem]:
    search = target.search
    if search.order and sorted(search.order) != ["project", "user"]:
        yield tree.problem(("search", "order"), "search.order is not both folders", "write [project, user] or turn it")
    for at, glob in enumerate(search.user):
        if not glob.startswith("~/"):
            yield tree.problem(("search", "user", at), f"{glob!r} is not in the user's folder", "begin it with ~/")


def _strange_words(target: Target, tree: Tree, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Names of canonical tools and capabilities that the vocabulary does not have."""
    tools = target.tools
    places: list[tuple[Path, Iterable[str], Iterable[str]]] = [
        (("tools", "names"), tools.names, vocabulary.tools),
        (("tools", "approximate"), tools.approximate, vocabulary.tools),
        *((("tools", "reads_as", own), names, vocabulary.tools) for own, names in tools.reads_as.items()),
        *((("tools", "categories", word), names, vocabulary.tools) for word, names in tools.categories.items()),
        *((("tools", "grants", own), words, vocabulary.capabilities) for own, words in tools.grants.items()),
        *((("limits", at), limit.denies, vocabulary.capabilities) for at, limit in enumerate(target.limits)),
    ]
    for place, words, known in places:
        for word in words:
            if word not in known:
                near = get_close_matches(word, list(known), n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"known: {', '.join(known)}"
                yield tree.problem((*place, word), f"{show_path(place)}: there is no '{word}'", hint, at_key=True)


def _clashes(entries: Iterable[Found]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for entry in entries:
        for name in (entry.target.name, *entry.target.aliases):
            owner = owners.setdefault(name, entry.target.name)
            if owner != entry.target.name:
                path = str(entry.folder / SPEC)
                yield Problem(f"the name {name!r} belongs to the target {owner!r} already", path, hint="choose another")


def _with_model_names(entries: Iterable[Found], folders: Sequence[Folder]) -> Iterator[Found]:
    """The targets with the model names of the first `models.yaml`, which win over their own."""
    path = _first(folders, MODELS)
    overrides: ModelNames = read_model_names(read_source(path)) if path else {}
    for entry in entries:
        own = overrides.get(entry.target.name, {})
        models = entry.target.models
        target = replace(entry.target, models=replace(models, names={**models.names, **own})) if own else entry.target
        yield entry._replace(target=target)


def _vocabulary(folders: Sequence[Folder]) -> Vocabulary:
    path = _first(folders, VOCABULARY)
    if path is None:
        hint = "add the folder `templates` that comes with agentgen to the search path"
        raise UserError(
            Problem(f"there is no {VOCABULARY} in {', '.join(map(str, folders)) or 'no folder'}", hint=hint)
        )
    return read_vocabulary(read_source(path))


def _first(folders: Sequence[Folder], name: str) -> Folder | None:
    return next((folder / name for folder in folders if (folder / name).is_file()), None)
