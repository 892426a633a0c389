"""What a heading line looks like, and what it says without its markup."""

from __future__ import annotations

import re

_BOLD = re.compile(r" {0,3}(?:\*\*(?![\s*])([^*]+)\*\*|__(?![\s_])([^_]+)__)[ \t]*(:?)[ \t]*$")
_MARKUP = re.compile(
    r"`+([^`]+)`+|!?\[([^\[\]]*)\]\([^()\s]*(?:[ \t]+\"[^\"]*\")?\)|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|\\([^\w\s])"
)
_TIGHT = re.compile(r" {0,3}(#{2,6})(?=\w)(.*)")
_TITLE_WORDS = 12
_TITLE_LENGTH = 100
_SHOUT_WORDS = 4


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


def tight_atx(text: str) -> tuple[int, str] | None:
    """Level and raw text of a heading whose author left out the blank: two to six `#`, then a letter or digit."""
    match = _TIGHT.match(text)
    return atx(f"{match[1]} {match[2]}") if match else None


def bold(text: str) -> str | None:
    """The text of a line that is one bold run and could act as a heading, or None."""
    if len(text) > _TITLE_LENGTH or ("*" not in text and "_" not in text):
        return None
    match = _BOLD.match(text)
    if not match:
        return None
    title = (match[1] or match[2]).strip() + match[3]
    return title if is_title(title.removesuffix(":")) and not _is_shout(title) else None


def _is_shout(title: str) -> bool:
    """Whether it is a warning in capitals, not a label."""
    return title.isupper() and ":" not in title and len(title.split()) > _SHOUT_WORDS


def is_title(text: str) -> bool:
    """Whether a line reads like a heading and not like a sentence."""
    return (
        len(text) <= _TITLE_LENGTH
        and len(text.split()) <= _TITLE_WORDS
        and not text.endswith((".", ":", ";", ",", "!"))
    )


def plain(text: str) -> str:
    """A heading's text without code marks, emphasis, links and escapes."""
    if not any(mark in text for mark in "`*[\\"):
        return text
    return _MARKUP.sub(lambda match: next((group for group in match.groups() if group is not None), ""), text)
