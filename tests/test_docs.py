"""The documents tell the truth: commands that they show exist and give what they show, links lead somewhere.

A block marked `console` in a document is a session in a fresh copy of this workspace: lines that begin with `$ ` are
run one after the other, and what they print must be what stands below them. A line `…` stands for any lines.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from agentgen import __version__
from agentgen.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("**/*.md")])

CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"(?:`|^\$? ?(?:\S*/bin/)?)agentgen ([a-z]+(?:-[a-z]+)*)\b([^`\n|]*)", re.MULTILINE)
ANY_LINES = "…"


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def test_there_are_documents() -> None:
    """The checks below look at something."""
    assert {"README.md", "CONTRIBUTING.md", "CHANGELOG.md"} <= set(names(DOCUMENTS))


def with_sessions() -> list[Path]:
    return [path for path in DOCUMENTS if CONSOLE.search(path.read_text("utf-8"))]


@pytest.mark.parametrize("document", with_sessions(), ids=lambda path: path.name)
def test_what_a_document_shows_is_what_comes_out(
    document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sessions of a document, run in order in one copy of the workspace, print what the document says."""
    for folder in ("profiles", "templates", "dist"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    for session in CONSOLE.findall(document.read_text("utf-8")):
        for command, expected in steps(session):
            run(command)
            assert_shown(capsys.readouterr().out, expected, command)


def steps(session: str) -> list[tuple[str, list[str]]]:
    """The commands of a session, each with the lines that stand below it."""
    found: list[tuple[str, list[str]]] = []
    for line in session.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        else:
            found[-1][1].append(line)
    return found


def run(command: str) -> None:
    """Run `agentgen …`, or one of the few other commands that a session may contain."""
    program, *arguments = shlex.split(command, comments=True)
    if program == "agentgen":
        assert main(arguments) in (0, 1), command
    elif program == "cat":
        sys.stdout.write("".join(Path(name).read_text("utf-8") for name in arguments))
    else:
        pytest.fail(f"a session may contain agentgen and cat, not {command!r}")


def assert_shown(output: str, expected: list[str], command: str) -> None:
    """The output is what was expected; `…` in it stands for any lines."""
    shown = [line.rstrip() for line in output.rstrip("\n").split("\n")] if output else []
    wanted = [line.rstrip() for line in expected]
    assert matches(shown, wanted), "\n".join([f"$ {command}", "shows", *shown, "and not", *expected])


def matches(shown: list[str], wanted: list[str]) -> bool:
    if not wanted:
        return not shown
    if wanted[0].strip() == ANY_LINES:
        return any(matches(shown[start:], wanted[1:]) for start in range(len(shown) + 1))
    return bool(shown) and shown[0] == wanted[0] and matches(shown[1:], wanted[1:])


@pytest.mark.parametrize("expected", [["a", "b"], ["a", "…"], ["…", "b"], ["…"], ["a", "…", "b"]])
def test_a_session_may_leave_lines_out(expected: list[str]) -> None:
    """`…` stands for any lines, none included; all else must be there as it is."""
    assert_shown("a\nb\n", expected, "agentgen x")


@pytest.mark.parametrize("expected", [["a"], ["b", "a"], ["a", "…", "c"], ["a", "B"], []])
def test_a_session_that_shows_something_else_is_noticed(expected: list[str]) -> None:
    """A line too few, too many, or another one."""
    with pytest.raises(AssertionError):
        assert_shown("a\nb\n", expected, "agentgen x")


@pytest.mark.parametrize("document", DOCUMENTS, ids=names(DOCUMENTS))
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    """A relative link names a file or folder of the repository."""
    text = FENCED.sub("", document.read_text("utf-8"))
    targets = [target.partition("#")[0] for target in LINK.findall(text) if "://" not in target]
    missing = [target for target in targets if target and not (document.parent / target).exists()]
    assert not missing


def test_the_readme_has_one_command_to_run_and_one_to_test() -> None:
    """The continuous integration takes both from the README, word for word."""
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    setups = [line for line in lines if line.startswith("python3 -m venv ")]
    assert len(setups) == 2
    assert setups[0].endswith("agentgen build")
    assert "pytest" in setups[1]


@pytest.mark.parametrize("document", DOCUMENTS, ids=names(DOCUMENTS))
def test_commands_and_options_in_documents_exist(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each `agentgen COMMAND --option` that a document mentions is one that the help lists."""
    for command, rest in COMMAND.findall(document.read_text("utf-8")):
        assert main([command, "--help"]) == 0, f"agentgen {command}"
        listed = capsys.readouterr().out
        for option in re.findall(r"(?<=\s)--[a-z-]+", rest):
            assert option in listed, f"agentgen {command} {option}"


def test_the_changelog_names_the_version() -> None:
    """The version of the package stands in the changelog, or its changes are not released yet."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"## {__version__}" in text or "## Unreleased" in text
