"""What a tool makes of a file's bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from agentgen.render.loading.behaviours import BEHAVIOURS
from agentgen.render.loading.model import Loaded, Status, failed
from agentgen.render.loading.rules import apply_rules
from agentgen.render.loading.yaml_values import Dialect, YamlError, read_mapping
from agentgen.render.spec import Format, Target
from agentgen.render.vocabulary import Vocabulary


def load(raw: bytes, target: Target, vocabulary: Vocabulary, place: int = 0) -> Loaded:
    """What the tool sees of a file with these bytes. Bytes that are not UTF-8 become replacement characters, as in the
    tools. Of a file that holds several agents `place` (from 0) is the one to look at."""
    text = raw.decode("utf-8", "replace")
    parse = _PARSERS.get(target.format)
    if parse is None:
        return apply_rules(BEHAVIOURS[target.loader](text, target.reading), target, vocabulary)
    if text.startswith("---") and target.format is not Format.YAML:
        return failed(Status.REJECTED, "this is Markdown; the tool reads " + target.format.value.upper())
    try:
        values = parse(text)
    except (ValueError, RecursionError) as error:
        return failed(Status.REJECTED, f"this is no {target.format.value.upper()}: {error}")
    except YamlError as error:
        return failed(Status.REJECTED, f"this is no YAML: {error.message}", line=error.line + 1)
    return _with_prompt(values, target, vocabulary, place)


def _with_prompt(values: Mapping[str, object], target: Target, vocabulary: Vocabulary, place: int) -> Loaded:
    """An agent of a file of another format; its prompt stands under a key."""
    entries = values.get(target.shared.list) if target.shared and target.shared.list else [values]
    if not isinstance(entries, list) or len(entries) <= place or not isinstance(entries[place], Mapping):
        return failed(
            Status.REJECTED, f"there is no list `{target.shared.list if target.shared else ''}` with an agent"
        )
    own = {str(key): value for key, value in entries[place].items()}
    prompt = own.pop(target.body.key or "", "")
    if not isinstance(prompt, str):
        return failed(Status.REJECTED, f"`{target.body.key}` is no text", key=target.body.key or "")
    return apply_rules(Loaded(Status.OK, own, prompt.strip()), target, vocabulary)


def _toml(text: str) -> Mapping[str, object]:
    import tomllib  # few tools have it

    return tomllib.loads(text)


def _json(text: str) -> Mapping[str, object]:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("there are no keys and values")
    return value


_PARSERS: dict[Format, Callable[[str], Mapping[str, object]]] = {
    Format.TOML: _toml,
    Format.JSON: _json,
    Format.YAML: lambda text: read_mapping(text, Dialect()),
}
