"""Agent files in a repository: real branches, merged, compared and looked at by git."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from agentgen.cli.git_attributes import WORKSPACE, WORKSPACE_LINES, put_block, take_block
from agentgen.errors import UserError

from .conftest import Run

AGENT = ".claude/agents/reviewer.md"
SAFETY = "## Safety\n\n- Never push to main\n- Ask before you delete\n\n"
BASE = f"""\
---
name: reviewer
description: Reviews what changed
---

# Checklist

- Look at the tests first
- Look at the names used

{SAFETY}## Style

- Be short
"""
MOVED = BASE.replace(SAFETY, "").replace("# Checklist", f"{SAFETY}# Checklist")


class Repository:
    """A repository in the current folder."""

    def git(self, *arguments: str, code: int = 0) -> str:
        done = subprocess.run(("git", *arguments), capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def commit(self, text: str, path: str = AGENT) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(text.encode())
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")

    def branches(self, base: str, ours: str, theirs: str) -> None:
        """A file that was committed, and then changed on `main` and on `side`."""
        self.commit(base)
        self.git("checkout", "-q", "-b", "side")
        self.commit(theirs)
        self.git("checkout", "-q", "main")
        self.commit(ours)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    for name in [name for name in os.environ if name.startswith("GIT")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
    monkeypatch.chdir(tmp_path)
    repository = Repository()
    repository.git("init", "-q", "-b", "main")
    repository.git("config", "user.name", "A")
    repository.git("config", "user.email", "a@example.org")
    return repository


def everything(root: Path = Path()) -> dict[str, bytes]:
    """The configuration and all files outside of `.git`."""
    paths = [path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts]
    return {str(path): path.read_bytes() for path in (*paths, Path(".git/config"))}


def test_a_moved_section_and_its_edit_merge_clean(run: Run, repository: Repository) -> None:
    """One branch moves a section and edits the list, the other edits the section and renames a heading: both, once."""
    assert run("git-install").code == 0
    ours = MOVED.replace("names used", "names used in it")
    theirs = BASE.replace("push to main", "push to a release").replace("## Style", "## Manner")
    repository.branches(BASE, ours, theirs)
    repository.git("merge", "side", "-m", "x")
    expected = ours.replace("push to main", "push to a release").replace("## Style", "## Manner")
    assert Path(AGENT).read_text("utf-8") == expected
    assert repository.git("status", "--short") == ""


@pytest.mark.parametrize("style", ["merge", "diff3"])
def test_a_conflict_is_the_one_that_git_shows(run: Run, repository: Repository, style: str) -> None:
    """Both branches change one statement: the same markers, labels and state as without agentgen."""
    repository.git("config", "merge.conflictStyle", style)
    repository.branches(BASE, BASE.replace("Be short", "Be kind"), BASE.replace("Be short", "Be calm"))
    repository.git("merge", "side", code=1)
    without = Path(AGENT).read_text("utf-8")
    repository.git("merge", "--abort")
    run("git-install")
    repository.git("merge", "side", code=1)
    shown = Path(AGENT).read_text("utf-8")
    assert [line[:8] for line in shown.splitlines()] == [line[:8] for line in without.splitlines()]
    assert "<<<<<<< HEAD\n" in shown
    assert ">>>>>>> side\n" in shown
    assert repository.git("status", "--short", AGENT) == f"UU {AGENT}\n"


def test_a_binary_file_is_left_as_ours_and_in_conflict(run: Run, repository: Repository) -> None:
    """What git cannot merge by lines ends as it does without agentgen."""
    run("git-install")
    repository.branches("\0a\n", "\0b\n", "\0c\n")
    repository.git("merge", "side", code=1)
    assert Path(AGENT).read_bytes() == b"\0b\n"


def test_git_merges_by_itself_where_agentgen_is_gone(run: Run, repository: Repository) -> None:
    """An entry for a program that was removed does not break the merge, nor the diff."""
    run("git-install")
    for key in ("merge.agentgen.driver", "diff.agentgen.textconv"):
        entry = repository.git("config", key).rstrip("\n")
        assert "agentgen git-" in entry
        program = entry.partition("command -v ")[2].split()[0]
        repository.git("config", key, entry.replace(program, "/nowhere/agentgen"))
    repository.branches(BASE, BASE.replace("# Checklist", "# List"), BASE.replace("Be short", "Be calm"))
    repository.git("merge", "side", "-m", "x")
    assert Path(AGENT).read_text("utf-8") == BASE.replace("# Checklist", "# List").replace("Be short", "Be calm")
    assert "+# List" in repository.git("diff", "HEAD~1~1", "HEAD")


def test_the_driver_ends_with_the_number_of_conflicts(run: Run, repository: Repository) -> None:
    """Output and exit code are those of `git merge-file` on the same files."""
    texts = {"base": BASE, "ours": BASE, "theirs": BASE}
    for old in ("tests first", "Be short"):
        texts["ours"] = texts["ours"].replace(old, f"{old} (ours)")
        texts["theirs"] = texts["theirs"].replace(old, f"{old} (theirs)")
    for name, text in texts.items():
        Path(name).write_text(text, "utf-8")
    labels = ("-L", "mine", "-L", "old", "-L", "yours")
    shown = repository.git("merge-file", "-p", "--marker-size=9", *labels, "ours", "base", "theirs", code=2)
    named = ("--ours-label", "mine", "--base-label", "old", "--theirs-label", "yours")
    ran = run("git-merge-driver", "--marker-size", "9", *named, "base", "ours", "theirs", AGENT)
    assert (ran.code, ran.out, ran.err) == (2, "", "")
    assert Path("ours").read_text("utf-8") == shown


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes")
def test_the_driver_waits_for_no_pipe(run: Run, folder: Path) -> None:
    """What is no file is left as it is, and in conflict."""
    os.mkfifo(folder / "base.md")
    (folder / "ours.md").write_text("ours\n")
    (folder / "theirs.md").write_text("theirs\n")
    shown = run("git-merge-driver", "base.md", "ours.md", "theirs.md", "agent.md")
    assert shown.code == 1
    assert "agent.md" in shown.err
    assert (folder / "ours.md").read_text() == "ours\n"


def test_a_diff_shows_no_formatting(run: Run, repository: Repository) -> None:
    """Other bullets and quotes are no change; an added tool is one line, hidden characters show, headings lead."""
    run("git-install")
    repository.commit(BASE.replace("name:", "tools: [Read]\nname:"))
    repository.commit(BASE.replace("name:", "tools: ['Read']\nname:").replace("\n- ", "\n* "))
    assert repository.git("diff", "HEAD~1", "HEAD") == ""
    repository.commit(BASE.replace("name:", "tools: [Read, Bash]\nname:").replace("Be short", "Be\u200b short"))
    shown = repository.git("diff", "HEAD~1", "HEAD").splitlines()
    changes = [line for line in shown if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))]
    assert changes == ["+  - Bash", "-- Be short", "+- Be<U+200B> short"]


def test_installing_twice_changes_nothing_and_undo_takes_all_back(run: Run, repository: Repository) -> None:
    """What stood in .gitattributes and in the configuration stands there before, between and after."""
    Path(".gitattributes").write_bytes(b"*.png binary\r\n# last line")
    before = everything()
    assert "+ .gitattributes: **/.claude/agents/**/*.md" in run("git-install", "--dry-run").out
    assert everything() == before
    run("git-install", "--pattern", "agents/*.md")
    installed = everything()
    assert installed[".gitattributes"].startswith(b"*.png binary\r\n# last line\r\n# agentgen: begin\r\n")
    assert b"\r\nagents/*.md merge=agentgen diff=agentgen\r\n" in installed[".gitattributes"]
    assert run("git-install", "--pattern", "agents/*.md").out == "nothing to do\n"
    assert everything() == installed
    run("git-install", "--undo")
    assert everything() == {**before, ".gitattributes": b"*.png binary\r\n# last line\r\n"}
    assert run("git-install", "--undo").out == "nothing to do\n"


def test_undo_removes_a_file_that_held_nothing_else(run: Run, repository: Repository) -> None:
    """Without other lines no empty .gitattributes stays behind."""
    before = everything()
    run("git-install")
    run("git-install", "--undo")
    assert everything() == before


def test_other_lines_of_attributes_keep_their_bytes() -> None:
    """Our block is replaced where it stands; lines before and behind stay."""
    text = put_block("a b\n", ["x.md x"]) + "c d"
    assert take_block(put_block(text, ["y.md x"])) == "a b\nc d"


def test_two_blocks_of_ours_stand_beside_each_other() -> None:
    """What a workspace comes with stays where the agent files are taken out again."""
    workspace = put_block("a b\n", WORKSPACE_LINES, WORKSPACE)
    both = put_block(workspace, ["x.md x"])
    assert both.startswith(workspace)
    assert put_block(both, WORKSPACE_LINES, WORKSPACE) == both
    assert take_block(both) == workspace
    assert take_block(both, WORKSPACE) == put_block("a b\n", ["x.md x"])


def test_half_a_block_is_refused() -> None:
    """Where one of the marking lines is gone nobody can tell what is ours."""
    with pytest.raises(UserError, match="not a pair"):
        put_block("# agentgen: begin\n*.md x\n", ["y.md"])


@pytest.mark.parametrize("arguments", [["--pattern", "a b"], ["--pattern", "!x"]])
def test_a_pattern_that_git_cannot_read_is_refused(run: Run, repository: Repository, arguments: list[str]) -> None:
    """Nothing is written then."""
    before = everything()
    assert run("git-install", *arguments).code == 2
    assert everything() == before


def test_outside_a_repository_it_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git's own words, exit code 2, no stack trace."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.chdir(tmp_path)
    ran = run("git-install")
    assert ran.code == 2
    assert "not a git repository" in ran.err


def test_a_revision_of_a_file_can_be_compared(run: Run, repository: Repository) -> None:
    """`REV:path` is the file as it was; both get names of their own."""
    repository.commit(BASE)
    repository.commit(BASE.replace("Be short", "Be long"))
    ran = run("diff", f"HEAD~1:{AGENT}", AGENT, "--review")
    assert ran.code == 1
    assert "short" in ran.out
    assert run("diff", f"HEAD:{AGENT}", AGENT).code == 0
    assert run("diff", "HEAD~1:missing.md", AGENT).code == 2


def test_difftool_shows_the_comparison(run: Run, repository: Repository) -> None:
    """`git difftool -t agentgen` compares the versions section by section."""
    run("git-install")
    repository.commit(BASE)
    repository.commit(BASE.replace("Be short", "Be long"))
    assert "Style" in repository.git("difftool", "-y", "-t", "agentgen", "HEAD~1", "--", AGENT)
