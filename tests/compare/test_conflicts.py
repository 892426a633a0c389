"""Conflicts between variants: cases in files, half of which hold none, and what holds for all conflicts."""

from __future__ import annotations

import random
from itertools import permutations
from pathlib import Path

import pytest

from agentgen.compare.conflicts import find_conflicts, mark_conflicts
from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Conflict, ConflictKind, Relation, Variant
from agentgen.document.model import Document
from agentgen.document.read import read_document
from agentgen.source import Source
from tests.compare.case_files import Case, read_cases
from tests.compare.helpers import read_variants, variants
from tests.compare.test_items import groups_by_topic

CASES = read_cases(Path(__file__).parent / "conflict_cases")


def with_fields(found: list[Variant]) -> list[Variant]:
    """The variants with their frontmatter as canonical fields."""
    return [Variant(each.id, each.document, fields=dict(each.document.frontmatter.values)) for each in found]


def shown(conflict: Conflict) -> str:
    """`kind: subject | variant:line value | … | note`, as the case files write it."""
    sides = [f"{member.variant}:{member.line} {member.value}" for member in conflict.members]
    return f"{conflict.kind.value}: " + " | ".join([conflict.subject, *sides, *filter(None, [conflict.note])])


def test_there_are_cases() -> None:
    """Both files are read: what disagrees, and what does not."""
    assert {case.file for case in CASES} == {"agree.md", "disagree.md"}
    assert len(CASES) > 35


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_case(case: Case) -> None:
    """The conflicts are those of the case, and no others."""
    comparison = compare_variants(with_fields(variants(case.texts)))
    assert sorted(map(shown, comparison.conflicts)) == sorted(case.expected)


def test_a_conflict_marks_the_group_that_it_joins() -> None:
    """The items of a group that disagree stand in conflict, with the place of each side."""
    found = variants({"a": "## T\n- Timeout of 5 s\n- Keep logs\n", "b": "## T\n- Timeout of 9 s\n- Keep logs\n"})
    comparison = compare_variants(found)
    relations = [group.relation for topic in comparison.topics for group in topic.items]
    assert relations == [Relation.CONFLICT, Relation.SAME]
    assert [(member.line, member.item) for member in comparison.conflicts[0].members] == [(2, 0), (2, 0)]


def test_without_a_conflict_groups_stay_as_they_are() -> None:
    """Marking changes nothing where nothing disagrees."""
    found = variants({"a": "## T\n- Keep logs\n", "b": "## T\n- Keep all logs\n"})
    groups = groups_by_topic(found)
    assert mark_conflicts(groups, find_conflicts(found, groups)) == groups


def test_an_id_survives_moves_and_other_sections() -> None:
    """A conflict keeps its id when its statements move and the file grows."""
    short = {"a": "## T\n- Timeout of 5 s\n", "b": "## T\n- Timeout of 9 s\n"}
    long = {"a": "## Other\n- Keep logs\n\n## Moved\n- Timeout of 5 s\n", "b": short["b"]}
    first, second = (compare_variants(variants(texts)).conflicts for texts in (short, long))
    assert [conflict.id for conflict in first] == [conflict.id for conflict in second] == ["value-timeout"]


def test_ids_are_unique_where_subjects_meet_twice() -> None:
    """Two conflicts on one subject have two ids."""
    texts = {
        "a": "## Audit\n- Audit all operations\n## Build\n- Rebuild every module\n",
        "b": "## Audit\n- Audit critical operations\n## Build\n- Rebuild important modules\n",
    }
    ids = [conflict.id for conflict in compare_variants(variants(texts)).conflicts]
    assert len(ids) == 2
    assert len(set(ids)) == 2


def test_frontmatter_stands_first_and_sides_have_their_lines() -> None:
    """Permissions and models come before what the text says; a side names the line of its key."""
    texts = {
        "a": "---\nname: x\nmodel: small\n---\n## T\n- Timeout of 5 s\n",
        "b": "---\nmodel: large\nname: x\n---\n## T\n- Timeout of 9 s\n",
    }
    conflicts = compare_variants(with_fields(variants(texts))).conflicts
    assert [conflict.kind for conflict in conflicts] == [ConflictKind.FRONTMATTER, ConflictKind.VALUE]
    assert [(member.line, member.text) for member in conflicts[0].members] == [(3, "model: small"), (2, "model: large")]


@pytest.mark.corpus
def test_order_and_line_ends_do_not_matter(seeds: list[Path]) -> None:
    """Every order of the seeds, and CR LF, give the same conflicts."""
    found = with_fields(read_variants(seeds))
    expected = compare_variants(found).conflicts
    for order in random.Random(3).sample(list(permutations(found)), 6):
        assert find_conflicts(list(order), groups_by_topic(found)) == find_conflicts(found, groups_by_topic(found))
    crlf = [Variant(each.id, _with_crlf(each), fields=each.fields) for each in found]
    assert [conflict.id for conflict in compare_variants(crlf).conflicts] == [conflict.id for conflict in expected]


@pytest.mark.corpus
def test_hand_found_conflicts_of_the_frontmatter_are_all_found(seeds: list[Path]) -> None:
    """Name, model, colour and tools of the seeds disagree; their descriptions do not."""
    found = compare_variants(with_fields(read_variants(seeds))).conflicts
    subjects = {conflict.subject for conflict in found if conflict.kind is ConflictKind.FRONTMATTER}
    assert subjects == {"name", "model", "color", "tools"}


@pytest.mark.corpus
def test_seven_of_ten_hand_found_conflicts_are_named(shared: Path, seeds: list[Path]) -> None:
    """Of the pairs of list items that a careful reader found to disagree, at least 70 % stand in one conflict."""
    import json

    judged = json.loads((shared / "gold" / "seeds_items.json").read_text("utf-8"))["conflicts"]
    found = read_variants(path for path in seeds if path.name[:3] in {"000", "001", "004"})
    named = {
        frozenset({f"{left.variant[:3]}:{left.line}", f"{right.variant[:3]}:{right.line}"})
        for conflict in compare_variants(found).conflicts
        for left in conflict.members
        for right in conflict.members
    }
    sides = [side for entry in judged for side in entry["members"]]
    items = {f"{side['file']}:{side['line']}" for side in sides if side["kind"] == "item"}
    pairs = [frozenset(pair) for entry in judged for pair in entry["pairs"] if items.issuperset(pair)]
    assert len(pairs) == 14
    assert sum(pair in named for pair in pairs) >= 0.7 * len(pairs)


def _with_crlf(variant: Variant) -> Document:
    source = variant.document.source
    return read_document(Source(source.path, source.raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")))
