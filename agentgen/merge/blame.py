"""Where each line of a profile, or of a file rendered from it, came from.

    line  text                    origin
      12  ## Watering             variant garden:3, topics/watering
      13                          template
      14  - Check the pump        variant orchard:5, topics/watering
      15  - Call me first         hand

The lock knows where the lines of the merge's own profile came from. A line that stands there is blamed on the same
place; one that does not was written by a hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

import yaml

from agentgen.merge.model import Blamed
from agentgen.profile.body import ROLE, BodyLine, Part, line_map, walk
from agentgen.profile.lock import Lock, Origin
from agentgen.profile.model import CANONICAL_FIELDS, Profile
from agentgen.profile.recipe import OPENING
from agentgen.profile.store import load_profile
from agentgen.profile.yaml_read import compose
from agentgen.source import Source, encode, split_lines

HAND = Origin(1, "hand")
TEMPLATE = Origin(1, "template")
_KEY = re.compile(r"[\"']?([A-Za-z_][\w-]*)[\"']?\s*[:=]")


def blame_body(profile: Profile, lock: Lock, target: str | None = None) -> tuple[Blamed, ...]:
    """Every line of the body as it is rendered for a target (None: with the sections of all)."""
    memory = _Memory(profile, lock)
    return tuple(
        Blamed(line.line, line.text.removesuffix("\n"), memory.origin(line)) for line in line_map(profile, target)
    )


def blame_file(
    text: str, profile: Profile, lock: Lock, target: str | None = None, keys: Mapping[str, str] | None = None
) -> tuple[Blamed, ...]:
    """Every line of a rendered file. `keys` gives the canonical field of each key that the target spells otherwise."""
    lines = [line.removesuffix("\n") for line in split_lines(text)]
    body = blame_body(profile, lock, target)
    origins = _aligned([line.text for line in body], lines)
    start = next((index for index in sorted(origins) if lines[index].strip()), len(lines))
    found = []
    for index, line in enumerate(lines):
        origin = body[origins[index]].origin if index in origins else TEMPLATE
        found.append(Blamed(index + 1, line, _field_origin(line, lock, keys or {}) if index < start else origin))
    return tuple(found)


def blame_profile(source: Source, lock: Lock) -> tuple[Blamed, ...]:
    """Every line of `profile.yaml`. Comments are a hand's.

    Raises:
        UserError: the profile has mistakes.
    """
    memory = _Memory(load_profile(source), lock)
    root = compose(source)
    origins = dict(_entry_origins(root, memory)) if isinstance(root, yaml.MappingNode) else {}
    lines = [line.rstrip("\r\n") for line in split_lines(source.text)]
    return tuple(Blamed(number, line, origins.get(number, _other(line))) for number, line in enumerate(lines, start=1))


class _Memory:
    """The profile beside the one that the merge made: which lines are the same."""

    def __init__(self, profile: Profile, lock: Lock) -> None:
        base = load_profile(Source("base", encode(lock.base))) if lock.base else None
        self.lock = lock
        self.fields = profile.fields
        self.base_fields = base.fields if base else {}
        self._titles = _titles(profile)
        self._base_titles = _titles(base) if base else {}
        self._bodies = _bodies(profile)
        self._base_bodies = _bodies(base) if base else {}
        self._lines: dict[str, tuple[Origin, ...]] = {}

    def origin(self, line: BodyLine) -> Origin:
        """Of a line of the rendered body."""
        if line.part is Part.GAP:
            return TEMPLATE
        return self.heading(line.owner) if line.part is Part.HEADING else self.body(line.owner)[line.index]

    def heading(self, section: str) -> Origin:
        known = self._titles.get(section) == self._base_titles.get(section)
        return self.lock.headings.get(section, HAND) if known else HAND

    def is_known(self, section: str) -> bool:
        return section in self._base_bodies

    def field(self, key: str) -> Origin:
        known = self.fields.get(key) == self.base_fields.get(key)
        return self.lock.fields.get(key, HAND) if known else HAND

    def body(self, owner: str) -> tuple[Origin, ...]:
        """Of each line of a section's body, or of the role."""
        if owner not in self._lines:
            self._lines[owner] = tuple(self._body_origins(owner))
        return self._lines[owner]

    def _body_origins(self, owner: str) -> Iterator[Origin]:
        lines = self._bodies[owner].split("\n")
        former = owner if owner in self._base_bodies else self._former(lines)
        base = self._base_bodies.get(former, "").split("\n")
        known = _expanded(former, self.lock.origins.get(former, ()))
        places = _aligned(base, lines)
        for index, line in enumerate(lines):
            place = places.get(index)
            if place is not None and place < len(known):
                yield known[place]
            else:
                yield HAND if line.strip() else TEMPLATE

    def _former(self, lines: Sequence[str]) -> str:
        """The section of the merge's profile that shares most lines with one that a hand renamed or added."""
        shared = {owner: len({*lines} & {*body.split("\n")} - {""}) for owner, body in self._base_bodies.items()}
        return max(shared, key=lambda owner: shared[owner], default="")


