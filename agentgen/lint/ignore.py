"""`<!-- agentgen: ignore CODE reason -->`: what a file says not to be told about itself.

A file cannot ignore what it hides: whoever hid it would write the comment, too.

The comment counts for the whole file and needs a reason. It stands in the text, not in a code block; in the frontmatter
a line `# agentgen: ignore CODE reason` does the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from agentgen.codes import CODES
from agentgen.content.hidden import HIDDEN
from agentgen.document.model import ItemKind
from agentgen.findings import Finding
from agentgen.lint.model import Subject

_COMMENT = re.compile(r"<!--\s*agentgen:\s*ignore\b[ \t]*(?P<rest>.*?)\s*-->", re.DOTALL)
_LINE = re.compile(r"^#\s*agentgen:\s*ignore\b[ \t]*(?P<rest>.*?)[ \t]*$", re.MULTILINE)


class _Wish(NamedTuple):
    """A comment: where it stands, the code, the reason."""

    start: int
    code: str
    reason: str


def apply_comments(subject: Subject, findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The findings that stay, those about the comments themselves among them, and those that are ignored."""
    wishes = list(_wishes(subject))
    valid = {wish.code for wish in wishes if wish.reason and wish.code not in HIDDEN}
    ignored = [found for found in findings if found.code in valid]
    kept = [found for found in findings if found.code not in valid]
    used = {found.code for found in ignored}
    return [*kept, *(_odd(subject, wish) for wish in wishes if wish.code not in used)], ignored


def _odd(subject: Subject, wish: _Wish) -> Finding:
    """What is wrong with a comment that hides nothing."""
    if wish.code not in CODES:
        message = f"there is no code {wish.code!r}; `agentgen explain` lists them"
        return subject.found("ignore-unknown-code", wish.start, message)
    if wish.code in HIDDEN:
        message = f"no file decides itself that {wish.code} is ignored; `--ignore {wish.code}` does, from outside"
        return subject.found("ignore-refused", wish.start, message)
    if not wish.reason:
        message = f"say why {wish.code} is ignored; until then it is not"
        return subject.found("ignore-without-reason", wish.start, message)
    return subject.found("ignore-unused", wish.start, f"there is no finding {wish.code} to ignore")


def _wishes(subject: Subject) -> Iterator[_Wish]:
    document, text = subject.document, subject.source.text
    if document is None or "agentgen:" not in text:
        return
    code_spans = [item.span for item in document.items if item.kind is ItemKind.CODE]
    front = document.frontmatter.span
    for match in _LINE.finditer(text, front.start, front.end):
        yield _wish(match)
    for match in _COMMENT.finditer(text, document.body.start):
        if not any(span.start <= match.start() < span.end for span in code_spans):
            yield _wish(match)


def _wish(match: re.Match[str]) -> _Wish:
    code, _, reason = " ".join(match["rest"].split()).partition(" ")
    return _Wish(match.start(), code, reason.strip())
