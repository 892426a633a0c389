"""The result of `discover` for people: what is worth merging first, then the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from agentgen.discover.model import Agent, Collision, Discovery, Group, Kind, LeftOut, Pair
from agentgen.report.discover_commands import import_command
from agentgen.report.visible import visible

MOST = 20
"""How many entries of each part are shown unasked."""

_WORDS = {
    Kind.COPY: "a copy",
    Kind.FORMATTING: "formatted otherwise",
    Kind.RENAMED: "renamed",
    Kind.RETOOLED: "the same text",
    Kind.EDITED: "edited",
    Kind.FORK: "a fork",
    Kind.PURPOSE: "the same purpose",
}

T = TypeVar("T")


def discover_text(found: Discovery, *, everything: bool = False) -> str:
    """The whole report; of long parts only the beginning, unless `everything` is wanted."""
    merging = [group for group in found.groups if group.worth_merging]
    copies = [group for group in found.groups if not group.worth_merging]
    parts = [
        ("WORTH MERGING: one agent, several texts", _blocks(merging, _group)),
        ("ALREADY THE SAME: nothing to merge", _blocks(copies, _group)),
        (
            "SAME PURPOSE: written independently, alike in name, description and topics only",
            _blocks(found.purposes, _group),
        ),
        ("NAMES THAT COLLIDE: which file a tool uses", _blocks(found.collisions, _collision)),
        ("LEFT OUT", _blocks(found.left_out, _left_out)),
    ]
    most = None if everything else MOST
    shown = [line for title, blocks in parts if blocks for line in _part(title, blocks, most)]
    return visible("\n".join([_opening(found), *shown]) + "\n")


def _opening(found: Discovery) -> str:
    inside = sum(len(group.members) for group in found.groups)
    agents = _count(len(found.agents), "agent")
    files = f"{_count(found.looked_at, 'file')} in {_count(found.folders, 'folder')} looked at"
    if not found.agents:
        return f"no agents; {files}"
    said = [f"{inside} of them are {_count(len(found.groups), 'agent')} in several files"] if inside else []
    said += [f"{_count(len(found.purposes), 'purpose')} served by several agents"] if found.purposes else []
    return f"{agents}: {', '.join(said) or 'no two of them are one'} ({files})"


def _part(title: str, blocks: Sequence[list[str]], most: int | None) -> Iterator[str]:
    yield ""
    yield title
    for block in blocks[:most]:
        yield from block
    if most is not None and len(blocks) > most:
        yield f"  … and {len(blocks) - most} more; --all shows them"


def _blocks(entries: Iterable[T], show: Callable[[T], Iterator[str]]) -> list[list[str]]:
    return [list(show(entry)) for entry in entries]


def _group(group: Group) -> Iterator[str]:
    tools = {agent.tool for agent in group.members if agent.tool}
    counts = [_count(len(group.members), "agent" if group.purpose else "file")]
    counts += [_count(group.texts, "text")] * (not group.purpose)
    counts += [_count(len(tools), "tool")] * (len(tools) > 1)
    yield f"{group.id}  {group.name}  ({', '.join(counts)})"
    nearest = group.nearest
    members = sorted(group.members, key=lambda agent: agent.id != group.centre.id)
    width = max(len(agent.id) for agent in members)
    for agent in members:
        yield _member(agent, nearest.get(agent.id) if agent is not group.centre else None, width)
        yield from (f"      also at {link}" for link in agent.links)
    command = import_command(group)
    if command:
        yield f"    $ {command}"
    if any(agent.shared for agent in group.members):
        yield "    (a file of several agents is not in the command: `agentgen import` takes all of its agents)"


def _member(agent: Agent, pair: Pair | None, width: int) -> str:
    tool = agent.tool or "no tool known"
    relation = f"{agent.words} words" if pair is None else _relation(pair, agent)
    return f"    {agent.id.ljust(min(width, 70))}  {tool}  {relation}"


def _relation(pair: Pair, agent: Agent) -> str:
    words = [_WORDS[pair.kind]]
    if pair.kind is Kind.EDITED and pair.alike == 1:
        words = ["the same text, other fields"]
    elif pair.kind is Kind.EDITED:
        words.append(f"{_percent(pair.alike)} in common")
    elif pair.kind is Kind.FORK:
        words.append(f"{_percent(pair.alike)} in common, {_percent(pair.shared)} of the shorter one")
    elif pair.kind is Kind.PURPOSE:
        words.append(_percent(pair.purpose))
    notes = [f"called {agent.name}"] * pair.renamed + ["for another tool"] * pair.retooled
    return ", ".join([*words, *notes])


def _collision(collision: Collision) -> Iterator[str]:
    yield f"  {collision.name} for {collision.tool}, at work in {collision.where}"
    for each in collision.contenders:
        mark = "uses" if each.path == collision.used else "  ?" if collision.used is None else "not "
        yield f"    {mark}  {each.path}  ({each.scope.value})"
    yield f"    {'unknown: ' if collision.used is None else ''}{collision.rule}"


def _left_out(each: LeftOut) -> Iterator[str]:
    yield f"  {each.path}: {each.reason}"


def _percent(share: float) -> str:
    return f"{int(share * 100)} %"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")
