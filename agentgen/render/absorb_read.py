"""A rendered file taken apart again: the tool's keys with their values, the body, and the line that the body starts on.

Nothing is repaired here: what a hand wrote in another form than the template's could not be rendered again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import yaml

from agentgen.errors import Problem
from agentgen.profile.body import render_body
from agentgen.profile.model import Profile
from agentgen.profile.yaml_loader import load_values
from agentgen.render.prose_names import with_names
from agentgen.render.spec import Format, Loader, Target
from agentgen.render.targets import Targets
from agentgen.render.unpack import unpack
from agentgen.source import Source, encode, split_lines

_FENCE = "---\n"


class Parts(NamedTuple):
    """What a file holds. `line` is the 1-based line that the body starts on; None where it stands inside a value."""

    values: Mapping[str, object]
    body: str
    line: int | None


class CannotReadError(Exception):
    """The file has not the form of a rendered one; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def read_parts(text: str, base: str, profile: Profile, target: Target, targets: Targets, path: str) -> Parts:
    """The parts of a file that was rendered from a profile (`base`) and may have been edited since (`text`).

    Raises:
        CannotReadError: it cannot be taken apart, with the place.
        UserError: it is no valid TOML, JSON or YAML.
    """
    if target.format is Format.PLAIN:
        return _plain(
            text, base, with_names(profile, render_body(profile, target.name), target, targets.vocabulary), path
        )
    if target.format is Format.MARKDOWN:
        return _markdown(text, target, path)
    found = unpack(Source(path, encode(text)), targets, target.name)
    if found is None or len(found.agents) != 1:
        raise CannotReadError(Problem("it is not the file of one agent any more", path, 1, hint=_UNDO))
    return Parts(found.agents[0].values, found.agents[0].body, None)


_UNDO = "undo this edit, and make it in profile.yaml"


def _markdown(text: str, target: Target, path: str) -> Parts:
    lines = split_lines(text)
    end = next((index for index, line in enumerate(lines[1:], start=1) if line == _FENCE), None)
    if not lines or lines[0] != _FENCE or end is None:
        raise CannotReadError(Problem("the lines `---` around the frontmatter are not there", path, 1, hint=_UNDO))
    block, body = "".join(lines[1:end]), "".join(lines[end + 1 :])
    values = _raw_lines(block) if target.loader is Loader.RAW_LINES else _yaml(block, path)
    return Parts(values, body, end + 2)


def _raw_lines(block: str) -> dict[str, object]:
    pairs = (line.partition(":")[::2] for line in block.split("\n") if line.strip())
    return {key.strip(): value.strip() for key, value in pairs}


def _yaml(block: str, path: str) -> Mapping[str, object]:
    try:
        values = load_values(block)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 2
        what = " ".join(str(getattr(error, "problem", error)).split())
        raise CannotReadError(Problem(f"the frontmatter is not valid YAML: {what}", path, line, hint=_UNDO)) from None
    if values is not None and not isinstance(values, Mapping):
        raise CannotReadError(Problem("the frontmatter holds no keys and values", path, 2, hint=_UNDO))
    return {str(key): value for key, value in (values or {}).items()}


def _plain(text: str, base: str, body: str, path: str) -> Parts:
    """A file of text alone: what the template put around the body must still be there."""
    kept = body if body in base else body.removeprefix("\n")
    before, _, after = base.partition(kept)
    if not text.startswith(before) or not text[len(before) :].endswith(after):
        raise CannotReadError(Problem("what the template wrote around the body was edited", path, 1, hint=_UNDO))
    return Parts({}, text[len(before) : len(text) - len(after)], before.count("\n") + 1)
