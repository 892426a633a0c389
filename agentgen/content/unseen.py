"""Text that a page does not show, or that stands where nobody looks: comments, hidden elements, far to the right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agentgen.content.quoting import short
from agentgen.content.risk import Risk

_COMMENT = re.compile(r"<!--(?P<text>.*?)(?:-->|\Z)", re.DOTALL)
_UNSHOWN = re.compile(
    r"<\?(?!xml|php)(?P<told>[^<>?]{1,4000})\?>|<!(?P<declared>[A-Z][^<>]{1,4000})>|<!\[CDATA\[(?P<data>[^\]<>]{1,4000})\]\]>",
    re.IGNORECASE,
)  # signs of HTML that a page leaves out
_OURS = re.compile(r"\s*agentgen:")
_LINK_COMMENT = re.compile(
    r"^ {0,3}\[[^\]\n]{0,80}\]:[ \t]{1,8}(?:#|<>|<#>)[ \t]{0,8}[(\"'](?P<text>[^\n]*)[)\"'][ \t]*$", re.MULTILINE
)
_ELEMENT = re.compile(r"<[a-z][a-z0-9]{0,20}[ \t\r\n][^<>]{1,600}>", re.IGNORECASE)
_VALUE = re.compile(r"=[ \t]{0,4}(?:\"[^\"]*\"|'[^']*'|\{[^}]*\})")
_STYLE = re.compile(r"\bstyle[ \t]{0,4}=[ \t]{0,4}(\"[^\"]*\"|'[^']*'|[^\s\"'>]+)", re.IGNORECASE)
_HIDING = re.compile(
    r"display\s{0,4}:\s{0,4}none|visibility\s{0,4}:\s{0,4}(?:hidden|collapse)|(?:left|top|text-indent)\s{0,4}:\s{0,4}-\d{3,}|"
    r"clip\s{0,4}:\s{0,4}rect\(0|scale\(0\)|(?:font-size|opacity)\s{0,4}:\s{0,4}0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"\shidden(?=[\s>/=])", re.IGNORECASE)
_BLANK = r"[ \t\xa0\u2000-\u200a\u3000]"
_BLANKS = re.compile(rf"(?<!{_BLANK}){_BLANK}{{80,}}+(?=[^\s|])")
_SHOWN = 160
_OPENLY = "say it in the open"
_NEVER_ENDING = 100_000  # characters of a comment that are looked at


def unseen_risks(text: str) -> Iterator[Risk]:
    """Everything that a reader of the page, or of the left side of the file, does not see."""
    yield from _comments(text)
    for match in filter(_hides, _ELEMENT.finditer(text)):
        message = f"a page does not show what stands in {short(match[0])}"
        yield _risk("html-hidden", match, message, _OPENLY, short(match[0], 400))
    for match in _UNSHOWN.finditer(text):
        said = next(text for text in match.group("told", "declared", "data") if text is not None).strip()
        if len(said.split()) > 1 and said.lower() != "doctype html":
            yield _risk("html-hidden", match, f"a page does not show {short(match[0], _SHOWN)}", _OPENLY, said)
    for match in _BLANKS.finditer(text):
        rest = text[match.end() : _line_end(text, match.end())]
        message = f"behind {len(match[0])} blanks, out of sight, stands: {short(rest, _SHOWN)}"
        yield Risk(
            "text-far-right", match.end(), match.end() + len(rest), message, "bring it to where it is seen", rest
        )


def _hides(match: re.Match[str]) -> bool:
    style = _STYLE.search(match[0])
    return bool(style and _HIDING.search(style[1])) or bool(_HIDDEN.search(_VALUE.sub("=", match[0])))


def _comments(text: str) -> Iterator[Risk]:
    for match in (*_COMMENT.finditer(text), *_LINK_COMMENT.finditer(text)):
        said = match["text"][:_NEVER_ENDING].strip()
        if len(said.split()) > 1 and not _OURS.match(said):  # one word is a mark for some tool
            message = f"a comment that no page shows, and that the model reads: {short(said, _SHOWN)}"
            yield _risk("html-comment", match, message, "say it in the open, or take it out", said)


def _risk(code: str, match: re.Match[str], message: str, fix: str, key: str) -> Risk:
    return Risk(code, match.start(), match.end(), message, fix, key)


def _line_end(text: str, at: int) -> int:
    ends = [place for mark in "\r\n" if (place := text.find(mark, at, at + 10_000)) >= 0]
    return min(ends, default=min(len(text), at + 10_000))
