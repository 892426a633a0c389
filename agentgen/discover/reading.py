"""Which files are agent files, and what they say: by path where a tool looks for them, else by content.

A file in a tool's own folder is an agent if the tool would take it for one. Elsewhere it needs frontmatter that says
what the agent is for, and a name or a folder that agents are kept in. Data files count only under a key that a tool
keeps prompts in.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePath

from agentgen.discover.model import Agent, LeftOut
from agentgen.discover.traces import trace
from agentgen.discover.walk import Walked
from agentgen.document.frontmatter import read_frontmatter
from agentgen.document.lines import Lines
from agentgen.errors import UserError
from agentgen.render.naming import named_by_file
from agentgen.render.recognise import recognise
from agentgen.render.spec import Format, Target
from agentgen.render.targets import Targets
from agentgen.render.unpack import unpack
from agentgen.source import BOM, Source, digest, read_source, to_lf

_MARKDOWN = frozenset({".md", ".mdc", ".markdown", ".txt"})
_DATA = frozenset({".toml", ".json", ".yaml", ".yml"})
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 5

Read = list[Agent | LeftOut]


class Reader:
    """Reads files as agents of the targets given. Can be sent to another process."""

    def __init__(self, targets: Targets, here: str) -> None:
        """`here` is the folder that paths are shown from."""
        self._targets = targets
        self._here = here
        self._folders = {
            PurePath(target.path).parent.name for target in targets if PurePath(target.path).stem == "{name}"
        } - {""}
        self._names = {PurePath(path).name for target in targets for path in target.marks.paths}
        self._prompts = tuple({target.body.key.encode() for target in targets if target.body.key})
        self._descriptions, self._named = (_keys(targets, field) for field in ("description", "name"))

    def wanted(self, path: str) -> bool:
        """Whether a file could be an agent file, from its name alone."""
        name = os.path.basename(path)  # noqa: PTH119
        return os.path.splitext(name)[1].lower() in _MARKDOWN | _DATA or name in self._names  # noqa: PTH122

    def read(self, file: Walked) -> Read:
        """The agents in a file; empty for a file that is none."""
        try:
            source = read_source(Path(file.place), self.shown(file.place))
            return list(self._agents(file, source))
        except UserError as error:
            return [LeftOut(file.place, error.problems[0].message)]

    def shown(self, place: str) -> str:
        """A path from the folder that paths are shown from, where it lies below it."""
        prefix = self._here + os.sep
        return place.removeprefix(prefix) if place.startswith(prefix) else place

    def _agents(self, file: Walked, source: Source) -> Iterator[Agent | LeftOut]:
        by_path = next((name for path in (file.place, *file.links) if (name := self._by_path(path))), None)
        target = self._targets[by_path] if by_path else None
        if target is not None and target.format is Format.PLAIN:
            return  # instructions for whoever works in a folder, not an agent
        fenced = source.text.removeprefix(BOM).startswith("---")
        data = os.path.splitext(file.place)[1].lower() in _DATA  # noqa: PTH122
        if not fenced and (data or (target is not None and target.shared is not None)):
            yield from self._unpacked(file, source, target)
        else:
            yield from self._markdown(file, source, target)

    def _by_path(self, path: str) -> str | None:
        return recognise(path, {}, self._targets)

    def _unpacked(self, file: Walked, source: Source, target: Target | None) -> Iterator[Agent]:
        """The agents of a file that is no Markdown."""
        if target is None and not file.named and not any(key in source.raw for key in self._prompts):
            return
        try:
            found = unpack(source, self._targets, target.name if target else None)
        except UserError:
            if target is None:
                return  # some other data file
            raise
        if found is None:
            return
        owner = self._targets[found.target]
        for agent in found.agents:
            if target is None and not file.named and not _text(agent.values, owner, "description"):
                continue
            if len(_WORD.findall(agent.body)) >= _LEAST_WORDS:
                yield self._agent(
                    file, source, owner, agent.values, agent.body, name=agent.name, shared=len(found.agents) > 1
                )

    def _markdown(self, file: Walked, source: Source, target: Target | None) -> Iterator[Agent]:
        frontmatter, _ = read_frontmatter(Lines(source))
        values = frontmatter.values
        body = source.text[frontmatter.span.end :]
        if not file.named and not self._is_agent(file, values, body, target):
            return
        tool = recognise(file.place, values, self._targets) if target is None else target.name
        yield self._agent(file, source, self._targets[tool] if tool else None, values, body)

    def _is_agent(self, file: Walked, values: Mapping[str, object], body: str, target: Target | None) -> bool:
        if len(_WORD.findall(body, 0, 400)) < _LEAST_WORDS:
            return False
        if target is not None:
            return bool(values) or target.reading.bare
        if not any(values.get(key) for key in self._descriptions):
            return False
        named = PurePath(file.place).parent.name in self._folders or any(values.get(key) for key in self._named)
        return named and recognise(file.place, values, self._targets) is not None

    def _agent(
        self,
        file: Walked,
        source: Source,
        target: Target | None,
        values: Mapping[str, object],
        body: str,
        *,
        name: str = "",
        shared: bool = False,
    ) -> Agent:
        text = to_lf(body)
        named = name or _text(values, target, "name") or named_by_file(file.place, self._targets)
        description = _text(values, target, "description")
        name_key = (target.fields["name"].key if target else None) or "name"
        others = {str(key): value for key, value in values.items() if key != name_key}
        return Agent(
            path=self.shown(file.place),
            place=file.place,
            name=" ".join(named.split()),
            description=" ".join(description.split()),
            tool=target.name if target else None,
            digest=digest(source.raw) if not shared else digest(json.dumps([named, text]).encode()),
            fields=json.dumps(others, sort_keys=True, default=str),
            words=len(_WORD.findall(text)),
            trace=trace(text),
            links=tuple(map(self.shown, file.links)),
            shared=shared,
        )


def _keys(targets: Targets, field: str) -> frozenset[str]:
    """Every key that some tool keeps a field under."""
    specs = [target.fields[field] for target in targets]
    return frozenset(key for spec in specs for key in (spec.key, *spec.also_read) if key)


def _text(values: Mapping[str, object], target: Target | None, field: str) -> str:
    """The text of a field under the target's key for it, or under the field's own name; empty where there is none."""
    spec = target.fields[field] if target else None
    keys = (spec.key, *spec.also_read, field) if spec else (field,)
    return next((str(values[key]) for key in keys if key and values.get(key)), "")
