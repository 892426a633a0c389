"""Agent files that are no Markdown, and files that hold several agents, read for `import` and `convert`.

    name = "reviewer"                      ---
    developer_instructions = "You …"  ->   name: reviewer
                                           ---
                                           You …

Each agent comes out as the tool's own keys and its prompt, and can be written as the Markdown file that a variant is.
Markdown with frontmatter needs none of this.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePath
from typing import NamedTuple

import yaml

from agentgen.errors import Problem, UserError
from agentgen.profile.yaml_loader import load_values
from agentgen.render.formats import yaml_block
from agentgen.render.recognise import recognise
from agentgen.render.spec import Format, Target
from agentgen.render.splice import marked_parts
from agentgen.render.targets import Targets
from agentgen.source import BOM, Source, to_lf

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_FORMATS = {".toml": Format.TOML, ".json": Format.JSON, ".yaml": Format.YAML, ".yml": Format.YAML}


class Agent(NamedTuple):
    """One agent of a file: the tool's own keys without the prompt, and the prompt."""

    name: str
    values: Mapping[str, object]
    body: str

    @property
    def markdown(self) -> str:
        """The agent as Markdown with frontmatter, LF line ends; the body stands right behind the frontmatter."""
        return f"---\n{yaml_block(self.values)}---\n{self.body}"


class Unpacked(NamedTuple):
    """The agents of one file, and the target that it was written for."""

    target: str
    agents: tuple[Agent, ...]


def unpack(source: Source, targets: Targets, tool: str | None = None) -> Unpacked | None:
    """The agents in a file of another format than Markdown; None where the file is Markdown.

    `tool` names the target; without it path and content tell.

    Raises:
        UserError: the file cannot be parsed (with line and column), no target fits, or it holds no agent.
    """
    given = targets[tool] if tool else None
    form = _format(source, given, targets)
    if form is None:
        return None
    data = _plain(_PARSERS[form](source))
    entries = list(_entries(data, given, targets))
    target = given or _recognised(source, entries, targets)
    agents = tuple(_agent(entry, source, target) for entry in entries)
    if not agents:
        raise UserError(Problem("there is no agent in it", source.path, hint=f"{target.title} keeps agents elsewhere"))
    return Unpacked(target.name, agents)


def unpack_marked(source: Source, targets: Targets, tool: str | None = None) -> Unpacked | None:
    """The agents between marks in a Markdown file that is shared with others; None where there are no marks."""
    parts = [Agent(name, {"name": name}, to_lf(text)) for name, text in marked_parts(source.text)]
    name = (tool or recognise(source.path, {}, targets)) if parts else None
    target = targets[name] if name else None
    if target is None or target.shared is None or target.shared.list is not None:
        return None
    return Unpacked(target.name, tuple(parts))


def _format(source: Source, given: Target | None, targets: Targets) -> Format | None:
    name = recognise(source.path, {}, targets)
    target = given or (targets[name] if name else None)
    if target is not None and target.format in _PARSERS:
        return target.format
    if source.text.removeprefix(BOM).startswith("---"):
        return None  # frontmatter, whatever the file's name says
    return _FORMATS.get(PurePath(source.path).suffix.lower())


def _recognised(source: Source, entries: list[Mapping[str, object]], targets: Targets) -> Target:
    name = recognise(source.path, entries[0] if entries else {}, targets)
    if name is None:
        raise UserError(Problem("it is not clear which tool this file is for", source.path, hint="name it with --from"))
    return targets[name]


def _entries(data: object, given: Target | None, targets: Targets) -> Iterator[Mapping[str, object]]:
    """The mappings that are agents: the file's own, or those of a list that some target keeps."""
    if not isinstance(data, Mapping):
        return
    for target in (given,) if given else targets:
        if target.shared and target.shared.list and isinstance(data.get(target.shared.list), list):
            yield from (entry for entry in data[target.shared.list] if isinstance(entry, Mapping))
            return
    yield data


def _agent(entry: Mapping[str, object], source: Source, target: Target) -> Agent:
    name_key = target.fields["name"].key or "name"
    values = {str(key): value for key, value in entry.items() if key != target.body.key}
    body = entry.get(target.body.key or "", "")
    if not isinstance(body, str):
        raise UserError(Problem(f"{target.body.key} is no text", source.path, hint="put the prompt in quotes"))
    return Agent(str(entry.get(name_key, PurePath(source.path).stem)), values, to_lf(body))


def _plain(value: object) -> object:
    """Values that YAML can hold as they are: dates and the like become text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    return value if value is None or isinstance(value, (str, bool, int, float)) else str(value)


def _parse_toml(source: Source) -> object:
    try:
        return tomllib.loads(source.text.removeprefix(BOM))
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (1, 1)
        raise _wrong(source, "TOML", _PLACE.sub("", str(error)), line, column) from None
    except (ValueError, RecursionError) as error:
        raise _unreadable(source, "TOML", error) from None


def _parse_json(source: Source) -> object:
    try:
        return json.loads(source.text.removeprefix(BOM))
    except json.JSONDecodeError as error:
        raise _wrong(source, "JSON", error.msg, error.lineno, error.colno) from None
    except (ValueError, RecursionError) as error:
        raise _unreadable(source, "JSON", error) from None


def _parse_yaml(source: Source) -> object:
    try:
        return load_values(source.text.removeprefix(BOM))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _wrong(source, "YAML", str(error.problem), line, column) from None
    except (yaml.YAMLError, ValueError) as error:
        raise _wrong(source, "YAML", " ".join(str(error).split()), 1, 1) from None


def _unreadable(source: Source, form: str, error: Exception) -> UserError:
    """What is well formed, and more than the parser takes: brackets in brackets, a number of thousands of digits."""
    what = "it is nested too deeply" if isinstance(error, RecursionError) else "a number has too many digits"
    return UserError(
        Problem(f"this cannot be read as {form}: {what}", source.path, hint="an agent needs no such value")
    )


def _wrong(source: Source, form: str, what: str, line: int, column: int) -> UserError:
    return UserError(Problem(f"this is not valid {form}: {what.strip()}", source.path, line, column, "mend this place"))


_PARSERS: dict[Format, Callable[[Source], object]] = {
    Format.TOML: _parse_toml,
    Format.JSON: _parse_json,
    Format.YAML: _parse_yaml,
}
