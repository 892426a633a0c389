"""Whatever stands in a profile, its YAML file gives back, byte for byte."""

from __future__ import annotations

import string
from io import StringIO
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from agentgen.profile.model import Approval, Layout, Profile, ProfileSection
from agentgen.profile.store import dump_profile, load_profile
from agentgen.profile.yaml_read import read_yaml
from agentgen.profile.yaml_write import write_yaml
from agentgen.source import Source, encode

TRAPS = (
    *("\t", " ", "\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x00", "\x7f", "\ufeff", "\udc80"),
    *("{{ 7*7 }}", "{% raw %}", "---", "\n---\n", "...", "# no comment", " #", ": ", "- ", "? ", "| ", "> ", "&a"),
    *("!tag", "%YAML 1.2", "@", "`", "'", '"', "\\", "\\n", "[", "]", "{", "}", ",", "no", "1:30", "0x1f", "~", "null"),
    *("2024-01-01", ".inf", "1e3", "true", "=", "<<", "*a", "é", "世界", "😀", "x" * 300, "  leading", "trailing  "),
)
LETTERS = st.text(string.ascii_lowercase, min_size=1, max_size=8)
TEXT = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(TRAPS), max_size=8).map("".join))
MAYBE_TEXT = st.none() | TEXT
LAYOUTS = st.builds(Layout, MAYBE_TEXT, st.none() | st.integers(1, 9), MAYBE_TEXT, MAYBE_TEXT)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """A profile with a tree of sections and text that nobody would write."""
    names = iter([f"s{number}" for number in range(20)])

    def section(depth: int) -> ProfileSection:
        count = draw(st.integers(0, 2)) if depth < 2 else 0
        return ProfileSection(
            id=next(names),
            title=draw(TEXT),
            body=draw(TEXT),
            sections=tuple(section(depth + 1) for _ in range(count)),
            origins=tuple(draw(st.lists(LETTERS, max_size=2))),
            targets=tuple(draw(st.lists(LETTERS, max_size=2))),
            layout=draw(LAYOUTS),
        )

    text = TEXT.filter(lambda value: value != "")
    fields: dict[str, Any] = {"name": draw(LETTERS)}
    fields |= draw(st.fixed_dictionaries({}, optional=dict.fromkeys(("description", "model", "effort"), text)))
    fields |= draw(st.fixed_dictionaries({}, optional={"tools": st.lists(TEXT, max_size=3).map(tuple)}))
    fields |= draw(st.fixed_dictionaries({}, optional={"hooks": VALUES.filter(lambda value: value is not None)}))
    return Profile(
        fields=fields,
        role=draw(TEXT),
        role_layout=draw(LAYOUTS),
        sections=tuple(section(0) for _ in range(draw(st.integers(0, 2)))),
        extensions=draw(st.dictionaries(LETTERS, st.dictionaries(TEXT, VALUES, min_size=1, max_size=2), max_size=2)),
        approvals=tuple(draw(st.lists(st.builds(Approval, LETTERS, TEXT, st.just("drop"), reason=TEXT), max_size=1))),
    )


def loaded(text: str) -> Profile:
    return load_profile(Source("profile.yaml", encode(text)))


@given(profiles())
def test_dump_then_load_gives_the_same_profile(profile: Profile) -> None:
    """Any text survives: tabs, trailing blanks, line separators, control characters, what looks like YAML."""
    assert loaded(dump_profile(profile)) == profile


@settings(max_examples=60)
@given(profiles(), profiles())
def test_a_rewrite_says_what_the_new_profile_says(before: Profile, after: Profile) -> None:
    """Changing a file in place gives the new profile, and rewriting the same profile changes no byte."""
    text = dump_profile(before)
    assert loaded(dump_profile(after, text)) == after
    assert dump_profile(before, text) == text


@given(st.dictionaries(TEXT, VALUES, min_size=1, max_size=4))
def test_other_readers_see_the_same_values(values: dict[str, Any]) -> None:
    """What we write, PyYAML reads alike (lone surrogates aside: not every reader takes their escapes)."""
    text = write_yaml(values)
    assert read_yaml(Source("", encode(text)), lambda path: True).value == values
    assert yaml.load(text, Loader=yaml.SafeLoader) == values


@given(st.lists(st.sampled_from([trap for trap in TRAPS if trap != "\udc80"]), max_size=8).map("".join))
def test_ruamel_reads_the_text_alike(text: str) -> None:
    """An independent YAML 1.2 reader gets any text back from a literal block or from quotes."""
    assert YAML(typ="safe", pure=True).load(StringIO(write_yaml({"body": text}))) == {"body": text}


@pytest.mark.parametrize("text", ["a\tb \n\n  c", " a\n b", "\ta\nb", "#\n##", "---\n..."])
def test_ordinary_text_stays_readable(text: str) -> None:
    """Tabs, trailing blanks, indentation and document markers do not turn a body into one quoted line."""
    profile = Profile({"name": "x"}, sections=(ProfileSection("s", "S", text),))
    written = dump_profile(profile)
    assert all(f"      {line}".rstrip(" ") in written for line in text.split("\n"))
    assert "body: |" in written
