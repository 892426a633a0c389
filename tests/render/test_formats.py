"""Values are written so that old and new readers of each format find the very same value."""

from __future__ import annotations

import io
import json
import tomllib

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from agentgen.render import formats

TRAPS = (
    *("yes", "No", "on", "off", "null", "~", "", " ", "010", "1:30", "2024-01-01", "1_000", ".5", "0x1F", "1e3", "="),
    *("a: b", "a #b", "- a", "? a", "* a", "&a", "!a", "|", ">", "%a", "@a", "`a", "[a", "{a", "a]", "'a'", '"a"'),
    *("---", "a --- b", "...", "a\nb", "a\tb", " a", "a ", "a:", "é", "\u2028", "\x85", "\x7f", "\ufeff", "😀", "<<"),
)
texts = st.sampled_from(TRAPS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
values = st.recursive(
    texts | st.booleans() | st.integers(-(10**9), 10**9) | st.none(),
    lambda inner: st.lists(texts, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
fields = st.dictionaries(texts, values, min_size=1, max_size=4)


def both_readers(text: str) -> list[object]:
    return [yaml.safe_load(text), json.loads(json.dumps(YAML(typ="safe").load(io.StringIO(text))))]


@pytest.mark.parametrize("text", TRAPS)
def test_a_text_stays_a_text(text: str) -> None:
    """Whatever YAML 1.1 or 1.2 would make of it, on one line, with no three hyphens in it."""
    line = formats.yaml_block({"key": text})
    assert both_readers(line) == [{"key": text}] * 2
    assert line.count("\n") == 1
    assert "---" not in line


@given(fields)
@settings(max_examples=200)
def test_a_block_reads_back(given_fields: dict[str, object]) -> None:
    """Nested lists and mappings too."""
    assert both_readers(formats.yaml_block(given_fields)) == [given_fields] * 2


@given(fields)
@settings(max_examples=150)
def test_a_list_entry_reads_back(given_fields: dict[str, object]) -> None:
    """Texts of several lines stand in blocks there, where that is safe."""
    text = "entries:\n" + formats.yaml_entry(given_fields, 2)
    assert both_readers(text) == [{"entries": [given_fields]}] * 2


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), texts, min_size=1, max_size=4))
@settings(max_examples=150)
def test_toml_and_json_read_back(given_fields: dict[str, str]) -> None:
    """Texts with quotes, backslashes and control characters."""
    expected = {key: value.replace("\r\n", "\n") for key, value in given_fields.items()}
    assert tomllib.loads(formats.toml_text(given_fields)) in (expected, given_fields)
    assert json.loads(formats.json_text(given_fields)) == given_fields


def test_plain_words_stay_plain() -> None:
    """Nothing is quoted without need: tool lists and sentences read as people write them."""
    assert formats.yaml_block({"tools": "Read, Write", "when": "Use it for (small) things."}) == (
        "tools: Read, Write\nwhen: Use it for (small) things.\n"
    )


def test_raw_lines_have_neither_quotes_nor_line_ends() -> None:
    """For readers that take everything behind the colon."""
    assert formats.raw_lines({"a": "x: 'y'\n z", "b": True}) == "a: x: 'y' z\nb: true\n"
