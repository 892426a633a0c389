"""`agentgen git-merge-driver`: what git calls to merge one agent file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from agentgen.cli import exit_codes
from agentgen.cli.git_run import merge_files, merge_lines
from agentgen.cli.options import Quiet
from agentgen.cli.screen import Screen, open_screen
from agentgen.merge.files.model import LinesMerged, MergedFile
from agentgen.report.visible import visible
from agentgen.source import MAX_BYTES, decode

Base = Annotated[Path, typer.Argument(metavar="BASE", help="The common ancestor.", show_default=False)]
Ours = Annotated[Path, typer.Argument(metavar="OURS", help="Our version; the result is written here.")]
Theirs = Annotated[Path, typer.Argument(metavar="THEIRS", help="Their version.", show_default=False)]
Shown = Annotated[str, typer.Argument(metavar="PATH", help="Where the file stands in the repository.")]
Size = Annotated[int, typer.Option("--marker-size", metavar="N", help="Characters of a conflict marker.")]
BaseLabel = Annotated[str, typer.Option("--base-label", metavar="TEXT", help="Stands at the ancestor's marker.")]
OursLabel = Annotated[str, typer.Option("--ours-label", metavar="TEXT", help="Stands at our marker.")]
TheirsLabel = Annotated[str, typer.Option("--theirs-label", metavar="TEXT", help="Stands at their marker.")]


def git_merge_driver(
    context: typer.Context,
    base: Base,
    ours: Ours,
    theirs: Theirs,
    path: Shown,
    size: Size = 7,
    base_label: BaseLabel = "",
    ours_label: OursLabel = "",
    theirs_label: TheirsLabel = "",
    quiet: Quiet = False,
) -> int:
    """Merge one agent file by section; git calls this.

    Where that is not certain the result is that of `git merge-file`. Ends with 0 where the merge
    is clean, else with the number of conflicts, 127 at most.

    \b
      agentgen git-merge-driver base.md ours.md theirs.md agents/reviewer.md
    """
    from agentgen.merge.files.three_way import settle

    screen = open_screen(context, quiet)
    labels = (_label(ours_label, "HEAD"), _label(base_label, "base"), _label(theirs_label, _merged_name()))
    regular = all(path.is_file() for path in (base, ours, theirs))  # nothing waits for a pipe
    lines = merge_files(ours, base, theirs, size, labels) if regular else None
    if lines is None:
        screen.warn(f"warning: git cannot merge {visible(path)} by lines; it is left as ours\n")
        return exit_codes.DIFFERENT
    result = settle(lines, _merged(base, ours, theirs, path, screen))
    _write(ours, result)
    return result.conflicts


def _merged(base: Path, ours: Path, theirs: Path, path: str, screen: Screen) -> MergedFile | None:
    """The merge by section. Whatever goes wrong in it must not cost anybody the merge that git has made already."""
    from agentgen.merge.files.three_way import merge_texts

    raws = [file.read_bytes() for file in (base, ours, theirs)]
    if any(len(raw) > MAX_BYTES for raw in raws):
        return None
    try:
        return merge_texts(decode(raws[0]), decode(raws[1]), decode(raws[2]), merge_lines)
    except Exception as error:
        screen.warn(f"warning: {visible(f'{path}: {type(error).__name__}: {error}')}; merged by lines\n")
        return None


def _write(ours: Path, result: LinesMerged) -> None:
    from agentgen.cli.writing import write_files

    write_files(ours.absolute().parent, {ours.name: result.raw})


def _label(given: str, otherwise: str) -> str:
    """The label that git gives; a git that knows none hands over the placeholder as it stands."""
    return otherwise if given.startswith("%") or not given else given


def _merged_name() -> str:
    """The name of what is merged in, from the environment that `git merge` makes for its helpers."""
    names = {value for key, value in os.environ.items() if key.startswith("GITHEAD_")}
    return names.pop() if len(names) == 1 else "theirs"
