"""Findings about name, description and the YAML around them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agentgen.document.model import Dialect, Document, Field
from agentgen.findings import Edit, Finding, Fix
from agentgen.lint.model import Subject
from agentgen.render.naming import named_by_file
from agentgen.render.spec import Loader
from agentgen.source import BOM

_WHEN = re.compile(
    r"\b(when(ever)?|use (this|it|for|to|proactively|the|after|before|with|as|in)|used? (for|to|when)|"
    r"proactive(ly)?|must be used|should be (used|invoked|called)|invoke|trigger(s|ed)?|call (this|it|me)|"
    r"delegate|before|after|for (tasks|any|all|work|requests|questions)|if (you|the|a|an|there)|need(s|ed)?|"
    r"examples?|ideal for|perfect for|best for|activate)\b",
    re.IGNORECASE,
)
_LONG = 1024
_TYPED = re.compile(
    r"(?:yes|no|on|off|y|n|true|false|null|~|[-+]?[0-9][0-9_]*(?:\.[0-9]*)?|[0-9]+(?::[0-9]+)+|"
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2})\Z",
    re.IGNORECASE,
)
_TEXT_KEYS = ("name", "description", "model", "color", "title", "author", "version")


def metadata_findings(subject: Subject) -> Iterator[Finding]:
    """Everything about the top of the file."""
    if subject.document is None:
        yield from _description(subject)
        return
    yield from _byte_order_mark(subject)
    if subject.document.frontmatter.dialect is Dialect.NONE:
        if _wants_frontmatter(subject):
            yield subject.found("frontmatter-missing", 0, "there is no frontmatter, so no tool takes this for an agent")
        return
    yield from _bare_values(subject, subject.document)
    yield from _name(subject)
    yield from _description(subject)


def _wants_frontmatter(subject: Subject) -> bool:
    """Whether nothing else says so yet: a tool that needs it is named with the file that it does not load."""
    loads = all(loaded.loads for loaded in subject.loaded.values())
    return loads and any(target.loader is not Loader.NONE for target in subject.judged or subject.targets)


def _byte_order_mark(subject: Subject) -> Iterator[Finding]:
    if subject.source.text.startswith(BOM):
        blind = [asked.target.title for asked in subject.asked if not asked.target.reading.bom]
        whose = f"; it hides the frontmatter from {', '.join(blind)}" if blind else ""
        message = f"the file begins with a byte-order mark{whose}"
        yield subject.found("file-bom", 0, message, fix=Fix("remove it", (Edit(0, len(BOM), ""),)))


def _bare_values(subject: Subject, document: Document) -> Iterator[Finding]:
    """Plain values of text keys that some YAML readers take for a number, a date or true and false."""
    for field in document.frontmatter.fields:
        written = document.source.slice(field.value_span).strip()
        if field.key in _TEXT_KEYS and _TYPED.match(written):
            message = f"`{field.key}: {written}` is no text to every YAML reader"
            yield subject.found("frontmatter-bare-value", field.value_span.start, message, fix=_quote(document, field))


def _quote(document: Document, field: Field) -> Fix:
    written = document.source.slice(field.value_span)
    start = field.value_span.start + len(written) - len(written.lstrip())
    value = written.strip()
    return Fix("put it in double quotes", (Edit(start, start + len(value), f'"{value}"'),))


def _name(subject: Subject) -> Iterator[Finding]:
    name, stem = subject.name, named_by_file(subject.source.path, subject.targets)
    if name and stem and not subject.variant and _plain(name) != _plain(stem):
        message = f"the name is {name!r}, the file's {stem!r}: tools differ in which of them counts"
        yield subject.found("name-not-file", subject.place("name"), message)


def _plain(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _description(subject: Subject) -> Iterator[Finding]:
    key = subject.key("description")
    text, place = subject.description, subject.place(key)
    if not text:
        if subject.values.get(key) in (None, ""):
            yield subject.found("description-missing", place, "no description says what this agent is for")
        return
    if text.isascii() and not says_when(text):
        yield subject.found("description-no-trigger", place, "the description does not say when to use this agent")
    limits = [(spec.max_chars, target.title) for target in subject.judged if (spec := target.fields["description"])]
    limit, title = min(((most, title) for most, title in limits if most), default=(_LONG, ""))
    if len(text) > limit:
        whose = f"{title} takes {limit}" if title else f"more than {limit} are read at each start"
        yield subject.found("description-long", place, f"the description has {len(text)} characters; {whose}")


def says_when(text: str) -> bool:
    """Whether a description gives an occasion, not only a trade."""
    return _WHEN.search(text) is not None
