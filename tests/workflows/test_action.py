"""The GitHub Action: its steps run in a scratch repository as the runner runs them, with hostile files in it."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from agentgen.cli.main import main
from agentgen.report.markdown import LIMIT
from agentgen.workspace import bundled

from .repositories import commit, git

ROOT = bundled("templates").parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = ACTION["runs"]["steps"]
INPUTS = ACTION["inputs"]
BOT = INPUTS["comment-author"]["default"]
SILENT = {"check": "false", "lint": ""}
"""Nothing but the report itself."""

HOSTILE = "````` @someone <!-- $(touch pwned) `touch pwned` ${{ github.token }} </details> ![x](http://a.example)"
COMMANDS = "::add-mask::e\n ::error::forged\n::set-output name=x::y"


# -- the file --------------------------------------------------------------------------------------------------


def test_there_are_steps() -> None:
    """The checks below look at something."""
    assert (ACTION["runs"]["using"], len(STEPS)) == ("composite", 2)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step["name"])
def test_no_script_holds_an_expression(step: dict[str, Any]) -> None:
    """What the runner would paste into a script is a command; everything comes through the environment."""
    assert "${{" not in step["run"]
    assert all(re.fullmatch(r"\$\{\{ inputs\.[a-z-]+ \}\}", value) for value in step.get("env", {}).values())


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step["name"])
def test_every_script_stops_at_the_first_mistake(step: dict[str, Any]) -> None:
    """No start-up files, no unset names, no failure in the middle of a pipe."""
    assert step["shell"] == "bash --noprofile --norc -euo pipefail {0}"


def test_every_input_is_described_and_used() -> None:
    """An option that does nothing is a promise that is not kept."""
    text = json.dumps(STEPS)
    for name, entry in INPUTS.items():
        assert entry["description"]
        assert "${{ inputs." + name + " }}" in text


def test_the_action_runs_no_code_of_others() -> None:
    """Its own checkout and bash: no other action whose tag may move."""
    assert not any("uses" in step for step in STEPS)


# -- a run -----------------------------------------------------------------------------------------------------


@dataclass
class Forge:
    """A forge's API: the comments of one thread, and what was asked."""

    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    status: int = 200
    address: str = ""


