"""The journal of a session: one JSON object a line for each key that was pressed.

    {"question": "topics/security", "answer": "take", "variant": "left", "seen": "1f0c77ab"}
    {"answer": "undo"}
    {"answer": "done"}

It only grows, so that a session which was cut off goes on where it was. `done` ends a session: what stands above it is
in the recipe. Lines can be written by hand; `seen` may then be missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from agentgen.errors import Problem, UserError
from agentgen.merge.answers import Answer
from agentgen.merge.model import Act
from agentgen.source import Source

JOURNAL_NAME = "decisions.journal"
"""The journal's file, beside the recipe."""

_TEXTS = ("question", "variant", "text", "seen")
_HINT = "a line is a JSON object such as {}, {}".format(
    '{"question": "topics/security", "answer": "drop"}', '{"answer": "undo"} or {"answer": "done"}'
)


class Mark(StrEnum):
    """A line that answers nothing."""

    UNDO = "undo"  # takes the last answer back, with those that were given along
    DONE = "done"


Entry = Answer | Mark


class Past(NamedTuple):
    """What a journal holds: answers of sessions that ended, and of the one that was cut off."""

    ended: tuple[Answer, ...] = ()
    begun: tuple[Answer, ...] = ()

    @property
    def everything(self) -> tuple[Answer, ...]:
        return (*self.ended, *self.begun)


def entry_line(entry: Entry) -> str:
    """An entry as a line of the journal, with its line end."""
    if isinstance(entry, Mark):
        return json.dumps({"answer": entry.value}) + "\n"
    said = {"question": entry.question, "answer": entry.act.value, "variant": entry.variant, "text": entry.text}
    data: dict[str, object] = {key: value for key, value in {**said, "seen": entry.seen}.items() if value}
    return json.dumps({**data, "along": True} if entry.along else data) + "\n"


def read_journal(source: Source) -> Past:
    """What holds of a journal's answers.

    Raises:
        UserError: with every line that is no entry.
    """
    problems: list[Problem] = []
    entries: list[Entry] = []
    for number, line in enumerate(source.text.split("\n"), 1):
        if line.strip():
            entry = _entry(line, number)
            problem = Problem(f"{entry}", source.path, number, 1, _HINT) if isinstance(entry, _Wrong) else None
            problems += [problem] if problem else []
            entries += [entry] if not isinstance(entry, _Wrong) else []
    if problems:
        raise UserError(problems)
    return _past(entries)


def standing(entries: Sequence[Entry]) -> tuple[Answer, ...]:
    """The answers that nobody took back; `undo` takes the last one with all that were given along."""
    found: list[Answer] = []
    for entry in entries:
        if isinstance(entry, Answer):
            found.append(entry)
            continue
        while entry is Mark.UNDO and found and found.pop().along:
            pass
    return tuple(found)


def _past(entries: Sequence[Entry]) -> Past:
    sessions: list[list[Entry]] = [[]]
    for entry in entries:
        if entry is Mark.DONE:
            sessions.append([])
        else:
            sessions[-1].append(entry)
    *ended, begun = map(standing, sessions)
    return Past(tuple(answer for session in ended for answer in session), begun)


class _Wrong(str):
    """What is wrong with a line."""

    __slots__ = ()


def _entry(line: str, number: int) -> Entry | _Wrong:
    try:
        data = json.loads(line)
    except ValueError:
        return _Wrong("this line is no JSON")
    wrong = next(_mistakes(data), None)
    if wrong is not None:
        return _Wrong(wrong)
    if data["answer"] in tuple(Mark):
        return Mark(data["answer"])
    texts = {key: data.get(key, "") for key in _TEXTS}
    return Answer(**texts, act=Act(data["answer"]), along=data.get("along", False), line=number)


def _mistakes(data: Any) -> Iterator[str]:
    if not isinstance(data, dict):
        yield "this line is no object"
        return
    answers = [*(act.value for act in Act), *(mark.value for mark in Mark)]
    if data.get("answer") not in answers:
        yield f"'answer' must be one of {', '.join(answers)}"
    elif data["answer"] in tuple(Act) and not data.get("question"):
        yield "'question' is missing"
    for key, value in data.items():
        if key not in (*_TEXTS, "answer", "along"):
            yield f"there is no '{key}' in an entry"
        elif not isinstance(value, bool if key == "along" else str):
            yield f"'{key}' must be {'true or false' if key == 'along' else 'a text'}"
