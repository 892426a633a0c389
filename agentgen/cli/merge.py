"""`agentgen merge`: make the canonical profile out of variants, by a recipe that stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentgen.cli import exit_codes
from agentgen.cli.hidden_text import AllowHidden
from agentgen.cli.inputs import are_profiles, chosen_profiles, open_targets, read_sources, shown
from agentgen.cli.options import Format, ProfileOrFiles, Quiet, Strict, Templates, TextOrJson
from agentgen.cli.screen import Screen, open_screen
from agentgen.cli.settings import settings_for
from agentgen.errors import Problem, UserError
from agentgen.workspace import ProfileFolder, find_workspace

if TYPE_CHECKING:
    from agentgen.cli.interactive import Deciding
    from agentgen.cli.merging import Done, Merging

Out = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Write profile, recipe and lock here; for files.")
]
StrategyName = Annotated[
    str | None,
    typer.Option(
        "--strategy",
        metavar="NAME",
        help="What a first recipe takes: union (every statement once), base=ID (what that variant has), consensus or "
        "consensus=N (what more than half, or N, say). By default what the settings say, or union.",
        show_default=False,
    ),
]
Accept = Annotated[
    list[str] | None,
    typer.Option(
        "--accept",
        metavar="DECISION",
        help="A decision that was made on another input holds for the new one too: `topics/security`, `keys/tools`, "
        "or `all`.",
    ),
]
Discard = Annotated[bool, typer.Option("--discard-edits", help="Throw away what was edited by hand in the profile.")]
Interactive = Annotated[
    bool,
    typer.Option(
        "--interactive", "-i", help="Decide by keyboard, one question a screen; q quits, the next run goes on."
    ),
]
Decisions = Annotated[
    Path | None,
    typer.Option(
        "--decisions", metavar="FILE", help="Decide by the answers in this file, such as a session's journal."
    ),
]


def merge(
    context: typer.Context,
    arguments: ProfileOrFiles = None,
    out: Out = None,
    strategy: StrategyName = None,
    accept: Accept = None,
    discard: Discard = False,
    interactive: Interactive = False,
    decisions: Decisions = None,
    allow_hidden: AllowHidden = False,
    strict: Strict = False,
    form: Format = TextOrJson.TEXT,
    templates: Templates = None,
    quiet: Quiet = False,
) -> int:
    """Make one canonical profile of variants.

    The recipe decides; where there is none, one is proposed. Edit recipe.yaml and merge again. The same variants and
    the same recipe give the same profile; what was edited by hand in profile.yaml stays.

    \b
      agentgen merge my-agent
      agentgen merge a.md b.md --out merged
      agentgen merge my-agent --interactive
      agentgen merge my-agent --strict
    """
    from agentgen.cli.merging import Merging, merge_files, merge_folder

    screen = open_screen(context, quiet)
    workspace = find_workspace(Path.cwd())
    named = arguments or []
    deciding = _deciding(interactive, decisions)
    settings = settings_for(workspace.root if workspace else Path.cwd(), screen)
    targets = open_targets(workspace, templates)
    how = Merging(workspace, targets, settings, strategy, accept or (), discard, deciding, allow_hidden)
    if not are_profiles(named):
        files = [Path(name) for name in named]
        steps = [partial(merge_files, files, _place(out, files), how)]
    elif out is not None:
        raise UserError(Problem("--out is for files", hint="a profile of the workspace has its own folder"))
    else:
        steps = [partial(merge_folder, folder, how) for folder in _checked(chosen_profiles(named)[1], how, decisions)]
    return _carry_out(steps, form, screen, strict=strict)


def _carry_out(steps: Sequence[Callable[[], Done]], form: TextOrJson, screen: Screen, *, strict: bool) -> int:
    """Merge one after the other, up to where a person quits."""
    from agentgen.cli.interactive import NotFinishedError
    from agentgen.cli.merging import show_merges

    done: list[Done] = []
    try:
        for step in steps:
            done.append(step())
    except NotFinishedError as left:
        show_merges(done, form, screen, strict=strict)
        screen.note(f"{left}; nothing is written but the journal\n  the same command goes on\n")
        return exit_codes.DIFFERENT
    return show_merges(done, form, screen, strict=strict)


def _deciding(interactive: bool, decisions: Path | None) -> Deciding | None:
    from agentgen.cli.interactive import Deciding

    if interactive and decisions is not None:
        hint = "replay the file first, then decide what is left with --interactive"
        raise UserError(Problem("--interactive and --decisions do not go together", hint=hint))
    return Deciding(decisions) if interactive or decisions is not None else None


def _checked(folders: Sequence[ProfileFolder], how: Merging, decisions: Path | None) -> Sequence[ProfileFolder]:
    """The profiles to merge; a file of decisions, or the name of one, is about one of them."""
    from agentgen.merge.stale import EVERYTHING

    accepts = any(name != EVERYTHING for name in how.accept)
    about_one = [("--decisions FILE", decisions is not None), ("--accept DECISION", accepts)]
    if len(folders) != 1 and any(given for _, given in about_one):
        raise UserError(
            Problem(f"{option.split()[0]} is about one profile", hint=f"name it: agentgen merge NAME {option}")
            for option, given in about_one
            if given
        )
    return folders


def _place(out: Path | None, files: Sequence[Path]) -> Path:
    """The folder that the profile of some files goes into."""
    if out is None:
        read_sources(files)  # a mistyped name is no file that wants a place
        hint = "say where to: --out DIR; or `agentgen import FILE... --profile NAME` first"
        raise UserError(Problem("merging files needs a place for the profile", hint=hint))
    if out.is_file() or out.suffix in (".md", ".yaml"):
        hint = "name a folder: profile, recipe and lock are three files"
        raise UserError(Problem("--out is no folder", shown(out), hint=hint))
    return out
