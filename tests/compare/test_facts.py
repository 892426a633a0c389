"""Typed facts: what single statements lay down."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from agentgen.compare.facts import Fact, Reach, compatible
from agentgen.compare.facts_choices import choices
from agentgen.compare.facts_measures import measures
from agentgen.compare.facts_people import people, title
from agentgen.compare.facts_reach import reaches
from agentgen.compare.facts_versions import satisfies, versions
from agentgen.compare.items_statements import Statement, read_statements
from agentgen.compare.obligation import Level, level_of
from agentgen.compare.obligation_acts import demands, is_discouraging, prohibitions
from tests.compare.helpers import variants

Finder = Callable[[Statement], Iterator[Fact]]


def statement(text: str) -> Statement:
    """The last item of a document."""
    found = variants({"a": text})
    topics = {("a", section.id): "" for section in found[0].document.sections}
    return read_statements(found, topics)[-1]


def facts(finder: Finder, text: str) -> list[tuple[str, list[str]]]:
    """Subject and values of each fact."""
    return [(fact.subject, sorted(fact.values)) for fact in finder(statement(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Answer within a latency of 0.2 s", [("latency", ["200"])]),
        ("- Cold start below 400 milliseconds", [("startup time", ["400"])]),
        ("- LCP < 2.5s, INP < 200ms", [("largest contentful paint", ["2500"]), ("interaction to next paint", ["200"])]),
        ("- Bundle size of at most 1.5 MB", [("bundle size", ["1.5e+06"])]),
        ("- 80-90% test coverage", [("test coverage", ["80..90"])]),
        ("- Cyclomatic complexity under 10", [("cyclomatic complexity", ["10"])]),
        ("- **Coverage**: 80% of the core, 60% overall", [("test coverage", ["60", "80"])]),
        ("## Coverage\n- Target: 85% for new code", [("test coverage", ["85"])]),
        ("- Contrast of 4.5:1 for text", [("colour contrast", ["4.5"])]),
        ("- Complete test coverage", [("test coverage", ["100"])]),
    ],
)
def test_measures(text: str, expected: list[tuple[str, list[str]]]) -> None:
    """A number belongs to the nearest measure with its dimension, in base units."""
    assert facts(measures, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "- Keep 30 backups",
        "- Coverage improved to 80%",
        '- Say "coverage of 80%" aloud',
        "```\ncoverage = 80%\n```",
        "## Example\n- Coverage: 80%",
        "- Not a fixed coverage like 80%",
        "- Wait 5 minutes, then report the coverage",
        "- Latency matters since the 1990s",
        "- Complete: coverage is measured",
    ],
)
def test_what_is_no_measure(text: str) -> None:
    """Bare numbers, what happened, quotes, code, samples and instances lay nothing down."""
    assert facts(measures, text) == []


def test_a_measure_knows_its_limits_and_its_force() -> None:
    """A percentile limits it; what is aimed for is soft."""
    (strict,) = measures(statement("- Latency p95 under 100 ms"))
    (soft,) = measures(statement("- Aim for a latency of 100 ms"))
    assert (strict.scope, strict.soft) == (frozenset({"percentile:p95"}), False)
    assert (soft.scope, soft.soft) == (frozenset(), True)


def test_scopes_with_other_words_of_one_kind_do_not_meet() -> None:
    """p95 against p99 are two things; p95 against nothing may be one."""
    assert not compatible(frozenset({"percentile:p95"}), frozenset({"percentile:p99"}))
    assert compatible(frozenset({"percentile:p95"}), frozenset())
    assert compatible(frozenset({"percentile:p95", "device:mobile"}), frozenset({"percentile:p95"}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Python 3.12 only", [("version of Python", ["3.12"])]),
        ("- Follow WCAG 2.1/2.2", [("version of WCAG", ["2.1", "2.2"])]),
        ("- OAuth 2.0 or OpenAPI v3.1", [("version of OAuth", ["2"]), ("version of OpenAPI", ["3.1"])]),
        ("- TypeScript 5.x", [("version of TypeScript", ["5"])]),
        ("- Use HTTP 404 for missing things", []),
        ("- Phase 2 begins", []),
        ("- When using React 17, add the old transform", []),
        ("- `react@18` is pinned", []),
    ],
)
def test_versions(text: str, expected: list[tuple[str, list[str]]]) -> None:
    """Known products with a number behind their name, not steps, codes or conditions."""
    assert facts(versions, text) == expected


@pytest.mark.parametrize(
    ("mine", "yours", "together"),
    [("18+", "19", True), ("19+", "18", False), ("18+", "19+", False), ("3", "3.1", True), ("3.1", "3.2", False)],
)
def test_versions_that_go_together(mine: str, yours: str, together: bool) -> None:
    """A least version allows later ones, a major version its minors."""
    assert satisfies(frozenset({mine}), frozenset({yours})) is together
    assert satisfies(frozenset({yours}), frozenset({mine})) is together


@pytest.mark.parametrize(
    ("text", "taken", "refused"),
    [
        ("- Paginate with a cursor", ["cursor"], []),
        ("- Paginate by cursor rather than by offset", ["cursor"], ["offset"]),
        ("- Never paginate with offset", [], ["offset"]),
        ("- RESTful endpoints", ["REST"], []),
    ],
)
def test_choices(text: str, taken: list[str], refused: list[str]) -> None:
    """The options that a statement takes and those that it rules out."""
    (fact,) = choices(statement(text))
    assert (sorted(fact.values), sorted(fact.refused)) == (taken, refused)


@pytest.mark.parametrize(
    "text", ["- The rest of the team", "- Move the cursor", "- Jest, Vitest, Mocha and JUnit run here"]
)
def test_what_is_no_choice(text: str) -> None:
    """A word of another meaning, an option without its subject, a list of all there is."""
    assert facts(choices, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Audit all operations", [("reach", ["all"])]),
        ("- Audit all critical operations", [("reach", ["critical"])]),
        ("- Audit critical thinking", []),
    ],
)
def test_reach(text: str, expected: list[tuple[str, list[str]]]) -> None:
    """A quantifier in front of something countable."""
    assert facts(reaches, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- **Reports to**: tech-lead", [("reports to", ["tech lead"])]),
        ("- Works under the orchestration of the Release Manager", [("reports to", ["release manager"])]),
        ("- Coordinate with `api-designer` on names", [("works with", ["api designer"])]),
        ("- Query Optimization Techniques", []),
    ],
)
def test_people(text: str, expected: list[tuple[str, list[str]]]) -> None:
    """Names of agents and roles behind words of dealing with somebody."""
    assert facts(people, text) == expected


def test_titles() -> None:
    """The last known noun of the title counts; what the agent does not."""
    assert facts(title, "You are a senior data engineer who reviews plans.") == [("title of the role", ["engineer"])]
    assert facts(title, "You are an expert in reviews.") == []
    assert facts(title, "They are engineers.") == []


def test_facts_reach_as_far_as_their_kind() -> None:
    """Measures count everywhere, a choice where statements are near or say the same."""
    assert [fact.reach for fact in measures(statement("- Coverage of 80%"))] == [Reach.EVERYWHERE]
    assert [fact.reach for fact in choices(statement("- Paginate by cursor"))] == [Reach.NEAR]
    assert [fact.reach for fact in choices(statement("- Hash with bcrypt"))] == [Reach.MATCHED]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Run the tests", Level.PLAIN),
        ("You must run the tests", Level.MUST),
        ("Prefer small commits", Level.SHOULD),
        ("Log where appropriate", Level.MAY),
        ("Avoid globals", Level.AVOID),
        ("You must not push", Level.FORBID),
        ("Always ask, and never guess", Level.FORBID),
        ("Don\u2019t guess", Level.FORBID),
    ],
)
def test_levels(text: str, level: Level) -> None:
    """The words of obligation, negations first; the longest phrase wins."""
    assert level_of(text) is level


def test_prohibitions_and_demands() -> None:
    """A clause that forbids gives its verb and what it speaks of; one that demands is found by that verb."""
    (act,) = prohibitions(statement("- Never expose stack traces to clients"), discouraged=False)
    assert act.level is Level.FORBID
    assert {"stack", "client"} <= act.about
    (demand,) = demands(statement("- Return stack traces to clients"), act.verbs)
    assert demand.level is Level.PLAIN
    assert not list(demands(statement("- Collect stack traces of clients"), act.verbs))


@pytest.mark.parametrize("text", ["- Never merge without a review", "- Log everything", "- Avoid"])
def test_what_forbids_nothing(text: str) -> None:
    """An exception, a demand, and a word without an object."""
    assert not list(prohibitions(statement(text), discouraged=False))


def test_a_discouraging_heading_forbids_what_stands_below() -> None:
    """Below "Anti-patterns" a plain item is to be avoided; a negated one is left alone."""
    assert is_discouraging("Anti-Patterns to Avoid")
    assert not is_discouraging("Patterns to follow")
    assert [act.level for act in prohibitions(statement("- Mocking the clock"), discouraged=True)] == [Level.AVOID]
    assert not list(prohibitions(statement("- Not mocking the clock never"), discouraged=True))
