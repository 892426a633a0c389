"""Bytes, text, lines and places of a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from agentgen.errors import UserError
from agentgen.source import (
    MAX_BYTES,
    MAX_LINES,
    Source,
    Span,
    decode,
    digest,
    encode,
    read_source,
    split_lines,
    to_lf,
)


def test_lines_end_at_cr_lf_cr_and_lf_only() -> None:
    """Form feeds and Unicode line separators are characters like any other."""
    text = "a\r\nb\rc\nd\x0ce\u2028f\x85g"
    assert split_lines(text) == ["a\r\n", "b\r", "c\n", "d\x0ce\u2028f\x85g"]
    assert "".join(split_lines(text)) == text
    assert to_lf(text) == "a\nb\nc\nd\x0ce\u2028f\x85g"


def test_places_are_one_based_lines_and_columns() -> None:
    """The line end belongs to the line that it ends; the end of the file to its last line."""
    source = Source("a.md", "é\r\n\r\nxy".encode())
    assert source.line_count == 3
    assert [source.position(offset) for offset in (0, 1, 2, 3, 5, 6, 7)] == [
        (1, 1),
        (1, 2),
        (1, 3),
        (2, 1),
        (3, 1),
        (3, 2),
        (3, 3),
    ]
    assert source.slice(source.line_span(2)) == "\r\n"
    assert source.slice(source.line_span(3)) == "xy"


def test_a_byte_order_mark_takes_no_column() -> None:
    """Editors do not show it, so the first character behind it is in column 1."""
    source = Source("a.md", b"\xef\xbb\xbfab\nc")
    assert [source.position(offset) for offset in (0, 1, 2, 4)] == [(1, 1), (1, 1), (1, 2), (2, 1)]


def test_an_empty_file_has_no_line_and_a_place_all_the_same() -> None:
    """Offset 0 is line 1, column 1."""
    source = Source("a.md", b"")
    assert source.line_count == 0
    assert source.position(0) == (1, 1)
    assert source.line_starts == ()


def test_a_final_line_end_opens_no_line() -> None:
    """One line with an end, one line without, count the same."""
    assert Source("a", b"x\n").line_count == Source("a", b"x").line_count == 1


def test_bytes_that_are_not_utf8_survive() -> None:
    """They become lone surrogates and come back as they were."""
    raw = b"caf\xe9 \xff\xfe \xed\xa0\x80"
    assert encode(decode(raw)) == raw


def test_the_digest_is_that_of_the_bytes() -> None:
    """Two paths with the same bytes have the same digest."""
    assert Source("a", b"x").digest == Source("b", b"x").digest == digest(b"x")
    assert digest(b"").startswith("sha256:e3b0c442")


def test_spans_are_half_open() -> None:
    """Their length is the distance of their ends."""
    assert len(Span(2, 5)) == 3


def test_a_file_is_read_as_it_stands(tmp_path: Path) -> None:
    """No line end is changed; the name shown may differ from the path."""
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbfx\r\ny\r")
    source = read_source(path, "variants/a.md")
    assert source.raw == b"\xef\xbb\xbfx\r\ny\r"
    assert source.path == "variants/a.md"
    assert read_source(path).path == str(path)


def _problem(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_source(path, "a.md")
    return str(caught.value)


def test_what_cannot_be_read_is_an_error_for_the_user(tmp_path: Path) -> None:
    """A missing file, a folder and a pipe, each with what to do next."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert _problem(tmp_path / "none.md") == "a.md: no such file\n  check the path"
    assert _problem(tmp_path) == "a.md: this is a folder, not a file\n  name the files in it"
    assert _problem(pipe) == "a.md: this is not a regular file\n  save what it gives in a file first"
    assert "cannot be read" in _problem(tmp_path / ("x" * 300))


def test_a_file_without_permission_is_an_error_for_the_user(tmp_path: Path) -> None:
    """The system's reason is in the message."""
    path = tmp_path / "a.md"
    path.write_bytes(b"x")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    assert "cannot be read" in _problem(path)
    path.chmod(stat.S_IRUSR)


def test_files_beyond_the_limits_are_refused(tmp_path: Path) -> None:
    """Too many bytes (found out without reading them) or too many lines; at the limit all is well."""
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert f"at most {MAX_BYTES} are read" in _problem(large)
    many = tmp_path / "many"
    many.write_bytes(b"\n" * (MAX_LINES + 1))
    assert f"at most {MAX_LINES} are read" in _problem(many)
    many.write_bytes(b"\n" * MAX_LINES)
    assert read_source(many).line_count == MAX_LINES
