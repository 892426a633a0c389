"""Deciding by keyboard, played from a script: what is asked, what a key does, undo, going on, replay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Comparison
from agentgen.errors import UserError
from agentgen.merge.answers import Answer
from agentgen.merge.combine import merge
from agentgen.merge.journal import Entry, Past, entry_line, read_journal
from agentgen.merge.model import Act
from agentgen.merge.propose import parse_strategy, propose_recipe
from agentgen.merge.session import Session, begin, replay
from agentgen.profile.body import render_body
from agentgen.profile.recipe import KeyDecision, KeyMode, Recipe, TopicDecision
from agentgen.profile.store import dump_recipe
from agentgen.source import Source, encode
from tests.merge.helpers import families, read_variants, variant
from tests.merge.script import Script

GARAGE = """\
You run a bicycle garage.

## Brakes

- Check the brake pads at every visit
- Bleed hydraulic brakes twice a year

## Prices

- Quote the price before the work starts

## Delivery

- Deliver every bike within 8 hours

## Bookings

- Keep p95 latency of bookings below 100 ms

## Lights

- Test the dynamo in the dark

## Frames

- Look for cracks below the paint
"""
SHOP = """\
You sell bicycles and mend them.

## Brakes

- Check the brake pads at every visit
- Replace worn cables, never patch them

## Prices

- Quote the price before the work starts

## Delivery

- Deliver every bike within 2 hours

## Bookings

- Keep p95 latency of bookings below 50 ms

## Wheels

