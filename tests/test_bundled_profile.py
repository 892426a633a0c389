"""The example that ships: five variants with the quirks of real files, and one agent made of them."""

from __future__ import annotations

import shutil
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from agentgen.cli.main import main
from agentgen.compare.engine import compare_variants
from agentgen.compare.model import Variant
from agentgen.document.model import SectionKind
from agentgen.document.read import read_document
from agentgen.profile.body import render_body
from agentgen.profile.model import Profile
from agentgen.profile.store import load_profile, load_recipe
from agentgen.source import Source, encode, read_source

ROOT = Path(__file__).resolve().parent.parent
PROFILE = ROOT / "profiles" / "senior-backend"

ONE_TEAM_ONLY = (
    "document-manager",
    "scrum-master",
    "tech-lead",
    "product lead",
    "context manager",
    "context7",
    "perplexity",
    "todowrite",
    "-engineer`",
    "senior-frontend",
    "npm ",
)
"""What some variants name and nobody else has."""


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile(read_source(PROFILE / "profile.yaml"))


def test_the_committed_profile_is_what_its_recipe_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Merging again changes no byte, leaves nothing open and finds nothing to say."""
    shutil.copytree(ROOT / "profiles", tmp_path / "profiles")
    monkeypatch.chdir(tmp_path)
    assert main(["merge", "senior-backend", "--strict"]) == 0
    assert capsys.readouterr().err == ""
    for name in ("recipe.yaml", "profile.yaml", "profile.lock.yaml"):
        assert (tmp_path / "profiles" / "senior-backend" / name).read_bytes() == (PROFILE / name).read_bytes(), name


def test_the_agent_is_short_and_says_nothing_twice(profile: Profile) -> None:
    """No line of its text stands there a second time."""
    lines = [line.strip() for line in render_body(profile).splitlines() if line.strip()]
    assert len(render_body(profile).splitlines()) < 250
    assert [line for line, times in Counter(lines).items() if times > 1] == []


def test_the_agent_names_nothing_that_only_one_team_has(profile: Profile) -> None:
    """The canonical agent works where its variants' colleagues, servers and scripts are unknown."""
    text = (profile.description + render_body(profile)).casefold()
    assert [name for name in ONE_TEAM_ONLY if name in text] == []
    assert [tool for tool in profile.tools or () if tool.startswith("mcp__")] == []


def test_every_decision_to_leave_out_has_a_reason() -> None:
    """The recipe is an example of how to write one."""
    recipe = load_recipe(read_source(PROFILE / "recipe.yaml"))
    left_out = [topic for topic in recipe.topics if topic.drop]
    assert left_out
    assert [topic.id for topic in left_out if not topic.reason] == []
    assert [conflict.id for conflict in recipe.conflicts if not conflict.reason or conflict.is_open] == []
    assert [key.key for key in recipe.keys if not key.reason] == []


@pytest.mark.parametrize(
    ("variant", "headings", "bold", "codes"),
    [
        ("claude-architect", 19, 0, {"frontmatter-value-needs-quotes"}),
        ("claude-docs", 28, 10, set()),
        ("claude-spec", 27, 0, set()),
        ("droid", 33, 0, {"fence-closes-early"}),
        ("universal", 14, 0, set()),
    ],
)
def test_each_variant_is_read_as_its_author_meant(variant: str, headings: int, bold: int, codes: set[str]) -> None:
    """All headings are found, those in templates are none, and what had to be repaired is named."""
    document = read_document(read_source(PROFILE / "variants" / f"{variant}.md"))
    kinds = Counter(section.kind for section in document.sections)
    assert len(document.sections) - kinds[SectionKind.PREAMBLE] == headings
    assert kinds[SectionKind.BOLD] == bold
    assert {found.code for found in document.findings} == codes


def test_what_the_comparison_finds_by_itself_is_what_the_readme_says() -> None:
    """About half of the pairs of sections that the recipe puts side by side, and nine in ten of its pairs are right."""
    recipe = load_recipe(read_source(PROFILE / "recipe.yaml"))
    files = [(entry.id, PROFILE / entry.path) for entry in recipe.variants]
    found = compare_variants([Variant(name, read_document(read_source(path))) for name, path in files])
    wanted = pairs_of([list(topic.sections.items()) for topic in recipe.topics])
    given = pairs_of([[(one.variant, one.section) for one in topic.sections] for topic in found.topics])
    assert len(wanted) > 60
    assert len(given & wanted) / len(wanted) > 0.4
    assert len(given & wanted) / len(given) > 0.85


def pairs_of(rows: list[list[tuple[str, str]]]) -> set[tuple[tuple[str, str], ...]]:
    return {pair for row in rows for pair in combinations(sorted(row), 2)}


def test_the_rendered_text_is_read_back_as_it_was_made(profile: Profile) -> None:
    """A reader finds each section of the profile, and nothing to repair."""
    document = read_document(Source("agent.md", encode("---\nname: a\n---\n" + render_body(profile))))
    assert document.findings == ()
    assert [section.heading for section in document.sections if section.heading] == list(titles(profile))


def titles(profile: Profile) -> list[str]:
    """All titles, parents before their children."""
    found: list[str] = []
    waiting = list(profile.sections)
    while waiting:
        section = waiting.pop(0)
        found.append(section.title)
        waiting = [*section.sections, *waiting]
    return found