@pytest.fixture
def forge() -> Iterator[Forge]:
    """A forge on this machine."""
    state = Forge()

    class Handler(BaseHTTPRequestHandler):
        def answer(self, content: object) -> None:
            self.send_response(state.status)
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def body(self) -> str:
            assert self.headers["Authorization"] == "Bearer secret-token"
            return str(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"])

        def do_GET(self) -> None:
            state.asked.append(f"GET {self.path}")
            page = int(re.findall(r"[?&]page=(\d+)", self.path)[0])
            self.answer(state.comments[(page - 1) * 100 : page * 100])

        def do_POST(self) -> None:
            state.asked.append(f"POST {self.path}")
            comment = {"id": len(state.comments) + 1, "body": self.body(), "user": {"login": BOT}}
            state.comments.append(comment)
            self.answer(comment)

        def do_PATCH(self) -> None:
            state.asked.append(f"PATCH {self.path}")
            comment = state.comments[int(self.path.rpartition("/")[2]) - 1]
            comment["body"] = self.body()
            self.answer(comment)

        def log_message(self, *_: object) -> None:
            """Nothing on the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    state.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass(frozen=True)
class Run:
    """How a step ended, the job's log, and the summary that it wrote."""

    code: int
    log: str
    summary: str


def report_step(repository: Path, folder: str = ".", base: str = "", forge: Forge | None = None, **inputs: str) -> Run:
    """Run the second step as the runner does, with these inputs; the first one is played by this environment."""
    temporary = repository.parent / "runner"
    program = temporary / "agentgen" / "bin" / "python"
    program.parent.mkdir(parents=True, exist_ok=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n', "utf-8")
    program.chmod(0o755)
    summary, event, script = (temporary / name for name in ("summary.md", "event.json", "script.sh"))
    summary.write_text("", "utf-8")
    event.write_text(json.dumps({"pull_request": {"number": 7, "base": {"sha": base}}} if base else {}), "utf-8")
    step = STEPS[1]
    script.write_text(step["run"], "utf-8")
    given = {name: entry.get("default", "") for name, entry in INPUTS.items()} | {"token": "secret-token"} | inputs
    variables = {key: given[re.findall(r"inputs\.([a-z-]+)", value)[0]] for key, value in step["env"].items()}
    environment = {
        **os.environ,
        **variables,
        "RUNNER_TEMP": str(temporary),
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_WORKSPACE": str(repository),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_API_URL": forge.address if forge else "http://127.0.0.1:9",
        "GITHUB_REPOSITORY": "owner/name",
        "GIT_CONFIG_GLOBAL": os.devnull,
    }
    command = [part.replace("{0}", str(script)) for part in shlex.split(step["shell"])]
    done = subprocess.run(
        command, cwd=repository / folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Run(done.returncode, done.stdout + done.stderr, summary.read_text("utf-8"))


def obeyed(log: str) -> list[str]:
    """The lines of a log that the runner takes for commands: not those between marks."""
    found, until = [], ""
    for line in log.splitlines():
        if until:
            until = "" if line.strip() == f"::{until}::" else until
        elif line.strip().startswith("::stop-commands::"):
            until = line.strip().removeprefix("::stop-commands::")
        elif line.lstrip().startswith("::"):
            found.append(line)
    return found


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "profiles" / "reviewer" / "profile.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_clean_repository_passes_with_its_sums(repository: Path) -> None:
    """The summary says that nothing differs, and what each tool holds."""
    run = report_step(repository)
    assert run.code == 0
    assert "## agentgen" in run.summary
    assert "**lint** found" in run.summary
    assert "### `dist` is what the profiles give (2 files)" in run.summary
    assert "| `reviewer` | `droid` |" in run.summary


def test_a_difference_fails_and_stands_in_the_summary(repository: Path) -> None:
    """Somebody changed the profile and forgot to render."""
    edit(repository, "stay short", "stay tiny")
    run = report_step(repository)
    assert run.code == 1
    assert "-- Functions stay short\n+- Functions stay tiny\n" in run.summary
    assert any(line.startswith("::error::dist/ is not what the profiles give") for line in obeyed(run.log))
    assert report_step(repository, check="false").code == 0


def test_a_pull_request_shows_what_changes_for_the_tools(repository: Path) -> None:
    """Profile and dist/ fit together; the reviewer sees the effect against the base, without the list of files."""
    base = git(repository, "rev-parse", "HEAD")
    edit(repository, "stay short", "stay tiny")
    assert main(["render", "--quiet"]) == 0
    commit(repository)
    run = report_step(repository, base=base)
    assert run.code == 0
    assert "### What changes for the tools" in run.summary
    assert run.summary.count("+- Functions stay tiny") == 2
    assert "dist/droid/.factory/droids/reviewer.md</summary>" in run.summary
    assert "manifest.json" not in run.summary


@pytest.mark.parametrize("base", ["0" * 40, "--output=pwned", "HEAD"])
def test_a_base_that_is_not_there_leaves_the_effect_out(repository: Path, base: str) -> None:
    """A shallow clone without a way to fetch it, or an event that holds something else."""
    run = report_step(repository, base=base)
    assert run.code == 0
    assert "What changes" not in run.summary
    assert not (repository / "pwned").exists()


def test_lint_notes_stand_at_their_lines_from_the_top_of_the_repository(repository: Path) -> None:
    """Also where the workspace is a folder of it; what is not there is no mistake."""
    (repository / "agents").mkdir()
    (repository / "agents" / "a.md").write_text("---\nname: a\ndescription: x: y\n---\nBody.\n", "utf-8")
    run = report_step(repository, "agents", check="false", lint="a.md\n nosuch.md \n")
    assert run.code == 1
    assert any(re.match(r"::warning file=agents/a\.md,line=3,", line) for line in obeyed(run.log))
    assert "nothing to lint at nosuch.md" in run.log
    assert re.search(r"\*\*lint\*\* found (\d \w+, )?\d (warning|notice)", run.summary)


def test_nothing_that_a_file_says_becomes_a_command_or_markup(repository: Path) -> None:
    """Backticks, comments, mentions, substitutions and the runner's own commands in a profile and a file's name."""
    base = git(repository, "rev-parse", "HEAD")
    text = (repository / "profiles" / "reviewer" / "profile.yaml").read_text("utf-8")
    margin = text.partition("- Functions stay short\n")[0].rpartition("\n")[2]
    fenced = f"\n\n{margin}`````\n{margin}@someone\n{margin}`````\n"
    edit(repository, "- Functions stay short\n", f"- Functions stay short {HOSTILE}{fenced}")
    assert main(["render", "--quiet"]) == 0
    commit(repository)
    edit(repository, "Functions stay short", "Functions stay tiny")
    name = "::error::forged $(touch pwned) @someone.md"
    (repository / "dist" / name).write_text(f"---\nname: {HOSTILE}\n---\n{COMMANDS}\n", "utf-8")
    run = report_step(repository, base=base, lint=f"dist\n{name}\n$(touch pwned)")
    assert run.code == 1
    assert not list(repository.rglob("pwned"))
    assert all(re.match(r"::(error|warning|notice)( file=dist/|::dist/ is not)", line) for line in obeyed(run.log))
    assert HOSTILE in run.summary
    outside = outside_code(run.summary)
    assert "@someone" not in outside
    assert "http://a.example" not in outside
    assert outside.count("<details>") == outside.count("</details>") == run.summary.count("\n<details>")


def test_what_commands_say_stays_text_in_the_log(repository: Path) -> None:
    """A folder may be called like a command of the runner, and an error message begins with its path."""
    (repository / "::error::forged").mkdir()
    run = report_step(repository, lint="::error::forged")
    assert run.code == 1
    assert "\n::error::forged: error: there is no agent file" in run.log
    assert obeyed(run.log) == []
    assert "**lint** could not read its files" in run.summary


def outside_code(text: str) -> str:
    """What a reader of Markdown sees that is not code."""
    tokens = MarkdownIt().enable("table").parse(text)
    blocks = [token.content for token in tokens if token.type == "html_block"]
    inline = [inner for token in tokens for inner in token.children or () if inner.type != "code_inline"]
    assert not [inner for inner in inline if inner.type in ("image", "link_open")]
    return "\n".join([*blocks, *(inner.content for inner in inline)])


def test_a_broken_profile_is_an_error_with_its_place(repository: Path) -> None:
    """The summary shows what the command line would."""
    (repository / "profiles" / "reviewer" / "profile.yaml").write_text("agentgen: 1\nnam: x\n", "utf-8")
    run = report_step(repository)
    assert run.code == 1
    assert "**The check could not be made.**" in run.summary
    assert obeyed(run.log)[-1].startswith("::error::the check could not be made")
    assert "profiles/reviewer/profile.yaml:2:1: error: unknown key 'nam'" in run.summary


def test_a_report_is_never_longer_than_a_comment_may_be(repository: Path) -> None:
    """What is left out is counted; the sums stay."""
    base = git(repository, "rev-parse", "HEAD")
    for at in range(12):
        path = repository / "dist" / "droid" / f"{at}.md"
        path.write_text("".join(f"line {at} {number}\n" for number in range(3000)), "utf-8")
    commit(repository)
    run = report_step(repository, base=base, lint="")
    assert len(run.summary) <= LIMIT
    assert "| `reviewer` | `droid` |" in run.summary
    assert "… and more\n```" in run.summary
    assert re.search(r"\*Left out for length: \d+ parts\. `agentgen render --check` and the files", run.summary)


# -- the comment -----------------------------------------------------------------------------------------------


def test_one_comment_is_written_and_then_kept_up_to_date(repository: Path, forge: Forge) -> None:
    """The second run changes the comment, the third, with nothing new to say, nothing."""
    base = git(repository, "rev-parse", "HEAD")
    forge.comments = [{"id": at + 1, "body": "mine", "user": {"login": "person"}} for at in range(100)]
    assert report_step(repository, base=base, forge=forge, comment="true").code == 0
    edit(repository, "stay short", "stay tiny")
    report_step(repository, base=base, forge=forge, comment="true")
    run = report_step(repository, base=base, forge=forge, comment="true")
    writes = [asked for asked in forge.asked if not asked.startswith("GET")]
    assert writes == ["POST /repos/owner/name/issues/7/comments", "PATCH /repos/owner/name/issues/comments/101"]
    assert forge.comments[100]["body"] == run.summary
    assert "stay tiny" in run.summary
    assert len(run.summary) <= LIMIT
    assert "secret-token" not in run.log + run.summary


def test_a_comment_of_somebody_else_is_never_touched(repository: Path, forge: Forge) -> None:
    """Whoever copies our mark keeps the own words."""
    base = git(repository, "rev-parse", "HEAD")
    mark = report_step(repository, **SILENT).summary.splitlines()[0]
    forge.comments = [{"id": 1, "body": f"{mark}\nmine", "user": {"login": "person"}}]
    assert report_step(repository, base=base, forge=forge, comment="true", **SILENT).code == 0
    assert forge.comments[0]["body"] == f"{mark}\nmine"
    assert len(forge.comments) == 2


@pytest.mark.parametrize("status", [403, 500])
def test_a_forge_that_refuses_is_a_warning(repository: Path, forge: Forge, status: int) -> None:
    """Pull requests from forks have a token that may only read; the summary has the report all the same."""
    forge.status = status
    run = report_step(repository, base=git(repository, "rev-parse", "HEAD"), forge=forge, comment="true", **SILENT)
    assert run.code == 0
    assert f"the forge answers {status}" in run.log
    assert any(line.startswith("::warning::the comment could not be written") for line in obeyed(run.log))
    assert "## agentgen" in run.summary


def test_without_a_pull_request_or_a_forge_there_is_no_comment(repository: Path) -> None:
    """A push has nobody to tell; a forge that does not answer is no failure."""
    assert "this run is about no pull request" in report_step(repository, comment="true", **SILENT).log
    run = report_step(repository, base=git(repository, "rev-parse", "HEAD"), comment="true", **SILENT)
    assert (run.code, "the forge cannot be asked" in run.log) == (0, True)
