"""Profile text is data: whatever it looks like, it comes out as it went in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agentgen.profile.model import Profile, ProfileSection
from agentgen.render.engine import render_profile
from agentgen.render.spec import Format
from tests.render.loading import targets

NAMES = [target.name for target in targets()]
CODE = ("{{ 7*7 }}", "{% raw %}", "{% endraw %}", "{#", "#}", "{{", "}}", "{%- for a in b -%}", "{{ name }}", "${HOME}")
BASE = Profile({"name": "a", "description": "d", "tools": ("Read",)}, "You are an agent.")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("code", CODE)
def test_template_marks_come_out_literally(name: str, code: str) -> None:
    """In role, heading, body and description."""
    profile = replace(
        BASE,
        fields={**BASE.fields, "description": f"d {code}"},
        role=f"You are {code}.",
        sections=(ProfileSection("s", f"T {code}", f"B {code}"),),
    )
    text = render_profile(profile, name, targets()).text
    described = targets()[name].fields["description"].key is not None
    assert text.count(code) >= (4 if described else 3)


@given(st.lists(st.sampled_from(CODE) | st.text("{}%#- \nab", max_size=5), max_size=8).map("".join))
@settings(max_examples=20)
def test_any_mix_of_marks_is_text(text: str) -> None:
    """The body of a Markdown file is the profile's text and nothing else."""
    body = f"x{text}x"
    for target in targets():
        rendering = render_profile(replace(BASE, role=body), target.name, targets())
        if target.format in (Format.MARKDOWN, Format.PLAIN):
            assert body in rendering.text
