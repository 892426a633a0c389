"""The profile that ships, for every target that ships: written, and read by each tool's own way of reading as meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentgen.profile.body import render_body
from agentgen.profile.model import Profile
from agentgen.profile.store import load_profile
from agentgen.render.canonical import read_fields
from agentgen.render.engine import render_profile
from agentgen.render.loading.load import load
from agentgen.render.model import Outcome
from agentgen.source import encode, read_source
from agentgen.toolrefs import parse_tools
from tests.render.loading import targets

PROFILES = Path(__file__).resolve().parents[2] / "profiles"
NAMES = [target.name for target in targets()]


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile(read_source(PROFILES / "senior-backend" / "profile.yaml"))


def meant(profile: Profile, name: str) -> dict[str, object]:
    """The canonical fields that arrive whole at a target: those that its ledger calls kept or mapped."""
    ledger = render_profile(profile, name, targets()).ledger
    whole = (Outcome.KEPT, Outcome.MAPPED)
    arrived = {entry.name for entry in ledger.entries if entry.part == "field" and entry.outcome in whole}
    return {field: value for field, value in profile.fields.items() if field in arrived}


@pytest.mark.parametrize("name", NAMES)
def test_each_tool_reads_the_bundled_profile_as_meant(profile: Profile, name: str) -> None:
    """It loads, its fields come back in canonical words, and the prompt is there whole."""
    target, vocabulary = targets()[name], targets().vocabulary
    rendering = render_profile(profile, name, targets())
    assert not rendering.blocked
    seen = load(encode(rendering.text), target, vocabulary)
    assert seen.loads, seen.reason
    found = {"name": profile.name, "model": "inherit", **read_fields(seen.frontmatter or {}, target, vocabulary).fields}
    wanted = meant(profile, name)
    tools = wanted.pop("tools", ())
    assert {field: found.get(field) for field in wanted} == wanted
    assert {*parse_tools(tools)} <= {*parse_tools(found.get("tools"))}
    assert render_body(profile, name).strip() in (seen.body or "")


def test_the_tools_of_the_bundled_profile_arrive_wherever_a_list_can_be_written(profile: Profile) -> None:
    """No target gives more than the list, but for what the profile approves by name, with a reason."""
    for name in NAMES:
        ledger = render_profile(profile, name, targets()).ledger
        assert all(widening.approved for widening in ledger.widenings)
    approved = [approval for approval in profile.approvals if approval.kind == "widening"]
    assert all(approval.values and approval.reason for approval in approved)
