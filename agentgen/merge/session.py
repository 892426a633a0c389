"""Deciding question by question: what is asked next, what a key does, undo, going on later, replay.

Nothing here knows a terminal: `Console` is whatever shows a screen and gives a key. A session is a value; the recipe it
leads to depends on the answers that stand, not on the keys that led there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from agentgen.compare.model import Comparison
from agentgen.errors import Problem, UserError
from agentgen.merge.answers import Answer, decide, draft
from agentgen.merge.journal import Entry, Mark, Past, standing
from agentgen.merge.model import Act, Kind, Question, View
from agentgen.merge.questions import questions, row_of
from agentgen.merge.standing import standing_words, topics_of
from agentgen.profile.recipe import Recipe

KEYS: dict[str, Act] = {
    "u": Act.UNION,
    "i": Act.INTERSECT,
    "d": Act.DROP,
    "e": Act.EDIT,
    "o": Act.EACH,
    "s": Act.SKIP,
}
"""The keys of the answers; `1` to `9` take a variant by its place in the precedence."""

UNDO, SAME, QUIT = "z", "a", "q"
_OF_ONE = frozenset({Kind.ALONE, Kind.SINGLE})


@dataclass(frozen=True)
class Session:
    """The questions about `start`, and what was answered so far. `settled` questions are not asked again."""

    comparison: Comparison
    start: Recipe
    questions: tuple[Question, ...]
    entries: tuple[Entry, ...] = ()
    settled: frozenset[str] = frozenset()

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The answer that stands to each question."""
        return {answer.question: answer for answer in standing(self.entries)}

    @cached_property
    def asked(self) -> tuple[Question, ...]:
        """The questions of this session, answered or not, in their order."""
        opened = {
            f"topics/{topic}"
            for question in self.questions
            if question.id in self.answers and self.answers[question.id].act is Act.EACH
            for topic in question.topics
        }
        return tuple(
            question
            for question in self.questions
            if question.id in opened or (question.needed and question.id not in self.settled)
        )

    @property
    def open(self) -> tuple[Question, ...]:
        """Those without an answer; the first one is asked next."""
        return tuple(question for question in self.asked if question.id not in self.answers)

    @cached_property
    def recipe(self) -> Recipe:
        """The recipe with the answers that stand."""
        given = {question: self.answers[question.id] for question in self.questions if question.id in self.answers}
        return decide(self.start, self.comparison, given)

    def having(self, entries: Iterable[Entry]) -> Session:
        return replace(self, entries=(*self.entries, *entries))


class Console(Protocol):
    """Where a session takes place."""

    def show(self, view: View) -> None:
        """Show a question."""

    def read_key(self) -> str:
        """Wait for a key and give its character."""

    def edit(self, text: str) -> str | None:
        """Let a person change a text; None where nothing came of it."""


def begin(comparison: Comparison, recipe: Recipe, past: Past | None = None, *, anew: bool = False) -> Session:
    """A session about a recipe that fits the comparison, going on with what a journal holds.

    Answers to a question that is not the same any more are left out, so that it is asked again. `anew`: there was no
    recipe yet, so that what ended sessions decided is not in it, and is asked again.
    """
    past = past or Past()
    known = {question.id: question for question in questions(comparison, recipe)}
    ended = () if anew else tuple(answer for answer in past.ended if answer.act is not Act.SKIP)
    return Session(
        comparison,
        recipe,
        tuple(known.values()),
        tuple(answer for answer in past.begun if _mistake(answer, known) is None),
        frozenset(answer.question for answer in ended if _mistake(answer, known) is None),
    )


def run(session: Session, console: Console, record: Callable[[Entry], None]) -> tuple[Session, bool]:
    """Ask until everything is answered (then True) or a person quits. `record` gets each entry when it is made."""
    notice = ""
    while session.open:
        question = session.open[0]
        console.show(view(session, question, notice))
        key = console.read_key()
        if key == QUIT:
            return session, False
        entries, notice = press(session, question, key, console)
        for entry in entries:
            record(entry)
        session = session.having(entries)
    record(Mark.DONE)
    return session, True


def view(session: Session, question: Question, notice: str = "") -> View:
    """What is to be shown of a question."""
    topics = topics_of(session.start, question)
    return View(
        comparison=session.comparison,
        question=question,
        number=sum(one.id in session.answers for one in session.asked) + 1,
        total=len(session.asked),
        variants=session.start.precedence,
        standing=standing_words(session.start, session.comparison, question),
        row=row_of(session.comparison, topics[0]) if len(topics) == 1 else None,
        sections=tuple(section for topic in topics for section in topic.sections.items()),
        keys=keys(session, question),
        notice=notice,
    )


