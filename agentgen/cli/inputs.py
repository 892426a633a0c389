"""From names on the command line to documents and variants. Every file that cannot be read is reported."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from agentgen.errors import Problem, UserError
from agentgen.source import Source, read_source
from agentgen.workspace import ProfileFolder, Workspace, find_workspace, slug, template_folders

if TYPE_CHECKING:
    from agentgen.document.model import Document
    from agentgen.render.targets import Targets


class VariantFile(NamedTuple):
    """An agent file under the id that it goes by; `tool` is the target it is for, where somebody said so.

    `source` is its content where that does not stand at the path: another revision of it.
    """

    id: str
    path: Path
    tool: str | None = None
    source: Source | None = None


def shown(path: Path) -> str:
    """A path as it is shown: from the current folder where it lies below it."""
    try:
        return Path(os.path.realpath(path)).relative_to(Path.cwd()).as_posix()  # `resolve` fails where links go round
    except ValueError:
        return path.as_posix()


def read_sources(files: Sequence[Path]) -> list[Source]:
    """The files' bytes, in the order given.

    Raises:
        UserError: with a problem for each file that cannot be read.
    """
    sources: list[Source] = []
    problems: list[Problem] = []
    for path in files:
        try:
            sources.append(read_source(path, shown(path)))
        except UserError as error:
            problems += error.problems
    if problems:
        raise UserError(problems)
    return sources


def read_all(files: Sequence[Path]) -> list[Document]:
    """The files as documents, in the order given. Raises UserError as `read_sources` does."""
    from agentgen.document.read import read_document

    return [read_document(source) for source in read_sources(files)]


def open_targets(
    workspace: Workspace | None, given: Sequence[Path] | None = None, only: Collection[str] = ()
) -> Targets:
    """The targets that a command knows, those of the folders given first; no others where `only` names some."""
    from agentgen.render.targets import load_targets

    return load_targets([folder.path for folder in template_folders(workspace, given or ())], only)


def named_variants(files: Sequence[Path]) -> list[VariantFile]:
    """Agent files under ids from their names; where names are equal, their folders tell them apart.

    Raises:
        UserError: a file is given twice.
    """
    resolved = [path.absolute() for path in files]
    twice = [path for path, count in Counter(resolved).items() if count > 1]
    if twice:
        raise UserError(Problem("is given twice", shown(path), hint="name each file once") for path in twice)
    ids = {path: slug(path.stem) for path in resolved}
    for depth in range(1, 4):
        clashing = {name for name, count in Counter(ids.values()).items() if count > 1}
        for path in resolved:
            if ids[path] in clashing:
                ids[path] = slug("-".join((*path.parts[-1 - depth : -1], path.stem)))
    return [VariantFile(name, given) for name, given in zip(_numbered(ids), files, strict=True)]


def _numbered(ids: dict[Path, str]) -> Iterator[str]:
    """The ids, with a number behind those that are still equal, in the order of the paths."""
    ranks = {path: sum(ids[other] == ids[path] and other < path for other in ids) for path in ids}
    return (name if not ranks[path] else f"{name}-{ranks[path] + 1}" for path, name in ids.items())


def chosen_profiles(names: Iterable[str]) -> tuple[Workspace, list[ProfileFolder]]:
    """The workspace around the current folder and the profiles named, all of them where none is.

    Raises:
        UserError: there is no workspace, no profile in it, or none of a name.
    """
    from agentgen.cli.workspaces import this_workspace  # which stands on this module

    workspace = this_workspace()
    return workspace, profiles_of(workspace, names)


def profiles_of(workspace: Workspace, names: Iterable[str] = ()) -> list[ProfileFolder]:
    """The profiles named, all of the workspace where none is. Raises UserError as `chosen_profiles` does."""
    wanted = list(dict.fromkeys(names)) or workspace.profile_names()
    if not wanted:
        hint = "`agentgen import FILE... --profile NAME` makes one"
        raise UserError(Problem("there is no profile yet", shown(workspace.profiles), hint=hint))
    return [workspace.profile(name) for name in wanted]


def are_profiles(arguments: Sequence[str]) -> bool:
    """Whether the arguments name profiles of the workspace rather than files; none at all means every profile.

    Raises:
        UserError: one is neither, and looks like the name of a profile.
    """
    workspace = find_workspace(Path.cwd())
    names = workspace.profile_names() if workspace else []
    if all(argument in names for argument in arguments):
        return True
    missing = [argument for argument in arguments if argument not in names and not Path(argument).exists()]
    problems = [problem for argument in missing if (problem := _no_profile(argument, names))]
    if problems:
        raise UserError(problems)
    return False


def _no_profile(argument: str, names: Sequence[str]) -> Problem | None:
    """What is wrong with the name of a profile that is not there; None where it reads as the path of a file."""
    near = get_close_matches(argument, names, n=1)
    if near:
        return Problem("no such file", argument, hint=f"did you mean the profile {near[0]}?")
    if names and slug(argument) == argument:
        return Problem("neither a profile nor a file", argument, hint=f"profiles here: {', '.join(names)}")
    return None
