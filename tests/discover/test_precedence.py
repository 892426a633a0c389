"""Which file a tool uses where names collide, from the tool's facts alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from agentgen.discover.model import Collision
from agentgen.render.spec import Marks, Search
from agentgen.render.targets import Targets

from .made import agent, plant, search, text


def made_up(targets: Targets, facts: Search) -> Targets:
    """One tool that keeps agents in `.tool/agents/`, with these facts."""
    entry = targets.found[0]
    target = replace(entry.target, marks=Marks(paths=(".tool/agents/*.md", "**/.tool/agents/*.md")), search=facts)
    found = entry._replace(target=target)
    return Targets((found,), targets.vocabulary, {target.name: found})


FILES = {
    ".tool/agents/a.md": agent("a", text(1)),
    "work/.tool/agents/a.md": agent("a", text(2)),
    "work/sub/.tool/agents/a.md": agent("a", text(3)),
    "other/.tool/agents/b.md": agent("b", text(4)),
}
USER = ("~/.tool/agents/*.md",)


def settled(tmp_path: Path, targets: Targets, facts: Search) -> dict[str, Collision]:
    root = plant(tmp_path, FILES)
    found = search(root, made_up(targets, facts), home=root).collisions
    return {Path(each.where).name: each for each in found}


def test_the_nearest_project_wins_over_the_user(tmp_path: Path, targets: Targets) -> None:
    """Where the facts say so; a name that is there once is no collision."""
    found = settled(tmp_path, targets, Search(USER, ("project", "user"), nearest=True))
    assert {where: each.used for where, each in found.items()} == {
        "work": "work/.tool/agents/a.md",
        "sub": "work/sub/.tool/agents/a.md",
    }
    assert len(found["sub"].contenders) == 3


def test_the_user_wins_where_the_tool_asks_there_first(tmp_path: Path, targets: Targets) -> None:
    """The order is a fact of the tool."""
    found = settled(tmp_path, targets, Search(USER, ("user", "project"), nearest=True))
    assert {each.used for each in found.values()} == {".tool/agents/a.md"}


@pytest.mark.parametrize("facts", [Search(USER), Search(USER, ("project", "user"))])
def test_what_is_not_known_is_not_made_up(tmp_path: Path, targets: Targets, facts: Search) -> None:
    """Without the facts no file is named as the one that is used, and the reason is."""
    found = settled(tmp_path, targets, facts)
    assert found["sub"].used is None
    assert "not known" in found["sub"].rule


def test_two_files_of_one_folder_are_undecided(tmp_path: Path, targets: Targets) -> None:
    """Their names stand in the frontmatter, and nobody says which is read last."""
    files = {".tool/agents/a.md": agent("a", text(1)), ".tool/agents/b.md": agent("a", text(2))}
    root = plant(tmp_path, files)
    found = search(root, made_up(targets, Search(USER, ("project", "user"))), home=root / "away").collisions
    assert [each.used for each in found] == [None]
