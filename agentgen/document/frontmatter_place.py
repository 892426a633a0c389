"""Where the frontmatter is, also where its author put it wrong.

```markdown          a wrapper: a code fence, a comment, or a heading with the file's name
---                  opening line, first line of the file in a sound one
name: reviewer
-----                a closing line of the wrong length; or none; or one far below, behind the body
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from agentgen.document.keys import KNOWN_KEYS, is_known, key_of
from agentgen.document.lines import Lines, is_blank

_DASHES = re.compile(r"---[ \t]*$")
_CLOSING_MEANT = re.compile(r"[ \t]*(?:-{3,}|\.\.\.|—+|–{2,})[ \t]*$")
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*[\w-]*[ \t]*$")
_COMMENT = re.compile(r"<!--.*-->[ \t]*$")
_COMMENT_END = re.compile(r"[ \t]*-{2,}>[ \t]*$")
_HEADING = re.compile(r"#{1,6}[ \t]")
_LOOKS_LIKE_BODY = 3
_PREFIX_LINES = 20


class Flaw(Enum):
    """What is wrong with the place of a frontmatter; the value is the finding's code."""

    UNCLOSED = "frontmatter-unclosed"
    CLOSING_LINE = "frontmatter-long-dashes"
    HOLDS_BODY = "frontmatter-holds-body"
    NO_OPENING = "frontmatter-no-opening"
    NOT_FIRST = "frontmatter-not-first"
    IN_FENCE = "frontmatter-in-fence"
    IN_COMMENT = "frontmatter-in-comment"


class Place(NamedTuple):
    """Lines of a block: all of it `[first, end)`, its entries `[inner, inner_end)`; `wrapper` is the fence line."""

    first: int
    inner: int
    inner_end: int
    end: int
    flaw: Flaw | None = None
    wrapper: int | None = None


def locate(lines: Lines) -> Place | None:
    """The block at the top of the file, None where there is none. Does not look at what the block says."""
    texts = lines.texts
    if texts and _DASHES.match(texts[0]):
        close = _closing(texts, 1)
        return Place(0, 1, _without_end_mark(texts, close), close + 1) if close else locate_keys(lines)
    start = next((index for index, text in enumerate(texts[:_PREFIX_LINES]) if not is_blank(text)), None)
    if start is None or (texts[start][:1] not in ("-", "<", "`", "~", "#") and key_of(texts[start]) is None):
        return None
    return _misplaced(texts, start)


def locate_keys(lines: Lines, closed: Place | None = None) -> Place | None:
    """The block at the first line by its keys: where its closing line is missing, wrong, or (`closed`) far too late."""
    texts = lines.texts
    stop = closed.inner_end if closed else len(texts)
    end = _keys_end(texts, 1, stop)
    if not any(is_known(texts[index]) for index in range(1, end)):
        return closed
    following = next((index for index in range(end, stop) if not is_blank(texts[index])), stop)
    if following < stop and _CLOSING_MEANT.match(texts[following]):
        return Place(0, 1, following, following + 1, Flaw.CLOSING_LINE)
    if closed is None:
        return Place(0, 1, end, end, Flaw.UNCLOSED)
    if _is_body(texts[end:stop]):
        return Place(0, 1, end, end, Flaw.HOLDS_BODY)
    return closed


def _closing(texts: Sequence[str], start: int) -> int:
    return next((index for index in range(start, len(texts)) if _DASHES.match(texts[index])), 0)


def _without_end_mark(texts: Sequence[str], close: int) -> int:
    """The end of the entries above a closing line: a last line `...`, where YAML ends a document, is none of them."""
    last = next((index for index in range(close - 1, 0, -1) if not is_blank(texts[index])), 0)
    return last if texts[last].rstrip() == "..." else close


def _keys_end(texts: Sequence[str], start: int, stop: int) -> int:
    """The line behind the last entry, by what lines look like: keys, what is indented below them, comments between."""
    last = start
    loose = True  # nothing above that this line could continue
    for index in range(start, stop):
        text = texts[index]
        if is_blank(text):
            loose = True
            continue
        found = key_of(text)
        if found and (found[0] in KNOWN_KEYS or not loose or found[0][0].islower() or last == start):
            last, loose = index + 1, False
        elif text.startswith("#"):
            if text.startswith("##"):
                break
            loose = True
        elif text[0] in " \t" and last > start:
            last, loose = index + 1, False
        elif loose or _CLOSING_MEANT.match(text):
            break
        else:
            last = index + 1
    return last


def _is_body(texts: Sequence[str]) -> bool:
    """Whether lines that a late closing line takes into the block are Markdown: a heading or text, and no more keys."""
    if any(is_known(text) for text in _outside_fences(texts)):
        return False
    inked = [text for text in texts if not is_blank(text)]
    return len(inked) >= _LOOKS_LIKE_BODY or any(_HEADING.match(text) for text in inked)


def _outside_fences(texts: Sequence[str]) -> list[str]:
    outside = []
    inside = False
    for text in texts:
        if text.lstrip(" ").startswith("```"):
            inside = not inside
        elif not inside:
            outside.append(text)
    return outside


# -- blocks that do not stand on the first line ------------------------------------------------------------------


def _misplaced(texts: Sequence[str], start: int) -> Place | None:
    """A block below blank lines, comments, a heading or an opening fence, or without its opening line."""
    if key_of(texts[start]):
        end = _sound_end(texts, start)
        return Place(0, start, end, end + 1, Flaw.NO_OPENING) if end else None
    flaw, wrapper, opening = _prefix(texts, start)
    if opening is None:
        return None
    end = _sound_end(texts, opening + 1)
    if not end:
        return None
    after = end + 1
    if flaw is Flaw.IN_COMMENT:
        if after >= len(texts) or not _COMMENT_END.match(texts[after]):
            return None
        after += 1
    elif wrapper is not None and after < len(texts) and _FENCE.match(texts[after]):
        if wrapper > start:  # a heading, then a sample of a frontmatter
            return None
        after += 1
    return Place(0, opening + 1, end, after, flaw, wrapper)


def _prefix(texts: Sequence[str], start: int) -> tuple[Flaw, int | None, int | None]:
    """What stands before the opening line: the flaw, the fence line, the opening line (None where text comes first)."""
    flaw = Flaw.NOT_FIRST
    wrapper: int | None = None
    headings = 0
    for index in range(start, min(len(texts), start + _PREFIX_LINES)):
        text = texts[index]
        if _DASHES.match(text):
            return flaw, wrapper, index
        if text.strip() == "<!--" and flaw is Flaw.NOT_FIRST:
            flaw = Flaw.IN_COMMENT
        elif _FENCE.match(text) and wrapper is None:
            flaw, wrapper = Flaw.IN_FENCE, index
        elif _HEADING.match(text) and not headings:
            headings += 1
        elif not is_blank(text) and not _COMMENT.match(text):
            break
    return flaw, wrapper, None


def _sound_end(texts: Sequence[str], inner: int) -> int:
    """The closing line of a block that holds known keys and nothing else; 0 where there is no such block."""
    end = _keys_end(texts, inner, len(texts))
    following = next((index for index in range(end, len(texts)) if not is_blank(texts[index])), 0)
    known = any(is_known(texts[index]) for index in range(inner, end))
    return following if known and following and _DASHES.match(texts[following]) else 0
