"""Findings about a file's bytes: what is not UTF-8 text is kept as it is and reported."""

from __future__ import annotations

import re

from agentgen.findings import Finding, finding
from agentgen.source import Source

_NOT_UTF8 = re.compile("[\udc80-\udcff]+")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_SAMPLE = 4096
_WIDE_SHARE = 0.3  # ASCII text in UTF-16 is half NUL


def encoding_findings(source: Source) -> list[Finding]:
    """At most one finding: the file is UTF-16, is binary, or holds bytes that are not UTF-8."""
    raw = source.raw
    if raw.startswith(_WIDE_MARKS) or raw[:_SAMPLE].count(0) > _WIDE_SHARE * len(raw[:_SAMPLE]):
        return [finding(source, "encoding-utf16", 0, "the file is not UTF-8 but UTF-16 or UTF-32")]
    if b"\x00" in raw:
        place = source.text.index("\x00")
        return [finding(source, "file-binary", place, "a NUL byte: this is not a text file")]
    if source.text.isascii():
        return []
    runs = list(_NOT_UTF8.finditer(source.text))
    if not runs:
        return []
    count = sum(len(run[0]) for run in runs)
    shown = " ".join(f"{ord(character) - 0xDC00:02x}" for character in runs[0][0][:8])
    message = f"{count} byte{'s' if count > 1 else ''} of this file, the first here ({shown}), are not UTF-8"
    return [finding(source, "encoding-not-utf8", runs[0].start(), message)]
