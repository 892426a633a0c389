"""Where `profiles/`, `templates/` and `dist/` are: in a user's folder, in a checkout, in a wheel.

A workspace is a folder that holds `profiles/`. It is found from the current folder upward, up to the root of the
repository that the folder belongs to, so that a stray `profiles/` far above is not taken for one.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from agentgen.errors import Problem, UserError

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")  # device names on Windows, with any extension
_PACKAGE = Path(__file__).resolve().parent


class ProfileFolder(NamedTuple):
    """`profiles/<name>/`: the variants, the recipe, the profile and its lock. Nothing of it need exist yet."""

    root: Path

    @property
    def name(self) -> str:
        return self.root.name

    @property
    def variants(self) -> Path:
        return self.root / "variants"

    @property
    def recipe(self) -> Path:
        return self.root / "recipe.yaml"

    @property
    def profile(self) -> Path:
        return self.root / "profile.yaml"

    @property
    def lock(self) -> Path:
        return self.root / "profile.lock.yaml"

    def variant_files(self) -> list[Path]:
        """The variants, sorted by name; a variant's id is the name without its extension."""
        if not self.variants.is_dir():
            return []
        return sorted(path for path in self.variants.iterdir() if path.is_file() and not path.name.startswith("."))


class TemplateFolder(NamedTuple):
    """A folder of targets, and where it comes from: `option`, `workspace` or `package`."""

    origin: str
    path: Path


class Workspace(NamedTuple):
    """A folder with `profiles/`, optional `templates/`, and `dist/`."""

    root: Path

    @property
    def profiles(self) -> Path:
        return self.root / "profiles"

    @property
    def dist(self) -> Path:
        return self.root / "dist"

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def settings(self) -> Path:
        return self.root / "agentgen.toml"

    @property
    def concepts(self) -> Path:
        return self.root / "concepts.toml"

    def profile_names(self) -> list[str]:
        """The names of all profiles, sorted."""
        return _folder_names(self.profiles)

    def profile(self, name: str) -> ProfileFolder:
        """The folder of an existing profile.

        Raises:
            UserError: there is none of that name; the names that there are stand in the hint.
        """
        if is_name(name) and (self.profiles / name).is_dir():
            return ProfileFolder(self.profiles / name)
        names = self.profile_names()
        raise UserError(Problem(f"no profile {name!r} in {self.profiles}", hint=near_names(name, names)))

    def new_profile(self, name: str) -> ProfileFolder:
        """The folder of a profile that may not exist yet. Raises UserError for a name that cannot be a folder."""
        return ProfileFolder(self.profiles / check_name(name, "profile"))


def near_names(name: str, known: Sequence[str]) -> str:
    """What to do about a name that is none of those known."""
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else f"there are: {', '.join(known) or 'none yet'}"


def real(path: Path) -> Path:
    """The absolute path with links followed. `Path.resolve` fails at a link that leads to itself; this stops there."""
    return Path(os.path.realpath(path))


def find_workspace(start: Path) -> Workspace | None:
    """The workspace around a folder, or None."""
    folder = start.resolve()
    for candidate in (folder, *folder.parents):
        if (candidate / "profiles").is_dir():
            return Workspace(candidate)
        if (candidate / ".git").exists():
            return None
    return None


def require_workspace(start: Path) -> Workspace:
    """The workspace around a folder.

    Raises:
        UserError: there is none, with the command that makes one.
    """
    workspace = find_workspace(start)
    if workspace is None:
        hint = "`agentgen init` makes one here; or name files instead of profiles"
        raise UserError(Problem(f"no workspace (a folder with profiles/) at or above {start}", hint=hint))
    return workspace


def template_folders(workspace: Workspace | None, given: Sequence[Path] = ()) -> list[TemplateFolder]:
    """The folders in which targets are searched, first wins: those given, the workspace's, the package's.

    Raises:
        UserError: with each given path that is no folder.
    """
    missing = [path for path in given if not path.is_dir()]
    if missing:
        raise UserError(Problem("there is no such folder", str(path), hint="check --templates") for path in missing)
    folders = [TemplateFolder("option", path) for path in given]
    if workspace is not None and workspace.templates.is_dir():
        folders.append(TemplateFolder("workspace", workspace.templates))
    package = bundled("templates")
    if all(real(folder.path) != package for folder in folders):
        folders.append(TemplateFolder("package", package))
    return folders


def bundled_profiles() -> list[ProfileFolder]:
    """The example profiles that come with agentgen."""
    folder = bundled("profiles")
    return [ProfileFolder(folder / name) for name in _folder_names(folder)]


def bundled(name: str) -> Path:
    """`templates`, `profiles` or a file that comes with agentgen: inside a wheel, or at the top of a checkout."""
    in_wheel = _PACKAGE / "_bundled"
    return (in_wheel if in_wheel.is_dir() else _PACKAGE.parent) / name


def is_name(name: str) -> bool:
    """Whether a name can be that of a profile, a variant or a target, and of a folder on any system."""
    return bool(_NAME.fullmatch(name)) and not _RESERVED.fullmatch(name)


def is_reserved(name: str) -> bool:
    """Whether Windows takes a file of that name for a device, with any extension."""
    return bool(_RESERVED.fullmatch(name.partition(".")[0].rstrip(" ").lower()))


def check_name(name: str, what: str) -> str:
    """The name, if it can be that of a `what` and of a folder on any system.

    Raises:
        UserError: it cannot.
    """
    if is_name(name):
        return name
    hint = "use lower-case letters, digits and hyphens, at most 64, beginning with a letter or digit"
    raise UserError(Problem(f"{name!r} cannot be the name of a {what}", hint=hint))


def slug(text: str) -> str:
    """A name made from a file's name: `001_Claude Docs.txt` without its extension gives `001-claude-docs`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    made = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    return made if is_name(made) else f"variant-{made}".strip("-")


def _folder_names(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and is_name(path.name))
