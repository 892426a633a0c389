"""The figures, marks and orders that every view of a comparison shares."""

from __future__ import annotations

from agentgen.compare.model import KeyStatus, Relation, Status
from agentgen.report.summary import Mark, Summary, summarize

from . import made


def cell_marks(summary: Summary) -> dict[str, list[Mark]]:
    return {row.topic.title: [cell.mark for cell in row.cells] for row in summary.rows}


def test_each_cell_says_how_the_variant_stands_in_the_row() -> None:
    """Equal words, a good part in common, nothing in common, alone, absent."""
    left = made.variant(
        "a", "# T\n\n## Same\n\n- One\n\n## Near\n\n- Two\n- Three\n\n## Far\n\n- Four\n\n## Own\n\n- Five\n"
    )
    right = made.variant("b", "# T\n\n## Same\n\n- One\n\n## Near\n\n- Too\n- Six\n\n## Far\n\n- Seven\n")
    both = [left, right]
    topics = [
        made.topic(both, "Same", Status.SAME, [(Relation.SAME, [("a", 0), ("b", 0)])]),
        made.topic(both, "Near", Status.EDITED, [(Relation.EQUIVALENT, [("a", 1), ("b", 1)])]),
        made.topic(both, "Far", Status.EDITED),
        made.topic(both, "Own", Status.ONLY),
    ]
    assert cell_marks(summarize(made.comparison(both, topics))) == {
        "Same": [Mark.SAME, Mark.SAME],
        "Near": [Mark.SIMILAR, Mark.SIMILAR],
        "Far": [Mark.DIFFERENT, Mark.DIFFERENT],
        "Own": [Mark.ONLY, Mark.ABSENT],
    }


def test_sections_that_agree_word_for_word_are_the_same_although_a_third_variant_has_none() -> None:
    """The mark looks at those who are in the row."""
    variants = [made.variant(name, "# T\n\n## Speed\n\n- Be quick\n") for name in "ab"]
    variants.append(made.variant("c", "# T\n"))
    topics = [made.topic(variants, "Speed", Status.PARTIAL, [(Relation.SAME, [("a", 0), ("b", 0)])])]
    assert cell_marks(summarize(made.comparison(variants, topics)))["Speed"] == [Mark.SAME, Mark.SAME, Mark.ABSENT]


def test_a_cell_counts_shared_moved_lone_and_quoted_items() -> None:
    """Items against each other are neither shared nor alone."""
    left = made.variant("a", "# T\n\n## Api\n\n- Allow origins\n- Below 100 ms\n- Nouns\n")
    right = made.variant("b", "# T\n\n## Api\n\n- Below 50 ms\n\n## Safety\n\n- Allow known origins\n")
    both = [left, right]
    groups = [(Relation.EQUIVALENT, [("a", 0), ("b", 1)]), (Relation.CONFLICT, [("a", 1), ("b", 0)])]
    api = made.topic(both, "Api", Status.EDITED, groups)
    api = api._replace(items=(api.items[0]._replace(moved=True), *api.items[1:]))
    safety = made.topic(both, "Safety", Status.ONLY)._replace(items=())
    quoted = made.conflict("speed", ("a", "100 ms", "Below 100 ms"), ("b", "50 ms", "Below 50 ms"))
    sides = tuple(side._replace(item=item) for side, item in zip(quoted.members, (1, 0), strict=True))
    summary = summarize(made.comparison(both, [api, safety], (), [quoted._replace(members=sides)]))
    row = summary.rows[0]
    first, second = row.cells
    assert (first.items, first.shared, first.alone, first.moved, first.conflicts) == (3, 1, 1, 1, 1)
    assert (second.items, second.shared, second.alone, second.moved, second.conflicts) == (1, 0, 0, 0, 1)
    assert [conflict.id for conflict in row.conflicts] == ["speed"]
    assert not summary.rows[1].conflicts
    assert (summary.verdict.items, summary.verdict.shared, summary.verdict.alone) == (5, 2, 1)


def test_rows_come_by_importance_and_keep_their_order_within() -> None:
    """Conflicts, edited, partial, only one, formatting, same."""
    text = "".join(f"## {name}\n\n- {name} rule\n\n" for name in "ABCDEFG")
    both = [made.variant(name, text) for name in ("left", "right")]
    statuses = [Status.SAME, Status.FORMATTING, Status.ONLY, Status.PARTIAL, Status.EDITED, Status.EDITED, Status.SAME]
    topics = [made.topic(both, name, status) for name, status in zip("ABCDEFG", statuses, strict=True)]
    quoted = made.conflict("g", ("left", "1", "G rule"), ("right", "2", "G rule"))
    sides = tuple(side._replace(item=6) for side in quoted.members)
    summary = summarize(made.comparison(both, topics, (), [quoted._replace(members=sides)]))
    assert [row.topic.title for row in summary.by_importance] == ["G", "E", "F", "D", "C", "B", "A"]
    assert [row.topic.title for row in summary.by_importance if row.folded] == ["B", "A"]


def test_permissions_come_before_all_other_keys() -> None:
    """Then description and model, then what differs, then what is equal."""
    both = [made.variant(name, "# T\n") for name in "ab"]
    names = ("color", "aaa", "name", "model", "description", "disallowed_tools", "tools")
    statuses = dict.fromkeys(names, KeyStatus.SAME) | {"name": KeyStatus.DIFFERENT, "color": KeyStatus.PARTIAL}
    keys = [made.key(name, statuses[name], {"a": "x", "b": "x"}) for name in names]
    summary = summarize(made.comparison(both, [], keys))
    assert [key.key for key in summary.keys] == [
        "tools",
        "disallowed_tools",
        "description",
        "model",
        "name",
        "color",
        "aaa",
    ]


def test_nearness_is_the_share_of_items_that_the_other_says_too() -> None:
    """Symmetric, one on the diagonal, nought without anything in common."""
    texts = {"a": "# T\n\n- One\n- Two\n- Three\n", "b": "# T\n\n- One\n", "c": "# T\n\n- Else\n"}
    three = [made.variant(name, text) for name, text in texts.items()]
    topic = made.topic(three, "T", Status.EDITED, [(Relation.SAME, [("a", 0), ("b", 0)])])
    near = summarize(made.comparison(three, [topic])).nearness
    assert near == ((1.0, 0.5, 0.0), (0.5, 1.0, 0.0), (0.0, 0.0, 1.0))


def test_copies_are_as_near_as_can_be_and_the_verdict_says_so() -> None:
    """Nothing differs: one sentence."""
    twins = [made.variant(name, "# T\n\n- Be kind\n- Be brief\n") for name in "ab"]
    groups = [(Relation.SAME, [("a", index), ("b", index)]) for index in (0, 1)]
    summary = summarize(made.comparison(twins, [made.topic(twins, "T", Status.SAME, groups)]))
    assert summary.nearness == ((1.0, 1.0), (1.0, 1.0))
    assert summary.verdict.same
    assert summary.verdict.sentence == "2 variants say the same in the one topic."


def test_a_heading_without_text_is_called_so() -> None:
    """It has no items that could agree or differ."""
    both = [made.variant("a", "# T\n\n## Core\n\n### Sub\n\n- x\n"), made.variant("b", "# T\n\n## Core\n\n- y\n")]
    [row] = summarize(made.comparison(both, [made.topic(both, "Core", Status.EDITED)])).rows
    assert [cell.heading_only for cell in row.cells] == [True, False]
