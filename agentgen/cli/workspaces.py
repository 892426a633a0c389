"""The workspaces that a command works on: the one around the current folder, or all that the settings there list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from agentgen.cli import exit_codes
from agentgen.cli.inputs import profiles_of, shown
from agentgen.cli.screen import Screen
from agentgen.cli.settings import Settings, read_settings, settings_for
from agentgen.errors import Problem, UserError
from agentgen.workspace import ProfileFolder, Workspace, find_workspace, real, require_workspace


class Chosen(NamedTuple):
    """A workspace, the profiles of it that are meant, and the settings that hold there."""

    workspace: Workspace
    folders: Sequence[ProfileFolder]
    settings: Settings


def chosen_workspaces(names: Sequence[str], screen: Screen) -> list[Chosen]:
    """The profiles named, all of them where none is; in a folder whose settings list workspaces those of each.

    Raises:
        UserError: there is no workspace, no profile in it, none of a name, or the settings are wrong.
    """
    here = Path.cwd()
    around = find_workspace(here)
    settings = settings_for(around.root if around else here, screen)
    several = settings.values.workspaces and (around is None or settings.root == around.root)
    if not several or (names and around):
        workspace = around or require_workspace(here)
        return [Chosen(workspace, profiles_of(workspace, names), settings)]
    if names:
        hint = "go into the workspace that has it"
        raise UserError(Problem("profiles are named in their own workspace", hint=hint))
    own = [Chosen(around, profiles_of(around), settings)] if around and around.profile_names() else []
    return [*own, *(_member(workspace, screen) for workspace in members(settings))]


def this_workspace() -> Workspace:
    """The workspace around the current folder.

    Raises:
        UserError: there is none; where settings list workspaces, with these.
    """
    here = Path.cwd()
    if find_workspace(here) is None:
        settings = read_settings(here)
        if settings.values.workspaces:
            places = ", ".join(shown(workspace.root) for workspace in members(settings))
            hint = f"go into one of the workspaces that {settings.place} lists: {places}"
            raise UserError(Problem("there are no profiles in this folder", hint=hint))
    return require_workspace(here)


def in_each(chosen: Sequence[Chosen], screen: Screen, step: Callable[[Chosen], int]) -> int:
    """Do the same in each workspace, also behind one that failed; the highest exit code.

    Raises:
        UserError: with the mistakes of all workspaces.
    """
    codes = [exit_codes.OK]
    problems: list[Problem] = []
    for one in chosen:
        if len(chosen) > 1:
            screen.say(f"workspace {shown(one.workspace.root)}\n")
        try:
            codes.append(step(one))
        except UserError as error:
            problems += error.problems
    if problems:
        raise UserError(problems)
    return max(codes)


def watch_each(
    names: Sequence[str], screen: Screen, step: Callable[[Chosen], int], several: Mapping[str, bool] | None = None
) -> int:
    """Do the same in each workspace, and again for what is saved there. `several` as `only_one` takes it."""
    from agentgen.cli.watching import Saved, watch

    first = chosen_workspaces(names, screen)
    only_one(first, **several or {})

    def again(saved: Saved) -> int:
        chosen = chosen_workspaces(names, screen)
        if saved.profiles is None:
            return in_each(chosen, screen, step)
        meant = [
            one._replace(folders=[folder for folder in one.folders if folder.name in saved.profiles]) for one in chosen
        ]
        return in_each([one for one in meant if one.folders], screen, step)

    return watch([one.workspace for one in first], again, screen)


def only_one(chosen: Sequence[Chosen], **options: bool) -> None:
    """Raises UserError where options are given that make sense in one workspace only."""
    given = [name for name, is_given in options.items() if is_given]
    if len(chosen) > 1 and given:
        hint = f"go into one of them: {', '.join(shown(one.workspace.root) for one in chosen)}"
        raise UserError(
            Problem(f"--{name} is about one workspace, and the settings list several", hint=hint) for name in given
        )


def members(settings: Settings) -> list[Workspace]:
    """The workspaces that settings list, sorted by path, without the folder of the settings itself.

    Raises:
        UserError: a pattern fits no workspace.
    """
    assert settings.root is not None
    assert settings.tree is not None
    found: set[Path] = set()
    problems: list[Problem] = []
    for at, pattern in enumerate(settings.values.workspaces):
        fitting = list(_fitting(settings.root, pattern))
        found.update(fitting)
        if not fitting:
            hint = "a workspace is a folder that holds profiles/; `agentgen init DIR` makes one"
            problems.append(settings.tree.problem(("workspaces", at), f"no workspace fits '{pattern}'", hint))
    if problems:
        raise UserError(problems)
    return [Workspace(root) for root in sorted(found) if root != settings.root]


def _fitting(root: Path, pattern: str) -> Iterator[Path]:
    """The workspaces below a folder that a pattern fits, none of them behind a link that leads elsewhere."""
    try:
        paths = list(root.glob(pattern))
    except (ValueError, IndexError, RecursionError):  # such as `a**`, nothing but dots, hundreds of `*`
        return
    for path in paths:
        if (path / "profiles").is_dir() and real(path).is_relative_to(root):
            yield real(path)


def _member(workspace: Workspace, screen: Screen) -> Chosen:
    return Chosen(workspace, profiles_of(workspace), settings_for(workspace.root, screen))
