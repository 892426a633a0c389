"""What rendering would do to a folder, decided before anything is touched.

A file is overwritten or removed only if the manifest lists it and nobody edited it since. A file that was edited,
stands behind a link or was never ours is refused, with the commands that settle it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from agentgen.errors import Problem, UserError
from agentgen.render.manifest import Written, is_inside, manifest_bytes, read_manifest
from agentgen.render.model import Action, Change, Plan, Rendering
from agentgen.source import digest, encode

MANIFEST = "manifest.json"
INSTALLED = ".agentgen-installed.json"
_NOT_OURS = "it was not written by agentgen; move it away, or overwrite it with --force"


@dataclass(frozen=True, slots=True)
class Wish:
    """A file that should stand below the root: where, with which bytes, and for whom."""

    path: str
    raw: bytes
    profile: str
    target: str


def plan_dist(renderings: Sequence[Rendering], root: Path, *, whole: Collection[str] = (), force: bool = False) -> Plan:
    """The plan for `dist/`: a folder a target. Blocked renderings are left out, and their old files stay.

    `whole` names targets for which every profile is rendered: what else the manifest lists for them goes. `force`
    overwrites files that were edited by hand.

    Raises:
        UserError: the folder's manifest cannot be read, or the folder is a link.
    """
    wishes = [_wish(rendering, f"{rendering.target}/{rendering.path}") for rendering in renderings]
    return _plan(wishes, renderings, root, MANIFEST, whole, force=force)


def plan_install(renderings: Sequence[Rendering], root: Path, *, force: bool = False) -> Plan:
    """The plan for a project's own folder: each file at the path where its tool looks for it.

    Raises:
        UserError: two targets write different files to one path, or as for `plan_dist`.
    """
    wishes = [_wish(rendering, rendering.path) for rendering in renderings]
    return _plan(wishes, renderings, root, INSTALLED, (), force=force)


def _wish(rendering: Rendering, path: str) -> Wish | None:
    if rendering.blocked:
        return None
    return Wish(path, encode(rendering.text), rendering.profile, rendering.target)


def _plan(
    wishes: Sequence[Wish | None],
    renderings: Sequence[Rendering],
    root: Path,
    manifest_name: str,
    whole: Collection[str],
    *,
    force: bool,
) -> Plan:
    _check_root(root)
    wanted = _by_path([wish for wish in wishes if wish is not None])
    manifest_raw = _bytes(root / manifest_name) if _is_plain(root, manifest_name) else None
    known = read_manifest(manifest_raw, str(root / manifest_name))
    changes = [_change(root, wish, known.get(wish.path), force=force) for wish in wanted.values()]
    old = _left_over(known, wanted, renderings, whole)
    changes.extend(_removal(root, path, known[path]) for path in old)
    ordered = tuple(sorted(changes, key=lambda change: change.path))
    return Plan(str(root), ordered, _manifest_change(known, wanted, ordered, manifest_name, manifest_raw))


def _check_root(root: Path) -> None:
    if root.is_symlink():
        raise UserError(Problem("this folder is a link", str(root), hint=f"name the folder itself: {root.resolve()}"))
    if root.exists() and not root.is_dir():
        raise UserError(Problem("this is a file, not a folder", str(root), hint="name a folder"))


def _by_path(wishes: Sequence[Wish]) -> dict[str, Wish]:
    wanted: dict[str, Wish] = {}
    for wish in wishes:
        if not is_inside(wish.path):
            raise UserError(Problem(f"{wish.target} writes outside the folder: {wish.path}", hint="mend its `path`"))
        other = wanted.setdefault(wish.path, wish)
        if other.raw != wish.raw:
            what = f"{other.target} and {wish.target} both write {wish.path}, with different content"
            raise UserError(Problem(what, hint="install them one at a time, each into its own folder"))
    return wanted


def _change(root: Path, wish: Wish, known: Written | None, *, force: bool) -> Change:
    path = wish.path
    obstacle = _obstacle(root, path)
    if obstacle:
        return Change(path, Action.REFUSE, None, wish.raw, obstacle)
    before = _bytes(root / path)
    if before is None:
        return Change(path, Action.CREATE, None, wish.raw)
    if before == wish.raw:
        return Change(path, Action.UNCHANGED, before, wish.raw)
    if force or (known is not None and known.digest == digest(before)):
        return Change(path, Action.UPDATE, before, wish.raw)
    return Change(path, Action.REFUSE, before, wish.raw, _edited(root / path, wish) if known else _NOT_OURS)


def _edited(path: Path, wish: Wish) -> str:
    adopt = f"`agentgen import {path} --profile {wish.profile}` takes the edit in"
    discard = f"`agentgen render {wish.profile} --target {wish.target} --force` discards it"
    return f"it was edited by hand since it was rendered; {adopt}, {discard}"


def _removal(root: Path, path: str, known: Written) -> Change:
    obstacle = _obstacle(root, path)
    before = None if obstacle else _bytes(root / path)
    if obstacle or (before is not None and digest(before) != known.digest):
        return Change(
            path, Action.REFUSE, before, None, obstacle or "no longer rendered, but edited by hand: remove it yourself"
        )
    return Change(path, Action.REMOVE if before is not None else Action.UNCHANGED, before, None)


def _left_over(
    known: Mapping[str, Written], wanted: Mapping[str, Wish], renderings: Sequence[Rendering], whole: Collection[str]
) -> Iterator[str]:
    """Files of earlier runs that this one no longer writes."""
    written = {(rendering.profile, rendering.target) for rendering in renderings if not rendering.blocked}
    blocked = {(rendering.profile, rendering.target) for rendering in renderings if rendering.blocked}
    for path, entry in known.items():
        pair = (entry.profile, entry.target)
        if path not in wanted and pair not in blocked and (pair in written or entry.target in whole):
            yield path


def _manifest_change(
    known: Mapping[str, Written], wanted: Mapping[str, Wish], changes: Sequence[Change], name: str, before: bytes | None
) -> Change:
    files = dict(known)
    for change in changes:
        if change.action is Action.REFUSE:
            continue
        if change.after is None:
            files.pop(change.path, None)
        else:
            wish = wanted[change.path]
            files[change.path] = Written(digest(change.after), wish.profile, wish.target)
    after = manifest_bytes(files)
    action = Action.UNCHANGED if after == before else Action.CREATE if before is None else Action.UPDATE
    return Change(name, action, before, after)


def _obstacle(root: Path, path: str) -> str:
    """Why nothing may be written at a path: a link on the way, or something that is no file; empty for nothing."""
    place = root
    parts = path.split("/")
    for depth, part in enumerate(parts, start=1):
        place = place / part
        mode = _mode(place)
        if mode is None:
            return ""
        if stat.S_ISLNK(mode):
            return f"{place} is a link, and links are not followed"
        if depth < len(parts) and not stat.S_ISDIR(mode):
            return f"{place} is not a folder"
        if depth == len(parts) and not stat.S_ISREG(mode):
            return f"{place} is not a file"
    return ""


def _is_plain(root: Path, name: str) -> bool:
    obstacle = _obstacle(root, name)
    if obstacle:
        raise UserError(Problem(obstacle, str(root / name), hint="remove it"))
    return True


def _mode(path: Path) -> int | None:
    try:
        return os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UserError(Problem(f"cannot be read: {error.strerror or error}", str(path))) from None


def still_safe(root: Path, change: Change) -> bool:
    """Whether a planned change meets the folder as the plan saw it: no link on the way, the same bytes in place."""
    return not _obstacle(root, change.path) and _bytes(root / change.path) == change.before
