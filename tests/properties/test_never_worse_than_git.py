"""Never worse than git: histories on two sides of an agent file, merged by section and by `git merge-file`.

Every statement and heading carries a word of its own, and so does every edit: what a merge keeps, loses or doubles can
be counted.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from agentgen.cli.git_run import merge_files, merge_lines
from agentgen.merge.files.model import LinesMerged
from agentgen.merge.files.three_way import merge_texts, settle

EXAMPLES = 120
WORD = re.compile(r"\b[bot]x\d+\b")  # of the base, ours or theirs
SPOKEN = ("review", "tests", "branch", "notes", "before", "after", "every", "release", "short", "careful", "deploy")


@dataclass
class Part:
    """A section (with items) or an item (with nested ones)."""

    text: str
    parts: list[Part] = field(default_factory=list)

    def copy(self) -> Part:
        return Part(self.text, [part.copy() for part in self.parts])


@dataclass
class Agent:
    """An agent file to edit: `keys` of the frontmatter, sections with items."""

    keys: dict[str, str]
    sections: list[Part]
    moves: int = 0

    def copy(self) -> Agent:
        return Agent(dict(self.keys), [section.copy() for section in self.sections])

    def text(self) -> str:
        lines = ["---", *(f"{key}: {value}" for key, value in self.keys.items()), "---"]
        for section in self.sections:
            lines += ["", f"## {section.text}", ""]
            for item in section.parts:
                lines += [f"- {item.text}", *(f"  - {nested.text}" for nested in item.parts)]
        return "\n".join(lines) + "\n"


class Writer:
    """Makes agents and edits them; every word that it makes is new."""

    def __init__(self, random: Random, side: str) -> None:
        self.random = random
        self.side = side
        self.count = 0

    def word(self) -> str:
        self.count += 1
        return f"{self.side}x{self.count}"

    def say(self) -> str:
        return " ".join([*self.random.choices(SPOKEN, k=5), self.word()])

    def agent(self) -> Agent:
        return Agent({"name": self.word(), "description": self.say(), "model": self.word()}, self.parts(2, 5, 2))

    def parts(self, least: int, most: int, depth: int) -> list[Part]:
        count = self.random.randint(least, most)
        below = (lambda: self.parts(0, 5 if depth == 2 else 2, depth - 1)) if depth else list
        return [Part(self.say(), below()) for _ in range(count)]

    def edit(self, agent: Agent) -> None:
        getattr(self, self.random.choice(("change", "change", "move", "remove", "insert", "move_item", "key")))(agent)

    def lists(self, agent: Agent) -> list[list[Part]]:
        items = [section.parts for section in agent.sections]
        return [agent.sections, *items, *(item.parts for parts in items for item in parts)]

    def some(self, agent: Agent) -> list[Part]:
        return self.random.choice([parts for parts in self.lists(agent) if parts] or [agent.sections])

    def change(self, agent: Agent) -> None:
        parts = self.some(agent)
        if parts:
            part = self.random.choice(parts)
            part.text += f" {self.word()}"

    def move(self, agent: Agent) -> None:
        parts = self.some(agent)
        if len(parts) > 1:
            part = parts.pop(self.random.randrange(len(parts)))
            parts.insert(self.random.randint(0, len(parts)), part)
            agent.moves += 1

    def move_item(self, agent: Agent) -> None:
        """Into another section."""
        full = [section for section in agent.sections if section.parts]
        if full:
            item = full[0].parts.pop()
            self.random.choice(agent.sections).parts.append(item)
            agent.moves += 1

    def remove(self, agent: Agent) -> None:
        parts = self.some(agent)
        if parts:
            parts.pop(self.random.randrange(len(parts)))

    def insert(self, agent: Agent) -> None:
        lists = self.lists(agent)
        place = self.random.randrange(len(lists))
        depth = 2 if place == 0 else 1 if place <= len(agent.sections) else 0
        parts = lists[place]
        parts.insert(self.random.randint(0, len(parts)), Part(self.say(), self.parts(0, 2, 0) if depth else []))

    def key(self, agent: Agent) -> None:
        key = self.random.choice([*agent.keys, f"key-{self.word()}"])
        if key != "name" and key in agent.keys and self.random.random() < 0.3:
            del agent.keys[key]
        else:
            agent.keys[key] = self.word()


@dataclass(frozen=True)
class History:
    """Three versions of a file, and whether any side moved something."""

    base: str
    ours: str
    theirs: str
    moved: bool


def history(seed: int) -> History:
    random = Random(seed)
    base = Writer(random, "b").agent()
    sides = [base.copy(), base.copy()]
    for side, name in zip(sides, "ot", strict=True):
        writer = Writer(random, name)
        for _ in range(random.randint(1, 4)):
            writer.edit(side)
    return History(base.text(), sides[0].text(), sides[1].text(), any(side.moves for side in sides))


def by_git(case: History, folder: Path) -> LinesMerged:
    paths = [folder / name for name in ("ours", "base", "theirs")]
    for path, text in zip(paths, (case.ours, case.base, case.theirs), strict=True):
        path.write_bytes(text.encode())
    merged = merge_files(paths[0], paths[1], paths[2], 7, ("ours", "base", "theirs"))
    assert merged is not None
    return merged


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text))


def wanted(case: History) -> Counter[str]:
    """Each word of either side once, but those that the other side removed."""
    base, ours, theirs = words(case.base), words(case.ours), words(case.theirs)
    return Counter({word: 1 for word in ours | theirs if word not in base or (word in ours and word in theirs)})


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32))
def test_no_merge_is_worse_than_the_one_by_lines(seed: int) -> None:
    """Certain results hold every edit of both sides once and nothing that was removed; all others are git's own."""
    case = history(seed)
    merged = merge_texts(case.base, case.ours, case.theirs, merge_lines)
    with TemporaryDirectory() as folder:
        lines = by_git(case, Path(folder))
    result = settle(lines, merged)
    if merged is not None:
        assert words(merged.text) == wanted(case)
    if merged is None or (not case.moved and not lines.conflicts):
        assert result == lines
    elif result != lines:
        assert result == LinesMerged(merged.text.encode(), 0)
        assert lines.conflicts or words(lines.raw.decode()) != wanted(case)


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32))
def test_a_certain_merge_is_the_same_from_either_side(seed: int) -> None:
    """Who merges whom changes nothing but the order of keys that both sides added."""
    case = history(seed)
    one = merge_texts(case.base, case.ours, case.theirs, merge_lines)
    other = merge_texts(case.base, case.theirs, case.ours, merge_lines)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert sorted(one.text.splitlines()) == sorted(other.text.splitlines())
        assert one.text.split("\n---\n")[1] == other.text.split("\n---\n")[1]


@settings(max_examples=EXAMPLES // 5)
@given(st.integers(0, 2**32))
def test_one_changed_side_is_the_result(seed: int) -> None:
    """Where one side changed nothing, or both the same, the other is the result byte for byte."""
    case = history(seed)
    for base, ours, theirs in (
        (case.base, case.base, case.theirs),
        (case.base, case.theirs, case.base),
        (case.base, case.theirs, case.theirs),
    ):
        merged = merge_texts(base, ours, theirs, merge_lines)
        assert merged is not None
        assert merged.text == case.theirs
