"""What the speed is measured on: agent files made of words with the frequencies of a language.

The same files on each machine and in each run. Sections have words of their own; the vocabulary grows with the text, as
in any language, so that ten thousand sections speak of more things than ten.
"""

from __future__ import annotations

import random
from pathlib import Path

_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
_COMMON = (
    *("the", "a", "each", "every", "no", "all", "use", "keep", "write", "test", "check", "return", "read", "load"),
    *("send", "never", "always", "before", "after", "with", "service", "request", "error", "query", "table", "cache"),
    *("token", "user", "log", "file", "call", "limit", "retry", "schema", "index", "queue", "event", "input"),
)
_RANKS = 200_000
_SKEW = 3.0
_ITEMS = 5


class Words:
    """Words drawn by rank: few of them often, most of them rarely."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def word(self) -> str:
        """A word of the language."""
        rank = int(_RANKS * self._random.random() ** _SKEW)
        return _COMMON[rank] if rank < len(_COMMON) else _name(rank)

    def rare(self) -> str:
        """A word of one subject."""
        return _name(self._random.randrange(_RANKS))

    def statement(self, subject: tuple[str, ...]) -> str:
        """A rule about a subject."""
        words = [self.word() for _ in range(self._random.randint(4, 10))]
        words.insert(self._random.randrange(len(words)), self._random.choice(subject))
        return " ".join(words).capitalize()

    def section(self) -> list[str]:
        """A heading and the rules below it."""
        subject = tuple(self.rare() for _ in range(4))
        return [f"{subject[0].title()} {self.word()} {subject[1]}", *(self.statement(subject) for _ in range(_ITEMS))]

    def variant(self, sections: list[list[str]]) -> list[list[str]]:
        """The sections as another author has them: a fifth are others, in the rest one rule says one thing more."""
        return [self.section() if self._random.random() < 0.2 else self._edited(section) for section in sections]

    def _edited(self, section: list[str]) -> list[str]:
        at = self._random.randrange(1, len(section))
        return [*section[:at], f"{section[at]} {self.word()}", *section[at + 1 :]]


def agent(name: str, sections: list[list[str]], tools: str = "Read, Grep, Glob, Bash") -> str:
    """An agent file with frontmatter."""
    head = f"---\nname: {name}\ndescription: Use it for {sections[0][0].lower()}.\ntools: {tools}\n---\n"
    return f"{head}\n# {name.title()}\n\nYou are the {name}.\n\n{_body(sections, '##')}"


def profile(name: str, sections: list[list[str]]) -> str:
    """The same agent as a profile."""
    parts = [
        f"  - id: part-{number}\n    title: {heading}\n    body: |\n" + "".join(f"      - {rule}.\n" for rule in rules)
        for number, (heading, *rules) in enumerate(sections)
    ]
    head = f"agentgen: 1\nname: {name}\ndescription: Use it for {sections[0][0].lower()}.\n"
    return f"{head}tools: [Read, Grep, Glob, Bash]\nrole: |\n  You are the {name}.\nsections:\n{''.join(parts)}"


def agents(folder: Path, count: int, sections: int = 12) -> list[tuple[str, list[list[str]]]]:
    """So many different agents, written to the folder as Markdown."""
    words = Words(count)
    made = [(f"agent-{number:04}", [words.section() for _ in range(sections)]) for number in range(count)]
    folder.mkdir(parents=True)
    for name, parts in made:
        (folder / f"{name}.md").write_text(agent(name, parts), "utf-8")
    return made


def variants(count: int, sections: int) -> list[str]:
    """The texts of so many variants of one agent."""
    words = Words(sections)
    base = [words.section() for _ in range(sections)]
    return [agent("builder", words.variant(base)) for _ in range(count)]


def workspace(folder: Path, made: list[tuple[str, list[list[str]]]]) -> Path:
    """A workspace with a profile for each agent."""
    for name, parts in made:
        (folder / "profiles" / name).mkdir(parents=True)
        (folder / "profiles" / name / "profile.yaml").write_text(profile(name, parts), "utf-8")
    return folder


def _body(sections: list[list[str]], mark: str) -> str:
    return "\n".join(
        f"{mark} {heading}\n\n" + "".join(f"- {rule}.\n" for rule in rules) for heading, *rules in sections
    )


def _name(rank: int) -> str:
    """The word of a rank; words of near ranks do not look alike."""
    number, word = rank * 7919 + 104_729, ""
    while number:
        number, syllable = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[syllable]
    return word
