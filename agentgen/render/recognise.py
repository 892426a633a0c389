"""Which tool an agent file was written for, from its path and its frontmatter.

A path below a tool's own folder says it at once. Otherwise each target weighs what it sees: keys and values that only
it has count much, keys and tools that it knows count little, what it does not know counts against it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import PurePath

from agentgen.render.spec import Form, Format, Target, ToolStyle
from agentgen.render.targets import Targets
from agentgen.render.toolnames import to_canonical
from agentgen.render.vocabulary import Vocabulary
from agentgen.toolrefs import ToolRef, parse_tools

_MARK = 6
_KNOWN = 1
_STRANGE = -1
_WRONG_TYPE = -5
_SUFFIXES = {Format.TOML: (".toml",), Format.JSON: (".json",), Format.YAML: (".yaml", ".yml")}


def recognise(path: str, values: Mapping[str, object], targets: Targets) -> str | None:
    """The name of the target that the file was written for; None where nothing speaks for one.

    `path` may be any path, `values` the frontmatter's keys and values.
    """
    place = PurePath(path).as_posix().removeprefix("./")
    for target in targets:
        if any(_matches(place, pattern) for pattern in target.marks.paths):
            return target.name
    if not values:
        return None
    suffix = PurePath(path).suffix.lower()
    scores = [(weigh(values, target, targets.vocabulary), target) for target in targets if _could_be(suffix, target)]
    best = max((score for score, _ in scores), default=0)
    if best <= 0:
        return None
    return next(target.name for score, target in scores if score == best)


def weigh(values: Mapping[str, object], target: Target, vocabulary: Vocabulary) -> int:
    """How well the frontmatter fits the target; 0 for none."""
    known = {key: name for name, spec in target.fields.items() for key in (spec.key, *spec.also_read) if key}
    more = {
        target.body.key,
        *target.extra_keys,
        *target.constants,
        *target.dead_keys,
        *(limit.key for limit in target.limits),
    }
    score = sum(_MARK for key in target.marks.keys if key in values)
    score += sum(_MARK for key, marked in target.marks.values.items() if values.get(key) in marked)
    for key, value in values.items():
        if key in known:
            score += _KNOWN + _weigh_value(known[key], value, target, vocabulary)
        elif key not in more:
            score += _STRANGE
    return score


def _weigh_value(name: str, value: object, target: Target, vocabulary: Vocabulary) -> int:
    spec = target.fields[name]
    if name in ("tools", "disallowed_tools"):
        return _weigh_tools(value, target, vocabulary)
    if name == "mcp_servers":
        wanted: tuple[type, ...] = {Form.SERVER_MAP: (dict,), Form.SERVER_LIST: (list,)}.get(spec.form, (str, list))
        return 0 if isinstance(value, wanted) else _WRONG_TYPE
    if name == "model" and isinstance(value, str):
        return _weigh_model(value, target)
    closed = spec.values and not spec.open
    return _STRANGE if closed and str(value) not in spec.values else 0


def _weigh_tools(value: object, target: Target, vocabulary: Vocabulary) -> int:
    if target.tools.style is ToolStyle.PERMISSIONS:
        return 0 if isinstance(value, Mapping) else _WRONG_TYPE
    if isinstance(value, Mapping):
        return _WRONG_TYPE
    refs = [ref for ref in parse_tools(value) if not ref.mcp]
    marks = sum(_MARK for ref in refs if ref.name in target.marks.tools)
    strange = sum(_is_strange(ref, target, vocabulary) for ref in refs)
    return marks + (_KNOWN if refs and not strange else 0) + max(_STRANGE * strange, _WRONG_TYPE)


def _is_strange(ref: ToolRef, target: Target, vocabulary: Vocabulary) -> bool:
    """Whether the target does not know a name, old names left aside."""
    if ref.name in vocabulary.retired or ref.name in vocabulary.aliases or ref.name in target.tools.approximate:
        return False
    if ref.name in target.tools.categories:
        return False
    return bool(to_canonical(ref, target, vocabulary).code)


def _weigh_model(value: str, target: Target) -> int:
    models = target.models
    known = value in models.names.values() or value in models.known or any(re.search(a, value) for a in models.accepts)
    return _KNOWN if known else _STRANGE


def _could_be(suffix: str, target: Target) -> bool:
    """A format of its own is seen at the file's extension."""
    if target.format in _SUFFIXES:
        return suffix in _SUFFIXES[target.format]
    return suffix not in (".toml", ".json") and target.shared is None


def _matches(path: str, pattern: str) -> bool:
    return bool(_compiled(pattern).fullmatch(path))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(glob_pattern(pattern))


def glob_pattern(pattern: str) -> str:
    """A glob as a regular expression: `**/` for any folders, `**` for anything, `*` within a name."""
    text = re.escape(pattern)
    return text.replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
