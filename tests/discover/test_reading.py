"""Which files are agents: by path where a tool looks, else by content."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentgen.render.spec import Format
from agentgen.render.targets import Targets

from .made import agent, plant, search, text

BODY = text(1)


def test_agents_of_every_tool_are_recognised_where_it_keeps_them(tmp_path: Path, targets: Targets) -> None:
    """Each target's own path, in its own format, gives an agent of that format with the name and the prompt."""
    paths = {}
    for target in targets:
        if target.shared is not None or target.format is Format.PLAIN:
            continue
        key = target.fields["name"].key or "name"
        values = {key: f"agent-{target.name}", "description": "Does it"}
        path = f"{target.name}/" + target.path.replace("{name}", f"agent-{target.name}")
        paths[path] = written(target.format, target.body.key, values)
    found = search(plant(tmp_path, paths), targets)
    assert {one.path for one in found.agents} == set(paths)
    assert all(one.words > 100 for one in found.agents)
    assert len(paths) > 15


def written(form: Format, key: str | None, values: dict[str, str]) -> str:
    fields = {**values, **({key: BODY} if key else {})}
    if form is Format.TOML:
        return "".join(f'{name} = """{value}"""\n' for name, value in fields.items())
    if form is Format.JSON:
        import json

        return json.dumps(fields)
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in values.items()) + "---\n\n" + BODY


def test_a_file_of_several_agents_gives_each(tmp_path: Path, targets: Targets) -> None:
    """With ids that tell them apart."""
    shared = next(target for target in targets if target.shared and target.shared.list)
    assert shared.shared is not None
    entries = "".join(
        f"  - {shared.shared.key}: {name}\n    {shared.body.key}: Say what {name} did and write it down\n"
        for name in ("one", "two")
    )
    found = search(plant(tmp_path, {shared.path: f"{shared.shared.list}:\n{entries}"}), targets)
    assert [one.id for one in found.agents] == [f"{shared.path}#one", f"{shared.path}#two"]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("README.md", "# Read me\n\nThis is a project with many words in it.\n"),
        ("post.md", "---\ntitle: A post\ndescription: About it\n---\n\nMany words of a post stand here.\n"),
        ("AGENTS.md", "# House rules\n\nRun the tests before you say that it works.\n"),
        ("package.json", '{"name": "x", "description": "y", "main": "index of a package"}'),
        ("broken.json", '{"prompt": '),
        ("empty/agents/a.md", "---\nname: a\ndescription: b\n---\n"),
    ],
)
def test_what_is_no_agent_is_not_taken_for_one(tmp_path: Path, targets: Targets, path: str, content: str) -> None:
    """Pages, posts, packages, instructions for a folder, and files without a prompt."""
    assert search(plant(tmp_path, {path: content}), targets).agents == ()


def test_content_tells_an_agent_in_any_folder(tmp_path: Path, targets: Targets) -> None:
    """A name and a description will do; in a folder of agents the description alone."""
    files = {"lib/a.txt": agent("a", BODY), "lib/agents/b.md": f"---\ndescription: Does it\n---\n{BODY}"}
    assert [one.name for one in search(plant(tmp_path, files), targets).agents] == ["a", "b"]


def test_a_broken_file_of_a_tool_is_named(tmp_path: Path, targets: Targets) -> None:
    """It lies where a tool would read it, so somebody meant it."""
    toml = next(target for target in targets if target.format is Format.TOML)
    found = search(plant(tmp_path, {toml.path.replace("{name}", "a"): "name = \n"}), targets)
    assert found.agents == ()
    assert "not valid TOML" in found.left_out[0].reason


def test_an_agent_without_a_name_is_called_after_its_file(tmp_path: Path, targets: Targets) -> None:
    """Without the ending that a tool demands, however many dots there are besides."""
    target = next(one for one in targets if one.path.endswith("{name}.agent.md"))
    path = target.path.replace("{name}", "web.app v2")
    found = search(plant(tmp_path, {path: f"---\ndescription: Does it\n---\n{BODY}"}), targets)
    assert [one.name for one in found.agents] == ["web.app v2"]