def _aligned(base: Sequence[str], lines: Sequence[str]) -> dict[int, int]:
    """For each line that stands in the base: its index there."""
    blocks = SequenceMatcher(None, base, lines, autojunk=False).get_matching_blocks()
    return {block.b + offset: block.a + offset for block in blocks for offset in range(block.size)}


def _expanded(owner: str, runs: Sequence[Origin]) -> list[Origin]:
    """One origin a line, each with the decision that chose it."""
    topic = f"topics/{OPENING if owner == ROLE else owner}"
    return [
        run._replace(
            lines=1,
            source_line=None if run.source_line is None else run.source_line + index,
            decision=run.decision or (topic if run.kind != "template" else ""),
        )
        for run in runs
        for index in range(run.lines)
    ]


def _titles(profile: Profile) -> dict[str, str]:
    return {section.id: section.layout.heading or section.title for section in walk(profile.sections)}


def _bodies(profile: Profile) -> dict[str, str]:
    return {ROLE: profile.role, **{section.id: section.body for section in walk(profile.sections)}}


def _field_origin(line: str, lock: Lock, keys: Mapping[str, str]) -> Origin:
    match = _KEY.match(line)
    key = match[1] if match else ""
    return lock.fields.get(keys.get(key, key), TEMPLATE)


def _other(line: str) -> Origin:
    """Of a line of the profile's file that is no part of an entry."""
    return HAND if line.lstrip().startswith("#") and "yaml-language-server" not in line else TEMPLATE


def _entry_origins(node: yaml.MappingNode, memory: _Memory) -> Iterator[tuple[int, Origin]]:
    """Line numbers and origins of the entries of a mapping in the profile's file."""
    section = next((str(value.value) for key, value in node.value if key.value == "id"), "")
    for key, value in node.value:
        name = str(key.value)
        first = key.start_mark.line + 1
        if isinstance(value, yaml.ScalarNode) and name in ("role", "body"):
            yield first, TEMPLATE
            yield from _text_origins(value, first, memory.body(section or ROLE))
        elif name == "sections":
            yield first, TEMPLATE
            for child in value.value:
                yield from _entry_origins(child, memory)
        elif name == "extensions":
            yield first, TEMPLATE
            for tool, keys in value.value:
                yield from _extension_origins(str(tool.value), keys, memory)
        else:
            origin = _section_origin(name, section, memory) if section else _top_origin(name, memory)
            yield from ((line, origin) for line in range(first, max(_last_line(value), first) + 1))


def _extension_origins(tool: str, node: yaml.Node, memory: _Memory) -> Iterator[tuple[int, Origin]]:
    yield node.start_mark.line + 1, TEMPLATE
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        origin = memory.lock.fields.get(f"{tool}.{key.value}", HAND)
        yield from ((line, origin) for line in range(key.start_mark.line + 1, _last_line(value) + 1))


def _text_origins(value: yaml.ScalarNode, first: int, origins: Sequence[Origin]) -> Iterator[tuple[int, Origin]]:
    """A literal block starts below its key, any other text beside it."""
    start = first + 1 if value.style in ("|", ">") else first
    return ((start + index, origin) for index, origin in enumerate(origins))


def _section_origin(key: str, section: str, memory: _Memory) -> Origin:
    if key == "title":
        return memory.heading(section)
    return TEMPLATE._replace(kind="recipe", decision=f"topics/{section}") if memory.is_known(section) else HAND


def _top_origin(key: str, memory: _Memory) -> Origin:
    if key in CANONICAL_FIELDS:
        return memory.field(key)
    return Origin(1, "recipe", decision=key) if key in ("approvals", "prose") else TEMPLATE


def _last_line(node: yaml.Node) -> int:
    """The 1-based line that a value ends on."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _last_line(last[1] if isinstance(last, tuple) else last)
    in_block = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return int(node.end_mark.line) + (0 if in_block else 1)
