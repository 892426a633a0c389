"""One file's bytes: decoding, byte-order mark, line ends, spans, line and column.

Text is decoded as UTF-8 with `surrogateescape`, so `encode(decode(raw)) == raw` for any bytes at all. Offsets are
offsets into that text; lines end at CR LF, CR or LF and nowhere else (`str.splitlines` would also split at form feeds
and U+2028 and shift every line number).
"""

from __future__ import annotations

import bisect
import hashlib
import re
import stat
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path

from agentgen.errors import Problem, UserError

BOM = "\ufeff"

MAX_BYTES = 4 * 1024 * 1024
"""A larger file is refused."""

MAX_LINES = 100_000
"""A file with more lines is refused."""

_HALF = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # halves of characters, which an escape in JSON can write
_NO_AGENT = "an agent file is some kilobytes of text: check that this is the right file"
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range `[start, end)` of offsets into a source's text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it stands on disk. `path` is what is shown to people, `raw` the bytes."""

    path: str
    raw: bytes
    text: str = field(init=False, repr=False, compare=False)
    line_starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        text = decode(self.raw)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "line_starts", _line_starts(text))

    @property
    def digest(self) -> str:
        """`sha256:` and the hex digest of the bytes."""
        return digest(self.raw)

    @property
    def line_count(self) -> int:
        """How many lines the file has; a final line end does not open another."""
        return len(self.line_starts)

    def slice(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def line_of(self, offset: int) -> int:
        """The 1-based line that holds the character at `offset` (the last line for the end of the file)."""
        return max(1, bisect.bisect_right(self.line_starts, offset))

    def position(self, offset: int) -> tuple[int, int]:
        """1-based line and column (in characters) of `offset`; a byte-order mark takes no column."""
        line = self.line_of(offset)
        start = self.line_starts[line - 1] if self.line_starts else 0
        if line == 1 and self.text.startswith(BOM):
            start = len(BOM)
        return line, max(offset - start, 0) + 1

    def line_span(self, line: int) -> Span:
        """The span of a 1-based line, its line end included."""
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.text)
        return Span(self.line_starts[line - 1], end)


def read_source(path: Path, shown_as: str | None = None) -> Source:
    """Read a file as bytes.

    Raises:
        UserError: the file cannot be read or is larger than any agent file, with what to do about it.
    """
    shown = shown_as if shown_as is not None else str(path)
    try:
        raw = _read_bytes(path, shown)
    except FileNotFoundError:
        raise UserError(Problem("no such file", shown, hint="check the path")) from None
    except IsADirectoryError:
        raise UserError(Problem("this is a folder, not a file", shown, hint="name the files in it")) from None
    except OSError as error:
        raise UserError(Problem(f"cannot be read: {error.strerror or error}", shown)) from None
    lines = raw.count(b"\n") + raw.count(b"\r") - raw.count(b"\r\n")
    if lines > MAX_LINES:
        raise UserError(Problem(f"{lines} lines; at most {MAX_LINES} are read", shown, hint=_NO_AGENT))
    return Source(shown, raw)


def _read_bytes(path: Path, shown: str) -> bytes:
    state = path.stat()
    if not stat.S_ISREG(state.st_mode) and not stat.S_ISDIR(state.st_mode):
        raise UserError(Problem("this is not a regular file", shown, hint="save what it gives in a file first"))
    if state.st_size > MAX_BYTES:
        message = f"{state.st_size} bytes; at most {MAX_BYTES} are read"
        raise UserError(Problem(message, shown, hint=_NO_AGENT))
    return path.read_bytes()


def decode(raw: bytes) -> str:
    """Bytes to text without loss: bytes that are not UTF-8 become lone surrogates."""
    return raw.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """The inverse of `decode`."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return _HALF.sub("\ufffd", text).encode("utf-8", "surrogateescape")


def digest(raw: bytes) -> str:
    """`sha256:` and the hex digest."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()


def split_lines(text: str) -> list[str]:
    """Lines with their ends; joined they are the text."""
    starts = _line_starts(text)
    return [text[start:end] for start, end in pairwise((*starts, len(text)))]


def to_lf(text: str) -> str:
    """The text with every line end written as LF."""
    return _LINE_END.sub("\n", text)


def _line_starts(text: str) -> tuple[int, ...]:
    if not text:
        return ()
    if "\r" in text:
        starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
    else:
        starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]
    return tuple(starts[:-1] if starts[-1] == len(text) else starts)
