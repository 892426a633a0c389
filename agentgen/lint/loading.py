"""Findings about what tools load: not at all, or otherwise than it was meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from agentgen.codes import Severity
from agentgen.findings import Finding
from agentgen.lint.model import Asked, Subject
from agentgen.render.loading.model import Loaded, Status
from agentgen.render.spec import Format, Loader

_SYNTAX = (Status.REJECTED, Status.NO_FRONTMATTER, Status.FRONTMATTER_IGNORED)


def loading_findings(subject: Subject) -> Iterator[Finding]:
    """For the tools that the file is meant for each by itself, for all others together."""
    judged = [asked for asked in subject.asked if asked.target in subject.judged]
    for asked in judged:
        yield from _judged(subject, asked.target.title, subject.loaded[asked.name])
    others = [asked for asked in subject.asked if asked.target not in subject.judged and _fits(subject, asked)]
    yield from _elsewhere(subject, others)


def differing(meant: Mapping[str, object], loaded: Loaded) -> list[str]:
    """The keys whose value the tool sees otherwise than it was meant."""
    seen = loaded.frontmatter or {}
    return [key for key, value in meant.items() if not _same(value, seen.get(key, seen.get(key.lower())))]


def _judged(subject: Subject, title: str, loaded: Loaded) -> Iterator[Finding]:
    if not loaded.loads:
        where = loaded.line or subject.source.line_of(subject.place(loaded.key))
        sure = "" if subject.sure else ", if it is meant for it"
        severity = None if subject.sure else Severity.WARNING
        message = f"{title} does not load this agent{sure}: {loaded.reason}"
        yield subject.at_line("not-loaded", where, message, severity)
        return
    keys = differing(subject.values, loaded)
    if keys and loaded.frontmatter is not None:
        shown = ", ".join(f"`{key}`" for key in keys)
        message = f"{title} sees otherwise than it is meant: {shown}, as {_shown(loaded.frontmatter, keys[0])}"
        yield subject.found("loads-otherwise", subject.place(keys[0]), message)


def _elsewhere(subject: Subject, others: list[Asked]) -> Iterator[Finding]:
    known = [asked for asked in others if asked.target.loader is not Loader.UNKNOWN]
    refusing = [asked for asked in known if _is_syntax(subject.loaded[asked.name])]
    if refusing:
        first = subject.loaded[refusing[0].name]
        message = f"{_titles(refusing)} cannot load this file: {first.reason}{_unsure(others)}"
        where = first.line or subject.source.line_of(subject.place(first.key))
        yield subject.at_line("not-portable", where, message)
    wanting = [
        asked for asked in known if not subject.loaded[asked.name].loads and not _is_syntax(subject.loaded[asked.name])
    ]
    if wanting:
        reasons = "; ".join(f"{asked.target.title}: {subject.loaded[asked.name].reason}" for asked in wanting)
        yield subject.found("other-schema", 0, f"{_titles(wanting)} would not take this file as it is ({reasons})")
    otherwise = [(asked, keys) for asked in known if (keys := _keys_elsewhere(subject, asked))]
    if otherwise:
        seen = "; ".join(f"{asked.target.title}: {', '.join(keys)}" for asked, keys in otherwise)
        yield subject.found("loads-otherwise-elsewhere", 0, f"other tools see these keys otherwise: {seen}")


def _keys_elsewhere(subject: Subject, asked: Asked) -> list[str]:
    loaded = subject.loaded[asked.name]
    return differing(subject.values, loaded) if loaded.loads and loaded.frontmatter is not None else []


def _fits(subject: Subject, asked: Asked) -> bool:
    """Whether the tool reads files of this kind at all: for others the file is made by `convert`."""
    markdown = asked.target.format is Format.MARKDOWN and asked.target.loader is not Loader.NONE
    return markdown and subject.document is not None


def _is_syntax(loaded: Loaded) -> bool:
    """Whether the frontmatter could not be read, whatever the tool makes of its keys."""
    return not loaded.loads and loaded.status in _SYNTAX and not loaded.key


def _unsure(others: list[Asked]) -> str:
    """How many tools there are besides of which nobody knows how they read broken YAML."""
    number = sum(asked.target.loader is Loader.UNKNOWN for asked in others)
    return f" (nothing is known of how {number} other tools mend it)" if number else ""


def _titles(asked: list[Asked]) -> str:
    return ", ".join(one.target.title for one in asked)


def _same(meant: object, seen: object) -> bool:
    """Equal but for blanks at the edges, the type of a plain word, and lists written as one text."""
    if isinstance(meant, (list, Mapping)) and isinstance(seen, (list, Mapping)):
        return meant == seen
    if isinstance(meant, list) or isinstance(seen, list):
        return _entries(meant) == _entries(seen)
    if isinstance(seen, date):
        return str(seen) == str(meant)
    return _words(meant) == _words(seen) or _number(meant) == _number(seen)


def _words(value: object) -> list[str]:
    """The words of a text; a line break written as two characters is one."""
    return str(_empty(value)).replace("\\n", "\n").split()


def _empty(value: object) -> object:
    return "" if value is None else value


def _number(value: object) -> object:
    """`1.10` and `010` are numbers to some parsers; `true` in capitals is the same word."""
    text = str(value).strip()
    try:
        return float(text)
    except ValueError:
        return text.lower()


def _entries(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(entry).strip() for entry in value]
    text = str(_empty(value)).strip()
    inner = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    return [part.strip().strip("\"'") for part in inner.split(",") if part.strip()]


def _shown(seen: Mapping[str, object], key: str) -> str:
    value = seen.get(key, seen.get(key.lower()))
    text = repr(str(value)) if value is not None else "nothing"
    return text if len(text) <= 60 else text[:57] + "…'"
