"""A row laid out for reading leaves nothing out."""

from __future__ import annotations

from agentgen.compare.model import Relation, Status
from agentgen.report.detail import Details

from . import made

TEXT = "# T\n\n## Api\n\n- One\n- Two\n- Three\n- Four\n\n## Safety\n\n- Five\n"


def test_what_several_say_comes_by_importance_then_by_place() -> None:
    """Conflicts, other words, parts, equal words."""
    both = [made.variant(name, TEXT) for name in "ab"]
    relations = [Relation.SAME, Relation.PART_OF, Relation.EQUIVALENT, Relation.CONFLICT]
    groups = [(relation, [("a", place), ("b", place)]) for place, relation in enumerate(relations)]
    api = made.topic(both, "Api", Status.EDITED, groups)
    detail = Details.of(made.comparison(both, [api])).detail(api)
    assert [group.relation for group in detail.together] == list(reversed(relations))
    assert detail.columns == ("a", "b")
    assert not detail.alone


def test_every_item_of_the_rows_sections_is_there_once() -> None:
    """Together, alone, or with a pointer to the topic that lists its group."""
    both = [made.variant(name, TEXT) for name in "ab"]
    api = made.topic(both, "Api", Status.EDITED, [(Relation.SAME, [("a", 0), ("b", 0)])])
    moved = made.topic(both, "Api", Status.EDITED, [(Relation.EQUIVALENT, [("a", 4), ("b", 1)])]).items[0]
    safety = made.topic(both, "Safety", Status.EDITED)._replace(items=(moved._replace(moved=True),))
    api = api._replace(items=tuple(group for group in api.items if moved.members[1] not in group.members))
    detail = Details.of(made.comparison(both, [api, safety])).detail(api)
    together = [(item.variant, item.index) for group in detail.together for item in group.members]
    alone = [(item.variant, item.index) for item in detail.alone]
    elsewhere = [(entry.item.variant, entry.item.index) for entry in detail.elsewhere]
    assert sorted(together + alone + elsewhere) == [(name, index) for name in "ab" for index in range(4)]
    assert elsewhere == [("b", 1)]
    assert detail.elsewhere[0].topic == "safety"


def test_a_variant_without_a_section_has_a_column_where_its_item_moved_to() -> None:
    """Its wording is compared here, so it is shown here."""
    left, right = made.variant("a", "# T\n\n## Api\n\n- One\n"), made.variant("b", "# T\n\n## Misc\n\n- One\n")
    api = made.topic([left, right], "Api", Status.ONLY, [(Relation.SAME, [("a", 0), ("b", 0)])])
    assert Details.of(made.comparison([left, right], [api])).detail(api).columns == ("a", "b")
