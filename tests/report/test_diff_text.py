"""The terminal view of a comparison: all in one look, then what differs, nothing raw from a file."""

from __future__ import annotations

import re

import pytest

from agentgen.compare.model import KeyStatus, Relation, Status
from agentgen.report.diff_text import diff_text
from agentgen.report.diff_topic import topic_text

from . import made

ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def test_the_matrix_shows_how_each_variant_stands_in_a_shared_topic() -> None:
    """One of two items is said by the other variant too; what agrees or stands alone is folded to its name."""
    shown = diff_text(made.two())
    assert re.search(r"^ +Security +≈ 1/2 +≈ 1/2 +2 of 2$", shown, re.MULTILINE)
    assert "agree (2): Agent · Style" in shown
    assert "only in A (1): Notes" in shown


def test_what_differs_comes_by_importance() -> None:
    """Permissions first, then conflicts, then topics; what is equal in the frontmatter is not shown."""
    shown = diff_text(made.two())
    parts = [
        "FRONTMATTER",
        "tools",
        "what the agent may do",
        "CONFLICTS",
        "p95 latency",
        "TOPICS THAT DIFFER",
        "Security",
    ]
    places = [shown.index(part, shown.index("FRONTMATTER")) for part in parts]
    assert places == sorted(places)
    assert "model" not in shown
    assert re.search(r"A +1 in common, \+ Grep", shown)
    assert re.search(r"A:7 +100 ms +“p95 < 100 ms”", shown)


def test_the_statistics_are_the_matrix_alone() -> None:
    """`stat` leaves out what differs."""
    shown = diff_text(made.two(), stat=True)
    assert "Security" in shown
    assert "FRONTMATTER" not in shown
    assert "CONFLICTS" not in shown


def test_equal_variants_are_said_to_be_equal() -> None:
    """Where nothing differs there is one sentence and the list of who agrees."""
    twins = [made.variant(name, "# Agent\n\n- Be kind\n") for name in ("a", "b")]
    groups = [(Relation.SAME, [("a", 0), ("b", 0)])]
    shown = diff_text(made.comparison(twins, [made.topic(twins, "Agent", Status.SAME, groups)]))
    assert shown.startswith("2 variants say the same in the one topic.")
    assert "TOPICS THAT DIFFER" not in shown


def test_a_line_is_never_wider_than_asked() -> None:
    """Wide headings, many variants and long lists wrap or are cut."""
    heading = "A very long heading indeed, longer than any column of a matrix could be " * 2
    text = f"# {heading.strip()}\n\n" + "".join(f"- statement {i} " + "word " * 40 + "\n" for i in range(5))
    variants = [made.variant(f"variant-{i:02}", text) for i in range(9)]
    values = {one.id: tuple(f"mcp__{one.id}__tool_{i}" for i in range(60)) for one in variants[:5]}
    keys = [made.key("tools", KeyStatus.DIFFERENT, values)]
    topics = [made.topic(variants, heading.strip(), Status.EDITED)]
    compared = made.comparison(variants, topics, keys)
    for width in (60, 100):
        shown = diff_text(compared, width=width) + topic_text(compared, topics[0], width=width)
        assert max(map(len, shown.splitlines())) <= width
    assert "and 52 more" in diff_text(compared)


def test_colour_adds_codes_and_changes_no_word() -> None:
    """Without colour there is no escape code; with it, the words are the same."""
    plain, coloured = diff_text(made.two()), diff_text(made.two(), colour=True)
    assert "\x1b" not in plain
    assert "\x1b[" in coloured
    lines = [line.rstrip() for line in ESCAPE.sub("", coloured).splitlines()]
    assert lines == plain.splitlines()


@pytest.mark.parametrize(
    "payload", ["\x1b[31m", "\x1b]0;title\x07", "\u202e", "\u200b", "\x08", "\x9b1m", "\U000e0041"]
)
def test_what_cannot_be_seen_never_reaches_the_terminal_raw(payload: str) -> None:
    """Escape codes, bidi marks and hidden characters in headings, items, values and quotes show as labels."""
    variants = [made.variant(name, f"# Agent {payload}\n\n- item {payload}{name}\n") for name in ("a", "b")]
    heading = variants[0].document.sections[0].heading
    assert heading is not None
    one = made.topic(variants, heading, Status.EDITED)
    keys = [made.key("color", KeyStatus.DIFFERENT, {"a": payload, "b": "red"})]
    conflicts = [made.conflict(f"x{payload}", ("a", payload, payload), ("b", "y", "y"))]
    compared = made.comparison(variants, [one], keys, conflicts)
    shown = diff_text(compared) + topic_text(compared, one)
    assert payload not in shown
    assert not any(char in shown for char in payload if ord(char) < 32 or ord(char) > 126)


def test_one_topic_is_shown_in_full_with_the_wordings_side_by_side() -> None:
    """Each variant has a column; statements of one variant alone stand in its column; every place has its line."""
    compared = made.two()
    shown = topic_text(compared, compared.topic("security"))
    assert re.search(r"A:5 +Validate every input at the boundary +B:5 +Check every input at the boundary$", shown, re.M)
    assert re.search(r"A:6 +Rotate keys monthly +B:6 +Log each login$", shown, re.M)
    assert "A:3-6  Security" in shown


def test_where_columns_would_be_too_narrow_the_wordings_stand_below_each_other() -> None:
    """Nothing is cut: the whole wording of each variant is there."""
    compared = made.two()
    shown = topic_text(compared, compared.topic("security"), width=50)
    assert re.search(r"A:5 +Validate every input at the boundary$", shown, re.MULTILINE)
    assert re.search(r"B:5 +Check every input at the boundary$", shown, re.MULTILINE)
