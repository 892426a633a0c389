"""Variants: agent files read, with their frontmatter in canonical words and the tool they were written for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from agentgen.cli.inputs import VariantFile, named_variants, read_sources, shown
from agentgen.cli.told_tools import read_told_tools
from agentgen.compare.model import Variant
from agentgen.document.model import Document
from agentgen.document.read import read_document
from agentgen.errors import Problem, UserError
from agentgen.findings import Finding, finding
from agentgen.lint.damage import weighed_for
from agentgen.render.canonical import Note, read_fields
from agentgen.render.journal import settle
from agentgen.render.recognise import recognise
from agentgen.render.unpack import unpack, unpack_marked
from agentgen.source import Source, encode
from agentgen.workspace import ProfileFolder, real, slug

if TYPE_CHECKING:
    from agentgen.profile.recipe import Recipe
    from agentgen.render.targets import Targets

MAX_SECTIONS, MAX_ITEMS, MAX_CHARACTERS = 10_000, 4_000, 300_000
"""A file with more is read and linted, and no variant. The largest of 565 public agent files have 152 sections, 454
items and 111,000 characters."""


class Given(NamedTuple):
    """The variants that a command works on, and the recipe that lists them, where there is one."""

    variants: tuple[Variant, ...]
    recipe: Recipe | None = None


def read_variants(files: Sequence[VariantFile], targets: Targets) -> tuple[Variant, ...]:
    """The files as variants, in the order given; a file that holds several agents gives one for each.

    Raises:
        UserError: with all files that cannot be read.
    """
    found: list[tuple[VariantFile, VariantFile, Source]] = []
    problems: list[Problem] = []
    read = iter(read_sources([file.path for file in files if file.source is None]))
    for file in files:
        source = file.source or next(read)
        try:
            agents = _agents(file, source, targets)
        except UserError as error:
            problems += error.problems
        else:
            found += ((file, one, text) for one, text in agents)
    documents = [read_document(text) for _, _, text in found]
    problems += filter(None, map(_too_much, documents))
    if problems:
        raise UserError(problems)
    ones = _told_apart([(file, one) for file, one, _ in found])
    return tuple(_variant(one, document, targets) for one, document in zip(ones, documents, strict=True))


def _told_apart(found: Sequence[tuple[VariantFile, VariantFile]]) -> list[VariantFile]:
    """The agents of files under ids of their own: one of several in a file gets its file's name, then a number, where
    its own is another's too. A file of one agent keeps its id."""
    names = Counter(one.id for _, one in found)
    ids = [slug(f"{file.id}-{one.id}") if names[one.id] > 1 and one.id != file.id else one.id for file, one in found]
    taken: set[str] = set()
    for at in sorted(range(len(found)), key=lambda at: (found[at][0].id != ids[at], str(found[at][0].path), at)):
        numbers = (f"{ids[at]}-{number}" for number in count(2))
        ids[at] = next(name for name in chain([ids[at]], numbers) if name not in taken)
        taken.add(ids[at])
    return [one._replace(id=name) for (_, one), name in zip(found, ids, strict=True)]


def _too_much(document: Document) -> Problem | None:
    """What is said of a file with more in it than an agent can have: to compare or merge it would take long."""
    sizes = {
        "sections": (len(document.sections), MAX_SECTIONS),
        "items": (len(document.items), MAX_ITEMS),
        "characters": (len(document.source.text), MAX_CHARACTERS),
    }
    over = [f"{size} {what}; at most {limit}" for what, (size, limit) in sizes.items() if size > limit]
    if not over:
        return None
    message = f"{', '.join(over)} are compared or merged"
    return Problem(message, document.source.path, hint="check that this is the right file")


def _agents(file: VariantFile, source: Source, targets: Targets) -> list[tuple[VariantFile, Source]]:
    """The agents of a file, those of other formats written as Markdown."""
    read = unpack_marked if file.path.suffix == ".md" else unpack
    unpacked = read(source, targets, file.tool)
    if unpacked is None:
        return [(file, source)]
    several = len(unpacked.agents) > 1
    return [
        (
            VariantFile(slug(agent.name) if several else file.id, file.path, unpacked.target),
            Source(f"{source.path} (as Markdown)", encode(agent.markdown)),
        )
        for agent in unpacked.agents
    ]


def read_profile_variants(folder: ProfileFolder, targets: Targets) -> Given:
    """The variants of a profile: those that its recipe lists, and those that lie beside them and are new.

    Raises:
        UserError: there is no variant, one is missing, or the recipe is wrong.
    """
    recipe = _recipe(folder)
    files = list(_files(folder, recipe))
    if not files:
        hint = f"`agentgen import FILE... --profile {folder.name}` takes agent files in"
        raise UserError(Problem(f"the profile {folder.name} has no variants", hint=hint))
    return Given(read_variants(files, targets), recipe)


def read_some_variants(folder: ProfileFolder, files: Sequence[Path], targets: Targets) -> Given:
    """Agent files for a profile outside a workspace, under the ids that its recipe, if there is one, gave them."""
    recipe = _recipe(folder)
    listed = {real(folder.root / entry.path): entry for entry in recipe.variants} if recipe else {}
    missing = [entry for path, entry in listed.items() if path not in set(map(real, files))]
    if missing:
        hint = "name all files of this profile, or another folder with --out"
        where = shown(folder.recipe)
        raise UserError(Problem(f"lists {entry.path}, which is not given", where, hint=hint) for entry in missing)
    known = []
    for file in named_variants(files):
        entry = listed.get(real(file.path))
        known.append(VariantFile(entry.id, file.path, entry.tool) if entry else file)
    return Given(read_variants(known, targets), recipe)


def _recipe(folder: ProfileFolder) -> Recipe | None:
    settle(folder.root)
    if not folder.recipe.exists():
        return None
    from agentgen.profile.store import load_recipe  # the shapes of a recipe take longer to build than files to read

    return load_recipe(read_sources([folder.recipe])[0])


def _files(folder: ProfileFolder, recipe: Recipe | None) -> Iterator[VariantFile]:
    listed = {folder.root / entry.path: entry for entry in recipe.variants} if recipe else {}
    for path, entry in listed.items():
        yield VariantFile(entry.id, path, entry.tool)
    known = {real(path) for path in listed}
    told = read_told_tools(folder)
    for path in folder.variant_files():
        if real(path) not in known:
            yield VariantFile(path.stem, path, told.get(path.stem))


def _variant(file: VariantFile, document: Document, targets: Targets) -> Variant:
    values = document.frontmatter.values
    tool = targets[file.tool].name if file.tool else recognise(str(file.path), values, targets)
    read = read_fields(values, targets[tool] if tool else None, targets.vocabulary)
    notes = tuple(_finding(document, note) for note in read.notes)
    weighed = weighed_for(document, targets[tool] if tool else None, targets.vocabulary)
    document = replace(document, findings=(*weighed, *notes))
    return Variant(file.id, document, tool, read.fields, read.extensions)


def _finding(document: Document, note: Note) -> Finding:
    """A note at the place of its key."""
    spans = (field.span for field in document.frontmatter.fields if field.key == note.key)
    start = next(spans, document.frontmatter.span).start
    return finding(document.source, note.code, start, note.message)
