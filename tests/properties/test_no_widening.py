"""No rendering lets an agent do more than its profile without an approval by name."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from agentgen.document.read import read_document
from agentgen.profile.model import Approval, Profile
from agentgen.render.canonical import read_fields
from agentgen.render.engine import render_profile
from agentgen.render.model import Rendering
from agentgen.render.spec import Format, Target
from agentgen.source import Source
from agentgen.toolrefs import parse_tools
from tests.properties.profiles import approvals, profiles
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
@settings(max_examples=150, deadline=None)
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


@given(profiles(), approvals, st.sampled_from(NAMES))
@settings(max_examples=150, deadline=None)
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
@settings(max_examples=100, deadline=None)
def test_approving_a_drop_never_widens(profile: Profile, name: str) -> None:
    """Leaving a tool out gives an agent that can do less; where the last one goes and none cannot be said, nothing."""
    before = render_profile(profile, name, targets())
    drops = tuple(Approval(name, "tools", "drop", (str(tool),)) for tool in profile.tools or ())
    after = render_profile(replace(profile, approvals=drops), name, targets())
    gained_before = {word for widening in before.ledger.widenings for word in widening.gained}
    gained_after = {word for widening in after.ledger.widenings for word in widening.gained}
    assert after.blocked or gained_after <= gained_before
