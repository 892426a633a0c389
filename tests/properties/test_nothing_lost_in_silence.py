"""Every field, tool and section of a profile stands in the ledger exactly once, and what is written reads back."""

from __future__ import annotations

import io
import json
import tomllib
from collections import Counter

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from agentgen.codes import Severity
from agentgen.profile.body import ROLE, render_body, walk
from agentgen.profile.model import Profile
from agentgen.render.engine import render_profile
from agentgen.render.model import Outcome
from agentgen.render.spec import Format, Loader
from agentgen.toolrefs import parse_tools
from tests.properties.profiles import examples, profiles
from tests.render.loading import targets

NAMES = [target.name for target in targets()]


@given(profiles(), st.sampled_from(NAMES))
@settings(max_examples=examples(150))
def test_the_ledger_balances(profile: Profile, name: str) -> None:
    """Nothing that goes in is missing from the ledger, nothing stands in it twice, every loss has a reason."""
    ledger = render_profile(profile, name, targets()).ledger
    expected = Counter(("field", field) for field in profile.fields)
    expected += Counter(("tool", str(ref)) for ref in parse_tools(profile.tools))
    expected += Counter(("denied-tool", str(ref)) for ref in parse_tools(profile.fields.get("disallowed_tools")))
    expected += Counter(("section", section.id) for section in walk(profile.sections)) + Counter([("section", ROLE)])
    expected += Counter(("extension", f"{tool}.{key}") for tool, keys in profile.extensions.items() for key in keys)
    entries = [entry for entry in ledger.entries if entry.part != "link"]
    assert Counter((entry.part, entry.name) for entry in entries) == expected
    assert all(entry.reason for entry in entries if entry.outcome is Outcome.DROPPED and entry.part != "denied-tool")


@given(profiles(), st.sampled_from(NAMES))
@settings(max_examples=examples(150))
def test_what_is_written_is_valid_for_independent_readers(profile: Profile, name: str) -> None:
    """YAML 1.1 and 1.2 readers find the same values; the body follows byte for byte."""
    target = targets()[name]
    rendering = render_profile(profile, name, targets())
    errors = [finding for finding in rendering.findings if finding.severity is Severity.ERROR]
    assert not [finding for finding in errors if finding.code == "output-not-read-back"], errors
    if target.format is Format.MARKDOWN and target.loader is not Loader.RAW_LINES:
        block, separator, body = rendering.text.removeprefix("---\n").partition("---\n")
        old, new = yaml.safe_load(block), YAML(typ="safe").load(io.StringIO(block))
        assert separator
        assert json.dumps(old, default=str) == json.dumps(new, default=str)
        assert body == render_body(profile, name)
    elif target.format is Format.TOML:
        tomllib.loads(rendering.text)
    elif target.format is Format.JSON:
        json.loads(rendering.text)
    elif target.format is Format.YAML:
        yaml.safe_load(rendering.text)


@given(profiles(), st.sampled_from(NAMES))
@settings(max_examples=examples(50))
def test_rendering_is_deterministic(profile: Profile, name: str) -> None:
    """The same profile gives the same bytes and the same ledger."""
    assert render_profile(profile, name, targets()) == render_profile(profile, name, targets())
