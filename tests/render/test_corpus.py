"""Real agent files: read, rendered for every tool, balanced, valid, and the same again for the tool they came from."""

from __future__ import annotations

import io
import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from ruamel.yaml import YAML

from agentgen.document.read import read_document
from agentgen.errors import UserError
from agentgen.profile.model import Layout, Profile
from agentgen.render.canonical import CanonicalFields, read_fields
from agentgen.render.engine import render_profile
from agentgen.render.model import Rendering
from agentgen.render.recognise import recognise
from agentgen.render.spec import Format, Loader, Target, UnknownKeys
from agentgen.render.unpack import unpack
from agentgen.source import Source, encode, read_source, to_lf
from agentgen.toolrefs import parse_tools
from agentgen.workspace import slug
from tests.conftest import corpus_paths, seed_paths
from tests.properties.test_no_widening import able, keys, whole, words
from tests.render.loading import targets

pytestmark = pytest.mark.corpus
EVERY = 1 if os.environ.get("AGENTGEN_TARGETS") == "all" else 7
"""Each file is rendered for one target in this many; over the corpus each target gets its share."""


@dataclass(frozen=True)
class Given:
    """One agent of a file: its tool, its own keys, and the profile that it makes."""

    path: Path
    tool: str | None
    read: CanonicalFields
    profile: Profile


def agents(paths: list[Path]) -> Iterator[Given]:
    for path in paths:
        source = read_source(path, shown_as=path.name)
        try:
            found = unpack(source, targets())
        except UserError:
            continue
        if found:
            yield from (_given(path, found.target, agent.values, agent.body) for agent in found.agents)
        else:
            document = read_document(source)
            values = document.frontmatter.values
            yield _given(path, recognise(path.name, values, targets()), values, document.source.slice(document.body))


def _given(path: Path, tool: str | None, values, body: str) -> Given:
    read = read_fields(values, targets()[tool] if tool else None, targets().vocabulary)
    fields = {**read.fields, "name": slug(str(read.fields.get("name") or path.stem))}
    extensions = {tool or "any": read.extensions}
    return Given(path, tool, read, Profile(fields, to_lf(body), Layout(below="", after=""), extensions=extensions))


def test_every_file_renders_for_every_tool_with_a_balanced_ledger(corpus: list[Path], seeds: list[Path]) -> None:
    """No crash, nothing missing from a ledger, nothing in it twice, and what may be written reads back."""
    names = [target.name for target in targets()]
    seen: Counter[str] = Counter()
    for number, given in enumerate(agents([*seeds, *corpus])):
        for name in names[number % EVERY :: EVERY]:
            rendering = render_profile(given.profile, name, targets())
            seen[name] += 1
            assert balanced(given.profile, rendering), f"{given.path.name} for {name}"
            codes = {finding.code for finding in rendering.findings}
            assert "output-not-read-back" not in codes, f"{given.path.name} for {name}"
            assert rendering.blocked or valid(rendering, targets()[name]), f"{given.path.name} for {name}"
            assert rendering.blocked or name == given.tool or gives_no_more(given, rendering), given.path.name
    assert min(seen.values()) > 30
    assert set(seen) == set(names)


def gives_no_more(given: Given, rendering: Rendering) -> bool:
    """Whether the file of another tool lets the agent do no more than the profile, in the plainest way."""
    fields = given.profile.fields
    tools = fields.get("tools", tuple(targets().vocabulary.tools))
    return able(rendering, targets()[rendering.target]) <= words(whole(tools, fields.get("disallowed_tools")))


def valid(rendering: Rendering, target: Target) -> bool:
    """Whether parsers that are not ours read the file: keys and values, and Markdown below them."""
    if target.format is Format.MARKDOWN and target.loader is not Loader.RAW_LINES:
        block = rendering.text.removeprefix("---\n").partition("\n---\n")[0]
        newer = YAML(typ="safe").load(io.StringIO(block))
        return json.dumps(newer, default=str) == json.dumps(keys(rendering, target), default=str)
    return bool(keys(rendering, target)) or bool(MarkdownIt().parse(rendering.text))


def balanced(profile: Profile, rendering: Rendering) -> bool:
    """Whether the ledger names each field, tool and extension once."""
    expected = Counter(("field", name) for name in profile.fields)
    expected += Counter(("tool", str(ref)) for ref in parse_tools(profile.tools))
    expected += Counter(("denied-tool", str(ref)) for ref in parse_tools(profile.fields.get("disallowed_tools")))
    expected += Counter(("extension", f"{tool}.{key}") for tool, keys in profile.extensions.items() for key in keys)
    expected += Counter([("section", "role")] if profile.role else [])
    found = Counter((entry.part, entry.name) for entry in rendering.ledger.entries if entry.part != "link")
    return found == expected


def same_format(given: Given) -> Target | None:
    """The tool of a Markdown file that its own tool would load."""
    target = targets()[given.tool] if given.tool else None
    wanted = target and target.format is Format.MARKDOWN and target.loader is not Loader.RAW_LINES
    return target if wanted and target.unknown_keys is not UnknownKeys.REJECTED else None


def test_a_file_comes_back_to_its_own_tool_with_the_same_meaning(corpus: list[Path], seeds: list[Path]) -> None:
    """Import and render to the same tool: canonical fields, foreign keys and the body are what they were."""
    compared = 0
    for given in agents([*seeds, *corpus]):
        target = same_format(given)
        if target is None:
            continue
        rendering = render_profile(given.profile, target.name, targets())
        if rendering.ledger.widenings:
            continue
        document = read_document(Source(rendering.path, encode(rendering.text)))
        again = read_fields(document.frontmatter.values, target, targets().vocabulary)
        assert document.source.slice(document.body) == given.profile.role, given.path.name
        assert keys_left(given, again, target) == set(), given.path.name
        compared += 1
    assert compared > 300


def keys_left(given: Given, again: CanonicalFields, target: Target) -> set[str]:
    """Keys whose value got lost or changed, but for values that the tool itself does not take, and models."""
    closed = {name for name, spec in target.fields.items() if not spec.open or spec.fixed or spec.server_defaults}
    fields = {
        name
        for name, value in given.read.fields.items()
        if name not in (*closed, "name", "model") and known(again.fields.get(name), target) != known(value, target)
    }
    dead = set(target.dead_keys)
    return fields | {key for key, value in given.read.extensions.items() if again.extensions.get(key) != value} - dead


def known(value: object, target: Target) -> object:
    """A tool list without the tools that the target has no name for; anything else as it is."""
    if not isinstance(value, tuple):
        return value
    nearest = target.tools.approximate
    return {nearest.get(entry, entry) for entry in value}


def test_the_tool_is_recognised_by_content_alone(shared: Path) -> None:
    """Where the path is taken away, keys and values tell the tool of most files; no file is taken for a rarer tool."""
    index = (shared / "corpus" / "INDEX.csv").read_text("utf-8").splitlines()[1:]
    right = total = 0
    for line in index:
        file, _, _, original = line.split(",")[:4]
        tool = recognise(original, {}, targets())
        if tool is None or not file.endswith(".md"):
            continue
        values = read_document(read_source(shared / "corpus" / file)).frontmatter.values
        total += 1
        right += recognise(Path(file).name, values, targets()) == tool
    assert total > 250
    assert right / total > 0.85


def test_files_are_found() -> None:
    """Where there is a corpus, these tests look at it."""
    assert (len(corpus_paths()) > 400) == (len(seed_paths()) == 5)
