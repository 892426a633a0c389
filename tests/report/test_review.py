"""Two versions of one agent file: every change has the kind that a reviewer would give it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import jsonschema
import pytest

from agentgen.compare.model import (
    Comparison,
    Conflict,
    ConflictKind,
    ConflictMember,
    ItemGroup,
    KeyDifference,
    KeyStatus,
    Relation,
    Status,
)
from agentgen.report.markdown import LIMIT
from agentgen.report.review import Review, review
from agentgen.report.review_json import review_json
from agentgen.report.review_keys import Effect
from agentgen.report.review_markdown import review_markdown
from agentgen.report.review_rules import RuleKind
from agentgen.report.review_sections import SectionKind
from agentgen.report.review_text import review_text
from agentgen.report.schema import schema_text

from . import made

OLD = """# Agent

## Security

- You must never log secrets
- Rotate keys every 30 days
- Hash passwords
- Use *bcrypt* for that
- Check inputs

## Speed

- Stay below 100 ms
"""
NEW = """# Agent

## Safety

- You should avoid logging secrets
- Use **bcrypt** for that
- Check every input twice
- Hash passwords
- Log each login

## Speed

- Stay below 50 ms
"""
SECRETS, ROTATE, HASH, BCRYPT, INPUTS, SPEED = range(6)
SECRETS_2, BCRYPT_2, INPUTS_2, HASH_2, LOGIN_2, SPEED_2 = range(6)


def _conflict(subject: str, note: str, old: tuple[str, int], new: tuple[str, int]) -> Conflict:
    sides = tuple(ConflictMember(name, 1, "", "", item) for name, item in sorted([old, new]))
    return Conflict(subject, subject, ConflictKind.VALUE, sides, 1.0, note)


def versions(old: str = "old", new: str = "new", keys: Sequence[KeyDifference] = ()) -> Comparison:
    """OLD and NEW compared by hand; variants are sorted by id, as a comparison has them."""
    before, after = made.variant(old, OLD), made.variant(new, NEW)
    both = sorted([before, after], key=lambda one: one.id)
    security = made.topic(
        [before],
        "Security",
        Status.EDITED,
        [
            (Relation.EQUIVALENT, [(old, SECRETS)]),
            (Relation.SAME, [(old, HASH)]),
            (Relation.SAME, [(old, BCRYPT)]),
            (Relation.EQUIVALENT, [(old, INPUTS)]),
        ],
    )
    safety = made.topic([after], "Safety", Status.EDITED, [])
    partner = {SECRETS: SECRETS_2, HASH: HASH_2, BCRYPT: BCRYPT_2, INPUTS: INPUTS_2}
    news = {group.members[0].index: group.members[0] for group in safety.items}
    groups: list[ItemGroup] = []
    for group in security.items:
        [member] = group.members
        other = news.pop(partner[member.index]) if member.index in partner else None
        members = tuple(sorted(filter(None, (member, other)), key=lambda item: item.variant))
        groups.append(group._replace(members=members))
    groups += [ItemGroup(Relation.ONLY, (item,)) for item in news.values()]
    sections = tuple(sorted((*security.sections, *safety.sections), key=lambda section: section.variant))
    topics = [
        made.topic(both, "Agent", Status.SAME),
        security._replace(sections=sections, items=tuple(groups)),
        made.topic(both, "Speed", Status.EDITED),
    ]
    weaker = "weakened" if old < new else "strengthened"
    conflicts = [
        _conflict("logging secrets", weaker, (old, SECRETS), (new, SECRETS_2)),
        _conflict("latency", "", (old, SPEED), (new, SPEED_2)),
    ]
    return made.comparison(both, topics, keys, conflicts)


def told(found: Review) -> dict[RuleKind, list[tuple[str | None, str | None]]]:
    kinds = {change.kind for change in found.rules}
    return {
        kind: [(one.old and one.old.text, one.new and one.new.text) for one in found.of_kind(kind)] for kind in kinds
    }


@pytest.mark.parametrize(("old", "new"), [("old", "new"), ("a", "b")], ids=["later-first", "older-first"])
def test_every_rule_stands_once_under_what_happened_to_it(old: str, new: str) -> None:
    """Whichever of the two versions has the smaller id."""
    assert told(review(versions(old, new), old, new)) == {
        RuleKind.WEAKENED: [("You must never log secrets", "You should avoid logging secrets")],
        RuleKind.REMOVED: [("Rotate keys every 30 days", None)],
        RuleKind.CHANGED: [("Stay below 100 ms", "Stay below 50 ms")],
        RuleKind.ADDED: [(None, "Log each login")],
        RuleKind.REWORDED: [("Check inputs", "Check every input twice")],
        RuleKind.MOVED: [("Hash passwords", "Hash passwords")],
        RuleKind.FORMATTING: [("Use *bcrypt* for that", "Use **bcrypt** for that")],
    }


def test_looking_from_the_other_side_turns_every_change_round() -> None:
    """What was removed was added, what was weakened was strengthened."""
    there, back = (review(versions("a", "b"), *pair) for pair in (("a", "b"), ("b", "a")))
    turned = {
        RuleKind.WEAKENED: RuleKind.STRENGTHENED,
        RuleKind.REMOVED: RuleKind.ADDED,
        RuleKind.ADDED: RuleKind.REMOVED,
    }
    assert {
        kind: [pair[::-1] for pair in pairs] for kind, pairs in told(back).items() if kind is not RuleKind.MOVED
    } == {turned.get(kind, kind): pairs for kind, pairs in told(there).items() if kind is not RuleKind.MOVED}


def test_a_rule_that_went_to_another_section_is_moved() -> None:
    """Its text is the same; a reworded one keeps its kind and says that it moved."""
    old = made.variant("old", "# T\n\n## A\n\n- One rule\n- Another rule\n\n## B\n\n- Rest\n")
    new = made.variant("new", "# T\n\n## A\n\n- Stay\n\n## B\n\n- One rule\n- Another good rule\n")
    both = [new, old]
    groups = [(Relation.SAME, [("new", 1), ("old", 0)]), (Relation.EQUIVALENT, [("new", 2), ("old", 1)])]
    first = made.topic(both, "A", Status.EDITED, groups)
    first = first._replace(items=tuple(group._replace(moved=len(group.members) > 1) for group in first.items))
    found = review(made.comparison(both, [first]), "old", "new")
    [moved] = found.of_kind(RuleKind.MOVED)
    assert moved.old
    assert moved.new
    assert (moved.old.heading, moved.new.heading) == ("A", "B")
    [reworded] = found.of_kind(RuleKind.REWORDED)
    assert reworded.moved
    assert "A, line 6 → B, line 10, moved" in review_text(found)


def test_only_the_rules_out_of_order_are_moved() -> None:
    """One step that went to the end does not move all the others."""
    steps = ["Plan", "Build", "Test", "Ship"]
    old = made.variant("old", "# T\n\n" + "".join(f"1. {step}\n" for step in steps))
    new = made.variant("new", "# T\n\n" + "".join(f"1. {step}\n" for step in [*steps[1:], steps[0]]))
    groups = [(Relation.SAME, [("old", index), ("new", (index - 1) % 4)]) for index in range(4)]
    found = review(made.comparison([new, old], [made.topic([new, old], "T", Status.EDITED, groups)]), "old", "new")
    assert told(found)[RuleKind.MOVED] == [("Plan", "Plan")]
    assert len(found.of_kind(RuleKind.UNCHANGED)) == 3


def test_sections_that_came_went_or_got_a_name_or_place_are_listed() -> None:
    """By what happened to them."""
    assert [
        (one.kind, one.old and one.old.heading, one.new and one.new.heading)
        for one in review(versions(), "old", "new").sections
    ] == [(SectionKind.RENAMED, "Security", "Safety")]
    old = made.variant("old", "# T\n\n## A\n\n- a\n\n## B\n\n- b\n\n## C\n\n- c\n")
    new = made.variant("new", "# T\n\n## C\n\n- c\n\n## B\n\n- b\n\n## D\n\n- d\n")
    titles = {"A": [old], "B": [new, old], "C": [new, old], "D": [new], "T": [new, old]}
    topics = [made.topic(have, title, Status.EDITED) for title, have in titles.items()]
    found = review(made.comparison([new, old], topics), "old", "new")
    assert [(one.kind, (one.new or one.old).heading) for one in found.sections if one.new or one.old] == [
        (SectionKind.REMOVED, "A"),
        (SectionKind.ADDED, "D"),
        (SectionKind.MOVED, "B"),
    ]


@pytest.mark.parametrize(
    ("key", "old", "new", "effect"),
    [
        ("tools", ("Read",), ("Read", "Bash"), Effect.WIDENS),
        ("tools", ("Read", "Bash"), ("Read",), Effect.NARROWS),
        ("tools", ("Read",), ("Bash",), Effect.BOTH),
        ("tools", ("Bash(git:*)",), ("Bash",), Effect.WIDENS),
        ("tools", ("Bash",), ("Bash(git:*)",), Effect.NARROWS),
        ("tools", ("Bash",), ("Bash", "Bash(git:*)"), Effect.CHANGES),
        ("tools", ("Read",), None, Effect.WIDENS),
        ("tools", None, (), Effect.NARROWS),
        ("disallowed_tools", ("Bash",), (), Effect.WIDENS),
        ("disallowed_tools", None, ("Bash",), Effect.NARROWS),
        ("permission_mode", "plan", "auto", Effect.CHANGES),
        ("color", "red", "blue", Effect.NONE),
    ],
)
def test_a_change_of_permissions_says_which_way_it_goes(key: str, old: object, new: object, effect: Effect) -> None:
    """A list without entries allows nothing, no list at all everything; a bare tool covers its patterns."""
    values = {name: value for name, value in (("old", old), ("new", new)) if value is not None}
    found = review(versions(keys=[made.key(key, KeyStatus.DIFFERENT, values)]), "old", "new")
    assert [change.effect for change in found.keys] == [effect]
    assert found.keys[0].permission is (key != "color")


def test_the_sentence_tells_permissions_rules_and_cost() -> None:
    """In this order, formatting last and as a number."""
    keys = [made.key("tools", KeyStatus.DIFFERENT, {"old": ("Read",), "new": ("Read", "Bash")})]
    assert review(versions(keys=keys), "old", "new").sentence == (
        "Tools widened (+Bash); rules: 1 weakened, 1 removed, 1 changed, 1 added, 1 reworded, 1 moved; "
        "1 formatted differently; about 45 tokens as before."
    )


def test_versions_that_differ_in_formatting_only_are_the_same() -> None:
    """Nothing to review; equal files too."""
    old, new = made.variant("old", "# T\n\n- Be **kind**\n"), made.variant("new", "# T\n\n* Be kind\n")
    groups = [(Relation.SAME, [("new", 0), ("old", 0)])]
    found = review(made.comparison([new, old], [made.topic([new, old], "T", Status.FORMATTING, groups)]), "old", "new")
    assert found.same
    assert found.sentence.startswith("No rule changed; 1 formatted differently;")
    assert not review(versions(), "old", "new").same


def test_findings_that_the_new_version_brings_or_mends_are_told_apart() -> None:
    """One that stays, wherever it stands, is neither."""
    broken = "---\nname: x\ndescription: a: b\n---\n# T\n"
    old, new = made.variant("old", "# T\n"), made.variant("new", broken)
    assert new.document.findings
    topics = [made.topic([new, old], "T", Status.SAME)]
    there = review(made.comparison([new, old], topics), "old", "new")
    assert (there.findings, there.mended) == (new.document.findings, ())
    jsonschema.validate(review_json(there), json.loads(schema_text("review")))
    back = review(made.comparison([new, old], topics), "new", "old")
    assert (back.findings, back.mended) == ((), new.document.findings)
    both = [made.variant("a", broken), made.variant("b", broken + "\nMore\n")]
    stays = review(made.comparison(both, [made.topic(both, "T", Status.EDITED)]), "a", "b")
    assert (stays.findings, stays.mended) == ((), ())


def test_the_terminal_view_marks_changed_words_without_colour() -> None:
    """Permissions first; unchanged and formatted rules are not listed."""
    keys = [made.key("tools", KeyStatus.DIFFERENT, {"old": ("Read",), "new": ("Read", "Bash")})]
    shown = review_text(review(versions(keys=keys), "old", "new"))
    parts = [
        "old.md → new.md",
        "WHAT THE AGENT MAY DO (1)\n  tools  the agent may do more  +Bash",
        "RULES WEAKENED (1)\n  logging secrets: Security, line 5 → Safety, line 5\n"
        "  You [-must never log-]{+should avoid logging+} secrets",
        "RULES REMOVED (1)\n  Security, line 6\n  [-Rotate keys every 30 days-]",
        "Stay below [-100-]{+50+} ms",
        "RULES ADDED (1)\n  Safety, line 9\n  {+Log each login+}",
        "SECTIONS (1)\n  renamed: Security → Safety, line 3",
    ]
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)
    assert "bcrypt" not in shown
    assert "\x1b" not in shown


def test_the_markdown_view_marks_changed_words_and_folds_formatting() -> None:
    """Deleted and inserted words keep the blanks between them."""
    shown = review_markdown(review(versions(), "old", "new"))
    assert "- You <del>must never log</del><ins>should avoid logging</ins> secrets<br>" in shown
    assert "- Stay below <del>100</del><ins>50</ins> ms<br>*latency: Speed, line 13*" in shown
    assert shown.index("<details><summary>Formatted differently: 1</summary>") > shown.index("### Rules moved (1)")


def test_nothing_of_the_files_becomes_markup() -> None:
    """Neither in Markdown nor on the terminal."""
    nasty = "</del><img src=x> @team #1 \x1b[31m `code` \u202e"
    old, new = made.variant("old", f"# T\n\n- x {nasty}\n"), made.variant("new", f"# T\n\n- y {nasty}\n")
    topics = [made.topic([new, old], "T", Status.EDITED, [(Relation.EQUIVALENT, [("new", 0), ("old", 0)])])]
    found = review(made.comparison([new, old], topics), "old", "new")
    markdown, text = review_markdown(found), review_text(found)
    assert not re.search(r"(?<!\\)<img", markdown)
    assert " @team" not in markdown
    assert not set("\x1b\u202e") & set(markdown + text)


def test_a_long_review_stays_within_what_a_forge_takes() -> None:
    """And says what it left out."""
    old = made.variant("old", "# T\n")
    new = made.variant("new", "# T\n\n" + "".join(f"- Rule number {index} says a little\n" for index in range(3000)))
    found = review(made.comparison([new, old], [made.topic([new, old], "T", Status.EDITED)]), "old", "new")
    shown = review_markdown(found)
    assert 50_000 < len(shown) < LIMIT
    assert "Left out for length" in shown
    assert re.search(r"about [\d,]+ tokens instead of \d+ \(\+\d+%\)\.$", found.sentence)


def test_the_json_view_holds_every_change_and_counts_the_rest() -> None:
    """Formatting is listed there too; lines are lines of the files."""
    keys = [made.key("tools", KeyStatus.DIFFERENT, {"old": ("Read",), "new": ("Read", "Bash")})]
    data = json.loads(json.dumps(review_json(review(versions(keys=keys), "old", "new"))))
    assert data["schema"] == "agentgen.review/1"
    assert data["frontmatter"] == [
        {
            "key": "tools",
            "permission": True,
            "effect": "widens",
            "old": ["Read"],
            "new": ["Read", "Bash"],
            "gained": ["Bash"],
            "lost": [],
        }
    ]
    assert [rule["kind"] for rule in data["rules"]] == [
        "weakened",
        "removed",
        "changed",
        "added",
        "reworded",
        "moved",
        "formatting",
    ]
    assert data["rules"][1]["old"] == {"heading": "Security", "line": 6, "text": "Rotate keys every 30 days"}
    assert data["rules"][1]["new"] is None
    assert data["unchanged"] == 0
    jsonschema.validate(data, json.loads(schema_text("review")))
    assert data["tokens"] == {"old": 45, "new": 45, "estimated": True}
