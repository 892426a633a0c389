"""What the text itself says about tools and files: names in code marks, and links that lead to files.

Use `Bash` to run the tests.        a tool's name: the target may call it otherwise
See [the rules](docs/rules.md).     a link: it is resolved from where the rendered file stands
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from agentgen.codes import CODES
from agentgen.findings import Finding
from agentgen.render.model import Entry, Outcome
from agentgen.render.spec import Target, ToolStyle
from agentgen.render.toolnames import to_own
from agentgen.render.vocabulary import Vocabulary
from agentgen.source import split_lines
from agentgen.toolrefs import ToolRef

LINK = "link"
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_MARKED = re.compile(r"`(?P<word>[A-Za-z][\w-]{0,60})`")
_LINKED = re.compile(r"(?<!\\)\]\((?P<to>[^()\s]+)(?:\s+\"[^\"]*\")?\)")
_CODE = re.compile(r"`[^`]*`")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|/|\{|<|\$", re.IGNORECASE)


class Line(NamedTuple):
    """A line of prose, outside of fenced code, with its number."""

    number: int
    text: str


def named_tools(text: str, path: str, target: Target, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Canonical tools that the text names in code marks and that the target calls otherwise, or does not have."""
    if target.tools.style is ToolStyle.NONE or "`" not in text:
        return
    seen: set[str] = set()
    for line in prose_lines(text):
        for match in _MARKED.finditer(line.text):
            name = match["word"]
            if name in vocabulary.tools and name not in seen:
                seen.add(name)
                own = to_own(ToolRef(name), target, vocabulary).names
                if name not in own:
                    called = f"its name here is {', '.join(own)}" if own else f"{target.title} has no such tool"
                    code = CODES["prose-names-tool"]
                    message = f"the text names `{name}`; {called}"
                    yield Finding(code.code, code.severity, path, line.number, match.start() + 1, message)


def links(text: str, path: str) -> Iterator[Entry]:
    """A ledger entry for each relative link: it stays as it is, and leads somewhere only from the file's own folder."""
    folder = path.rpartition("/")[0]
    seen: set[str] = set()
    for line in prose_lines(text) if "](" in text else ():
        for match in _LINKED.finditer(_CODE.sub("", line.text)):
            to = match["to"]
            if to not in seen and not _ELSEWHERE.match(to):
                seen.add(to)
                reason = f"it is looked up from {folder}" if folder else "it is looked up from the project's folder"
                yield Entry(LINK, to, Outcome.KEPT, to, to, reason)


def prose_lines(text: str) -> Iterator[Line]:
    """The lines outside of fenced code."""
    fence = ""
    for number, line in enumerate(split_lines(text), start=1):
        match = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if fence:
            if match and match["fence"].startswith(fence) and not line[match.end() :].strip():
                fence = ""
        elif match:
            fence = match["fence"]
        else:
            yield Line(number, line)
