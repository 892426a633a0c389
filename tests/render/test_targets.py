"""Target files: found along a search path, checked with every mistake and its place, nothing but data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import agentgen
from agentgen.errors import UserError
from agentgen.profile.model import CANONICAL_FIELDS
from agentgen.render.engine import render_profile
from agentgen.render.targets import load_targets
from agentgen.workspace import bundled
from tests.render.loading import build, case, targets

PACKAGE = Path(agentgen.__file__).parent
FIELDS = "".join(f"  {name}: {{reason: it has no such thing}}\n" for name in CANONICAL_FIELDS if name != "name")
SPEC = f"""\
target: 1
name: made-up
title: Made-up tool
date: "2026-01-01"
version: "1.0"
confidence: C
sources: [{{ref: "https://example.org"}}]
format: toml
path: "agents/{{name}}.toml"
body: {{key: prompt}}
fields:
  name: {{key: title}}
{FIELDS}tools: {{style: none}}
"""


def test_a_new_target_is_a_folder_with_two_files(tmp_path: Path) -> None:
    """A tool that nobody has heard of needs no Python."""
    build(tmp_path, {"made-up/target.yaml": SPEC, "made-up/agent.j2": "{{ fields | toml }}"})
    found = load_targets([tmp_path, bundled("templates")])
    rendering = render_profile(case("minimal"), "made-up", found)
    assert rendering.path == "agents/minimal.toml"
    assert rendering.text == 'title = "minimal"\nprompt = """\nYou answer questions.\n"""\n'
    assert not rendering.blocked


def test_the_first_folder_with_a_name_wins_whole(tmp_path: Path) -> None:
    """A workspace's target hides the one that comes with agentgen, template and all."""
    spec = SPEC.replace("made-up", "droid").replace("Made-up tool", "Ours")
    build(tmp_path, {"droid/target.yaml": spec, "droid/agent.j2": "{{ body }}"})
    found = load_targets([tmp_path, bundled("templates")])
    assert found["droid"].title == "Ours"
    assert found.entry("droid").folder == tmp_path / "droid"
    assert "factory" not in [alias for target in found for alias in target.aliases]


def test_only_the_targets_that_are_named_are_read(tmp_path: Path) -> None:
    """A mistake in the file of a tool that nobody asked for stops no other; an alias is looked up among all."""
    build(tmp_path, {"made-up/target.yaml": SPEC, "made-up/agent.j2": "{{ body }}", "broken/target.yaml": "name: ["})
    folders = [tmp_path, bundled("templates")]
    assert [target.name for target in load_targets(folders, ["made-up", "droid"])] == ["droid", "made-up"]
    for names in (["broken"], ["factory"], ["made-up", "nobody"], []):
        with pytest.raises(UserError, match="broken"):
            load_targets(folders, names)
    assert load_targets(folders[1:], ["factory"])["factory"].name == "droid"


def test_a_name_leads_to_no_folder_outside_of_the_search_path(tmp_path: Path) -> None:
    """A name with dots is nobody's, also where such a folder holds a target."""
    build(tmp_path, {"aside/target.yaml": SPEC.replace("made-up", "aside"), "aside/agent.j2": "{{ body }}"})
    (tmp_path / "path").mkdir()
    found = load_targets([tmp_path / "path", bundled("templates")], ["../aside"])
    assert "aside" not in [target.name for target in found]
    with pytest.raises(UserError, match="no target"):
        found["../aside"]


def test_a_name_that_is_not_known_suggests_those_that_are_near() -> None:
    """Nobody has to look up the spelling."""
    with pytest.raises(UserError, match="did you mean droid"):
        targets()["driod"]


