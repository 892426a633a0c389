"""Agent files that are no Markdown are read as variants, and come back as they were."""

from __future__ import annotations

import json
import tomllib

import pytest
import yaml

from agentgen.document.read import read_document
from agentgen.errors import UserError
from agentgen.profile.model import Layout, Profile
from agentgen.render.canonical import read_fields
from agentgen.render.engine import render_profile
from agentgen.render.model import SharedPart
from agentgen.render.splice import part_of
from agentgen.render.unpack import unpack, unpack_marked
from agentgen.source import Source
from tests.render.loading import case, targets

TOML = '''\
name = "reviewer"
description = "Reviews: changes."
model = "gpt-5.5"
model_reasoning_effort = "high"
nickname_candidates = ["Ada"]
developer_instructions = """
You review.

## Rules
- One"""
'''
MODES = """\
customModes:
  - slug: one
    name: One
    roleDefinition: You are one.
    groups: [read, mcp]
  - slug: two
    name: The second
    roleDefinition: |
      You are two.
    groups: []
"""


def source(path: str, text: str) -> Source:
    return Source(path, text.encode())


def test_a_toml_file_becomes_frontmatter_and_body() -> None:
    """Every key stays under its own name, the prompt becomes the body."""
    found = unpack(source("x/.codex/agents/reviewer.toml", TOML), targets())
    assert found is not None
    (agent,) = found.agents
    document = read_document(source("reviewer.md", agent.markdown))
    read = read_fields(document.frontmatter.values, targets()[found.target], targets().vocabulary)
    assert found.target == "codex"
    assert agent.body == "You review.\n\n## Rules\n- One"
    assert dict(read.fields) == {
        "name": "reviewer",
        "description": "Reviews: changes.",
        "model": "gpt-5.5",
        "effort": "high",
    }
    assert dict(read.extensions) == {"nickname_candidates": ["Ada"]}


def test_a_toml_file_renders_back_to_the_same_values() -> None:
    """Import and render to the same tool: every key and the prompt to the letter."""
    found = unpack(source("reviewer.toml", TOML), targets())
    assert found is not None
    read = read_fields(found.agents[0].values, targets()["codex"], targets().vocabulary)
    profile = Profile(
        read.fields, found.agents[0].body, Layout(below="", after=""), extensions={"codex": read.extensions}
    )
    assert tomllib.loads(render_profile(profile, "codex", targets()).text) == tomllib.loads(TOML)


def test_a_file_of_several_agents_gives_each_of_them() -> None:
    """A shared file is taken apart; what every entry has is not an extension."""
    found = unpack(source("project/.roomodes", MODES), targets())
    assert found is not None
    one, two = found.agents
    read = [read_fields(agent.values, targets()["roo-code"], targets().vocabulary) for agent in (one, two)]
    assert (one.name, two.name) == ("one", "two")
    assert (one.body, two.body) == ("You are one.", "You are two.\n")
    assert read[0].fields["tools"] == ("Read", "Glob", "Grep", "LS", "mcp")
    assert read[1].fields["tools"] == ()
    assert (read[0].extensions, read[1].extensions) == ({}, {"name": "The second"})


def test_json_is_read_and_recognised_by_its_keys() -> None:
    """Without a telling path the keys say which tool it is."""
    text = json.dumps({"name": "a", "prompt": "You are.", "tools": ["read", "@docs"], "allowedTools": ["read"]})
    found = unpack(source("a.json", text), targets())
    assert found is not None
    assert found.target == "kiro-json"
    assert yaml.safe_load(found.agents[0].markdown.split("---\n")[1])["tools"] == ["read", "@docs"]


@pytest.mark.parametrize("path", ["a.md", "a.txt", ".cline/agents/a.yaml"])
def test_markdown_is_left_to_the_reader_of_documents(path: str) -> None:
    """Also where the file's name speaks of YAML."""
    assert unpack(source(path, "---\nname: a\ndescription: d\n---\nYou are.\n"), targets()) is None


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [("a.toml", 'name = "a"\nb =\n', ":2:4"), ("a.json", '{"name": "a",\n}', ":2:1"), (".roomodes", "a: [\n", ":2:1")],
)
def test_a_broken_file_is_an_error_with_its_place(path: str, text: str, place: str) -> None:
    """Line and column of the mistake, no stack trace."""
    with pytest.raises(UserError, match=f"{path}{place}: this is not valid"):
        unpack(source(path, text), targets())


