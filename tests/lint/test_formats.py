"""The results in each format: the JSON keeps its contract, the others can be read by what they are for."""

from __future__ import annotations

import json
from datetime import date

import jsonschema
import pytest

from agentgen.codes import CODES
from agentgen.lint.rates import rate
from agentgen.report.codes_text import code_text, codes_json, codes_text
from agentgen.report.json_text import json_text
from agentgen.report.lint_github import lint_github
from agentgen.report.lint_json import lint_json
from agentgen.report.lint_sarif import lint_sarif
from agentgen.report.lint_text import lint_text
from agentgen.report.schema import schema_text
from tests.conftest import REPOSITORY
from tests.lint.helpers import PLAIN, agent, look

BROKEN = agent("createdAt: 2026-01-01", "x: .inf", description="Use when: an API changed, 100%")


@pytest.mark.parametrize("text", [PLAIN, BROKEN, "\ufeff" + PLAIN, "", "# No frontmatter\n"])
@pytest.mark.parametrize("names", [(), ("all",), ("claude-code", "factory-droid")], ids=str)
def test_the_json_keeps_its_contract(text: str, names: tuple[str, ...]) -> None:
    """For every kind of file, checked by an independent validator."""
    made = json.loads(json_text(lint_json([look(text, *names)])))
    jsonschema.validate(made, json.loads(schema_text("lint")))
    assert made["schema"] == "agentgen.lint/1"


def test_a_date_and_a_number_without_end_become_text() -> None:
    """JSON has neither."""
    seen = look(agent("when: 2026-01-01", "much: .inf"), "gemini-cli").loaders["gemini-cli"]
    assert seen.frontmatter is None
    loaded = look(agent("when: 2026-01-01", "much: .inf"), "droid")
    assert (loaded.loaders["droid"].frontmatter or {})["when"] == date(2026, 1, 1)
    made = json.loads(json_text(lint_json([loaded])))["files"][0]["loaders"]["droid"]["frontmatter"]
    assert (made["when"], made["much"]) == ("2026-01-01", "inf")


def test_text_names_the_tools_that_share_an_outcome() -> None:
    """One line for those that load, one for each reason why others do not."""
    shown = lint_text([look(BROKEN, "claude-code", "gemini-cli", "github-copilot")], loaders=True)
    assert "  loads after a repair of its own: claude-code\n" in shown
    assert "  does not load: gemini-cli, github-copilot (YAML:" in shown
    assert shown.splitlines()[-1].startswith("1 file: ")


def test_a_file_without_findings_says_so() -> None:
    """The last line counts."""
    assert lint_text([look(PLAIN, "claude-code")], loaders=False) == "1 file: no findings\n"


def test_github_gets_one_escaped_line_a_finding() -> None:
    """Percent signs, colons and commas would end a property or a message."""
    lines = lint_github([look(BROKEN, "github-copilot", path="a,b/c:d.md")]).splitlines()
    assert all(line.startswith(("::error file=a%2Cb/c%3Ad.md,line=", "::warning file=", "::notice ")) for line in lines)
    assert len(lines) == len(look(BROKEN, "github-copilot", path="a,b/c:d.md").findings)


def test_sarif_has_a_rule_and_a_place_for_each_result_and_the_fix_as_replacements() -> None:
    """What code scanning services need of version 2.1.0."""
    found = look(BROKEN, "github-copilot", path="agents/api reviewer.md")
    run = lint_sarif([found])["runs"][0]  # type: ignore[index]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(run["results"]) == len(found.findings)
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "agents/api%20reviewer.md"
        assert place["region"]["startLine"] >= 1
    fixes = [result["fixes"] for result in run["results"] if "fixes" in result]
    deleted = fixes[0][0]["artifactChanges"][0]["replacements"][0]["deletedRegion"]
    assert (deleted["startLine"], deleted["startColumn"]) == (3, 1)


def test_every_code_explains_itself_with_its_rate() -> None:
    """Title, explanation, example, and for a code that one file can give how often real files do."""
    for code in CODES.values():
        shown = code_text(code, rate(code.code))
        assert code.code in shown
        assert all(line.strip() in shown for line in code.example.split("\n"))
        assert rate(code.code) is None or "public agent files" in shown
    assert len(codes_text(list(CODES.values())).splitlines()) == len(CODES)
    data = codes_json((code, rate(code.code)) for code in CODES.values())
    jsonschema.validate(data, json.loads(schema_text("codes")))


def test_the_page_and_the_package_have_the_same_rates() -> None:
    """The table is made from the numbers that `explain` shows."""
    page = (REPOSITORY / "docs/linting.md").read_text("utf-8")
    measured = [code for code in CODES if rate(code) is not None]
    assert len(measured) > 60
    for code in measured:
        found = rate(code)
        assert found is not None
        row = f"| `{code}` | {CODES[code].severity} | {CODES[code].title} | {found.found / found.files:.1%} |"
        assert row in page, "write it anew: python benchmarks/lint_rates.py CORPUS --write"
