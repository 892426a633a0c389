"""What the action does once agentgen is installed: lint, check, write the job's summary, and comment.

Everything comes through the environment. What files say is only ever written to files, or to the log between marks that
keep the runner from taking it for commands.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from comment import Pull, put_comment
from effects import effects
from report import Lint, composed, marker, prefixed


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


def main(environment: Mapping[str, str]) -> int:
    """Run the steps that are asked for; 0 where all is well."""
    lint = _lint(environment)
    rendered = _render(environment)
    event = _event(environment)
    parts = effects(Path.cwd(), _base(event), _git) if rendered else []
    body = composed(
        marker(_folder(environment)),
        Lint(lint.code, lint.out) if lint else None,
        (rendered.code, rendered.out or rendered.err) if rendered else None,
        parts,
    )
    _append(environment.get("GITHUB_STEP_SUMMARY"), body)
    if environment.get("AGENTGEN_COMMENT") == "true":
        _comment(environment, event, body)
    return int(any(done.code for done in (lint, rendered) if done))


# -- the commands ----------------------------------------------------------------------------------------------


def _lint(environment: Mapping[str, str]) -> Done | None:
    """Findings as notes at their lines; None where nothing is to be linted."""
    paths = [line.strip() for line in environment.get("AGENTGEN_LINT", "").splitlines() if line.strip()]
    there = [path for path in paths if Path(path).exists()]
    for path in (path for path in paths if path not in there):
        _log(f"nothing to lint at {path}")
    if not there:
        return None
    done = _agentgen("lint", "--format", "github", "--", *there)
    sys.stdout.write(prefixed(done.out, _folder(environment)))
    _log(done.err)
    return done


def _render(environment: Mapping[str, str]) -> Done | None:
    if environment.get("AGENTGEN_CHECK") != "true":
        return None
    strict = ["--strict"] if environment.get("AGENTGEN_STRICT") == "true" else []
    done = _agentgen("render", "--check", "--format", "markdown", *strict)
    _log(done.err)
    if done.code == 1:
        print_error("dist/ is not what the profiles give, or a file is refused: the summary of this job shows it")
    elif done.code:
        print_error("the check could not be made: the summary of this job says why")
    return done


def _agentgen(*arguments: str) -> Done:
    return _run([str(Path(sys.executable).parent / "agentgen"), *arguments])


def _git(*arguments: str) -> str | None:
    """What git says; None where it fails."""
    done = _run(["git", *arguments])
    return done.out if done.code == 0 else None


def _run(command: Sequence[str]) -> Done:
    done = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", errors="surrogateescape", check=False
    )
    return Done(done.returncode, done.stdout, done.stderr)


# -- where it runs ---------------------------------------------------------------------------------------------


def _folder(environment: Mapping[str, str]) -> str:
    """The current folder, counted from the top of the repository."""
    top = environment.get("GITHUB_WORKSPACE") or str(Path.cwd())
    return Path(os.path.relpath(Path.cwd(), top)).as_posix()


def _event(environment: Mapping[str, str]) -> dict[str, object]:
    """The pull request that this run is about; empty where it is about none."""
    path = environment.get("GITHUB_EVENT_PATH")
    if not path or not Path(path).is_file():
        return {}
    found = json.loads(Path(path).read_text("utf-8")).get("pull_request")
    return found if isinstance(found, dict) else {}


def _base(event: Mapping[str, object]) -> str | None:
    base = event.get("base")
    return str(base["sha"]) if isinstance(base, dict) and "sha" in base else None


def _comment(environment: Mapping[str, str], event: Mapping[str, object], body: str) -> None:
    if "number" not in event:
        _log("no comment: this run is about no pull request")
        return
    pull = Pull(
        environment["GITHUB_API_URL"],
        environment["GITHUB_REPOSITORY"],
        int(str(event["number"])),
        environment["AGENTGEN_AUTHOR"],
        environment["AGENTGEN_TOKEN"],
    )
    problem = put_comment(pull, marker(_folder(environment)), body)
    if problem:
        _log(problem)
        print_warning("the comment could not be written (the log says why); the summary of this job has the report")


# -- what is shown ---------------------------------------------------------------------------------------------


def _append(path: str | None, text: str) -> None:
    if path:
        with Path(path).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)


def _log(text: str) -> None:
    """Text to the log that the runner must not take for commands: it may hold what files say."""
    if text.strip():
        token = secrets.token_hex(16)
        shown = text.encode("utf-8", "backslashreplace").decode().rstrip("\n")
        sys.stdout.write(f"::stop-commands::{token}\n{shown}\n::{token}::\n")


def print_error(text: str) -> None:
    """A fixed sentence as an error of the job."""
    sys.stdout.write(f"::error::{text}\n")


def print_warning(text: str) -> None:
    """A fixed sentence as a warning of the job."""
    sys.stdout.write(f"::warning::{text}\n")


if __name__ == "__main__":
    sys.exit(main(os.environ))
