"""Loading and dumping: every mistake with its place, comments kept, schemas up to date."""

from __future__ import annotations

import json
import textwrap

import jsonschema
import pytest
import yaml

from agentgen.errors import UserError
from agentgen.profile.lock import HandConflict, Lock, Origin, Stale
from agentgen.profile.model import Approval, Layout, Profile, ProfileSection
from agentgen.profile.recipe import (
    ConflictDecision,
    ItemAction,
    ItemDecision,
    KeyDecision,
    KeyMode,
    Recipe,
    TopicDecision,
    VariantEntry,
)
from agentgen.profile.store import (
    SCHEMA_FILES,
    build_schema,
    dump_lock,
    dump_profile,
    dump_recipe,
    load_lock,
    load_profile,
    load_recipe,
    schema_text,
)
from agentgen.source import Source

PROFILE = Profile(
    fields={"name": "helper", "description": "Helps: always", "tools": ("Read", "Bash(git diff:*)"), "max_turns": 3},
    role="You help.",
    sections=(
        ProfileSection("api", "API", "- use ETags\n\n\t- and say so", origins=("a", "b"), targets=("droid",)),
        ProfileSection("end", "End", "text", layout=Layout("**End:**", 3, "", "")),
    ),
    extensions={"droid": {"hidden": True, "limit": 1.5, "when": "2024-01-01"}},
    approvals=(Approval("droid", "tools", "widening", ("Bash",), "reviewed"),),
)
RECIPE = Recipe(
    variants=(VariantEntry("a", "variants/a.md", "sha256:00", "droid"), VariantEntry("b", "variants/b.md")),
    precedence=("b", "a"),
    keys=(
        KeyDecision("name", KeyMode.TAKE, ("a",), seen={"a": "01234567"}),
        KeyDecision("tools", KeyMode.UNION, ("a", "b"), subtract=("Bash",), reason="no shell"),
        KeyDecision("skills", KeyMode.VALUE, value=("x", "y")),
        KeyDecision("temperature", KeyMode.VALUE, value=0.5),
        KeyDecision("model", KeyMode.TAKE, ("b",), open=True),
        KeyDecision("color", KeyMode.DROP),
    ),
    topics=(
        TopicDecision("opening", {"a": "preamble"}, ("a",), seen={"a": "89abcdef"}),
        TopicDecision(
            id="api",
            sections={"a": "api", "b": "rest"},
            take=("b", "a"),
            title="The API",
            order=1,
            targets=("droid",),
            items=(
                ItemDecision("Use XML", ItemAction.DROP, reason="old"),
                ItemDecision("Use ETags", ItemAction.PICK, "a"),
                ItemDecision("No: never", ItemAction.REPLACE, "Rarely\nindeed"),
            ),
        ),
        TopicDecision("errors", {"b": "errors"}, drop=True, parent="api", reason="covered elsewhere"),
        TopicDecision("mine", mine="Two\nlines"),
    ),
    conflicts=(
        ConflictDecision("p95", "p95 latency", pick="a", reason="measured"),
        ConflictDecision("names", "names", pick="b", open=True, seen={"a": "00000000"}),
        ConflictDecision("style", "style", text="Both, by service"),
        ConflictDecision("depth", "depth", keep_both=True),
    ),
    approvals=PROFILE.approvals,
    strategy="consensus=2",
)


def source(text: str, path: str = "profile.yaml") -> Source:
    return Source(path, textwrap.dedent(text).encode())


def mistakes(text: str, load: object = load_profile) -> list[str]:
    with pytest.raises(UserError) as caught:
        load(source(text))  # type: ignore[operator]
    return [str(problem) for problem in caught.value.problems]


def test_profile_recipe_and_lock_come_back() -> None:
    """What was dumped is loaded again, in all its parts."""
    assert load_profile(source(dump_profile(PROFILE))) == PROFILE
    assert load_recipe(source(dump_recipe(RECIPE))) == RECIPE
    lock = Lock(
        variants={"a": "sha256:00"},
        recipe="sha256:01",
        profile="sha256:02",
        origins={"role": (Origin(2, "variant", "a", 9), Origin(1, "recipe", decision="conflicts/p95")), "empty": ()},
        headings={"api": Origin(1, "variant", "a", 7)},
        fields={"name": Origin(1, "hand")},
        base="agentgen: 1\nname: x\nrole: |\n  - a\n",
        statements={"a": tuple(f"{number:06x}" for number in range(30))},
        decisions={"topics/api": "01234567"},
        stale=(Stale("topics/api", "a", ("- a",), ("- b\n  c", "- d")),),
        hands=(HandConflict("api", "- a", None, "- b\n- c"),),
    )
    assert load_lock(source(dump_lock(lock))) == lock


