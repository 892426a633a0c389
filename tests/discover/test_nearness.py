"""Which files are one agent, how near they are, and what is only of the same purpose."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from agentgen.discover.engine import discover
from agentgen.discover.model import Kind, Settings
from agentgen.discover.signatures import CROWD, candidates, estimate, pairs_of, sign
from agentgen.render.targets import Targets

from .made import agent, kinds, only_pair, plant, search, sections, text

ONE = agent("keeper", text(1), color="red")


def test_each_kind_of_copy_has_its_name(tmp_path: Path, targets: Targets) -> None:
    """The same bytes, the same but for formatting, another name, another tool, other fields, other words."""
    tools = [target.path for target in targets if target.path.endswith("{name}.md")]
    copies = {
        Kind.COPY: ONE,
        Kind.FORMATTING: ONE.replace("- In", "*  In").replace("## ", "###  "),
        Kind.RENAMED: ONE.replace("name: keeper", "name: warden"),
    }
    for kind, other in copies.items():
        root = plant(tmp_path / kind.value, {"a/agents/x.md": ONE, "b/agents/x.md": other})
        assert only_pair(search(root, targets)).kind is kind
    root = plant(
        tmp_path / "tools", {tools[0].replace("{name}", "x"): ONE, tools[1].replace("{name}", "x"): ONE + "\n"}
    )
    assert only_pair(search(root, targets)).kind is Kind.RETOOLED
    root = plant(tmp_path / "fields", {"a/agents/x.md": ONE, "b/agents/x.md": ONE.replace("red", "blue")})
    pair = only_pair(search(root, targets))
    assert (pair.kind, pair.alike) == (Kind.EDITED, 1.0)


@pytest.mark.parametrize("edit", ["reworded", "headed", "reordered", "halved", "mixed"])
def test_an_edited_copy_is_found_under_another_name(tmp_path: Path, targets: Targets, edit: str) -> None:
    """Items reworded, headings renamed, sections moved, half of it cut, and as much of another agent added."""
    own = sections(1)
    made = {
        "reworded": [each.replace("Write down", "Note in the book") for each in own],
        "headed": [each.replace("## ", "## All About ") for each in own],
        "reordered": own[::-1],
        "halved": own[:3],
        "mixed": [*own, *sections(2)],
    }[edit]
    other = agent("warden", "\n".join(made), "Looks after things that were said")
    files = {"a/agents/x.md": ONE, "b/agents/y.md": other, "c/agents/z.md": agent("third", text(7), "Paints walls")}
    found = search(plant(tmp_path, files), targets)
    assert kinds(found)["a/agents/x.md", "b/agents/y.md"] in (Kind.EDITED, Kind.FORK)
    assert [[one.path for one in group.members] for group in found.groups] == [["a/agents/x.md", "b/agents/y.md"]]


def test_the_measures_are_shares_of_the_text(tmp_path: Path, targets: Targets) -> None:
    """Half of an agent has all its text in common with the whole, and the two half of what they say together."""
    files = {"a/agents/x.md": agent("x", text(1, 6)), "b/agents/x.md": agent("x", text(1, 3))}
    pair = only_pair(search(plant(tmp_path, files), targets))
    assert pair.shared == 1.0
    assert pair.alike == pytest.approx(0.5, abs=0.03)
    assert pair.estimate == pytest.approx(0.5, abs=0.15)


def test_house_rules_make_no_agents_one(tmp_path: Path, targets: Targets) -> None:
    """Eleven agents for eleven things that share two thirds of their text are eleven agents."""
    rules = text(99, 8)
    subjects = ["boat", "bread", "clock", "drum", "engine", "fence", "garden", "hat", "iron", "jacket", "lamp"]
    files = {
        f"agents/{name}.md": agent(f"{name}-maker", f"{text(number, 4)}\n{rules}", f"Makes a {name} of its own kind")
        for number, name in enumerate(subjects)
    }
    assert search(plant(tmp_path, files), targets).groups == ()


def test_a_text_made_of_two_agents_does_not_make_them_one(tmp_path: Path, targets: Targets) -> None:
    """It belongs to the one that it is called after."""
    files = {
        "b/agents/keeper.md": agent("keeper", text(1)),
        "a/agents/painter.md": agent("painter", text(5), "Paints walls in many colours"),
        "c/agents/keeper.md": agent("keeper", f"{text(1)}\n{text(5)}"),
    }
    found = search(plant(tmp_path, files), targets)
    assert [[one.path for one in group.members] for group in found.groups] == [
        ["b/agents/keeper.md", "c/agents/keeper.md"]
    ]


def test_agents_of_one_purpose_stand_apart(tmp_path: Path, targets: Targets) -> None:
    """Texts without a word in common, names and descriptions alike: no group, but one purpose."""
    files = {
        "a/agents/x.md": agent("database-migrator", text(1), "Plans migrations of a database schema"),
        "b/agents/y.md": agent("database-migration-expert", text(5), "Migrations of database schemas, planned"),
        "c/agents/z.md": agent("poet", text(8), "Writes verses about the sea"),
    }
    found = search(plant(tmp_path, files), targets, purpose=0.4)
    assert found.groups == ()
    assert [[one.name for one in group.members] for group in found.purposes] == [
        ["database-migrator", "database-migration-expert"]
    ]
    assert only_pair(found).kind is Kind.PURPOSE


def test_near_decides_from_where_on(tmp_path: Path, targets: Targets) -> None:
    """With another threshold the same two files are one agent or two."""
    files = {"a/agents/x.md": agent("x", text(1, 6)), "b/agents/y.md": agent("y", text(1, 4) + text(4, 2), "Sings")}
    root = plant(tmp_path, files)
    assert search(root, targets, near=0.9).groups == ()
    assert len(search(root, targets, near=0.4).groups) == 1


def test_the_result_does_not_depend_on_how_folders_are_named(tmp_path: Path, targets: Targets) -> None:
    """In another order, one by one, or read by two processes."""
    files = {
        f"{folder}/agents/{number}.md": agent(f"n{number}", text(number)) for folder in "ab" for number in range(5)
    }
    plant(tmp_path, files)
    roots = [tmp_path / "a", tmp_path / "b"]
    settings = Settings()
    one = discover(roots, targets, settings, here=tmp_path, home=tmp_path)
    other = discover(roots[::-1], targets, settings, here=tmp_path, home=tmp_path)
    assert (one.agents, one.pairs, one.groups) == (other.agents, other.pairs, other.groups)
    assert len(one.groups) == 5


def test_processes_read_what_one_reads(tmp_path: Path, targets: Targets, monkeypatch: pytest.MonkeyPatch) -> None:
    """From many files on they share the work."""
    monkeypatch.setattr("agentgen.discover.engine._PAYS_FROM", 1)
    plant(tmp_path, {f"agents/{number}.md": agent(f"n{number}", text(number)) for number in range(4)})
    results = [discover([tmp_path], targets, Settings(jobs=n), here=tmp_path, home=tmp_path) for n in (1, 2)]
    assert results[0] == results[1]
    assert len(results[0].agents) == 4


def test_signatures_estimate_the_share_in_common() -> None:
    """Within three standard errors, for sets of a known overlap."""
    chance = random.Random(3)
    numbers = [chance.getrandbits(32) for _ in range(3000)]
    left, right = sign([numbers[:2000], numbers[1000:]])
    assert estimate(left, right) == pytest.approx(1 / 3, abs=0.13)
    assert estimate(left, left) == 1.0
    assert candidates([left, left, sign([numbers[2500:]])[0]]) == {(0, 1)}


def test_a_crowd_in_one_band_grows_in_a_line() -> None:
    """Below the limit every pair, above it a few for each."""
    assert len(set(pairs_of(range(CROWD)))) == CROWD * (CROWD - 1) // 2
    assert len(set(pairs_of(range(1000)))) < 10 * 1000
