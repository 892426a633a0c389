"""A question on the terminal shows every side and every key, and nothing that a terminal would obey."""

from __future__ import annotations

import pytest

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Comparison
from agentgen.merge.model import View
from agentgen.merge.propose import propose_recipe
from agentgen.merge.session import begin
from agentgen.report.question_text import QuestionText, question_text
from tests.merge.helpers import variant
from tests.merge.script import Script
from tests.merge.test_session import COMPARISON


def screens(comparison: Comparison, keys: str = "s" * 20) -> dict[str, View]:
    """Every screen of a session, by its question."""
    script = Script(keys)
    script.play(begin(comparison, propose_recipe(comparison)))
    return {view.question.id: view for view in script.views}


def text(screen: QuestionText) -> str:
    return screen.head + screen.body + screen.foot


def test_a_key_shows_what_each_variant_has() -> None:
    """The variants under the digits that take them, what holds meanwhile, how far one is."""
    screen = question_text(screens(COMPARISON)["keys/tools"])
    assert "decision 1 of 8" in screen.head
    assert "as it stands: union garage, shop" in screen.head
    assert "1 garage  Read, Bash" in screen.body
    assert "2 shop    Read, Edit" in screen.body
    for key in ("1 garage", "2 shop", "u union", "i intersect", "d drop", "e edit", "s skip", "q quit"):
        assert key in screen.foot


def test_a_conflict_shows_each_side_with_its_place() -> None:
    """The statement, its line and heading, and the value that disagrees."""
    views = screens(COMPARISON)
    screen = question_text(next(view for name, view in views.items() if name.startswith("conflicts/")))
    assert 'shop  line 18, under "Bookings"' in screen.body
    assert "Keep p95 latency of bookings below 50 ms" in screen.body
    assert "Keep p95 latency of bookings below 100 ms" in screen.body
    assert "u both stay" in screen.foot
    assert "the side of garage holds" in screen.head


def test_a_topic_shows_what_is_said_by_one_only() -> None:
    """Side by side, under the digits."""
    screen = question_text(screens(COMPARISON)["topics/brakes"])
    assert "1:6" in screen.body
    assert "Bleed hydraulic brakes" in screen.body
    assert "Replace worn cables" in screen.body
    assert "the union of garage, shop" in screen.head


def test_a_group_lists_its_topics_and_each_can_be_seen() -> None:
    """Title, line, number of statements and the first of them."""
    views = screens(COMPARISON, "ssssss" + "o" + "s" * 9)
    group = question_text(views["alone/garage"])
    assert "Lights  line 20, 1 statement  Test the dynamo in the dark" in group.body
    assert "2 of 2 topics taken from garage" in group.head
    assert "Test the dynamo in the dark" in question_text(views["topics/lights"]).body


@pytest.mark.parametrize("width", [40, 100])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    """Keys wrap onto more lines."""
    for view in screens(COMPARISON).values():
        assert max(map(len, text(question_text(view, width=width)).splitlines())) <= width


def test_nothing_in_a_file_reaches_the_terminal_as_a_command() -> None:
    """Escape sequences in headings, statements, values and names of variants become labels."""
    evil = "\x1b[2J\x9b31m\u202e"
    body = f"You are {{}}.\n\n## Brakes{evil}\n\n- Check {{}} pads{evil}\n\n## {{}} alone{evil}\n\n- Just {{}}{evil}\n"
    variants = [
        variant(f"{name}{evil}", body.replace("{}", name), description=f"{name}{evil}", tools=(f"{name}{evil}",))
        for name in ("garage", "shop")
    ]
    shown = [text(question_text(view)) for view in screens(compare_variants(variants)).values()]
    assert len(shown) >= 4
    assert not {"\x1b", "\x9b", "\u202e"}.intersection("".join(shown))
    assert "U+001B" in "".join(shown)
