"""No rendering lets an agent do more than its profile without an approval by name."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from agentgen.document.read import read_document
from agentgen.profile.model import Approval, Profile
from agentgen.render.canonical import read_fields
from agentgen.render.engine import render_profile
from agentgen.render.model import Rendering
from agentgen.render.spec import Format, Loader, Target, ToolStyle
from agentgen.source import Source
from agentgen.toolrefs import parse_tools
from tests.properties.profiles import approvals, examples, profiles
from tests.render.loading import targets

NAMES = [target.name for target in targets()]
VOCABULARY = targets().vocabulary


def words(tools: object) -> set[str]:
    """What tools are for, in the plainest way: no patterns, no servers."""
    refs = [ref for ref in parse_tools(tools) if ref.name in VOCABULARY.tools]
    return {word for ref in refs for word in VOCABULARY.tools[ref.name].can}


def whole(tools: object, denied: object) -> list[str]:
    """The tools that no entry of the deny list takes away as a whole."""
    gone = {ref.name for ref in parse_tools(denied) if ref.pattern is None}
    return [str(ref) for ref in parse_tools(tools) if ref.name not in gone]


def read_back(rendering: Rendering, target: Target) -> dict[str, object]:
    """The canonical fields of a rendered Markdown file, read as any variant is."""
    document = read_document(Source(rendering.path, rendering.text.encode("utf-8", "surrogateescape")))
    return dict(read_fields(document.frontmatter.values, target, VOCABULARY).fields)


@given(profiles(), st.sampled_from(NAMES))
@settings(max_examples=examples(150))
def test_a_file_that_may_be_written_gives_no_more_than_the_profile(profile: Profile, name: str) -> None:
    """Checked without the code that decides: the rendered file is read as a variant, and its tools are compared."""
    target = targets()[name]
    rendering = render_profile(profile, name, targets())
    if rendering.blocked or target.format is not Format.MARKDOWN or profile.tools is None:
        return
    found = read_back(rendering, target)
    assert "tools" in found, "a list became no list"
    left = whole(found["tools"], found.get("disallowed_tools"))
    assert words(left) <= words(whole(profile.tools, profile.fields.get("disallowed_tools")))


PARSERS = {Format.TOML: tomllib.loads, Format.JSON: json.loads, Format.YAML: yaml.safe_load}


def keys(rendering: Rendering, target: Target) -> Mapping[str, object]:
    """The keys of a rendered file, by a parser that is not ours."""
    if target.format in PARSERS:
        data = PARSERS[target.format](rendering.text)
        return data[target.shared.list][0] if target.shared and target.shared.list else data
    if target.format is Format.PLAIN:
        return {}
    block = rendering.text.removeprefix("---\n").partition("\n---\n")[0]
    if target.loader is Loader.RAW_LINES:
        return {key.strip(): value.strip() for key, value in (line.split(":", 1) for line in block.splitlines())}
    return yaml.safe_load(block)


def able(rendering: Rendering, target: Target) -> set[str]:
    """What an agent with this file may do, in the plainest way."""
    read = read_fields(keys(rendering, target), target, VOCABULARY).fields
    everything = set(VOCABULARY.capabilities)
    if target.tools.style is ToolStyle.NONE or not target.tools.restricts or "tools" not in read:
        held = {str(limit.value).lower(): limit for limit in target.limits if limit.holds}
        found = {str(value).lower(): key for key, value in keys(rendering, target).items()}
        taken = {word for value, limit in held.items() if found.get(value) == limit.key for word in limit.denies}
        denied = () if target.tools.style is ToolStyle.NONE else read.get("disallowed_tools")
        left = words(whole(tuple(VOCABULARY.tools), denied))
        return (set(target.tools.unrestricted) & everything or everything) & left - taken
    return words(whole(read["tools"], read.get("disallowed_tools")))


@given(profiles())
@settings(max_examples=examples(25))
def test_no_file_of_any_target_widens(profile: Profile) -> None:
    """For every target, whatever its format: what may be written without an approval gives no more than the profile."""
    tools = profile.fields.get("tools", tuple(VOCABULARY.tools))
    allowed = words(whole(tools, profile.fields.get("disallowed_tools")))
    for target in targets():
        rendering = render_profile(profile, target.name, targets())
        if not rendering.blocked:
            assert able(rendering, target) <= allowed, target.name


@given(profiles(), approvals, st.sampled_from(NAMES))
@settings(max_examples=examples(150))
def test_only_an_approval_for_this_target_and_field_unblocks(
    profile: Profile, given_approvals: tuple[Approval, ...], name: str
) -> None:
    """Taking the approvals away blocks whatever they let pass."""
    approved = render_profile(replace(profile, approvals=given_approvals), name, targets())
    for widening in approved.ledger.widenings:
        named = [
            approval
            for approval in given_approvals
            if (approval.target, approval.field, approval.kind) == (name, widening.field, "widening")
        ]
        assert widening.approved <= bool(named)
    if approved.ledger.widenings and not given_approvals:
        assert approved.blocked


@given(profiles(), st.sampled_from(NAMES))
@settings(max_examples=examples(100))
def test_approving_a_drop_never_widens(profile: Profile, name: str) -> None:
    """Leaving a tool out gives an agent that can do less; where the last one goes and none cannot be said, nothing."""
    before = render_profile(profile, name, targets())
    drops = tuple(Approval(name, "tools", "drop", (str(tool),)) for tool in profile.tools or ())
    after = render_profile(replace(profile, approvals=drops), name, targets())
    gained_before = {word for widening in before.ledger.widenings for word in widening.gained}
    gained_after = {word for widening in after.ledger.widenings for word in widening.gained}
    assert after.blocked or gained_after <= gained_before
