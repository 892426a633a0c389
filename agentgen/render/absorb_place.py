"""Which profile and target a rendered file belongs to: from the list of written files around it, or from its path."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from agentgen.errors import Problem, UserError
from agentgen.render.manifest import read_manifest
from agentgen.render.places import bytes_at
from agentgen.render.plan import INSTALLED, MANIFEST
from agentgen.render.targets import Targets


class Origin(NamedTuple):
    """The names of profile and target; the digest of what was written, where that is known."""

    profile: str
    target: str
    digest: str | None = None


def origin_of(
    path: Path, names: Collection[str], targets: Targets, *, profile: str | None = None, target: str | None = None
) -> Origin:
    """What a file was rendered from. `names` are the agents' names in the workspace; `profile` and `target` choose.

    Raises:
        UserError: nothing tells, or several could be meant.
    """
    wanted = targets[target].name if target else None
    listed = list(_listed(path.absolute()))
    found = listed or list(_by_path(path.absolute(), names, targets))
    fitting = [
        each
        for each in found
        if profile in (None, each.profile) and wanted in (None, each.target) and each.profile in names
    ]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        message = "no profile of this workspace is rendered into this file"
        hint = "name a file below dist/, or one that `agentgen render --install` wrote"
        raise UserError(Problem(message, str(path), hint=hint))
    several = ", ".join(f"{each.profile} for {each.target}" for each in fitting)
    raise UserError(Problem(f"it could be {several}", str(path), hint="choose with --profile and --target"))


def _listed(path: Path) -> Iterator[Origin]:
    """What the list of written files in a folder above says of the file."""
    for folder in path.parents:
        for name in (MANIFEST, INSTALLED):
            raw = bytes_at(folder / name)
            relative = path.relative_to(folder).as_posix()
            if raw is None or (name == MANIFEST and folder.name != "dist" and b'"agentgen"' not in raw):
                continue
            for key, written in read_manifest(raw, str(folder / name)).items():
                if key.partition("#")[0] == relative:
                    yield Origin(written.profile, written.target, written.digest)


def _by_path(path: Path, names: Collection[str], targets: Targets) -> Iterator[Origin]:
    """The targets whose tool looks for an agent of the workspace at such a path."""
    for target in targets:
        for name in sorted(names):
            if path.as_posix().endswith("/" + target.path.replace("{name}", name)):
                yield Origin(name, target.name)
