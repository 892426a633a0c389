"""Each check finds what it is for, at its line, and leaves alone what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from agentgen.codes import Severity
from tests.lint.helpers import PLAIN, agent, codes, look, look_on_disk, the

CLAUDE = "claude-code"
LONG = "Use when " + "an HTTP API changed and somebody must look at it " * 30

FOUND = [
    ("description-no-trigger", CLAUDE, agent(description="Senior API reviewer"), 3),
    ("description-missing", "cursor", "---\nname: api-reviewer\n---\n\nYou review.\n", 1),
    ("description-long", CLAUDE, agent(description=LONG), 3),
    ("description-long", "droid", agent(description="Use when " + "x" * 600), 3),
    ("frontmatter-bare-value", CLAUDE, agent(description="on"), 3),
    ("frontmatter-bare-value", CLAUDE, agent("model: 4.5"), 4),
    ("frontmatter-missing", "agents-md,opencode", "You review.\n", 1),
    ("file-bom", CLAUDE, "\ufeff" + PLAIN, 1),
    ("name-not-file", CLAUDE, agent().replace("name: api-reviewer", "name: reviewer"), 2),
    ("tool-unknown", CLAUDE, agent("tools: Read, Reed"), 4),
    ("tool-retired", CLAUDE, agent("tools: Read, MultiEdit"), 4),
    ("tools-empty", CLAUDE, agent("tools:"), 4),
    ("tool-pattern-not-enforced", CLAUDE, agent("tools: Read, Bash(git diff:*)"), 4),
    ("tool-pattern-not-enforced", CLAUDE, agent("tools: Read(*), Grep"), 4),
    ("dead-key", "droid", agent("model: claude-sonnet-5", "reasoning_effort: high"), 5),
    ("value-without-effect", "droid", agent("model: inherit", "reasoningEffort: high"), 5),
    ("value-without-effect", CLAUDE, agent("color: teal"), 4),
    ("key-misspelt", CLAUDE, agent("colour: blue"), 4),
    ("key-unknown", CLAUDE, agent("category: quality"), 4),
    ("key-unknown", "opencode", agent("category: quality"), 4),
    ("model-retired", CLAUDE, agent("model: claude-3-opus-20240229"), 4),
    ("model-unknown", CLAUDE, agent("model: gpt-5"), 4),
    ("body-empty", CLAUDE, agent(body=""), 1),
    ("prose-names-tool", "droid", agent(body="Use `Bash` for the tests.\n"), 6),
    (
        "statement-repeated",
        CLAUDE,
        agent(body="- Check every input at the border\n- **Check** every input at the border.\n"),
        7,
    ),
    ("self-reference", CLAUDE, agent(body="- Coordinate with api-reviewer on breaking changes.\n"), 6),
    ("self-reference", CLAUDE, agent(body="- Hand over to the **Api Reviewer**.\n"), 6),
    ("purpose-exceeded", CLAUDE, agent(description="Use when you want a read-only review."), 1),
    (
        "purpose-exceeded",
        CLAUDE,
        agent("tools: Read, Edit", description="Use when …, never edits files, does not modify code"),
        4,
    ),
    ("fence-closes-early", CLAUDE, agent(body="```markdown\n# A\n```js\nx\n```\n## B\n```\n"), 6),
]

NOT_FOUND = [
    ("description-no-trigger", CLAUDE, agent(description="Reviews HTTP APIs. Use proactively after each change.")),
    ("description-no-trigger", CLAUDE, agent(description="审查接口的变更")),
    ("frontmatter-bare-value", CLAUDE, agent('model: "4.5"')),
    ("frontmatter-bare-value", CLAUDE, agent("maxTurns: 12", "background: true")),
    ("frontmatter-missing", "agents-md", "You review.\n"),
    ("tool-unknown", CLAUDE, agent("tools: Read, Task, mcp__docs__search, KillShell")),
    ("tool-pattern-not-enforced", CLAUDE, agent("tools: Read, Task(api-designer)")),
    ("tool-pattern-not-enforced", "opencode", agent("permission: {bash: {'git diff*': allow}}")),
    ("tools-empty", "droid", agent("tools:")),
    ("value-without-effect", "droid", agent("model: claude-sonnet-5", "reasoningEffort: high")),
    ("value-without-effect", CLAUDE, agent("color: blue", "effort: high")),
    ("key-misspelt", CLAUDE, agent("color: blue", "category: quality")),
    ("model-retired", CLAUDE, agent("model: sonnet")),
    ("model-unknown", CLAUDE, agent("model: claude-opus-5")),
    ("model-unknown", CLAUDE, agent("model: inherit")),
    ("prose-names-tool", CLAUDE, agent(body="Use `Bash` for the tests.\n")),
    ("statement-repeated", CLAUDE, agent(body="- Be kind\n- Be kind\n")),
    ("statement-repeated", CLAUDE, agent(body="```\nCheck every input at the border\n```\n" * 2)),
    ("self-reference", CLAUDE, agent(body="You are api-reviewer. Coordinate with api-reviewer-lead.\n")),
    ("purpose-exceeded", CLAUDE, agent("tools: Read, Grep", description="Use when you want a read-only review.")),
    ("purpose-exceeded", CLAUDE, agent(description="Use when a read-only replica lags.")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "tools", "text", "line"), FOUND, ids=[f"{case[0]}-{n}" for n, case in enumerate(FOUND)]
)
def test_what_is_wrong_is_found_at_its_line(code: str, tools: str, text: str, line: int) -> None:
    """The smallest file with the mistake."""
    found = [each for each in look(text, *tools.split(",")).findings if each.code == code]
    assert [each.line for each in found[:1]] == [line], found


@pytest.mark.parametrize(("code", "tools", "text"), NOT_FOUND, ids=[f"{c[0]}-{n}" for n, c in enumerate(NOT_FOUND)])
def test_what_only_looks_wrong_is_left_alone(code: str, tools: str, text: str) -> None:
    """The nearest file without the mistake."""
    assert code not in codes(look(text, *tools.split(",")))


@pytest.mark.parametrize("tool", ["claude-code", "droid", "github-copilot", "qwen-code", "opencode"])
def test_a_sound_file_has_no_finding(tool: str) -> None:
    """Whatever reads a name, a description and a text finds nothing to say about them."""
    assert codes(look(PLAIN, tool)) in ([], ["key-unknown"])


def test_a_link_is_looked_up_beside_the_file_and_from_the_root(tmp_path: Path) -> None:
    """Only what is in neither place is broken; addresses, anchors and code are no relative links."""
    body = (
        "- [a](notes.md) [b](docs/rules.md#part) [c](https://example.org/x.md) [d](#part) `[e](no.md)`\n"
        "- [f](docs/missing.md)\n"
    )
    files = {
        ".git/HEAD": "",
        "docs/rules.md": "",
        ".claude/agents/notes.md": "",
        ".claude/agents/api-reviewer.md": agent(body=body),
    }
    found = the(look_on_disk(tmp_path, files, ".claude/agents/api-reviewer.md"), "link-broken")
    assert (found.line, "docs/missing.md" in found.message) == (7, True)


def test_agents_are_known_by_their_name_and_by_their_file(tmp_path: Path) -> None:
    """An agent that the folder has is none that is missing; a folder with one agent says nothing about others."""
    body = "- Delegate to `api-designer`, `test-writer` and escalate to `release-manager`.\n"
    other = PLAIN.replace("api-reviewer", "test-writer")
    files = {"api-reviewer.md": agent(body=body), "api-designer.md": other}
    found = look_on_disk(tmp_path / "two", files, "api-reviewer.md", "claude-code")
    assert "release-manager" in the(found, "agent-not-found").message
    alone = look_on_disk(tmp_path / "one", {"api-reviewer.md": agent(body=body)}, "api-reviewer.md", "claude-code")
    assert "agent-not-found" not in codes(alone)


def test_two_files_with_one_name_are_named(tmp_path: Path) -> None:
    """Each of them says which others there are."""
    files = {"api-reviewer.md": PLAIN, "other.md": PLAIN}
    found = the(look_on_disk(tmp_path, files, "api-reviewer.md", "claude-code"), "name-twice")
    assert "api-reviewer, other" in found.message


def test_the_sum_of_descriptions_is_held_against_the_budget(tmp_path: Path) -> None:
    """Many agents together can be too long where each by itself is not."""
    text = agent(description="Use when " + "it must be looked at " * 45)
    files = {f"a{n}.md": text.replace("name: api-reviewer", f"name: a{n}") for n in range(70)}
    assert "descriptions-over-budget" in codes(look_on_disk(tmp_path / "many", files, "a1.md", "claude-code"))
    few = dict(list(files.items())[:20])
    assert "descriptions-over-budget" not in codes(look_on_disk(tmp_path / "few", few, "a1.md", "claude-code"))


def test_a_shell_in_a_restricted_agent_is_less_than_a_pen() -> None:
    """A reviewer that may run commands is worth a note, one that may edit a warning."""
    text = agent("tools: Read, Bash", description="Use when you want a read-only review.")
    assert the(look(text, CLAUDE), "purpose-exceeded").severity is Severity.INFO
    text = agent("tools: Read, Write", description="Use when you want a read-only review.")
    assert the(look(text, CLAUDE), "purpose-exceeded").severity is Severity.WARNING


def test_names_that_only_its_own_tool_knows_are_told_once() -> None:
    """A file for one tool, looked at as all: its own names are no mistake, and strange to the others."""
    found = look(
        agent("model: claude-sonnet-5", "tools: Read, Execute, Create"), "all", path=".factory/droids/api-reviewer.md"
    )
    assert the(found, "tool-foreign").message.startswith("Execute, Create: names of Factory Droid's tools")
    assert "tool-unknown" not in codes(found)
