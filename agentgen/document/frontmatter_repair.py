"""Findings about the frontmatter: what a strict parser refuses or misreads, with the line that says what was meant."""

from __future__ import annotations

from collections.abc import Sequence

from agentgen.document.block import Block, BlockKind
from agentgen.document.frontmatter_place import Flaw, Place
from agentgen.document.keys import is_known
from agentgen.document.lines import Lines, is_blank
from agentgen.document.scalars import written
from agentgen.document.yaml_strict import NotStrictError
from agentgen.document.yaml_tolerant import Entry
from agentgen.findings import Edit, Finding, Fix, finding
from agentgen.source import Span

_INDICATORS = tuple("[]{}&*!|>%@`#,?-")
_QUOTES = ("'", '"')

_MESSAGES = {
    Flaw.UNCLOSED: ("the frontmatter is never closed", "add a line `---` below the last key"),
    Flaw.CLOSING_LINE: ("this line was meant to close the frontmatter", "write exactly `---`"),
    Flaw.HOLDS_BODY: ("the frontmatter goes on over the text below its keys", "add a line `---` below the last key"),
    Flaw.NO_OPENING: ("the frontmatter has no opening line", "add a line `---` above the first key"),
    Flaw.NOT_FIRST: ("the frontmatter does not stand on the first line", "move it to the top"),
    Flaw.IN_FENCE: ("the frontmatter stands in a code fence", "remove the fence around it"),
    Flaw.IN_COMMENT: ("the frontmatter stands in a comment", "remove the comment marks around it"),
}


def misplaced(lines: Lines, place: Place) -> list[Finding]:
    """The finding about where the block stands; none for a sound one."""
    if place.flaw is None:
        return []
    message, advice = _MESSAGES[place.flaw]
    line = {Flaw.CLOSING_LINE: place.inner_end, Flaw.HOLDS_BODY: place.inner_end}.get(place.flaw, place.first)
    start = lines.starts[min(line, len(lines) - 1)]
    edits = tuple(_moves(lines, place))
    return [finding(lines.source, place.flaw.value, start, message, fix=Fix(advice, edits))]


def _moves(lines: Lines, place: Place) -> list[Edit]:
    """The splices that put a block where it belongs."""
    top = lines.starts[0]
    closing = f"---{lines.line_end}"
    if place.flaw in (Flaw.UNCLOSED, Flaw.HOLDS_BODY):
        end = lines.starts[place.inner_end]
        unended = end > top and not lines.source.text[:end].endswith(("\n", "\r"))
        return [Edit(end, end, lines.line_end + "---" if unended else closing)]
    if place.flaw is Flaw.CLOSING_LINE:
        start = lines.starts[place.inner_end]
        return [Edit(start, start + len(lines.texts[place.inner_end]), "---")]
    if place.flaw is Flaw.NO_OPENING:
        return [Edit(top, lines.starts[place.inner], closing)]
    return _unwrapped(lines, place)


def _unwrapped(lines: Lines, place: Place) -> list[Edit]:
    """Remove what wraps the block, and put a comment or heading that stood above it below."""
    opening = place.inner - 1
    kept = [
        lines.source.slice(lines.span(index, index + 1))
        for index in range(opening)
        if index != place.wrapper and lines.texts[index].strip() not in ("", "<!--")
    ]
    removed = Edit(lines.starts[0], lines.starts[opening], "")
    behind = Edit(lines.starts[place.inner_end + 1], lines.starts[place.end], "".join(kept))
    return [removed, *([behind] if behind.text or behind.end > behind.start else [])]


def repaired(lines: Lines, place: Place, entry: Entry) -> Finding:
    """The finding about an entry that strict YAML does not accept, with the line that means the same to everybody."""
    assert entry.error
    error = entry.error
    first = place.inner + entry.first
    if error.refused:
        return finding(lines.source, "frontmatter-unsafe-yaml", lines.starts[first], _unsafe(entry))
    code, message, place_of = _what_is_wrong(lines, first, entry, error)
    fix = Fix(f"write `{entry.key}` on one line, in quotes", (quoted(lines, first, place.inner + entry.end, entry),))
    return finding(lines.source, code, place_of, message, fix=fix)