def test_every_mistake_is_named_with_its_place(tmp_path: Path) -> None:
    """A file with several mistakes is told all of them, each with line and column."""
    spec = (
        SPEC.replace("format: toml", "format: tomml")
        .replace("{key: prompt}", "{kee: prompt}")
        .replace("target: 1\n", "")
    )
    build(tmp_path, {"made-up/target.yaml": spec, "made-up/agent.j2": ""})
    with pytest.raises(UserError) as caught:
        load_targets([tmp_path, bundled("templates")])
    found = {(problem.line, problem.column, problem.message) for problem in caught.value.problems}
    assert (1, 1, "target is missing") in found
    assert any(line == 7 and "tomml" in message for line, _, message in found)
    assert any(line == 9 and "unknown key 'kee'" in message for line, _, message in found)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("name: made-up", "name: other", "is not that of the folder"),
        ("  color: {reason: it has no such thing}\n", "", "fields.color is missing"),
        ("  color: {reason: it has no such thing}\n", "  color: {}\n", "says neither where it goes nor why not"),
        ("confidence: C", "confidence: D", "confidence is 'D'"),
        ("agents/{name}.toml", "agents/agent.toml", "has no {name}"),
        ("tools: {style: none}", 'tools: {style: none}\nidentity: {pattern: "("}', "is not a regular expression"),
        ("title: Made-up tool", "title: Made-up tool\naliases: [droid]", "belongs to the target"),
        ("fields:", "template: other.j2\nfields:", "there is no template"),
        ("fields:", "search: {order: [user]}\nfields:", "search.order is not both folders"),
        ("fields:", 'search: {user: ["/etc/*.md"]}\nfields:', "is not in the user's folder"),
        ("{style: none}", "{names: {Raed: look}}", "tools.names: there is no 'Raed'"),
        ("target: 1", "target: 2", "this is format 2 of target files"),
        ('[{ref: "https://example.org"}]', "[]", "no source is given"),
        ("  color: {reason", "  colour: {reason: x}\n  color: {reason", "'colour' is no field of the canonical form"),
        ("{style: none}", "{patterns: enforced}", "pattern_names is empty"),
        ("{style: none}", "{style: none}\nlimits: [{key: a, value: 1, denies: [fly]}]", "limits[0]: there is no 'fly'"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    """What types cannot say is checked as well."""
    assert old in SPEC
    build(tmp_path, {"made-up/target.yaml": SPEC.replace(old, new), "made-up/agent.j2": ""})
    with pytest.raises(UserError, match=re.escape(message)):
        load_targets([tmp_path, bundled("templates")])


def test_a_search_path_without_the_common_words_is_refused(tmp_path: Path) -> None:
    """The words of the canonical form stand beside the targets that come with agentgen."""
    build(tmp_path, {"made-up/target.yaml": SPEC, "made-up/agent.j2": ""})
    with pytest.raises(UserError, match=r"there is no vocabulary\.yaml in") as caught:
        load_targets([tmp_path])
    assert "search path" in caught.value.problems[0].hint


def test_a_workspace_can_name_its_own_models(tmp_path: Path) -> None:
    """`models.yaml` says which model a family means for a target."""
    build(tmp_path, {"models.yaml": "droid: {sonnet: custom:ours}\n"})
    found = load_targets([tmp_path, bundled("templates")])
    assert 'model: "custom:ours"\n' in render_profile(case("everything"), "droid", found).text


@pytest.mark.parametrize("target", list(targets()), ids=lambda target: target.name)
def test_every_bundled_target_cites_its_facts(target) -> None:
    """Each says when and against what it was checked, and from where it is known."""
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", target.date)
    assert target.version
    assert all(re.match(r"https://|npm:|github:|rulesync", citation.ref) for citation in target.sources)
    assert next(iter(target.fields)) in ("name", "description")
    assert set(target.fields) == set(CANONICAL_FIELDS)


def test_no_tool_is_named_in_the_code() -> None:
    """Facts about tools stand in target files alone."""
    generic = {"universal", "cursor"}
    names = {name.lower() for target in targets() for name in (target.name, *target.aliases, target.title)} - generic
    words = re.compile(r"\b(" + "|".join(map(re.escape, sorted(names))) + r")\b", re.IGNORECASE)
    sources = sorted(PACKAGE.rglob("*.py"))
    assert len(sources) > 30
    found = [
        f"{path.relative_to(PACKAGE)}:{number}: {match[0]}"
        for path in sources
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for match in words.finditer(line)
    ]
    assert not found, "\n".join(found)
