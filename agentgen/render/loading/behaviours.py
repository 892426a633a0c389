"""The loaders' behaviours: from a file's text to the frontmatter and body that a tool takes from it.

A behaviour says where frontmatter ends, how it is parsed, and what comes after a first failure. What a tool demands of
the values is another matter (`agentgen.render.loading.rules`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from agentgen.render.loading.lines import raw_lines, simple_lines, typed_lines
from agentgen.render.loading.model import Loaded, Status, failed
from agentgen.render.loading.retries import blocked_lines, quoted_lines
from agentgen.render.loading.yaml_values import Dialect, YamlError, read_mapping
from agentgen.render.spec import Loader, Reading
from agentgen.source import BOM

_ANYWHERE = re.compile(r"---\s*\n([\s\S]*?)---\s*\n?")
_OWN_LINE = re.compile(r"---\r?\n([\s\S]*?)\r?\n---(?:[ \t]*\r?\n|[ \t]*\Z|(?=[^\r\n]))")
_EXACT = re.compile(r"---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|\Z)")
_LF_LINES = re.compile(r"---\n([\s\S]*?)\n---\n")
_ANY_PLACE = re.compile(r"^---\s*\n([\s\S]*?)\n---\s*\n?", re.MULTILINE)
_TO_THE_END = re.compile(r"---(?!-)([\s\S]*?)(?:\n---|\Z)")


class Block(NamedTuple):
    """A file cut in two: the text between the dashes, the line of the file on which it begins (1-based), the rest."""

    text: str
    line: int
    body: str


def take_apart(text: str, reading: Reading, pattern: re.Pattern[str], *, anywhere: bool = False) -> Block | None:
    """The file cut at its dashes; None where the tool finds no frontmatter."""
    if reading.bom:
        text = text.removeprefix(BOM)
    found = pattern.search(text) if anywhere else pattern.match(text)
    if found is None:
        return None
    return Block(found[1], text.count("\n", 0, found.start(1)) + 1, text[found.end() :].strip())


def _read(block: Block, text: str, reading: Reading, status: Status) -> Loaded:
    """The block parsed as YAML. Raises YamlError."""
    dialect = Dialect(reading.duplicates, reading.dates, reading.tabs, reading.tags, reading.indented)
    values = read_mapping(text, dialect)
    return Loaded(status, values, block.body)


def _refused(block: Block, error: YamlError) -> Loaded:
    return failed(Status.REJECTED, f"YAML: {error.message}", line=block.line + error.line)


def strict(text: str, reading: Reading) -> Loaded:
    """YAML, once."""
    block = take_apart(text, reading, _EXACT if reading.exact else _OWN_LINE)
    if block is None:
        return _without(text, reading)
    try:
        return _read(block, block.text, reading, Status.OK)
    except YamlError as error:
        return _refused(block, error)


def quote_retry(text: str, reading: Reading) -> Loaded:
    """YAML; where it fails, suspicious top-level values are quoted. The first `---` after the first line ends it."""
    block = take_apart(text, reading, _ANYWHERE)
    if block is None:
        return _without(text, reading)
    try:
        return _read(block, block.text, reading, Status.OK)
    except YamlError as first:
        try:
            return _read(block, quoted_lines(block.text), reading, Status.OK_AFTER_RETRY)
        except YamlError:
            return _refused(block, first)


def block_retry(text: str, reading: Reading) -> Loaded:
    """YAML up to a line of dashes or the end of the file; where it fails, values with a colon become block scalars.

    Where that changes nothing, the whole file is taken for the prompt.
    """
    block = take_apart(text, reading, _TO_THE_END)
    if block is None:
        return _without(text, reading)
    try:
        return _read(block, block.text, reading, Status.OK)
    except YamlError as first:
        inner = block.text.lstrip("\r\n")
        again = blocked_lines(inner)
        if again == inner:
            reason = f"YAML: {first.message}; the whole file becomes the prompt, frontmatter included, with all tools"
            return failed(Status.FRONTMATTER_IGNORED, reason, line=block.line + first.line)
        try:
            return _read(block, again, reading, Status.OK_AFTER_RETRY)
        except YamlError:
            return _refused(block, first)


def line_fallback(text: str, reading: Reading) -> Loaded:
    """YAML; where it fails, each line is split at its first colon."""
    return _with_lines(text, reading, _OWN_LINE, lambda block: typed_lines(block, reading.lists))


def simple_fallback(text: str, reading: Reading) -> Loaded:
    """YAML without empty values; where it fails, lines with simple lists and mappings. Line ends are made LF first."""
    loaded = _with_lines(text.replace("\r\n", "\n").replace("\r", "\n"), reading, _LF_LINES, simple_lines)
    if loaded.frontmatter is None:
        return loaded
    values = {key: value for key, value in loaded.frontmatter.items() if value is not None}
    return Loaded(loaded.status, values, loaded.body)


def _with_lines(
    text: str, reading: Reading, pattern: re.Pattern[str], parse: Callable[[str], dict[str, object]]
) -> Loaded:
    block = take_apart(text, reading, pattern)
    if block is None:
        return _without(text, reading)
    try:
        return _read(block, block.text, reading, Status.OK)
    except YamlError as error:
        return Loaded(Status.OK_AFTER_RETRY, parse(block.text), block.body, line=block.line + error.line)


def raw(text: str, reading: Reading) -> Loaded:
    """Never YAML; the first two lines of dashes count, wherever they stand."""
    block = take_apart(text, reading, _ANY_PLACE, anywhere=True)
    return _without(text, reading) if block is None else Loaded(Status.OK, raw_lines(block.text), block.body)


def plain(text: str, reading: Reading) -> Loaded:
    """No frontmatter: the whole file is the text."""
    return Loaded(Status.OK, {}, (text.removeprefix(BOM) if reading.bom else text).strip())


def _without(text: str, reading: Reading) -> Loaded:
    status = Status(reading.without)
    if not reading.bare:
        return failed(status, "no frontmatter is found at the top of the file", line=1)
    reason = "no frontmatter is found; the whole file becomes the prompt"
    return Loaded(status, reason=reason, loads=not text.lstrip().startswith("---"))


BEHAVIOURS: dict[Loader, Callable[[str, Reading], Loaded]] = {
    Loader.STRICT: strict,
    Loader.STRICT_TYPED: strict,
    Loader.FIELD_DEFAULTS: strict,
    Loader.UNKNOWN: strict,
    Loader.QUOTE_RETRY: quote_retry,
    Loader.BLOCK_RETRY: block_retry,
    Loader.LINE_FALLBACK: line_fallback,
    Loader.SIMPLE_LINES: simple_fallback,
    Loader.RAW_LINES: raw,
    Loader.NONE: plain,
}
"""Every behaviour that a `target.yaml` can name."""