def test_absent_and_empty_tools_differ() -> None:
    """No `tools` means all tools, an empty list none: neither turns into the other."""
    for tools, expected in (({}, None), ({"tools": ()}, ())):
        assert load_profile(source(dump_profile(Profile({"name": "x", **tools})))).tools == expected
    assert "tools must be a list" in mistakes("agentgen: 1\nname: x\ntools:\n")[0]


def test_text_stays_as_typed() -> None:
    """Words that YAML 1.1 takes for booleans, dates or numbers stay text where a field is text."""
    loaded = load_profile(source("agentgen: 1\nname: no\ndescription: 1.10\nmodel: 2024-01-01\ncolor: 1:30\n"))
    assert dict(loaded.fields) == {"name": "no", "description": "1.10", "model": "2024-01-01", "color": "1:30"}


def test_every_mistake_is_reported_with_its_place() -> None:
    """One reading names all mistakes, each with line and column, and suggests the key that was meant."""
    text = """\
        agentgen: 1
        name: Senior Engineer
        descripton: x
        tools: Read, Grep
        sections:
          - id: api
            titel: API
          - title: no id
          - id: api
            layout: 3
        approvals:
          - {target: droid, field: tools, kind: widenning}
        """
    assert mistakes(text) == [
        "profile.yaml:2:7: name is 'Senior Engineer', which is not a name that files and links can have\n"
        "  use small letters, digits and hyphens, such as 'api-design'",
        "profile.yaml:3:1: unknown key 'descripton'\n  did you mean 'description'?",
        "profile.yaml:4:8: tools must be a list\n"
        "  write [] for an empty list, [a, b] for one of two; leave the key out to say nothing",
        "profile.yaml:7:5: unknown key 'titel' in sections[0]\n  did you mean 'title'?",
        "profile.yaml:8:5: sections[1].id is missing\n  add `id:`",
        "profile.yaml:9:9: the id 'api' is used twice\n  sections[0] has it already; choose another",
        "profile.yaml:10:13: sections[2].layout must be a mapping of keys and values",
        "profile.yaml:12:41: approvals[0].kind is 'widenning'\n  it can be 'widening', 'drop'",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: [x\n", "profile.yaml:1:10: this is not valid YAML"),
        ("a: b: c\n", "profile.yaml:1:5: this is not valid YAML"),
        ("a:\n\tb: c\n", "indent with blanks instead of tabs"),
        ("a: 1\na: 2\n", "profile.yaml:2:1: the key 'a' is given twice"),
        ("a: &x [1]\nb: *x\n", "an alias (`*name`) is used here"),
        ("a: !secret x\n", "the tag !secret has no meaning here"),
        ("? [a]\n: b\n", "a key must be a word"),
        ("a: \x07\n", "the character U+0007 may not stand in YAML"),
        ("", "a profile is a mapping of keys and values"),
        ("- a\n", "a profile is a mapping of keys and values"),
        ("[" * 3000, "nested too deeply"),
        ("a: " + "[" * 50_000, "profile.yaml:1:103: this is not valid YAML: this is nested"),
        ("- " * 50_000, "nested too deeply"),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n", "profile.yaml:2:1: a conflict that git left here: <<<<<<< HEAD"),
        ("agentgen: " + "9" * 6000, "it can be 1"),
    ],
)
def test_broken_yaml_is_reported_with_its_place(text: str, expected: str) -> None:
    """Whatever is not YAML, or YAML that means nothing here, is a mistake and never a stack trace."""
    assert expected in "\n".join(mistakes(text))


def test_mistakes_come_once_and_in_one_order() -> None:
    """Every use of an alias is the same place; mistakes at one place are sorted by their words."""
    assert len(mistakes("a: &x [1]\nb: [*x, *x, *x]\n")) == 1
    assert [text.split(": ")[1].split("\n")[0] for text in mistakes("one: 1\n")] == [
        "agentgen is missing",
        "name is missing",
        "unknown key 'one'",
    ]


def test_bytes_that_are_not_utf8_are_named() -> None:
    """A file in another encoding is refused at the first such byte."""
    with pytest.raises(UserError, match=r"p.yaml:2:8: this byte is not UTF-8"):
        load_profile(Source("p.yaml", b"agentgen: 1\nname: a\xe9\n"))


