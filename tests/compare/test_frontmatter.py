"""Differences of the frontmatter, key by key."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

import pytest

from agentgen.compare import frontmatter
from agentgen.compare.frontmatter import compare_frontmatter, lines_of, shown
from agentgen.compare.model import KeyDifference, KeyStatus, Variant
from agentgen.document.read import read_document
from agentgen.source import Source


def variant(name: str, front: str, fields: Mapping[str, object] | None = None, **extensions: object) -> Variant:
    """A variant whose file has that frontmatter; its own values are the fields where none are given."""
    document = read_document(Source(f"{name}.md", f"---\n{front}---\nText.\n".encode()))
    return Variant(
        name, document, fields=document.frontmatter.values if fields is None else fields, extensions=extensions
    )


def compared(*fronts: str) -> dict[str, KeyDifference]:
    variants = [variant(name, front) for name, front in zip("abc", fronts, strict=False)]
    return {found.key: found for found in compare_frontmatter(variants)}


def test_equal_values_are_the_same() -> None:
    """A key with one value in all variants has nothing to say."""
    found = compared("name: x\n", "name: x\n")["name"]
    assert (found.status, found.changes) == (KeyStatus.SAME, ())


def test_a_key_that_is_missing_somewhere_is_partial() -> None:
    """Equal where present, and it is told who has it not."""
    found = compared("name: x\ncolor: red\n", "name: x\n")["color"]
    assert found.status is KeyStatus.PARTIAL
    assert dict(found.values) == {"a": "red"}
    assert found.changes == ("b: has no such key",)


def test_other_values_are_named_against_the_first() -> None:
    """What differs is said in words, variant by variant."""
    found = compared("model: small\n", "model: large\n", "model: small\n")["model"]
    assert found.status is KeyStatus.DIFFERENT
    assert found.changes == ("b: large instead of small (against a)",)


@pytest.mark.parametrize(
    ("left", "right", "status"),
    [
        ("tools: [Read, Grep]\n", "tools: [Grep, Read]\n", KeyStatus.SAME),
        ("tools: [Read]\n", "tools: [Read, Grep]\n", KeyStatus.DIFFERENT),
        ("steps: [1, 2]\n", "steps: [2, 1]\n", KeyStatus.DIFFERENT),
        ('turns: "3"\n', "turns: 3\n", KeyStatus.DIFFERENT),
        ("background: true\n", "background: 1\n", KeyStatus.DIFFERENT),
    ],
)
def test_only_the_order_of_words_is_no_difference(left: str, right: str, status: KeyStatus) -> None:
    """Lists of words are sets; numbers in a list have an order; a number is no text and no switch."""
    (found,) = compared(left, right).values()
    assert found.status is status


def test_sets_tell_what_is_added_and_what_lacks() -> None:
    """A list of tools is described by its difference, not repeated."""
    found = compared("tools: [Read, Grep]\n", "tools: [Read, Bash, Edit]\n")["tools"]
    assert found.changes == ("b: adds Bash, Edit; lacks Grep (against a)",)


def test_nested_values_tell_where() -> None:
    """A difference inside a mapping names its path."""
    found = compared("hooks:\n  after:\n    run: lint\n", "hooks:\n  after:\n    run: test\n  before: x\n")["hooks"]
    assert found.changes == ("b: before: adds x; after.run: test instead of lint (against a)",)


def test_long_texts_are_described_by_length() -> None:
    """Two long descriptions are not quoted."""
    found = compared(f"description: {'a ' * 50}\n", f"description: {'b ' * 60}\n")["description"]
    assert found.changes == ("b: another text, 119 characters instead of 99 (against a)",)


def test_order_of_variants_does_not_matter() -> None:
    """Keys come in the order of the variants by id."""
    first, second = variant("a", "name: x\ncolor: red\n"), variant("b", "model: y\nname: x\n")
    assert compare_frontmatter([second, first]) == compare_frontmatter([first, second])
    assert [found.key for found in compare_frontmatter([second, first])] == ["name", "color", "model"]


def test_lines_are_those_of_the_file() -> None:
    """Each value has the line of its entry; a key spelled otherwise in the file is found by its words or value."""
    front = "name: x\nreasoning_effort: high\nallowed: [Read, Grep]\n"
    found = variant("a", front, {"name": "x", "effort": "high", "tools": ("Read", "Grep")}, unknown="?")
    assert lines_of(found) == {"name": 2, "effort": 3, "tools": 4, "unknown": 1}


def test_keys_of_one_tool_are_compared_too() -> None:
    """Extensions stand beside the canonical fields."""
    left = variant("a", "name: x\nlevel: 3\n", {"name": "x"}, level=3)
    right = variant("b", "name: x\nlevel: 4\n", {"name": "x"}, level=4)
    found = {each.key: each for each in compare_frontmatter([left, right])}
    assert found["level"].changes == ("b: 4 instead of 3 (against a)",)
    assert dict(found["level"].lines) == {"a": 3, "b": 3}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (["b", "a"], "b, a"),
        (frozenset({"b", "a"}), "a, b"),
        ([], "(empty list)"),
        (None, "(empty)"),
        (True, "true"),
        ({"a": [1]}, "{a: 1}"),
        ("x" * 61, "a text of 61 characters"),
    ],
)
def test_values_are_shown_for_people(value: object, text: str) -> None:
    """Lists with commas, switches and emptiness in words, long texts by their length."""
    assert shown(value) == text


def test_variants_without_frontmatter_have_no_differences() -> None:
    """Nothing is compared where nothing is given."""
    document = read_document(Source("a.md", b"Text.\n"))
    assert compare_frontmatter([Variant("a", document), Variant("b", document)]) == ()


VALUES: list[object] = [
    *("a", "b", "x" * 90, "y" * 70, "", None, True, False, 0, 1, 2, 1.0, frozenset(), frozenset({"a"})),
    *(frozenset({"a", "b"}), frozenset({"c"}), {}, {"a": 1}, {"a": 2, "b": [1]}, [], [1], [{"a": 1}], [{"a": 2}]),
]


@pytest.mark.parametrize("old", VALUES, ids=range(len(VALUES)))
def test_plain_values_differ_as_deepdiff_says(old: object) -> None:
    """Sets and plain values are told apart without the library, in the words that it would give."""
    for new in VALUES:
        assert list(frontmatter._difference(old, new)) == list(frontmatter._difference_within(old, new)), new


def test_plain_values_load_no_library() -> None:
    """Two files that differ in description and tools are compared without loading what nested values need."""
    program = (
        "import sys\n"
        "from agentgen.compare.engine import compare_variants\n"
        "from agentgen.compare.model import Variant\n"
        "from agentgen.document.read import read_document\n"
        "from agentgen.source import Source\n"
        "document = read_document(Source('a.md', b'# A\\n\\n- one\\n'))\n"
        "given = [Variant(each, document, None, {'tools': [each], 'model': each}, {}) for each in 'ab']\n"
        "assert compare_variants(given).frontmatter[0].changes\n"
        "assert not {'deepdiff', 'pydantic'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
