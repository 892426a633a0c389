"""What a heading line looks like, and what it says without its markup."""

from __future__ import annotations

import re

_BOLD = re.compile(r" {0,3}(?:\*\*(?![\s*])([^*]+)\*\*|__(?![\s_])([^_]+)__)[ \t]*(:?)[ \t]*$")
_MARKUP = re.compile(
    r"`+([^`]+)`+|!?\[([^\[\]]*)\]\([^()\s]*(?:[ \t]+\"[^\"]*\")?\)|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\\([^\w\s])"
)
_BOLD_WORDS = 12
_BOLD_LENGTH = 90


def atx(text: str) -> tuple[int, str] | None:
    """Level and raw text of an ATX heading line, or None."""
    body = text.lstrip(" ")
    if not body.startswith("#") or len(text) - len(body) > 3:
        return None
    level = len(body) - len(body.lstrip("#"))
    rest = body[level:]
    if level > 6 or (rest and rest[0] not in " \t"):
        return None
    rest = rest.strip(" \t")
    without = rest.rstrip("#")
    if not without or without[-1] in " \t":
        rest = without.rstrip(" \t")
    return level, rest


def bold(text: str) -> str | None:
    """The text of a line that is one bold run and could act as a heading, or None."""
    if len(text) > _BOLD_LENGTH + 10 or ("*" not in text and "_" not in text):
        return None
    match = _BOLD.match(text)
    if not match:
        return None
    title = (match[1] or match[2]).strip() + match[3]
    if title.endswith((".", "!", ",", ";")) or len(title.split()) > _BOLD_WORDS:
        return None
    return title


def plain(text: str) -> str:
    """A heading's text without code marks, emphasis, links and escapes."""
    if not any(mark in text for mark in "`*[\\"):
        return text
    return _MARKUP.sub(lambda match: next((group for group in match.groups() if group is not None), ""), text)
