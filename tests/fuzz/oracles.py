"""What must hold for any bytes that a reader is given: one function a reader, which raises where it does not.

A reader may refuse its input with a `UserError` whose every problem has a place in the file. Anything else that is
raised is a defect, and so is an answer that breaks a promise. Hypothesis and the coverage-guided fuzzer share these.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import cache
from pathlib import Path

from agentgen.compare.model import Variant
from agentgen.document.model import Document
from agentgen.document.read import read_document
from agentgen.errors import UserError
from agentgen.findings import splice
from agentgen.merge.combine import merge
from agentgen.merge.propose import single_recipe, variant_entries
from agentgen.profile import store
from agentgen.profile.body import render_body
from agentgen.render import border
from agentgen.render.canonical import read_fields
from agentgen.render.engine import render_profile
from agentgen.render.loading.load import load
from agentgen.render.manifest import read_manifest
from agentgen.render.spec import Target
from agentgen.render.targets import Targets, load_targets
from agentgen.render.unpack import unpack
from agentgen.source import Source, encode

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"

Oracle = Callable[[bytes], None]


@cache
def targets() -> Targets:
    """The bundled targets."""
    return load_targets([TEMPLATES])


def document(raw: bytes) -> None:
    """Segments are the file again, sections cover the body, every finding and its fix stands inside the file."""
    source = Source("agent.md", raw)
    read = read_document(source)
    assert read == read_document(source)
    assert encode("".join(source.slice(segment.span) for segment in read.segments)) == raw
    for one, other in itertools.pairwise(read.sections):
        assert one.span.end == other.span.start
        assert one.line <= other.line
    for found in read.findings:
        assert 1 <= found.line <= max(1, source.line_count)
        assert found.column >= 1
        if found.fix:
            splice(source.text, found.fix.edits)
    _items(read)


def _items(read: Document) -> None:
    """Items stand in order, inside their section and behind the item that they are nested in."""
    ids = {section.id: section for section in read.sections}
    assert len(ids) == len(read.sections)
    for at, item in enumerate(read.items):
        section = ids[item.section]
        assert section.span.start <= item.span.start < item.span.end <= section.span.end
        assert item.parent is None or item.parent < at
        assert item.line <= item.end_line


def alone(raw: bytes) -> None:
    """A profile made of one variant has that variant's body, byte for byte, and any target can be rendered of it."""
    read = read_document(Source("agent.md", raw))
    fields = read_fields(read.frontmatter.values, None, targets().vocabulary)
    variant = Variant("one", read, None, fields.fields, fields.extensions)
    (entry,) = variant_entries([variant], {})
    try:
        profile = merge([variant], single_recipe(variant, entry)).profile
        text = store.dump_profile(profile)
    except UserError:
        return
    body = read.source.slice(read.body).replace("\r\n", "\n").replace("\r", "\n")
    assert render_body(profile, "") == body
    assert _again(store.load_profile, text) == profile
    rendering = render_profile(profile, _one_of(raw).name, targets())
    assert rendering.blocked or rendering.text


def loaders(raw: bytes) -> None:
    """A tool's way of reading gives an answer, and the same one twice."""
    tool = _one_of(raw)
    assert load(raw, tool, targets().vocabulary) == load(raw, tool, targets().vocabulary)


def _again(load: Callable[[Source], object], text: str) -> object:
    """What we wrote, read again: to refuse that is a defect, whatever the file was."""
    try:
        return load(Source("written", encode(text)))
    except UserError as refused:
        raise AssertionError(f"we do not read what we wrote: {refused}") from refused


def _one_of(raw: bytes) -> Target:
    """A target for these bytes, so that one input tries one tool."""
    every = list(targets())
    return every[sum(raw) % len(every)]


def profile(raw: bytes) -> None:
    """A profile that is read says the same when it is written and read again."""
    read = store.load_profile(Source("profile.yaml", raw))
    assert _again(store.load_profile, store.dump_profile(read)) == read
    patched = store.dump_profile(read, Source("profile.yaml", raw).text)
    assert _again(store.load_profile, patched) == read


def recipe(raw: bytes) -> None:
    """A recipe that is read says the same when it is written and read again."""
    read = store.load_recipe(Source("recipe.yaml", raw))
    assert _again(store.load_recipe, store.dump_recipe(read)) == read
    patched = store.dump_recipe(read, Source("recipe.yaml", raw).text)
    assert _again(store.load_recipe, patched) == read


def lock(raw: bytes) -> None:
    """A lock that is read says the same when it is written and read again."""
    read = store.load_lock(Source("profile.lock.yaml", raw))
    assert _again(store.load_lock, store.dump_lock(read)) == read


def target(raw: bytes) -> None:
    """The facts of a target: read, or refused with places."""
    border.read_target(Source("target.yaml", raw))


def vocabulary(raw: bytes) -> None:
    """The words that targets share: read, or refused with places."""
    border.read_vocabulary(Source("vocabulary.yaml", raw))


def other_formats(raw: bytes) -> None:
    """TOML, JSON and YAML agents come out as Markdown whose body is the prompt."""
    text = raw.lstrip()[:1]
    suffix = "json" if text in (b"{", b"[") else "toml" if b"=" in raw[:200] else "yaml"
    unpacked = unpack(Source(f"agent.{suffix}", raw), targets())
    for agent in unpacked.agents if unpacked else ():
        read = read_document(Source("agent.md", encode(agent.markdown)))
        assert read.source.text.endswith(agent.body)


def manifest(raw: bytes) -> None:
    """The list of rendered files names files of its own folder only."""
    for path in read_manifest(raw, "agentgen.json"):
        assert ".." not in Path(path.partition("#")[0]).parts


ORACLES: tuple[Oracle, ...] = (
    document,
    alone,
    loaders,
    profile,
    recipe,
    lock,
    target,
    vocabulary,
    other_formats,
    manifest,
)
"""In the order of the first byte that the fuzzer chooses one by: append only."""


def hold(oracle: Oracle, raw: bytes) -> None:
    """Give a reader some bytes: it may refuse them, with every mistake at a place in the file."""
    try:
        oracle(raw)
    except UserError as refused:
        _places(refused, Source("", raw).line_count + 1)


def _places(refused: UserError, last: int) -> None:
    assert refused.problems
    for problem in refused.problems:
        assert problem.message
        assert problem.path
        assert 1 <= (problem.line or 1) <= last, problem
        assert (problem.column or 1) >= 1, problem
