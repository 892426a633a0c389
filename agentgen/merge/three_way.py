"""Hands and upstream: a profile that was edited by hand, and the one that the merge makes now.

The base is what the last merge made. What one side changed applies; what both changed alike is no question; where they
clash, the hand's side holds and the clash is reported: one for each section.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from agentgen.merge.sequences import merge_order
from agentgen.merge.units import Clash, merge_bodies
from agentgen.profile.body import ROLE
from agentgen.profile.lock import HandConflict
from agentgen.profile.model import CANONICAL_FIELDS, Profile, ProfileSection

Settled = Mapping[str, frozenset[str]]
"""By place (`sections/<id>`, `role`, `keys/<key>`): the words of statements for which upstream was chosen already."""

WHOLE = "*"
"""Among settled words: the section or the value itself."""

SECTION = "sections/"
FIELD = "keys/"
"""What the place of a conflict starts with; `role` is the third kind of place."""

_RENAMED = 60.0
"""How alike (0 to 100) two bodies must be for a section with another id to be the same one."""


class Placed(NamedTuple):
    """A section without its children, and where it stands."""

    section: ProfileSection
    parent: str | None


def merge_profiles(
    base: Profile, mine: Profile, theirs: Profile, settled: Settled | None = None
) -> tuple[Profile, tuple[HandConflict, ...]]:
    """The profile with the changes of both sides, and what they disagree about. Mine holds meanwhile."""
    if not settled:
        if mine in (base, theirs):
            return theirs, ()
        if theirs == base:
            return mine, ()
    merger = _Merger(base, mine, theirs, settled or {})
    return merger.run(), tuple(merger.conflicts)


@dataclass(slots=True)
class _Merger:
    base: Profile
    mine: Profile
    theirs: Profile
    settled: Settled
    conflicts: list[HandConflict] = field(default_factory=list)

    def run(self) -> Profile:
        fields = self._fields()
        role = self._body(ROLE, self.base.role, self.mine.role, self.theirs.role)
        return Profile(
            fields=fields,
            role=role,
            role_layout=_choose(self.base.role_layout, self.mine.role_layout, self.theirs.role_layout),
            sections=self._sections(),
            extensions=self._extensions(),
            approvals=_choose(self.base.approvals, self.mine.approvals, self.theirs.approvals),
            prose=_choose(self.base.prose, self.mine.prose, self.theirs.prose),
        )

    # -- fields ------------------------------------------------------------------------------------------------

    def _fields(self) -> dict[str, object]:
        sides = (self.base.fields, self.mine.fields, self.theirs.fields)
        values = {key: self._value(FIELD + key, *(side.get(key) for side in sides)) for key in CANONICAL_FIELDS}
        return {key: value for key, value in values.items() if value is not None}

    def _extensions(self) -> dict[str, dict[str, object]]:
        sides = [side.extensions for side in (self.base, self.mine, self.theirs)]
        result: dict[str, dict[str, object]] = {}
        for tool in dict.fromkeys(tool for side in (sides[2], sides[1]) for tool in side):
            keys = dict.fromkeys(key for side in (sides[2], sides[1]) for key in side.get(tool, {}))
            for key in keys:
                value = self._value(f"{FIELD}{tool}.{key}", *(side.get(tool, {}).get(key) for side in sides))
                if value is not None:
                    result.setdefault(tool, {})[key] = value
        return result

    def _value(self, key: str, base: Any, mine: Any, theirs: Any) -> Any:
        if mine in (base, theirs) or WHOLE in self.settled.get(key, ()):
            return theirs
        if theirs == base:
            return mine
        if isinstance(mine, tuple) and isinstance(theirs, tuple):
            return _merge_list(base or (), mine, theirs)
        self.conflicts.append(HandConflict(key, _shown(base), _shown(mine), _shown(theirs)))
        return mine

    # -- sections ----------------------------------------------------------------------------------------------

    def _sections(self) -> tuple[ProfileSection, ...]:
        base, theirs = _placed(self.base.sections), _placed(self.theirs.sections)
        mine, names = _renamed(base, _placed(self.mine.sections), theirs)
        kept: dict[str, Placed] = {}
        for key in _keys(base, mine, theirs):
            placed = self._section(key, base.get(key), mine.get(key), theirs.get(key))
            if placed is not None:
                kept[key] = placed
        order = merge_order(list(base), list(mine), list(theirs), kept.keys())
        return _tree([(key, kept[key]) for key in order], names)

    def _section(self, key: str, base: Placed | None, mine: Placed | None, theirs: Placed | None) -> Placed | None:
        if WHOLE in self.settled.get(SECTION + key, ()):
            return theirs
        if mine is None or theirs is None:
            return self._one_sided(key, base, mine, theirs)
        old = base.section if base else ProfileSection(key, "")
        body = self._body(SECTION + key, old.body, mine.section.body, theirs.section.body)
        values = {
            name: _choose(getattr(old, name), getattr(mine.section, name), getattr(theirs.section, name))
            for name in ("title", "origins", "targets", "layout")
        }
        parent = _choose(base.parent if base else None, mine.parent, theirs.parent)
        return Placed(replace(theirs.section, id=mine.section.id, body=body, **values), parent)

    def _one_sided(self, key: str, base: Placed | None, mine: Placed | None, theirs: Placed | None) -> Placed | None:
        """A section that one side (or both) does not have: added by the other, or removed by this one."""
        there = mine or theirs
        if base is None or there is None:
            return there
        if _says(there) == _says(base):
            return None
        self.conflicts.append(HandConflict(SECTION + key, _text(base), _text(mine), _text(theirs)))
        return mine

    def _body(self, key: str, base: str, mine: str, theirs: str) -> str:
        merged = merge_bodies(base, mine, theirs, self.settled.get(key, frozenset()))
        if merged.clashes:
            self.conflicts.append(_conflict(key, merged.clashes))
        return merged.text


def _choose(base: Any, mine: Any, theirs: Any) -> Any:
    """What one side changed; mine where both did."""
    return theirs if mine == base else mine


def _merge_list(base: Sequence[Any], mine: Sequence[Any], theirs: Sequence[Any]) -> tuple[Any, ...]:
    kept = {entry for entry in (*mine, *theirs) if entry not in base or (entry in mine and entry in theirs)}
    return tuple(merge_order(base, mine, theirs, kept))


def _placed(sections: Sequence[ProfileSection], parent: str | None = None) -> dict[str, Placed]:
    """All sections by id, parents before their children."""
    result: dict[str, Placed] = {}
    for section in sections:
        result[section.id] = Placed(replace(section, sections=()), parent)
        result.update(_placed(section.sections, section.id))
    return result


def _keys(*sides: Mapping[str, Placed]) -> list[str]:
    return list(dict.fromkeys(key for side in sides for key in side))


def _renamed(
    base: Mapping[str, Placed], mine: Mapping[str, Placed], theirs: Mapping[str, Placed]
) -> tuple[dict[str, Placed], dict[str, str]]:
    """My sections under the ids that they had before a hand gave them others; and the ids to give back to them."""
    lost = [key for key in base if key not in mine]
    names: dict[str, str] = {}
    for key in mine:
        former = None if key in base or key in theirs else _former(mine[key], {old: base[old] for old in lost})
        if former is not None:
            lost.remove(former)
            names[former] = key
    old_names = {new: old for old, new in names.items()}
    result = {
        old_names.get(key, key): Placed(placed.section, old_names.get(placed.parent or "", placed.parent))
        for key, placed in mine.items()
    }
    return result, names


def _former(placed: Placed, lost: Mapping[str, Placed]) -> str | None:
    """The lost section whose text is most like this one's."""
    from rapidfuzz import fuzz  # only where a section appeared and another is gone

    scores = {key: fuzz.ratio(placed.section.body, old.section.body) for key, old in lost.items() if old.section.body}
    best = max(scores, key=lambda key: scores[key], default=None)
    return best if best is not None and scores[best] >= _RENAMED else None