def test_a_recipe_names_only_what_exists() -> None:
    """Unknown variants and topics, and entries that say nothing or too much, are all reported."""
    text = """\
        agentgen: 1
        variants: [{id: claude, path: a.md}]
        precedence: [cloude]
        keys:
          model: {take: claude, value: fast}
          tools: {}
        topics:
          - id: api
            parent: rest
            sections: {droid: api@01234567}
            take: [droid]
            items:
              - statement: x
          - {id: b, parent: c}
          - {id: c, parent: b}
        conflicts:
          - {id: x, pick: gemini}
        """
    assert [line for text in mistakes(text, load_recipe) for line in text.splitlines()[:1]] == [
        "profile.yaml:3:14: precedence[0] names 'cloude', which is not one of the variants",
        "profile.yaml:5:10: keys.model says take and value at once",
        "profile.yaml:6:10: keys.tools says nothing",
        "profile.yaml:9:13: there is no topic 'rest'",
        "profile.yaml:10:16: topics[0].sections.droid names 'droid', which is not one of the variants",
        "profile.yaml:11:12: topics[0].take[0] names 'droid', which is not one of the variants",
        "profile.yaml:13:9: topics[0].items[0] says nothing",
        "profile.yaml:14:21: the topic 'b' stands below itself",
        "profile.yaml:15:21: the topic 'c' stands below itself",
        "profile.yaml:17:19: conflicts[0].pick names 'gemini', which is not one of the variants",
    ]


def test_a_rewrite_keeps_comments_order_and_style() -> None:
    """Only what changed is written anew."""
    before = textwrap.dedent("""\
        # Reviewed in May.
        agentgen: 1

        # Short, please.
        name:   "helper"
        model: fast   # cheap
        tools:
        - Read
        - Grep   # needed
        sections:
        # the first
        - id: api
          title: 'API'
          body: |
            - one

        - id: old
          title: Old
        # the last
        - title: Last
          id: last
        # end
        """)
    after = Profile(
        fields={"name": "helper", "model": "deep", "effort": "high", "tools": ("Read", "Grep")},
        sections=(
            ProfileSection("api", "API", "- one\n- two"),
            ProfileSection("new", "New"),
            ProfileSection("last", "Last"),
        ),
    )
    assert dump_profile(after, before) == textwrap.dedent("""\
        # Reviewed in May.
        agentgen: 1

        # Short, please.
        name:   "helper"
        model: deep   # cheap
        effort: high
        tools:
        - Read
        - Grep   # needed
        sections:
        # the first
        - id: api
          title: 'API'
          body: |
            - one
            - two
        - id: new
          title: New
        # the last
        - title: Last
          id: last
        # end
        """)


def test_a_form_that_cannot_be_patched_is_written_anew() -> None:
    """A file in flow style still ends up saying the right thing."""
    text = dump_profile(PROFILE, "{agentgen: 1, name: other}\n")
    assert load_profile(source(text)) == PROFILE


@pytest.mark.parametrize("kind", sorted(SCHEMA_FILES))
def test_the_schemas_that_ship_are_up_to_date(kind: str) -> None:
    """Refresh them with `python -m agentgen.profile.schemas`."""
    assert schema_text(kind) == build_schema(kind)


@pytest.mark.parametrize(("kind", "text"), [("profile", dump_profile(PROFILE)), ("recipe", dump_recipe(RECIPE))])
def test_the_schemas_accept_what_we_write(kind: str, text: str) -> None:
    """An editor that follows the modeline finds no fault with our own files, and finds unknown keys."""
    schema = json.loads(schema_text(kind))
    assert text.splitlines()[0] == f"# yaml-language-server: $schema=../{SCHEMA_FILES[kind]}"
    data = yaml.safe_load(text)
    jsonschema.validate(data, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**data, "unknown": 1}, schema)


def test_places_count_without_a_byte_order_mark() -> None:
    """With and without the mark a mistake stands in the same line and column of what is seen after it."""
    text = "agentgen: 1\nname: a\nnonsense: 1\n"
    with pytest.raises(UserError) as plain:
        load_profile(Source("p.yaml", text.encode()))
    with pytest.raises(UserError) as marked:
        load_profile(Source("p.yaml", b"\xef\xbb\xbf" + text.encode()))
    assert [(found.line, found.column) for found in plain.value.problems] == [
        (found.line, found.column) for found in marked.value.problems
    ]
