"""Agent files made for the tests of the search, and the search in one call."""

from __future__ import annotations

import random
from pathlib import Path

from agentgen.discover.engine import discover
from agentgen.discover.model import Discovery, Kind, Pair, Settings
from agentgen.render.targets import Targets

SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va")


def sections(seed: int, count: int = 6) -> list[str]:
    """Sections of three items each, in words that differ from seed to seed; the first are the same for any count."""
    chance = random.Random(seed)

    def words(number: int) -> str:
        return " ".join("".join(chance.choices(SYLLABLES, k=3)) for _ in range(number))

    return [
        f"## {words(2).title()}\n\n" + "".join(f"- Write down {words(9)} then stop\n" for _ in range(3))
        for _ in range(count)
    ]


def agent(name: str, body: str, description: str = "Keeps what was agreed", **fields: str) -> str:
    """An agent file with frontmatter."""
    extra = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"---\nname: {name}\ndescription: {description}\n{extra}---\n\n{body}"


def text(seed: int, count: int = 6) -> str:
    return "\n".join(sections(seed, count))


def plant(root: Path, files: dict[str, str]) -> Path:
    """Files below a folder, by their relative paths."""
    for path, content in files.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode("utf-8"))
    return root


def search(root: Path, targets: Targets, home: Path | None = None, **settings: float) -> Discovery:
    """What is found below a folder; paths are shown from it."""
    return discover([root], targets, Settings(**settings), here=root, home=home or root / "nobody")  # type: ignore[arg-type]


def kinds(found: Discovery) -> dict[tuple[str, str], Kind]:
    return {(pair.left, pair.right): pair.kind for pair in found.pairs}


def only_pair(found: Discovery) -> Pair:
    assert len(found.pairs) == 1
    return found.pairs[0]
