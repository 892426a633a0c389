"""Findings about what tools load, as bad as they are for the tools that a file is for."""

from __future__ import annotations

from agentgen.codes import Severity
from agentgen.lint.engine import lint
from agentgen.source import Source
from tests.lint.helpers import PLAIN, agent, codes, look, mended, the
from tests.render.loading import targets

COLON = agent(description="Use when: an API changed")


def test_a_file_that_its_tool_does_not_load_is_an_error_with_the_repair() -> None:
    """The line is that of the mistake, and the repair makes the file load."""
    text = agent(description="ends with a colon:")
    found = look(text, "claude-code")
    assert (the(found, "not-loaded").severity, the(found, "not-loaded").line) == (Severity.ERROR, 3)
    assert not found.loaders["claude-code"].loads
    after = look(mended(text, "claude-code"), "claude-code")
    assert after.loaders["claude-code"].frontmatter == {"name": "api-reviewer", "description": "ends with a colon:"}
    assert "not-loaded" not in codes(after)


def test_what_the_own_tool_repairs_is_a_warning_and_others_are_named() -> None:
    """The damage is done in the strict readers only."""
    found = look(COLON, "all", path=".claude/agents/api-reviewer.md")
    assert the(found, "frontmatter-value-needs-quotes").severity is Severity.WARNING
    portable = the(found, "not-portable")
    assert "GitHub Copilot" in portable.message
    assert "Gemini CLI" in portable.message
    assert "not-loaded" not in codes(found)
    assert "not-portable" not in codes(look(mended(COLON), "all", path=".claude/agents/api-reviewer.md"))


def test_a_strict_tool_that_was_asked_for_makes_it_an_error() -> None:
    """Who names a tool wants the file to load there."""
    found = look(COLON, "github-copilot", path=".claude/agents/api-reviewer.md")
    assert the(found, "not-loaded").severity is Severity.ERROR
    assert the(found, "frontmatter-value-needs-quotes").severity is Severity.ERROR


def test_where_only_the_content_speaks_for_a_tool_it_is_a_warning() -> None:
    """A guess is no ground for an error."""
    text = agent("permissionMode: plan", description="ends with a colon:")
    assert the(look(text, path="docs/x.md"), "not-loaded").severity is Severity.WARNING
    assert the(look(text, path=".claude/agents/x.md"), "not-loaded").severity is Severity.ERROR


def test_a_value_that_arrives_otherwise_is_shown() -> None:
    """The first row of dashes ends the frontmatter in some tools, wherever it stands."""
    found = the(look(agent(description="Use when --- or so"), "claude-code"), "loads-otherwise")
    assert found.line == 3
    assert "'Use when'" in found.message


def test_what_is_no_yaml_to_the_tool_breaks_no_rule_of_yaml() -> None:
    """A reader of raw lines wants no quotes."""
    assert "frontmatter-value-needs-quotes" not in codes(look(COLON, "cursor"))
    assert "loads-otherwise" in codes(look(agent(description='"Use when: an API changed"'), "cursor"))


def test_keys_that_another_tool_refuses_are_told_in_one_note() -> None:
    """With `all` the schemas of other tools are no mistake of the file."""
    found = the(look(agent("tools: Read, Grep"), "all", path=".claude/agents/api-reviewer.md"), "other-schema")
    assert found.severity is Severity.INFO
    assert "Gemini CLI" in found.message


def test_aliases_and_names_are_both_understood() -> None:
    """A tool stands under the name that was asked for; with `all` under its own, with its aliases beside it."""
    assert list(look(PLAIN, "factory-droid", "droid").loaders) == ["factory-droid", "droid"]
    everyone = look(PLAIN, "all")
    assert "droid" in everyone.loaders
    assert everyone.aliases["factory-droid"] == "droid"


def test_a_file_of_another_format_is_read_as_such() -> None:
    """TOML has no frontmatter, and the prompt stands under a key."""
    text = 'name = "a-b"\ndescription = "Use when x."\ndeveloper_instructions = "You review APIs."\n'
    found = look(text, "codex", path=".codex/agents/a-b.toml")
    assert found.loaders["codex"].body == "You review APIs."
    assert found.findings == ()
    broken = look(text + 'color = "red"\n', "codex", path=".codex/agents/a-b.toml")
    assert "`color`" in the(broken, "not-loaded").message


def test_a_prompt_that_is_too_short_is_refused_after_parsing() -> None:
    """The frontmatter arrives, the agent does not."""
    found = look(agent(body="Hi.\n"), "qwen-code")
    assert found.loaders["qwen-code"].status == "ok"
    assert not found.loaders["qwen-code"].loads
    assert "10" in the(found, "not-loaded").message


def test_a_page_for_people_is_no_agent() -> None:
    """A `README.md` among agents needs no frontmatter; one with it is an agent like any other."""
    assert codes(look("# Our agents\n", path=".claude/agents/README.md")) == []
    assert "not-loaded" in codes(look("# Reviewer\n", path=".claude/agents/reviewer.md"))
    assert "not-loaded" in codes(look("---\nname: a\n---\n\nYou.\n", path=".claude/agents/README.md"))


def test_a_misplaced_block_that_names_no_agent_is_a_warning() -> None:
    """A title in a comment was no frontmatter to any tool, and is none now."""
    text = "<!--\n---\n{}: Reviewer\n---\n-->\n# Role\n"
    assert the(look(text.format("title")), "frontmatter-in-comment").severity is Severity.WARNING
    assert the(look(text.format("name")), "frontmatter-in-comment").severity is Severity.ERROR


def test_a_template_of_agents_is_no_broken_agent() -> None:
    """Placeholders are filled in before any tool sees the file."""
    text = "---\nname: {{NAME}}\ndescription: Use when x.\n---\n\nYou.\n"
    assert the(look(text), "frontmatter-value-needs-quotes").severity is Severity.WARNING


SHARED = """\
customModes:
  - slug: docs-writer
    name: Docs writer
    roleDefinition: You write docs.
    whenToUse: Use when the docs change.
    groups: [read]
  - slug: two words
    name: X
    roleDefinition: You are one.
    whenToUse: Use when it rains.
    groups: [read, fly]
"""


def test_every_agent_of_a_shared_file_is_looked_at() -> None:
    """Each finding names its agent; the tool does not load the file as long as it does not load one of them."""
    result = lint(Source(".roomodes", SHARED.encode()), None, targets(), ["roo-code"])
    assert [(found.code, found.message.partition(":")[0]) for found in result.findings] == [
        ("not-loaded", "two words"),
        ("tool-unknown", "two words"),
    ]
    assert not result.loaders["roo-code"].loads
    one = SHARED[: SHARED.index("  - slug: two")]
    assert lint(Source(".roomodes", one.encode()), None, targets(), ["roo-code"]).findings == ()