def quoted(lines: Lines, first: int, end: int, entry: Entry) -> Edit:
    """The splice that writes the lines of an entry anew."""
    start = lines.starts[first]
    stop = lines.starts[end - 1] + len(lines.texts[end - 1])
    value = "" if entry.value is None else f" {written(entry.value)}"
    return Edit(start, stop, f"{entry.key}:{value}")


def rewritten(lines: Lines, place: Place, entries: Sequence[Entry]) -> Edit:
    """The splice that writes every entry of a block anew; lines that belong to no key become comments."""
    starts = {place.inner + entry.first: entry for entry in entries}
    parts: list[str] = []
    index = place.inner
    while index < place.inner_end:
        entry = starts.get(index)
        end = place.inner + entry.end if entry else index + 1
        text = quoted(lines, index, end, entry).text if entry else _as_comment(lines.texts[index])
        last = end - 1
        parts += (text, lines.source.text[lines.starts[last] + len(lines.texts[last]) : lines.starts[end]])
        index = end
    return Edit(lines.starts[place.inner], lines.starts[place.inner_end], "".join(parts))


def _as_comment(text: str) -> str:
    return text if is_blank(text) or text.startswith("#") else f"# {text}"


def _unsafe(entry: Entry) -> str:
    return f"`{entry.key}` is read as text: {entry.error.message if entry.error else ''}"


def _what_is_wrong(lines: Lines, first: int, entry: Entry, error: NotStrictError) -> tuple[str, str, int]:
    """The code, what is wrong, and where in the file."""
    key = entry.key
    column = lines.starts[first] + entry.column
    head = lines.texts[first][entry.column :].strip()
    stray = _stray_line(lines, first, entry)
    stopped = _stopped_at(lines, first, entry, error)
    if head[:1] in _INDICATORS and not _is_block_header(head):
        message = f"`{key}` begins with `{head[0]}`, which means something in YAML"
        return "frontmatter-value-needs-quotes", message, column
    if head[:1] in _QUOTES:
        return "frontmatter-value-needs-quotes", f"the quotes of `{key}` do not enclose its whole value", stopped
    if ": " in head or head.endswith(":"):
        return (
            "frontmatter-value-needs-quotes",
            f"`{key}` holds `: ` without quotes, which strict YAML refuses",
            stopped,
        )
    if stray is not None:
        message = f"this line belongs to `{key}` but begins at the left edge"
        return "frontmatter-stray-line", message, lines.starts[stray]
    return "frontmatter-not-yaml", f"strict YAML refuses `{key}`: {error.message}", stopped


def _is_block_header(head: str) -> bool:
    return head[0] in "|>" and not head[1:].strip("+-0123456789 ")


def _stray_line(lines: Lines, first: int, entry: Entry) -> int | None:
    below = range(first + 1, first + entry.end - entry.first)
    return next((index for index in below if lines.texts[index][:1] not in ("", " ", "\t", "#", "-")), None)


def _stopped_at(lines: Lines, first: int, entry: Entry, error: NotStrictError) -> int:
    """Where in the file a parser stops: at its place if that is on one of the entry's lines, else at the value."""
    place = error.offset
    for index in range(first, first + entry.end - entry.first):
        if place <= len(lines.texts[index]):
            return lines.starts[index] + place
        place -= len(lines.texts[index]) + 1
    return lines.starts[first] + entry.column


def second_block(lines: Lines, blocks: list[Block]) -> list[Finding]:
    """The finding about a body that begins with keys between two lines of dashes: only the first block counts."""
    head = blocks[:2]
    if [block.kind for block in head] != [BlockKind.RULE, BlockKind.PARAGRAPH]:
        return []
    if not is_known(lines.texts[head[1].first]):
        return []
    message = "this looks like a second frontmatter; it is read as text"
    return [finding(lines.source, "frontmatter-second-block", lines.starts[head[0].first], message)]


def entry_span(lines: Lines, place: Place, entry: Entry) -> tuple[Span, Span]:
    """The spans of a whole entry and of its value."""
    whole = lines.span(place.inner + entry.first, place.inner + entry.end)
    last = place.inner + entry.end - 1
    stop = lines.starts[last] + len(lines.texts[last].rstrip())
    start = min(whole.start + entry.column, stop)
    if entry.length is not None:
        stop = min(start + entry.length, stop)
    return whole, Span(start, stop)
