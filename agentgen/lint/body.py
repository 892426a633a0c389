"""Findings about the text: links that lead nowhere, statements said twice, names of agents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from agentgen.document.model import Document, Item, ItemKind
from agentgen.findings import Finding
from agentgen.lint.model import Subject

_SAID = (ItemKind.BULLET, ItemKind.NUMBER, ItemKind.CHECKBOX, ItemKind.PARAGRAPH)
_MIN_WORDS = 6
_LINK = re.compile(r"(?<!!)(?<!\\)\[[^\[\]\n]*\]\((?P<to>[^()\s]+)(?:\s+\"[^\"\n]*\")?\)")
_CODE = re.compile(r"`[^`\n]*`")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|/|~|\{|<|\$|@|[^/]*\{|\.\.\.", re.IGNORECASE)
_FILE = re.compile(r"[\w./ %+-]+\.[A-Za-z0-9]{1,6}\Z|\.{1,2}/[\w./ %+-]+\Z")
_HAND_OVER = (
    r"(?:coordinat\w+|collaborat\w+|work(?:s|ing)? (?:closely )?with|consult\w*|delegat\w+|escalat\w+|defer|refer|"
    r"hand(?:s|ing)?[- ]?(?:off|over)|invok\w+|spawn\w*|call(?: on)?|pass(?:es|ing)? (?:it )?(?:on )?to|"
    r"report(?:s|ing)? to|integrat\w+ with|partner(?:s|ing)? with|support\w*|sync(?:s|ing)? with|"
    r"align(?:s|ing)? with)"
)
_AGENT_NAME = re.compile(
    _HAND_OVER + r"[^.\n]{0,24}?[`*@](?:agent-)?(?P<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)+)[`*]?(?![\w./-])", re.IGNORECASE
)
_TO_WHOM = rf"(?i:{_HAND_OVER})\b[^.\n;:]{{0,30}}?\b"
_HANDED = re.compile(_TO_WHOM)
_NAME_MARKS = frozenset("`*@")
_MIN_FOLDER = 2
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
_PLACEHOLDER = re.compile(r"(?:sub-?)?agent-.*|.*-name|your-.*|my-.*")


def body_findings(subject: Subject) -> Iterator[Finding]:
    """Everything about the text of a Markdown file."""
    if not subject.body.strip():
        yield subject.found("body-empty", 0, "there is no text behind the frontmatter: the agent has no instructions")
    document = subject.document
    if document is None:
        return
    yield from _repeated(subject, document)
    yield from _links(subject, document)
    yield from _own_name(subject, document)
    yield from _unknown_agents(subject, document)


def said(document: Document) -> Iterator[Item]:
    """The items that are sentences: no code, no tables."""
    return (item for item in document.items if item.kind in _SAID)


def _repeated(subject: Subject, document: Document) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for item in said(document):
        text = re.sub(r"\W+", " ", item.text).strip().lower()
        if len(text.split()) < _MIN_WORDS or text.isnumeric():
            continue
        if text in seen:
            message = f"the same statement stands on line {seen[text]}"
            yield subject.at_line("statement-repeated", item.line, message)
        seen.setdefault(text, item.line)


def _links(subject: Subject, document: Document) -> Iterator[Finding]:
    """Relative links, looked up from the file's folder and from the project's root."""
    if not subject.root:
        return
    folders = (Path(subject.root), Path(subject.source.path).resolve().parent)
    for item in said(document):
        text = document.source.slice(item.span)
        for match in _LINK.finditer(_CODE.sub(lambda code: " " * len(code[0]), text)):
            to = unquote(match["to"]).partition("#")[0]
            if _FILE.match(to) and not _ELSEWHERE.match(to) and not any(_exists(base / to) for base in folders):
                message = f"the link leads to {to}, which is neither beside the file nor in the project"
                yield subject.found("link-broken", item.span.start + match.start("to"), message)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def _own_name(subject: Subject, document: Document) -> Iterator[Finding]:
    """An agent that is told to work with itself."""
    own = subject.name
    if not _SLUG.fullmatch(own):
        return
    names = (own, own.replace("-", " ").title())
    called = None
    for item in said(document):
        text = document.source.slice(item.span)
        if not any(name in text for name in names) or not _HANDED.search(text):
            continue
        called = called or re.compile(rf"{_TO_WHOM}(?:{'|'.join(map(re.escape, names))})\b(?![-/])")
        match = called.search(text)
        if match:
            message = f"the agent is told to work with {own!r}, which it is itself"
            yield subject.found("self-reference", item.span.start + match.start(), message)


def _unknown_agents(subject: Subject, document: Document) -> Iterator[Finding]:
    """Agents that the text hands work to and that do not lie in the folder."""
    folder = subject.folder
    if folder is None or folder.count < _MIN_FOLDER:
        return
    passed = {subject.name.lower(), *(name.lower() for each in subject.targets for name in each.reading.builtin)}
    for item in said(document):
        text = document.source.slice(item.span)
        if _NAME_MARKS.isdisjoint(text):
            continue
        for match in _AGENT_NAME.finditer(text):
            name = match["name"].lower()
            if name not in folder.called and name not in passed and not _PLACEHOLDER.fullmatch(name):
                passed.add(name)
                message = f"no agent in this folder is called {name!r}"
                yield subject.found("agent-not-found", item.span.start + match.start("name"), message)
