"""Our own blocks in `.gitattributes`; the rest of the file keeps its bytes.

One says which files are agent files, for git's merges and diffs; the other how git keeps the files of a workspace.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from agentgen.errors import Problem, UserError
from agentgen.source import split_lines

if TYPE_CHECKING:
    from agentgen.render.targets import Targets

ATTRIBUTES = ".gitattributes"

AGENT_FILES = "agentgen"
"""The block of `git-install`."""

WORKSPACE = "agentgen workspace"
"""The block that a workspace comes with."""

WORKSPACE_LINES = (
    "# every byte counts: no line ends are changed on checkout",
    "profiles/** -text",
    "dist/** -text",
    "# written by agentgen: folded in reviews, never merged by lines; `agentgen build` writes them anew",
    "profiles/*/profile.lock.yaml linguist-generated -merge",
    "dist/manifest.json linguist-generated -merge",
)
"""How git keeps a workspace. Rendered files stay open in reviews: they are what an agent will be told."""

_FORMATS = ("markdown", "plain")


def agent_patterns(targets: Targets) -> list[str]:
    """Patterns for the Markdown files that the targets read, in any folder of a repository."""
    found = {pattern for target in targets if target.format.value in _FORMATS for pattern in _of(target.path)}
    for target in targets:
        found.update(pattern for path in target.marks.paths for pattern in _of(path))
    covered = {pattern for pattern in found if pattern.replace("/*.md", "/**/*.md") in found - {pattern}}
    return sorted(found - covered)


def _of(path: str) -> Iterator[str]:
    bare = path.replace("{name}", "*").removeprefix("**/")
    if bare.endswith("/**"):
        bare += "/*.md"
    if bare.endswith(".md"):
        yield f"**/{bare}" if "/" in bare else bare


def pattern_lines(patterns: Sequence[str]) -> list[str]:
    """The lines that let agentgen merge and show the files of these patterns."""
    return [f"{pattern} merge=agentgen diff=agentgen" for pattern in patterns]


def put_block(text: str, lines: Sequence[str], name: str = AGENT_FILES) -> str:
    """The file with our block in place of the old one, or at its end. Raises UserError as `take_block` does."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    block = "".join(f"{line}{line_end}" for line in (_begin(name), *lines, _end(name)))
    found = _span(text, name)
    if found:
        return text[: found[0]] + block + text[found[1] :]
    return f"{text}{line_end if text and not text.endswith(line_end) else ''}{block}"


def take_block(text: str, name: str = AGENT_FILES) -> str:
    """The file without our block of that name.

    Raises:
        UserError: the lines that mark it do not come in one pair.
    """
    found = _span(text, name)
    return text[: found[0]] + text[found[1] :] if found else text


def _begin(name: str) -> str:
    return f"# {name}: begin"


def _end(name: str) -> str:
    return f"# {name}: end"


def _span(text: str, name: str) -> tuple[int, int] | None:
    """Where our block starts and ends."""
    begin, end = _begin(name), _end(name)
    places: dict[str, list[tuple[int, int]]] = {begin: [], end: []}
    start = 0
    for line in split_lines(text):
        places.get(line.strip(), []).append((start, start + len(line)))
        start += len(line)
    begins, ends = places[begin], places[end]
    if not begins and not ends:
        return None
    if len(begins) != 1 or len(ends) != 1 or ends[0] < begins[0]:
        hint = f"keep one line `{begin}` and one `{end}` below it, or remove both"
        raise UserError(Problem("the lines that mark the block of agentgen are not a pair", ATTRIBUTES, hint=hint))
    return begins[0][0], ends[0][1]
