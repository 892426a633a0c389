"""Texts that make a careless search look at everything behind each of its characters: each is read in a line.

No clock: of these lengths a square is hours, and the time limit of a test ends it.
"""

from __future__ import annotations

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.facts_measures import measures
from agentgen.compare.items_elements import listed, title_terms
from agentgen.compare.items_statements import Statement, read_statements
from agentgen.compare.items_terms import prose_of
from agentgen.compare.normal import normal_form
from agentgen.compare.typed import typed_parts
from tests.compare.helpers import variants

LONG = 3_000_000


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("`" * LONG, "`"),
        ("x\n" + "~" * LONG + "`", "`"),
        ("## a" + " " * LONG + "b", "a b"),
        ("x\n" + " " * LONG + "y", "x y"),
        (" a ".join("`" * length for length in range(1, 2_500)), "`"),
        ("- " * 100_000 + "x", "x"),
    ],
    ids=["backticks", "tildes", "heading", "blanks", "runs", "bullets"],
)
def test_a_normal_form_looks_at_each_run_once(text: str, end: str) -> None:
    """Runs of fences, blanks and backticks without a partner."""
    assert normal_form(text).endswith(end)


def test_a_fence_that_does_not_end_is_looked_at_once() -> None:
    """A run of marks without a line behind it is prose."""
    text = "~" * LONG
    assert prose_of(text) is text


def test_the_elements_of_a_text_without_blanks_are_found_by_their_places() -> None:
    """Each piece asks for its own terms only."""
    assert listed("timeout/cursor/" * 30_000) == {frozenset({"timeout"}), frozenset({"cursor"})}


def test_a_lead_is_looked_for_behind_the_blanks_only() -> None:
    """All in parentheses: nothing is left."""
    assert title_terms("(retry) " * 100_000 + "Rest") == {"rest"}


def _statement(text: str) -> Statement:
    found = variants({"a": f"# Rules\n\n- {text}\n"})
    return read_statements(found, {("a", section.id): "" for section in found[0].document.sections})[-1]


@pytest.mark.parametrize("text", ["latency 10 ms ", "10 ms ", "latency under 10 ms. ", "10 ms. "])
def test_each_number_asks_for_its_neighbours_only(text: str) -> None:
    """Measures in one clause and in many, and numbers without a measure of their own."""
    found = list(measures(_statement(text * 20_000 + "latency")))
    assert [(fact.subject, fact.values) for fact in found] == [("latency", {"10"})]


@pytest.mark.parametrize("text", ["-x" * 400_000, '"' * 400_000 + "x"], ids=["hyphens", "quotes"])
def test_the_kind_of_a_section_is_seen_in_a_line(text: str) -> None:
    """Names of agents and quoted speech."""
    (variant,) = variants({"a": f"# Rules\n\n- {text}\n"})
    assert "part/examples" not in typed_parts(variant.document.items, [])


def test_a_heading_of_many_asides_is_read_once() -> None:
    """Also one of several lines."""
    heading = "a: b: " * 30_000 + "\nfoo\n===\n\n- Say why.\n"
    topics = compare_variants(variants({"a": heading, "b": heading})).topics
    assert [topic.status.value for topic in topics] == ["same"]
