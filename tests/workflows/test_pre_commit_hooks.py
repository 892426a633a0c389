"""The hooks for pre-commit: commands that exist, run on the files that they are about."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from agentgen.cli.main import main
from agentgen.render.targets import load_targets
from agentgen.workspace import bundled

HOOKS = {
    hook["id"]: hook
    for hook in yaml.safe_load((bundled("templates").parent / ".pre-commit-hooks.yaml").read_text("utf-8"))
}
PROJECT_WIDE = {"AGENTS.md"}
"""Instructions for a whole project: no agent's file, though a profile can be rendered into it."""


def agent_files() -> list[str]:
    """Where the tools look for the file of an agent."""
    paths = {target.path.replace("{name}", "reviewer") for target in load_targets([bundled("templates")])}
    return sorted(paths - PROJECT_WIDE)


def runs(hook: str, path: str) -> bool:
    return re.search(HOOKS[hook]["files"], path) is not None


def test_the_hooks_are_those_that_the_documents_name() -> None:
    """Their ids are what people write into their own settings."""
    assert set(HOOKS) == {"agentgen-lint", "agentgen-render-check", "agentgen-build"}
    text = Path(bundled("docs") / "workflows.md").read_text("utf-8")
    assert all(f"id: {hook}" in text for hook in HOOKS)


@pytest.mark.parametrize("hook", HOOKS)
def test_each_hook_runs_a_command_with_options_that_exist(hook: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In an environment of its own, which pre-commit makes from this repository."""
    program, command, *options = shlex.split(HOOKS[hook]["entry"])
    assert (program, HOOKS[hook]["language"]) == ("agentgen", "python")
    assert main([command, "--help"]) == 0
    shown = capsys.readouterr().out
    assert all(option in shown for option in options)


@pytest.mark.parametrize("path", agent_files())
def test_lint_runs_on_the_file_of_every_tool(path: str) -> None:
    """In the project, in a folder of it, and as it is rendered."""
    assert runs("agentgen-lint", path)
    assert runs("agentgen-lint", f"services/one/{path}")
    assert runs("agentgen-lint", f"dist/some-tool/{path}")


@pytest.mark.parametrize(
    "path",
    [
        "README.md",
        "docs/agents/x.md",
        ".github/workflows/ci.yml",
        "agents.md",
        "profiles/a/variants/b.md",
        ".roomodes.md",
    ],
)
def test_lint_leaves_other_files_alone(path: str) -> None:
    """Variants as well: they are somebody's words, whatever the tools make of them."""
    assert not runs("agentgen-lint", path)


@pytest.mark.parametrize("hook", ["agentgen-render-check", "agentgen-build"])
def test_the_workspace_is_looked_at_where_something_of_it_changed(hook: str) -> None:
    """At any depth; it takes no file names, since it is about all of them."""
    assert HOOKS[hook]["pass_filenames"] is False
    for path in ("profiles/a/profile.yaml", "dist/x/.x/agents/a.md", "templates/x/target.yaml", "agentgen.toml"):
        assert runs(hook, path)
        assert runs(hook, f"services/one/{path}")
    for path in ("src/main.py", "myprofiles/x", "README.md"):
        assert not runs(hook, path)
