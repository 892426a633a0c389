"""`agentgen git-install`: let a repository's git merge and show agent files with agentgen."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from agentgen.cli import exit_codes
from agentgen.cli.git_attributes import ATTRIBUTES, agent_patterns, pattern_lines, put_block, take_block
from agentgen.cli.git_run import git, git_config
from agentgen.cli.inputs import open_targets
from agentgen.cli.options import Quiet, Templates
from agentgen.cli.screen import open_screen
from agentgen.errors import Problem, UserError
from agentgen.report.visible import visible
from agentgen.source import decode, encode
from agentgen.workspace import find_workspace

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and do nothing.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take out what an earlier run put in.")]
Patterns = Annotated[
    list[str] | None,
    typer.Option("--pattern", metavar="GLOB", help="Take these files for agent files as well, as in .gitattributes."),
]

_SECTIONS = ("merge.agentgen", "diff.agentgen", "difftool.agentgen")


def git_install(
    context: typer.Context,
    dry_run: DryRun = False,
    undo: Undo = False,
    pattern: Patterns = None,
    templates: Templates = None,
    quiet: Quiet = False,
) -> int:
    """Let git merge and show agent files by section.

    Merges go by section and statement, differences leave formatting out.

    Writes a marked block into .gitattributes (for everybody: commit it) and entries into the
    repository's own configuration (for this clone).

    \b
      agentgen git-install --dry-run
      agentgen git-install --pattern 'agents/*.md'
      agentgen git-install --undo
    """
    screen = open_screen(context, quiet)
    root = Path(decode(git("rev-parse", "--show-toplevel")).rstrip("\n"))
    patterns = [] if undo else _patterns(root, pattern or (), templates or ())
    done = [*_attributes(root, patterns, dry_run=dry_run), *_settings(root, undo=undo, dry_run=dry_run)]
    screen.say(visible("".join(f"{line}\n" for line in done or ["nothing to do"])))
    return exit_codes.OK


def _patterns(root: Path, given: Sequence[str], templates: Sequence[Path]) -> list[str]:
    wrong = [text for text in given if not text or any(char.isspace() or char in '"#!' for char in text)]
    if wrong:
        raise UserError(Problem(f"{text!r} is no pattern for {ATTRIBUTES}", hint="no blanks, # or !") for text in wrong)
    workspace = find_workspace(root)
    variants = ["**/profiles/*/variants/*.md"] if workspace else []
    return sorted({*agent_patterns(open_targets(workspace, templates)), *variants, *given})


# -- .gitattributes --------------------------------------------------------------------------------------------


def _attributes(root: Path, patterns: Sequence[str], *, dry_run: bool) -> Iterator[str]:
    from agentgen.cli.writing import write_files
    from agentgen.render.journal import settle

    settle(root)
    path = root / ATTRIBUTES
    if path.is_symlink():
        raise UserError(Problem("this is a link, and links are not followed", str(path), hint="replace it by a file"))
    before = decode(path.read_bytes()) if path.exists() else ""
    after = put_block(before, pattern_lines(patterns)) if patterns else take_block(before)
    if after == before:
        return
    if not dry_run and after:
        write_files(root, {ATTRIBUTES: encode(after)})
    elif not dry_run:
        path.unlink()
    if not patterns:
        yield f"- {ATTRIBUTES}: the block of agentgen"
    yield from (f"+ {ATTRIBUTES}: {line}" for line in patterns)


# -- configuration ---------------------------------------------------------------------------------------------


def _settings(root: Path, *, undo: bool, dry_run: bool) -> Iterator[str]:
    for key, value in _wanted().items():
        known = git_config(key, root)
        if undo and known is not None:
            yield f"- git config {key}"
        elif not undo and known != value:
            yield f"+ git config {key}: {value}"
            if not dry_run:
                git("config", "--local", key, value, cwd=root)
    if undo and not dry_run:
        for section in _SECTIONS:
            if any(key.startswith(f"{section}.") and git_config(key, root) is not None for key in _wanted()):
                git("config", "--local", "--remove-section", section, cwd=root)


def _wanted() -> dict[str, str]:
    """The entries. Where agentgen is missing later, git goes on with its own merge and the file as it stands."""
    program = shlex.quote(shutil.which("agentgen") or "agentgen")
    labels = "--base-label %S --ours-label %X --theirs-label %Y"
    escaped = program.replace("%", "%%")
    ours = f"{escaped} git-merge-driver --marker-size %L {labels} -- %O %A %B %P"
    lines = "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
    there = f"command -v {program} >/dev/null"
    return {
        "merge.agentgen.name": "agent files by section and statement",
        "merge.agentgen.driver": f"if command -v {escaped} >/dev/null; then {ours}; else {lines}; fi",
        "merge.agentgen.recursive": "text",
        "diff.agentgen.textconv": f'f() {{ {there} && {program} git-textconv "$1" || cat "$1"; }}; f',
        "diff.agentgen.xfuncname": "^#{1,6} .*$",
        "difftool.agentgen.cmd": f'{program} diff "$LOCAL" "$REMOTE"',
    }