def press(session: Session, question: Question, key: str, console: Console) -> tuple[Sequence[Entry], str]:
    """What a key adds to the journal, and a word about it where it adds nothing."""
    if key == UNDO:
        return ((Mark.UNDO,), "taken back") if session.answers else ((), "there is nothing to take back")
    if key == SAME:
        same = _same(session, question)
        return same, "" if same else f"answer one {question.kind} first, in a way that fits this one"
    variant = _variant(session, key)
    act = Act.TAKE if variant else KEYS.get(key)
    if act not in question.acts or (variant and variant not in question.variants):
        return (), "this key does nothing here"
    text = _edited(session, question, console) if act is Act.EDIT else ""
    if text is None:
        return (), "nothing changed, so nothing is decided"
    return (Answer(question.id, act, variant, text, question.seen),), ""


def keys(session: Session, question: Question) -> tuple[tuple[str, str], ...]:
    """The keys that do something at a question, each with what it does."""
    places = [(str(place), name) for place, name in enumerate(session.start.precedence[:9], 1)]
    take = [(key, name) for key, name in places if name in question.variants]
    acts = [(key, _label(act, question)) for key, act in KEYS.items() if act in question.acts]
    back = [(UNDO, "undo")] if session.answers else []
    same = [(SAME, "same for the rest of this kind")] if _same(session, question) else []
    return (*take, *acts, *back, *same, (QUIT, "quit, go on later"))


def replay(comparison: Comparison, recipe: Recipe, answers: Sequence[Answer], path: str) -> Recipe:
    """The recipe with all these answers, which stand in the file `path`.

    Raises:
        UserError: with every answer that fits no question, or was given to a question that is not the same any more.
    """
    known = {question.id: question for question in questions(comparison, recipe)}
    mistakes = ((answer, _mistake(answer, known)) for answer in answers)
    problems = [Problem(wrong[0], path, answer.line, 1, wrong[1]) for answer, wrong in mistakes if wrong]
    if problems:
        raise UserError(problems)
    return Session(comparison, recipe, tuple(known.values()), tuple(answers)).recipe


def _mistake(answer: Answer, known: dict[str, Question]) -> tuple[str, str] | None:
    """Why an answer cannot be carried out, and what to do."""
    question = known.get(answer.question)
    if question is None:
        return f"there is no question '{answer.question}'", "remove the line, or answer anew with --interactive"
    if answer.act not in question.acts:
        return f"'{answer.act}' is no answer to '{question.id}'", f"it can be {', '.join(question.acts)}"
    if answer.act is Act.TAKE and answer.variant not in question.variants:
        return f"'{question.id}' cannot be taken from '{answer.variant}'", f"only from {', '.join(question.variants)}"
    if answer.act is Act.EDIT and not answer.text.strip():
        return f"the text for '{question.id}' is missing", "write it as `text`, or `drop` instead"
    if answer.seen and answer.seen != question.seen:
        hint = "look at it: remove `seen` if it still holds, or answer anew with --interactive"
        return f"the variants changed since '{question.id}' was answered", hint
    return None


def _variant(session: Session, key: str) -> str:
    """The variant of a digit; empty for other keys."""
    names = session.start.precedence
    place = int(key) if key in "123456789" and key else 0
    return names[place - 1] if 0 < place <= len(names) else ""


def _same(session: Session, question: Question) -> tuple[Answer, ...]:
    """The last answer of this kind for this question and all of the kind that are open, where it fits."""
    kinds = {one.id: one.kind for one in session.questions}
    given = [one for one in standing(session.entries) if kinds[one.question] is question.kind]
    last = given[-1] if given else None
    if last is None or last.act is Act.EDIT:
        return ()
    answers = (_like(last, one) for one in session.open if one.kind is question.kind)
    fitting = [answer for answer in answers if answer is not None]
    if not fitting or fitting[0].question != question.id:
        return ()
    return tuple(replace(answer, along=place > 0) for place, answer in enumerate(fitting))


def _like(answer: Answer, question: Question) -> Answer | None:
    """The same answer to another question; None where it does not fit there."""
    own = answer.act is Act.TAKE and question.kind in _OF_ONE
    variant = question.variants[0] if own else answer.variant
    fits = answer.act in question.acts and (not variant or variant in question.variants)
    return Answer(question.id, answer.act, variant, seen=question.seen) if fits else None


def _edited(session: Session, question: Question, console: Console) -> str | None:
    """What a person made of the text; None where it is empty or as it was."""
    before = draft(session.recipe, session.comparison, question)
    after = console.edit(before)
    text = (after or "").replace("\r\n", "\n").rstrip()
    return None if not text.strip() or text == before.rstrip() else text


def _label(act: Act, question: Question) -> str:
    if act is Act.UNION and question.kind is Kind.CONFLICT:
        return "both stay"
    return {Act.EACH: "one by one", Act.EDIT: "edit"}.get(act, act.value)
