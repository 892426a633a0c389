"""The report of a run as Markdown: one text for the job's summary and for the comment."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agentgen.report.markdown import block, within

_MORE = "`agentgen render --check` and the files themselves show everything"
_PARTS = re.compile(r"^(?=<details>)", re.MULTILINE)


@dataclass(frozen=True)
class Lint:
    """How lint ended, and its findings as commands of the runner, one a line."""

    code: int
    out: str


def marker(folder: str) -> str:
    """The line that a comment of ours begins with; each folder of a repository has its own."""
    return f"<!-- agentgen {hashlib.sha256(folder.encode()).hexdigest()[:16]} -->"


def prefixed(commands: str, folder: str) -> str:
    """Findings of a folder with the paths that they have from the top of the repository."""
    if folder == ".":
        return commands
    escaped = folder.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return re.sub(r"^(::\w+ file=)", lambda found: f"{found[1]}{escaped}/", commands, flags=re.MULTILINE)


def composed(mark: str, lint: Lint | None, rendered: tuple[int, str] | None, effects: Sequence[str]) -> str:
    """The whole report, never longer than a forge takes for a comment.

    `rendered` is how the check ended and what it said, `effects` what the pull request changes for the tools.
    """
    return within(_parts(mark, lint, rendered, effects), _MORE)


def _parts(mark: str, lint: Lint | None, rendered: tuple[int, str] | None, effects: Sequence[str]) -> Iterator[str]:
    yield f"{mark}\n## agentgen\n\n"
    if lint is not None:
        yield f"{_counted(lint)}\n\n"
    if rendered is None:
        return
    code, text = rendered
    head, *details = _PARTS.split(text) if code in (0, 1) and text.startswith("###") else [_failed(text)]
    yield f"{head.rstrip()}\n"
    yield from effects
    yield from details


def _counted(lint: Lint) -> str:
    """How much lint found; the findings themselves stand at their lines."""
    if lint.code > 1:
        return "**lint** could not read its files: the log of this job says why."
    kinds = [line.partition(" ")[0].strip(":") for line in lint.out.splitlines()]
    counts = [f"{kinds.count(kind)} {kind}{'s' if kinds.count(kind) > 1 else ''}" for kind in dict.fromkeys(kinds)]
    return f"**lint** found {', '.join(counts) or 'nothing'}."


def _failed(text: str) -> str:
    return f"**The check could not be made.**\n\n{block(text.strip() or 'it said nothing')}"
