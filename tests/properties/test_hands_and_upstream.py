"""What a hand and upstream did both survive: nothing is lost, nothing comes back, nothing is asked twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from agentgen.document.read import read_document
from agentgen.merge.three_way import merge_profiles
from agentgen.profile.body import walk
from agentgen.profile.model import Profile, ProfileSection
from agentgen.source import read_source, to_lf
from tests.merge.workshop import Workshop

HISTORIES = 1000
CHUNKS = 10
LETTERS = "abcdefghijklmnopqrstuvwxyz"
Statements = dict[str, dict[int, str]]
"""By section: the statements by their number."""


class History:
    """A profile and two sides that go on from it, each statement known by a number that no edit changes."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.count = 0
        sections = [f"s{number}" for number in range(self.random.randint(1, 5))]
        self.base: Statements = {name: self.fresh(self.random.randint(1, 6)) for name in sections}
        self.mine = self.changed(self.base)
        self.theirs = self.changed(self.base)

    def fresh(self, count: int) -> dict[int, str]:
        """New statements, unlike all others."""
        return {self.next(): self.statement() for _ in range(count)}

    def next(self) -> int:
        self.count += 1
        return self.count

    def statement(self) -> str:
        return " ".join(self.word() for _ in range(8))

    def word(self) -> str:
        return "".join(self.random.choices(LETTERS, k=7))

    def changed(self, base: Statements) -> Statements:
        """Some edits, moves, deletions and insertions, of statements and of whole sections."""
        sides = {name: dict(statements) for name, statements in base.items()}
        for _ in range(self.random.randint(0, 4)):
            self.change(sides)
        if sides and self.random.random() < 0.15:
            del sides[self.random.choice(list(sides))]
        if self.random.random() < 0.2:
            sides[f"n{self.next()}"] = self.fresh(2)
        names = list(sides)
        if self.random.random() < 0.2:
            self.random.shuffle(names)
        return {name: sides[name] for name in names}

    def change(self, sides: Statements) -> None:
        statements = sides[self.random.choice(list(sides))]
        numbers = list(statements)
        action = self.random.choice(("edit", "delete", "insert", "move"))
        if action == "insert" or not numbers:
            place = self.random.randint(0, len(numbers))
            entries = list(statements.items())
            entries.insert(place, (self.next(), self.statement()))
        elif action == "move":
            entries = list(statements.items())
            entries.insert(self.random.randrange(len(entries)), entries.pop(self.random.randrange(len(entries))))
        else:
            number = self.random.choice(numbers)
            words = statements[number].split()
            words[self.random.randrange(len(words))] = self.word()
            edited = " ".join(words)
            entries = [
                (one, edited if one == number else text)
                for one, text in statements.items()
                if one != number or action == "edit"
            ]
        statements.clear()
        statements.update(entries)


def profile(statements: Statements) -> Profile:
    sections = tuple(
        ProfileSection(name, name.title(), "\n".join(f"- {text}" for text in entries.values()))
        for name, entries in statements.items()
    )
    return Profile({"name": "x"}, sections=sections)


def flat(statements: Statements) -> dict[int, str]:
    return {number: text for entries in statements.values() for number, text in entries.items()}


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_histories(chunk: int) -> None:
    """In each of a thousand histories every change of one side applies, and every clash is told, once a section."""
    for seed in range(chunk * HISTORIES // CHUNKS, (chunk + 1) * HISTORIES // CHUNKS):
        history = History(seed)
        base, mine, theirs = (profile(side) for side in (history.base, history.mine, history.theirs))
        merged, conflicts = merge_profiles(base, mine, theirs)
        text = "\n".join(section.body for section in walk(merged.sections))
        told = "\n".join(side or "" for one in conflicts for side in (one.mine, one.theirs))
        check(history, text, told, seed)
        assert len({one.place for one in conflicts}) == len(conflicts), seed
        assert merge_profiles(theirs, merged, theirs) == (merged, ()), seed


def check(history: History, text: str, told: str, seed: int) -> None:
    """Statement by statement: where each must be, and where not."""
    base, mine, theirs = flat(history.base), flat(history.mine), flat(history.theirs)
    for number in {*base, *mine, *theirs}:
        sides = base.get(number), mine.get(number), theirs.get(number)
        old, hand, upstream = sides
        wanted = upstream if hand == old else hand
        clash = hand not in (old, upstream) and upstream != old
        for statement in {side for side in sides if side is not None}:
            times = text.count(statement)
            if statement in told or (clash and statement == old):
                assert times <= 1, (seed, number, sides)
            else:
                assert times == (1 if statement == wanted else 0), (seed, number, sides)


def test_sides_that_did_the_same_have_no_question() -> None:
    """A change that both sides made alike stands once."""
    for seed in range(200):
        history = History(seed)
        base, mine = profile(history.base), profile(history.mine)
        assert merge_profiles(base, mine, mine) == (mine, ()), seed
        renamed = replace(mine, fields={"name": "y"})
        assert merge_profiles(base, renamed, mine) == (renamed, ()), seed


def edited(random: Random, lines: list[str], places: list[int]) -> None:
    """Reword, remove or add a few of the lines at those places."""
    for place in random.sample(places, min(3, len(places))):
        indent = lines[place][: len(lines[place]) - len(lines[place].lstrip())]
        action = random.choice(("reword", "remove", "add"))
        lines[place] = "" if action == "remove" else f"{lines[place]} indeed"
        if action == "add":
            lines[place] += f"\n{indent}- {random.choice(LETTERS)} is new {random.random()}"


@pytest.mark.corpus
@pytest.mark.parametrize("seed", range(6))
def test_merging_twice_changes_nothing(seeds: list[Path], seed: int) -> None:
    """However variants and hands changed real files: a second merge right after the first writes the same bytes."""
    random = Random(seed)
    bodies = {f"v{number}": read_document(read_source(path)) for number, path in enumerate(seeds)}
    names = random.sample(sorted(bodies), 3)
    texts = {name: to_lf(bodies[name].source.slice(bodies[name].body)) for name in names}
    shop = Workshop(texts, {name: {"name": "backend"} for name in names})
    shop.merge()
    for _ in range(2):
        name = random.choice(names)
        lines = shop.variants[name].split("\n")
        edited(random, lines, [index for index, line in enumerate(lines) if line.startswith("- ")])
        shop.variants[name] = "\n".join(lines)
        lines = (shop.profile or "").split("\n")
        bullets = [index for index, line in enumerate(lines) if line.startswith("      - ") and " id: " not in line]
        edited(random, lines, bullets)
        shop.profile = "\n".join(lines)
        shop.merge(accept=frozenset({"all"}) if random.random() < 0.5 else frozenset())
        written = shop.files()
        shop.merge()
        assert shop.files() == written
