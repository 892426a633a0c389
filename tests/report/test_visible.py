"""What cannot be seen is shown; what people really write is left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agentgen.report.visible import Piece, pieces, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u200bb", "a<U+200B>b"),
        ("a\u202eb\u202c", "a<U+202E>b<U+202C>"),
        ("\ufeffa", "<U+FEFF>a"),
        ("soft\u00adhyphen", "soft<U+00AD>hyphen"),
        ("no\u00a0break", "no<U+00A0>break"),
        ("\x1b[31mred\x07", "<U+001B>[31mred<U+0007>"),
        ("caf\udce9", "caf<\\xe9>"),
        ("line\u2028separator", "line<U+2028>separator"),
        ("filler\u3164", "filler<U+3164>"),
        ("a\u200db", "a<U+200D>b"),
        ("A\ufe0f", "A<U+FE0F>"),
        ("x\U000e0068\U000e0069y", "x<tags: hi>y"),
        ("\ue000", "<U+E000>"),
    ],
)
def test_hidden_characters_become_labels(text: str, shown: str) -> None:
    """Zero-width, bidi, control, tag, private and filler characters, odd blanks and bytes that are not UTF-8."""
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "plain — “quoted” → café, Ελλάδα, Москва, 日本語, a\u0301",
        "two\nlines\tand a tab",
        "\u2705 done \u26a0\ufe0f careful \u2714\ufe0f",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f44d\U0001f3fd 1\ufe0f\u20e3",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cخواهم क्\u200dष",
    ],
)
def test_real_writing_stays_as_it_is(text: str) -> None:
    """Other scripts, emoji sequences, flags, joiners where a script needs them, line ends and tabs."""
    assert pieces(text) == (Piece(text),)


def test_line_ends_are_no_hidden_characters() -> None:
    """CR LF and CR count as line ends."""
    assert visible("a\r\nb\rc") == "a\nb\nc"


@given(st.text(st.characters(), max_size=60))
def test_nothing_hidden_gets_through_and_nothing_is_lost(text: str) -> None:
    """Whatever comes in, what is not a label has no control character or lone surrogate, and stands in the text."""
    found = pieces(text)
    plain = "".join(piece.text for piece in found if not piece.hidden)
    assert not [char for char in plain if unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t"]
    assert all(piece.text for piece in found)
    assert set(plain) <= set(text) | {"\n"}
    visible(text).encode("utf-8")