@pytest.mark.parametrize(
    ("path", "text", "what"),
    [
        ("a.json", "[" * 100_000, "it is nested too deeply"),
        ("a.json", '{"name": ' + "9" * 6000 + "}", "a number has too many digits"),
        ("a.toml", "a = " + "[" * 20_000, "it is nested too deeply"),
        ("a.yaml", "a: " + "[" * 50_000, "this is nested too deeply"),
    ],
)
def test_what_a_parser_cannot_hold_is_refused(path: str, text: str, what: str) -> None:
    """A wrong file never looks like a fault of ours, nor ends the process."""
    with pytest.raises(UserError, match=what):
        unpack(source(path, text), targets())


@pytest.mark.parametrize(
    ("path", "text", "what"),
    [
        (".roomodes", "customModes: []\n", "there is no agent in it"),
        (".roomodes", "- customModes\n", "there is no agent in it|not clear which tool"),
        (".roomodes", "customModes:\n  - {slug: a, roleDefinition: 3}\n", "roleDefinition is no text"),
        (".roomodes", "customModes: \x01\n", "this is not valid YAML"),
    ],
)
def test_a_file_without_a_prompt_to_read_is_refused(path: str, text: str, what: str) -> None:
    """No agents, something else than keys and values, a prompt that is a number, characters that YAML has not."""
    with pytest.raises(UserError, match=what):
        unpack(source(path, text), targets())


def test_a_file_of_no_known_tool_asks_for_it() -> None:
    """It is not guessed."""
    with pytest.raises(UserError, match="--from"):
        unpack(source("a.json", '{"weather": "rain"}'), targets())


@pytest.mark.parametrize("name", ["codex", "kiro-json", "roo-code", "mistral-vibe"])
def test_a_rendered_file_reads_back_as_its_profile(name: str) -> None:
    """Name, description and prompt survive the way out and in again."""
    rendering = render_profile(case("hostile"), name, targets())
    found = unpack(source(f"x/{rendering.path}", rendering.text), targets(), name)
    assert found is not None
    (agent,) = found.agents
    read = read_fields(agent.values, targets()[name], targets().vocabulary)
    assert read.fields["description"] == case("hostile").description
    assert agent.body in render_profile(case("hostile"), "agents-md", targets()).text


def test_parts_between_marks_are_agents_of_their_own() -> None:
    """What others wrote around them is none of theirs, and each has its name back."""
    text = (
        "# House rules\r\n\r\n<!-- agentgen: begin one -->\r\nYou are one.\r\n<!-- agentgen: end one -->\r\n\r\n"
        "More.\r\n<!-- agentgen: begin two -->\nYou are two.\n\n- a\n<!-- agentgen: end two -->\n"
    )
    found = unpack_marked(Source("x/AGENTS.md", text.encode()), targets())
    assert found is not None
    assert found.target == "agents-md"
    assert [(agent.name, agent.body) for agent in found.agents] == [
        ("one", "You are one.\n"),
        ("two", "You are two.\n\n- a\n"),
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("AGENTS.md", "# House rules\n"),
        ("AGENTS.md", "<!-- agentgen: begin one -->\nNo end.\n"),
        ("notes.md", "<!-- agentgen: begin one -->\nOne.\n<!-- agentgen: end one -->\n"),
        (".claude/agents/a.md", "<!-- agentgen: begin one -->\nOne.\n<!-- agentgen: end one -->\n"),
    ],
)
def test_a_file_without_parts_of_ours_is_read_whole(path: str, text: str) -> None:
    """As it is where it is no file that several share, or where no pair of marks stands in it."""
    assert unpack_marked(Source(path, text.encode()), targets()) is None


def test_a_shared_markdown_file_comes_back_byte_for_byte() -> None:
    """Rendered, read and rendered again."""
    first = render_profile(Profile({"name": "one"}, "You are one.\n\n- a\n"), "agents-md", targets())
    part = part_of(first.text, SharedPart("one"))
    found = unpack_marked(Source("AGENTS.md", ("# Rules\n\n" + part).encode()), targets())
    assert found is not None
    assert found.agents[0].body == first.text.rstrip() + "\n"
