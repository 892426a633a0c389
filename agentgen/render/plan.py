"""What rendering would do to a folder, decided before anything is touched.

A file is overwritten or removed only if the manifest lists it and nobody edited it since. A file that was edited,
stands behind a link or was never ours is refused, with the commands that settle it. Of a file that others write to as
well only our own parts count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from agentgen.errors import Problem, UserError
from agentgen.render.clashes import check_clashes
from agentgen.render.journal import settle
from agentgen.render.manifest import Written, is_inside, manifest_bytes, read_manifest
from agentgen.render.model import Action, Change, Plan, Rendering, SharedPart
from agentgen.render.places import bytes_at, check_root, obstacle, read_plain
from agentgen.render.splice import CannotSpliceError, own_part, part_of, put_part, take_part
from agentgen.source import decode, digest, encode

MANIFEST = "manifest.json"
INSTALLED = ".agentgen-installed.json"
_NOT_OURS = "it was not written by agentgen; move it away, or overwrite it with --force"
_EDITED_LEFT = "it is no longer rendered, but was edited by hand: remove it yourself"
_PART = "#"


class Wish(NamedTuple):
    """A file, or a part of one, that should stand below the root: where, with which text, and for whom."""

    path: str
    text: str
    profile: str
    target: str
    shared: SharedPart | None = None

    @property
    def key(self) -> str:
        """Its name in the manifest."""
        return f"{self.path}{_PART}{self.profile}" if self.shared else self.path

    def written(self) -> Written:
        place = (self.shared.list, self.shared.key) if self.shared else ()
        return Written(digest(encode(self.text)), self.profile, self.target, *place)


@dataclass(frozen=True, slots=True)
class _Planned:
    """A change, and what the manifest says afterwards: entries that are new, and (None) those that go."""

    change: Change
    notes: Mapping[str, Written | None] = field(default_factory=dict)


def plan_dist(renderings: Sequence[Rendering], root: Path, *, whole: Collection[str] = (), force: bool = False) -> Plan:
    """The plan for `dist/`: a folder a target. Blocked renderings are left out, and their old files stay.

    `whole` names targets for which every profile is rendered: what else the manifest lists for them goes. `force`
    overwrites files that were edited by hand.

    Raises:
        UserError: the folder's manifest cannot be read, or the folder is a link.
    """
    wishes = [_wish(rendering, f"{rendering.target}/{rendering.path}") for rendering in renderings]
    return _Planner(root, MANIFEST, force=force).plan(wishes, renderings, whole)


def plan_install(renderings: Sequence[Rendering], root: Path, *, force: bool = False) -> Plan:
    """The plan for a project's own folder: each file at the path where its tool looks for it.

    Raises:
        UserError: two targets write different files to one path, or as for `plan_dist`.
    """
    wishes = [_wish(rendering, rendering.path) for rendering in renderings]
    return _Planner(root, INSTALLED, force=force).plan(wishes, renderings, ())


def _wish(rendering: Rendering, path: str) -> Wish | None:
    if rendering.blocked:
        return None
    text = part_of(rendering.text, rendering.shared) if rendering.shared else rendering.text
    return Wish(path, text, rendering.profile, rendering.target, rendering.shared)


class _Planner:
    """Looks at one root folder and its manifest."""

    def __init__(self, root: Path, manifest_name: str, *, force: bool) -> None:
        check_root(root)
        settle(root)
        self.root = root
        self.force = force
        self.manifest_name = manifest_name
        self.manifest_raw = read_plain(root, manifest_name)
        self.known = read_manifest(self.manifest_raw, str(root / manifest_name))

    def plan(self, wishes: Sequence[Wish | None], renderings: Sequence[Rendering], whole: Collection[str]) -> Plan:
        wanted = [wish for wish in wishes if wish is not None]
        _check_clashes(wanted)
        left = list(_left_over(self.known, {wish.key for wish in wanted}, renderings, whole))
        shared = [wish for wish in wanted if wish.shared]
        paths = sorted({wish.path for wish in shared} | {key.partition(_PART)[0] for key in left if _PART in key})
        planned = [self._change(wish) for wish in {wish.path: wish for wish in wanted if not wish.shared}.values()]
        planned += [self._removal(key) for key in left if _PART not in key]
        planned += [self._shared_change(path, shared, left) for path in paths]
        planned.sort(key=lambda each: each.change.path)
        return Plan(str(self.root), tuple(each.change for each in planned), self._manifest_change(planned))

    def _change(self, wish: Wish) -> _Planned:
        path, after = wish.path, encode(wish.text)
        found = obstacle(self.root, path)
        if found:
            return _Planned(Change(path, Action.REFUSE, None, after, found))
        before = bytes_at(self.root / path)
        if before is not None and before != after and not self._may_replace(wish.key, before):
            reason = self._edited(wish) if wish.key in self.known else _NOT_OURS
            return _Planned(Change(path, Action.REFUSE, before, after, reason))
        return _Planned(Change(path, _action(before, after), before, after), {wish.key: wish.written()})

    def _may_replace(self, key: str, raw: bytes) -> bool:
        known = self.known.get(key)
        return self.force or (known is not None and known.digest == digest(raw))

    def _edited(self, wish: Wish) -> str:
        adopt = f"`agentgen absorb {self.root / wish.path}` takes the edit over into the profile"
        return f"it was edited by hand since it was rendered; {adopt}, the same command with --force discards it"

    def _removal(self, path: str) -> _Planned:
        found = obstacle(self.root, path)
        before = None if found else bytes_at(self.root / path)
        edited = before is not None and digest(before) != self.known[path].digest
        if found or edited:
            return _Planned(Change(path, Action.REFUSE, before, None, found or _EDITED_LEFT))
        action = Action.REMOVE if before is not None else Action.UNCHANGED
        return _Planned(Change(path, action, before, None), {path: None})

    def _shared_change(self, path: str, wishes: Sequence[Wish], left: Sequence[str]) -> _Planned:
        """The file with all our parts in their new form; the whole file is refused where one part cannot be placed."""
        found = obstacle(self.root, path)
        before = None if found else bytes_at(self.root / path)
        if found:
            return _Planned(Change(path, Action.REFUSE, None, None, found))
        ours = [wish for wish in wishes if wish.path == path]
        gone = [key for key in left if key.partition(_PART)[0] == path]
        try:
            text = self._spliced(decode(before or b""), ours, gone)
        except CannotSpliceError as error:
            return _Planned(Change(path, Action.REFUSE, before, None, str(error)))
        after = encode(text) if text.strip() else None
        notes: dict[str, Written | None] = {wish.key: wish.written() for wish in ours}
        return _Planned(Change(path, _action(before, after), before, after), {**dict.fromkeys(gone), **notes})

    def _spliced(self, text: str, ours: Sequence[Wish], gone: Sequence[str]) -> str:
        for key in gone:
            known = self.known[key]
            place = SharedPart(key.partition(_PART)[2], known.list, known.key)
            current = own_part(text, place)
            if current is not None and self._may_replace(key, encode(current)):
                text = take_part(text, place)
        for wish in ours:
            text = self._with_part(text, wish, wish.shared or SharedPart(wish.profile))
        return text

    def _with_part(self, text: str, wish: Wish, place: SharedPart) -> str:
        current = own_part(text, place)
        if current is not None and current != wish.text and not self._may_replace(wish.key, encode(current)):
            raise CannotSpliceError(self._edited(wish) if wish.key in self.known else _NOT_OURS)
        return put_part(text, place, wish.text)

    def _manifest_change(self, planned: Sequence[_Planned]) -> Change:
        files = dict(self.known)
        for each in planned:
            for key, written in each.notes.items():
                if written is None:
                    files.pop(key, None)
                else:
                    files[key] = written
        after = manifest_bytes(files)
        return Change(self.manifest_name, _action(self.manifest_raw, after), self.manifest_raw, after)


def _action(before: bytes | None, after: bytes | None) -> Action:
    if before == after:
        return Action.UNCHANGED
    if before is None:
        return Action.CREATE
    return Action.UPDATE if after is not None else Action.REMOVE


def _check_clashes(wishes: Sequence[Wish]) -> None:
    outside = next((wish for wish in wishes if not is_inside(wish.path)), None)
    if outside:
        raise UserError(Problem(f"{outside.target} writes outside the folder: {outside.path}", hint="mend its `path`"))
    check_clashes(wishes)


def _left_over(
    known: Mapping[str, Written], wanted: Collection[str], renderings: Sequence[Rendering], whole: Collection[str]
) -> Iterator[str]:
    """Manifest entries of earlier runs that this one no longer writes."""
    written = {(rendering.profile, rendering.target) for rendering in renderings if not rendering.blocked}
    blocked = {(rendering.profile, rendering.target) for rendering in renderings if rendering.blocked}
    for key, entry in known.items():
        pair = (entry.profile, entry.target)
        if key not in wanted and pair not in blocked and (pair in written or entry.target in whole):
            yield key
