"""A repair that a finding offers gives what was read already, in a form that every reader takes the same way."""

from __future__ import annotations

import pytest
import yaml

from agentgen.findings import Finding, splice
from tests.document.helpers import codes, read


def only(text: str) -> Finding:
    (found,) = read(text).findings
    assert found.fix is not None
    return found


@pytest.mark.parametrize(
    ("entries", "value"),
    [
        ("description: |\nUse it: when you like\n", "Use it: when you like\n"),
        ("description: |-\nUse it\n", "Use it"),
        ("description: >\nUse it\n", "Use it\n"),
        ("description: |-\n  one\n two: x: y\n", " one\ntwo: x: y"),
        ("description: |\n  one\n two: x: y\n", " one\ntwo: x: y\n"),
        ("description: >\n  one: a\n two: x: y\n", " one: a two: x: y\n"),
        ("description: see #12 now\n", "see #12 now"),
        ("description: see #tag\n", "see #tag"),
        ("description: use it: always\n", "use it: always"),
    ],
)
def test_a_repaired_description_reads_as_before(entries: str, value: str) -> None:
    """Strict YAML reads then what was meant; the lines around stay."""
    text = f"---\nname: a\n{entries}---\nBody.\n"
    assert read(text).frontmatter.values["description"] == value
    found = only(text)
    assert "`description`" in found.fix.message
    mended = splice(text, found.fix.edits)
    assert codes(read(mended)) == []
    assert yaml.safe_load(mended.split("---\n")[1]) == {"name": "a", "description": value}
    assert mended.startswith("---\nname: a\ndescription: ")
    assert mended.endswith("\n---\nBody.\n")


@pytest.mark.parametrize("entries", ["description: see # now\n", "description: see #\n", "description: see ## two\n"])
def test_a_comment_is_a_comment(entries: str) -> None:
    """A blank behind the sign, or nothing: the author meant to leave it out."""
    document = read(f"---\nname: a\n{entries}---\nBody.\n")
    assert (document.frontmatter.values["description"], codes(document)) == ("see", [])


def test_a_fence_that_closes_nothing_can_be_removed() -> None:
    """The line goes, and nothing else."""
    text = "# A\n\ntext\n\n```\n\n## B\n\nmore\n\n## C\n\nand more\n"
    found = only(text)
    assert (found.code, found.fix.message) == ("fence-stray", "remove the line")
    mended = splice(text, found.fix.edits)
    assert mended == text.replace("```\n", "")
    assert codes(read(mended)) == []


def test_fences_that_close_early_can_be_made_longer() -> None:
    """The two outer ones, and nothing else; then every reader sees one block."""
    text = "# A\n\n```md\n## X\n```sh\na\n```\nmore\n```\n\n## B\n\nt\n"
    found = only(text)
    assert found.code == "fence-closes-early"
    mended = splice(text, found.fix.edits)
    assert mended == "# A\n\n````md\n## X\n```sh\na\n```\nmore\n````\n\n## B\n\nt\n"
    assert codes(read(mended)) == []


def test_a_frontmatter_that_nothing_else_mends_is_written_anew() -> None:
    """With the values that were read, a line each, and strict YAML takes it."""
    text = "---\nname: a\n\tdescription: b: c\n[x\n---\nBody.\n"
    document = read(text)
    fixes = [found.fix for found in document.findings if found.fix is not None]
    assert fixes
    mended = splice(text, fixes[0].edits)
    assert isinstance(yaml.safe_load(mended.split("---\n")[1]), dict)
    assert read(mended).frontmatter.values == document.frontmatter.values


@pytest.mark.parametrize("before", ["a", "é", "ࠀ", "\U0001f600"])
def test_a_character_that_yaml_does_not_allow_has_its_place(before: str) -> None:
    """Counted in characters, whatever stands before it."""
    found = read(f"---\nname: a\n{before}\n{before}\x1f\n---\n").findings
    assert [(each.line, each.column) for each in found if each.code == "frontmatter-not-yaml"] == [(4, 2)]
