"""Our own block in `.gitattributes`: which files are agent files. The rest of the file keeps its bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from agentgen.errors import Problem, UserError
from agentgen.source import split_lines

if TYPE_CHECKING:
    from agentgen.render.targets import Targets

ATTRIBUTES = ".gitattributes"

_BEGIN = "# agentgen: begin"
_END = "# agentgen: end"
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


def put_block(text: str, patterns: Sequence[str]) -> str:
    """The file with our block in place of the old one, or at its end. Raises UserError as `take_block` does."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    lines = (_BEGIN, *(f"{pattern} merge=agentgen diff=agentgen" for pattern in patterns), _END)
    block = "".join(f"{line}{line_end}" for line in lines)
    found = _span(text)
    if found:
        return text[: found[0]] + block + text[found[1] :]
    return f"{text}{line_end if text and not text.endswith(line_end) else ''}{block}"


def take_block(text: str) -> str:
    """The file without our block.

    Raises:
        UserError: the lines that mark it do not come in one pair.
    """
    found = _span(text)
    return text[: found[0]] + text[found[1] :] if found else text


def _span(text: str) -> tuple[int, int] | None:
    """Where our block starts and ends."""
    places: dict[str, list[tuple[int, int]]] = {_BEGIN: [], _END: []}
    start = 0
    for line in split_lines(text):
        places.get(line.strip(), []).append((start, start + len(line)))
        start += len(line)
    begins, ends = places[_BEGIN], places[_END]
    if not begins and not ends:
        return None
    if len(begins) != 1 or len(ends) != 1 or ends[0] < begins[0]:
        hint = f"keep one line `{_BEGIN}` and one `{_END}` below it, or remove both"
        raise UserError(Problem("the lines that mark the block of agentgen are not a pair", ATTRIBUTES, hint=hint))
    return begins[0][0], ends[0][1]