def _tree(order: Sequence[tuple[str, Placed]], names: Mapping[str, str]) -> tuple[ProfileSection, ...]:
    """Sections below their parents; one whose parent is gone moves up to the top."""
    present = {key for key, _ in order}
    children: dict[str | None, list[tuple[str, Placed]]] = {}
    for key, placed in order:
        parent = placed.parent if placed.parent in present and not _below(placed.parent, key, dict(order)) else None
        children.setdefault(parent, []).append((key, placed))

    def build(parent: str | None) -> tuple[ProfileSection, ...]:
        return tuple(
            replace(placed.section, id=names.get(key, key), sections=build(key))
            for key, placed in children.get(parent, ())
        )

    return build(None)


def _below(key: str | None, ancestor: str, placed: Mapping[str, Placed]) -> bool:
    """True where `key` stands below `ancestor` (or is it)."""
    seen: set[str] = set()
    while key is not None and key in placed and key not in seen:
        if key == ancestor:
            return True
        seen.add(key)
        key = placed[key].parent
    return False


def _says(placed: Placed) -> tuple[str, str, tuple[str, ...]]:
    return placed.section.title, placed.section.body, placed.section.targets


def _text(placed: Placed | None) -> str | None:
    return None if placed is None else f"{placed.section.title}\n\n{placed.section.body}".rstrip()


def _shown(value: object) -> str | None:
    if isinstance(value, (tuple, list)):
        return ", ".join(map(str, value))
    return None if value is None else str(value)


def _conflict(key: str, clashes: Sequence[Clash]) -> HandConflict:
    def joined(side: str) -> str | None:
        texts = [text for clash in clashes if (text := getattr(clash, side)) is not None]
        return "\n".join(texts) if texts else None

    return HandConflict(key, joined("base"), joined("mine"), joined("theirs"))
