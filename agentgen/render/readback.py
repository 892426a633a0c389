"""A rendered file read again before it is written: is it what the target needs, and what was meant?

Each format is read by a reader other than the one that wrote it, and then in the way of the tool itself. The body must
be there whole, every key must come back with its value, and the rules of the target (names, required fields, lengths)
must hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import yaml

from agentgen.codes import CODES, Severity
from agentgen.content.hidden import HIDDEN
from agentgen.document.frame import read_frame
from agentgen.document.model import Dialect, Document
from agentgen.findings import Finding
from agentgen.profile.model import Profile
from agentgen.render.formats import one_line
from agentgen.render.loading.load import load
from agentgen.render.spec import Format, Loader, Over, Target
from agentgen.render.vocabulary import Vocabulary
from agentgen.source import Source, encode

_YAML: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PASSED_ON = ("fence-closes-early", "fence-unclosed")
"""What a Markdown parser reads otherwise than it was written: the author's text stays, and the finding has the fix."""


class Meant(NamedTuple):
    """What a file should hold: the target's keys with their values (the body's among them), and the body."""

    path: str
    values: Mapping[str, object]
    body: str


class _DiffersError(Exception):
    """The file does not say what was meant."""


def check(text: str, meant: Meant, profile: Profile, target: Target, vocabulary: Vocabulary) -> tuple[Finding, ...]:
    """What is wrong with a rendered file; an error means that it must not be written."""
    document = read_frame(Source(meant.path, encode(text)))
    found = [*_rules(meant, profile, target)]
    if not found:
        found.extend(_as_the_tool_reads_it(text, meant, target, vocabulary))
    try:
        _READERS[target.format](document, meant, target)
    except (_DiffersError, ValueError, yaml.YAMLError) as error:
        found.append(_finding("output-not-read-back", meant.path, " ".join(str(error).split())))
    if target.format in (Format.MARKDOWN, Format.PLAIN):
        found.extend(each for each in document.findings if each.code in _PASSED_ON)
    found.extend(each._replace(severity=Severity.WARNING) for each in document.findings if each.code in HIDDEN)
    return tuple(found)


def _finding(code: str, path: str, message: str, severity: Severity | None = None, line: int = 1) -> Finding:
    return Finding(code, severity or CODES[code].severity, path, line, 1, message)


def _rules(meant: Meant, profile: Profile, target: Target) -> Iterator[Finding]:
    identity, name = target.identity, profile.name
    if identity.pattern and not re.search(identity.pattern, name):
        yield _finding("output-name-refused", meant.path, f"{target.title} takes no name such as {name!r}")
    if name.lower() in identity.reserved:
        yield _finding("output-name-refused", meant.path, f"{target.title} keeps the name {name!r} for itself")
    for field, spec in target.fields.items():
        value = meant.values.get(spec.key or "")
        if spec.required and not str(value or "").strip():
            yield _finding("output-field-missing", meant.path, f"{target.title} needs a {field}")
        if spec.max_chars and isinstance(value, str) and len(value) > spec.max_chars:
            message = f"the {field} has {len(value)} characters; {target.title} takes {spec.max_chars}"
            yield _finding("output-too-long", meant.path, message, _severity(spec.over))
    yield from _body_rules(meant, target)


def _body_rules(meant: Meant, target: Target) -> Iterator[Finding]:
    rule, length = target.body, len(meant.body.strip())
    if rule.required and length < max(1, rule.min_chars):
        message = f"{target.title} needs a prompt of at least {max(1, rule.min_chars)} characters"
        yield _finding("output-body-refused", meant.path, message)
    if rule.max_chars and length > rule.max_chars:
        message = f"the prompt has {length} characters; {target.title} takes {rule.max_chars}"
        refused = rule.over is Over.REJECT
        yield _finding("output-body-refused" if refused else "output-too-long", meant.path, message)


def _as_the_tool_reads_it(text: str, meant: Meant, target: Target, vocabulary: Vocabulary) -> Iterator[Finding]:
    """What the tool's own way of reading makes of the file: whether it loads, and texts that come out changed."""
    loaded = load(encode(text), target, vocabulary)
    if not loaded.loads:
        yield _finding("output-not-read-back", meant.path, f"{target.title} would not load it: {loaded.reason}")
    for key, value in (loaded.frontmatter or {}).items():
        wanted = meant.values.get(key)
        if isinstance(value, str) and isinstance(wanted, str) and value.strip() != wanted.strip():
            message = f"{target.title} reads another {key} than was written: {one_line(value)[:80]!r}"
            yield _finding("output-read-otherwise", meant.path, message)


def _severity(over: Over) -> Severity:
    return Severity.ERROR if over is Over.REJECT else Severity.WARNING


def _read_markdown(document: Document, meant: Meant, target: Target) -> None:
    text = document.source.text
    if target.loader is Loader.RAW_LINES:
        _read_raw_lines(text, meant)
        return
    if document.frontmatter.dialect is not Dialect.STRICT:
        raise _DiffersError("the frontmatter is not strict YAML")
    block = text.partition("---\n")[2].partition("\n---\n")[0]
    _same_values(yaml.load(block, Loader=_YAML), meant)
    if document.source.slice(document.body) != meant.body:
        raise _DiffersError("the body is not the one that was meant")


def _read_raw_lines(text: str, meant: Meant) -> None:
    block, _, body = text.removeprefix("---\n").partition("\n---\n")
    pairs = (line.partition(":")[::2] for line in block.split("\n") if line.strip())
    found = {key.strip(): value.strip() for key, value in pairs}
    wanted = {key: one_line(value) for key, value in meant.values.items()}
    if found != wanted:
        raise _DiffersError(f"the lines read back as {found!r}")
    if body != meant.body:
        raise _DiffersError("the body is not the one that was meant")


def _read_plain(document: Document, meant: Meant, _target: Target) -> None:
    if meant.body not in document.source.text:
        raise _DiffersError("the body is not the one that was meant")


def _read_toml(document: Document, meant: Meant, _target: Target) -> None:
    import tomllib  # few tools have it

    _same_values(tomllib.loads(document.source.text), meant)


def _read_json(document: Document, meant: Meant, _target: Target) -> None:
    _same_values(json.loads(document.source.text), meant)


def _read_yaml(document: Document, meant: Meant, target: Target) -> None:
    entry = yaml.load(document.source.text, Loader=_YAML)
    if target.shared and target.shared.list:
        entries = entry.get(target.shared.list) if isinstance(entry, Mapping) else None
        if not isinstance(entries, list) or len(entries) != 1:
            raise _DiffersError(f"there is no list {target.shared.list!r} with one entry")
        entry = entries[0]
    _same_values(entry, meant)


_READERS = {
    Format.MARKDOWN: _read_markdown,
    Format.PLAIN: _read_plain,
    Format.TOML: _read_toml,
    Format.JSON: _read_json,
    Format.YAML: _read_yaml,
}


def _same_values(found: object, meant: Meant) -> None:
    if not isinstance(found, Mapping):
        raise _DiffersError("no keys and values are found in it")
    wanted = json.dumps(dict(meant.values), sort_keys=True, default=str)
    if json.dumps(dict(found), sort_keys=True, default=str) != wanted:
        keys = sorted(key for key in {*found, *meant.values} if found.get(key) != _plain(meant.values.get(key)))
        raise _DiffersError(f"it reads back otherwise: {', '.join(map(str, keys))}")


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
