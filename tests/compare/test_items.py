"""Groups of items that say the same: cases in files, half of which must stay apart."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest

from agentgen.compare.items import group_items
from agentgen.compare.model import ItemGroup, Relation, Variant
from tests.compare.case_files import Case, read_cases
from tests.compare.helpers import read_variants, variants

CASES = read_cases(Path(__file__).parent / "item_cases")


def groups_by_topic(found: list[Variant]) -> dict[str, tuple[ItemGroup, ...]]:
    """The groups of each topic, where sections with equal ids stand in one row."""
    topics = {(variant.id, section.id): section.id for variant in found for section in variant.document.sections}
    return group_items(found, topics)


def groups_of(found: list[Variant]) -> list[ItemGroup]:
    """All groups, topic by topic."""
    return [group for groups in groups_by_topic(found).values() for group in groups]


def shown(group: ItemGroup) -> str:
    """`relation: variant:line variant:line`, as the case files write it."""
    places = " ".join(f"{member.variant}:{member.line}" for member in group.members)
    return f"{group.relation.value}: {places}" + (" moved" if group.moved else "")


def test_there_are_cases() -> None:
    """Both files are read: what says the same, and what stays apart."""
    assert {case.file for case in CASES} == {"says-the-same.md", "stays-apart.md"}
    assert len(CASES) > 25


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case(case: Case) -> None:
    """The groups of more than one item are those of the case; every item is in exactly one group."""
    found = variants(case.texts)
    groups = groups_of(found)
    assert sorted(shown(group) for group in groups if len(group.members) > 1) == sorted(case.expected)
    members = [(member.variant, member.index) for group in groups for member in group.members]
    items = [(variant.id, item.index) for variant in found for item in variant.document.items]
    assert sorted(members) == sorted(items)


def test_groups_stand_in_order_of_place() -> None:
    """What only a later variant says stands behind its neighbour there."""
    texts = {"a": "- Alpha rules\n- Gamma rules\n", "b": "- Alpha rules\n- Beta is mine\n- Gamma rules\n"}
    assert [group.members[0].text for group in groups_of(variants(texts))] == [
        "Alpha rules",
        "Beta is mine",
        "Gamma rules",
    ]


def test_every_topic_is_there_even_without_items() -> None:
    """A topic whose sections have no items has no groups, but its entry."""
    found = variants({"a": "## Empty\n\n## Full\n- One\n"})
    topics = {("a", section.id): section.id for section in found[0].document.sections}
    assert group_items(found, topics)["empty"] == ()


@pytest.mark.corpus
def test_order_of_variants_does_not_matter(seeds: list[Path]) -> None:
    """Every order of the seeds gives the same groups in the same order."""
    found = read_variants(seeds)
    expected = groups_of(found)
    orders = list(permutations(found))
    for order in random.Random(7).sample(orders, 12):
        assert groups_of(list(order)) == expected


@pytest.mark.corpus
def test_line_ends_do_not_matter(seeds: list[Path]) -> None:
    """Variants with CR LF fall into the same groups."""
    texts = {path.name: path.read_text("utf-8") for path in seeds}
    with_lf = groups_of(variants(texts))
    with_crlf = groups_of(variants({name: text.replace("\n", "\r\n") for name, text in texts.items()}))
    assert [shown(group) for group in with_crlf] == [shown(group) for group in with_lf]


@pytest.mark.corpus
def test_hash_seed_does_not_matter(seeds: list[Path]) -> None:
    """Interpreters that hash strings otherwise find the same groups and conflicts."""
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from agentgen.compare.engine import compare_variants\n"
        "from tests.compare.helpers import read_variants\n"
        "comparison = compare_variants(read_variants(map(Path, sys.argv[1:])))\n"
        "print([topic.items for topic in comparison.topics], comparison.conflicts)\n"
    )
    command = [sys.executable, "-c", program, *map(str, seeds)]
    root = Path(__file__).parents[2]
    outputs = {
        subprocess.run(
            command, env={"PYTHONHASHSEED": seed}, cwd=root, capture_output=True, check=True, text=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


@pytest.mark.corpus
def test_agrees_with_a_careful_reader(shared: Path) -> None:
    """On five families, of the pairs judged by hand, most equivalent ones are found and few others."""
    from tests.compare.item_labels import agreement

    found = agreement(shared / "corpus" / "families")
    assert found.judged > 500
    assert found.precision >= 0.85
    assert found.recall >= 0.7


def test_a_group_never_holds_two_near_statements_of_one_variant() -> None:
    """Only equal words may stand twice; likeness joins one statement a variant."""
    texts = {"a": "- Sign the release\n- Sign each release\n", "b": "- Releases are signed\n"}
    for group in groups_of(variants(texts)):
        sides = [member.variant for member in group.members]
        assert len(sides) == len(set(sides)) or group.relation is Relation.SAME