- True the wheels on the stand
"""
KEYS: dict[str, dict[str, Any]] = {
    "garage": {"name": "bike", "description": "Mends bicycles", "tools": ("Read", "Bash"), "color": "red"},
    "shop": {"name": "bike", "description": "Sells bicycles", "tools": ("Read", "Edit")},
}


def compared(garage: str = GARAGE, shop: str = SHOP) -> Comparison:
    texts = {"garage": garage, "shop": shop}
    return compare_variants([variant(name, text, **KEYS[name]) for name, text in texts.items()])


COMPARISON = compared()
CONFLICT = f"conflicts/{COMPARISON.conflicts[-1].id}"
ORDER = [
    "keys/tools",
    "keys/description",
    CONFLICT,
    "topics/opening",
    "topics/brakes",
    "topics/delivery",
    "alone/garage",
    "alone/shop",
]


def start() -> Session:
    return begin(COMPARISON, propose_recipe(COMPARISON))


def played(keys: str, text: str | None = None) -> Session:
    return Script(keys, text).play(start())


def body(recipe: Recipe) -> str:
    return render_body(merge(COMPARISON.variants, recipe, COMPARISON).profile)


def key(recipe: Recipe, name: str) -> KeyDecision:
    return next(one for one in recipe.keys if one.key == name)


def topic(recipe: Recipe, name: str) -> TopicDecision:
    return next(one for one in recipe.topics if one.id == name)


def journal(entries: Sequence[Entry]) -> Past:
    """What a file with these entries says."""
    return read_journal(Source("decisions.journal", encode("".join(map(entry_line, entries)))))


# -- what is asked -----------------------------------------------------------------------------------------------


def test_only_what_needs_it_is_asked_and_the_worst_first() -> None:
    """Tools, description, the conflict, topics that differ (in a number, too), then what one variant has alone.

    Not the name, which is equal, the colour, which only one has, or the prices, of which both say the same.
    """
    script = Script("s" * 20)
    script.play(start())
    assert script.asked == ORDER


def test_the_same_variants_have_nothing_to_ask() -> None:
    """Two copies differ in nothing."""
    twins = compare_variants([variant(name, GARAGE, **KEYS["garage"]) for name in ("one", "two")])
    assert begin(twins, propose_recipe(twins)).open == ()


def test_one_variant_alone_has_nothing_to_ask() -> None:
    """It is taken as it is."""
    single = compare_variants([variant("garage", GARAGE)])
    assert begin(single, propose_recipe(single)).open == ()


def test_what_a_hand_decided_is_not_asked() -> None:
    """A topic with a reason, a key with a value and a conflict that is settled stand."""
    recipe = propose_recipe(COMPARISON)
    recipe = replace(
        recipe,
        keys=tuple(
            replace(one, mode=KeyMode.VALUE, variants=(), value=("Read",), open=False) if one.key == "tools" else one
            for one in recipe.keys
        ),
        topics=tuple(replace(one, reason="seen") if one.id == "brakes" else one for one in recipe.topics),
        conflicts=tuple(replace(one, open=False) for one in recipe.conflicts),
    )
    asked = [question.id for question in begin(COMPARISON, recipe).open]
    assert asked == [name for name in ORDER if name not in ("keys/tools", CONFLICT, "topics/brakes")]


def test_a_strategy_that_decides_about_topics_leaves_the_rest_to_ask() -> None:
    """With `base=garage` what to take of the topics was said."""
    strategy = parse_strategy("base=garage")
    assert strategy is not None
    session = begin(COMPARISON, propose_recipe(COMPARISON, strategy=strategy))
    assert {question.id.partition("/")[0] for question in session.open} == {"keys"}


@pytest.mark.corpus
def test_five_real_variants_take_under_sixty_decisions(seeds: list[Path]) -> None:
    """With the defaults, answered by the least that can be pressed each time."""
    comparison = compare_variants(read_variants(seeds))
    script = Script("s" * 100)
    script.play(begin(comparison, propose_recipe(comparison)))
    assert 5 < len(script.views) < 60


@pytest.mark.corpus
def test_near_copies_take_under_twelve_decisions(shared: Path) -> None:
    """The forks in each family, which share most of their text."""
    forks = {
        "code-reviewer": ("2SSK", "VoltAgent", "davila7"),
        "database-optimizer": ("VoltAgent", "davila7"),
        "debugger": ("VoltAgent", "davila7"),
        "frontend-developer": ("VoltAgent", "davila7"),
        "test-qa": ("VoltAgent", "davila7"),
    }
    for family, paths in families(shared).items():
        copies = [path for path in paths if path.name.startswith(forks[family])]
        assert len(copies) == len(forks[family])
        comparison = compare_variants(read_variants(copies))
        assert 0 < len(begin(comparison, propose_recipe(comparison)).open) < 12, family


# -- what a key does ---------------------------------------------------------------------------------------------


def test_a_digit_takes_a_variant() -> None:
    """By its place in the precedence, of a key, a conflict and a topic; nothing of it is open then."""
    recipe = played("222222").recipe
    assert key(recipe, "tools").variants == key(recipe, "description").variants == ("shop",)
    assert [(one.pick, one.open) for one in recipe.conflicts] == [("shop", False)]
    assert topic(recipe, "brakes").take == ("shop",)
    text = body(recipe)
    assert "You sell bicycles" in text
    assert "garage" not in text
    assert "Replace worn cables" in text
    assert "Bleed" not in text
    assert "below 50 ms" in text
    assert "100 ms" not in text


def test_union_intersection_and_both() -> None:
    """Of tool lists, and of the two sides of a conflict."""
    assert key(played("u").recipe, "tools").mode is KeyMode.UNION
    shared = played("isu").recipe
    assert merge(COMPARISON.variants, shared, COMPARISON).profile.fields["tools"] == ("Read",)
    assert "100 ms" in body(shared)
    assert "50 ms" in body(shared)


def test_dropping_takes_a_topic_or_all_topics_of_a_variant_out() -> None:
    """The group of one variant goes as one; what the other one has stays."""
    text = body(played("ssss" + "d" + "s" + "d").recipe)
    for gone in ("Brakes", "Lights", "Frames"):
        assert f"## {gone}" not in text
    assert "## Wheels" in text


def test_an_edit_stands_in_the_recipe() -> None:
    """The editor begins with what would stand there; a list is read as one."""
    script = Script("e", "Read, Grep\nGlob\n")
    assert key(script.play(start()).recipe, "tools").value == ("Read", "Grep", "Glob")
    assert script.drafts == ["Read\nBash\nEdit"]
    script = Script("sss" + "s" + "e", "- Brake late\n")
    assert "## Brakes\n\n- Brake late\n" in body(script.play(start()).recipe)
    assert "Bleed hydraulic" in script.drafts[0]
    assert "Replace worn cables" in script.drafts[0]
    script = Script("sse", "- Keep it below 70 ms")
    assert "- Keep it below 70 ms\n" in body(script.play(start()).recipe)


@pytest.mark.parametrize("text", [None, "", "  \n", "Read\nBash\nEdit\n"])
def test_an_edit_that_changes_nothing_decides_nothing(text: str | None) -> None:
    """The question stays, with a word about it."""
    script = Script("e", text)
    script.play(start())
    assert script.asked == ["keys/tools"]
    assert "nothing changed" in script.views[-1].notice
    assert not script.entries


def test_skipping_leaves_things_as_they_stand() -> None:
    """All skipped gives the recipe that was there, open conflicts included."""
    assert played("s" * 20).recipe == propose_recipe(COMPARISON)


def test_a_group_can_be_opened() -> None:
    """Then each of its topics is asked, and what was answered about one holds for that one."""
    script = Script("ssssss" + "o" + "d1")
    text = body(script.play(start()).recipe)
    assert script.asked[6:] == ["alone/garage", "topics/lights", "topics/frames", "alone/shop"]
    assert "## Lights" not in text
    assert "## Frames" in text


def test_the_same_for_the_rest_of_a_kind() -> None:
    """The last answer is given to every topic, where it fits; the next kind is asked by itself."""
    script = Script("sss" + "1" + "a" + "d" + "a")
    recipe = script.play(start()).recipe
    assert [topic(recipe, name).take for name in ("opening", "brakes", "delivery")] == [("garage",)] * 3
    assert [topic(recipe, name).drop for name in ("lights", "frames", "wheels")] == [True] * 3
    assert script.asked == [*ORDER[:5], "alone/garage", "alone/shop"]


def test_a_key_that_does_nothing_says_so() -> None:
    """Nothing is written; neither is there anything to take back, or to repeat."""
    script = Script("x9\u00e9zaq")
    script.play(start())
    assert script.asked == ["keys/tools"]
    assert not script.entries
    assert all(view.notice for view in script.views[1:])


def test_the_keys_that_are_shown_are_those_that_do_something() -> None:
    """Undo only where something was answered, the digits of variants that take part."""
    script = Script("s")
    script.play(start())
    first, second = ([key for key, _ in view.keys] for view in script.views)
    assert first == ["1", "2", "u", "i", "d", "e", "s", "q"]
    assert second == ["1", "2", "e", "s", "z", "q"]


# -- undo, going on, replay --------------------------------------------------------------------------------------


def test_undo_restores() -> None:
    """The question comes again, and the recipe is what it was; answers given along go together."""
    assert played("2z").recipe == start().recipe
    script = Script("sss1a" + "z")
    session = script.play(start())
    assert session.open[0].id == "topics/brakes"
    assert session.recipe == played("sss1").recipe


KEYSTROKES = st.text("12uidesoza", max_size=25)


@settings(max_examples=25)
@given(KEYSTROKES, KEYSTROKES)
def test_quitting_and_going_on_equals_one_run(keys: str, more: str) -> None:
    """Wherever one quits: the journal brings the session back, and further keys do what they would have done."""
    whole = Script(keys + more, "- Mine").play(start())
    first = Script(keys, "- Mine")
    if first.play(start()).open:
        again = begin(COMPARISON, propose_recipe(COMPARISON), journal(first.entries))
        resumed = Script(more, "- Mine").play(again)
        assert resumed.open == whole.open
        assert dump_recipe(resumed.recipe) == dump_recipe(whole.recipe)


@settings(max_examples=25)
@given(KEYSTROKES)
def test_a_replay_gives_the_same_bytes(keys: str) -> None:
    """From the recipe that was there at the beginning, and once more from the one that came out."""
    script = Script(keys, "- Mine")
    recipe = script.play(start()).recipe
    answers = journal(script.entries).everything
    again = replay(COMPARISON, propose_recipe(COMPARISON), answers, "decisions.journal")
    assert dump_recipe(again) == dump_recipe(recipe)
    assert dump_recipe(replay(COMPARISON, again, answers, "decisions.journal")) == dump_recipe(recipe)


def test_what_was_decided_is_not_asked_again_until_it_changes() -> None:
    """After a whole session nothing is open; skipped questions, and those about a changed text, are."""
    script = Script("u" + "1" + "1" + "u" + "u" + "s" + "12")
    recipe = script.play(start()).recipe
    past = journal(script.entries)
    assert [one.id for one in begin(COMPARISON, recipe, past).open] == ["topics/delivery"]
    changed = compared(shop=SHOP.replace("worn cables", "worn brake cables"))
    assert "topics/brakes" in [one.id for one in begin(changed, recipe, past).open]


def test_lines_of_a_journal_that_cannot_be_read_are_all_named() -> None:
    """With the file, the line and what is wrong."""
    with pytest.raises(UserError) as caught:
        read_journal(Source("decisions.journal", b'{\n\n[]\n{"answer": "maybe"}\n'))
    told = [(one.path, one.line, one.message) for one in caught.value.problems]
    assert told[:2] == [
        ("decisions.journal", 1, "this line is no JSON"),
        ("decisions.journal", 3, "this line is no object"),
    ]
    assert told[2][2].startswith("'answer' must be one of")


def test_questions_are_counted() -> None:
    """From one, up to as many as there are."""
    script = Script("u1")
    session = start()
    script.play(session)
    assert [view.number for view in script.views][:3] == [1, 2, 3]
    assert {view.total for view in script.views} == {len(ORDER)}


def test_without_a_recipe_everything_is_asked_anew() -> None:
    """A journal of a session that ended does not stand for the recipe it led to."""
    script = Script("u111u1" + "12")
    script.play(start())
    session = begin(COMPARISON, propose_recipe(COMPARISON), journal(script.entries), anew=True)
    assert [question.id for question in session.open] == ORDER


def test_an_answer_about_another_text_is_refused_by_replay_and_asked_again_by_a_person() -> None:
    """Nothing stale is carried out in silence; each such line is named."""
    script = Script("ssss2")
    script.play(start())
    changed = compared(shop=SHOP.replace("worn cables", "worn brake cables"))
    past = journal(script.entries)
    with pytest.raises(UserError) as caught:
        replay(changed, propose_recipe(changed), past.everything, "decisions.journal")
    assert [(one.line, one.path) for one in caught.value.problems] == [(5, "decisions.journal")]
    assert "changed since 'topics/brakes' was answered" in caught.value.problems[0].message
    assert begin(changed, propose_recipe(changed), past).open[0].id == "topics/brakes"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer("topics/brake", Act.DROP), "there is no question 'topics/brake'"),
        (Answer("keys/description", Act.DROP), "'drop' is no answer to 'keys/description'"),
        (Answer("topics/brakes", Act.TAKE, "shed"), "cannot be taken from 'shed'"),
        (Answer("topics/brakes", Act.EDIT), "the text for 'topics/brakes' is missing"),
    ],
)
def test_a_replay_names_answers_that_do_not_fit(answer: Answer, words: str) -> None:
    """With the line they stand on, and what could stand there."""
    with pytest.raises(UserError) as caught:
        replay(COMPARISON, propose_recipe(COMPARISON), [replace(answer, line=7)], "mine.jsonl")
    (problem,) = caught.value.problems
    assert words in problem.message
    assert (problem.path, problem.line) == ("mine.jsonl", 7)
    assert problem.hint


def test_a_journal_names_every_line_that_is_no_entry() -> None:
    """No JSON, no object, an unknown answer, no question, an unknown key, a wrong type; blank lines are fine."""
    lines = [
        "{",
        "[]",
        '{"answer": "maybe"}',
        '{"answer": "drop"}',
        "",
        '{"question": "a", "answer": "drop", "why": "x"}',
        '{"question": "a", "answer": "take", "variant": 1}',
        '{"question": "a", "answer": "drop", "along": "yes"}',
        '{"answer": "undo"}',
    ]
    with pytest.raises(UserError) as caught:
        read_journal(Source("j", encode("\n".join(lines))))
    assert [problem.line for problem in caught.value.problems] == [1, 2, 3, 4, 6, 7, 8]


@given(st.text(), st.text(min_size=1))
def test_a_journal_holds_any_text(text: str, name: str) -> None:
    """Line ends, quotes and what no terminal shows come back as they were, on one line."""
    answer = Answer(name, Act.EDIT, text=text, seen="0")
    assert entry_line(answer).count("\n") == 1
    assert journal([answer]).begun == (answer,)
