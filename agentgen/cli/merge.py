"""`agentgen merge`: make the canonical profile out of variants, by a recipe that stands beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from agentgen.cli.inputs import are_profiles, chosen_profiles, open_targets
from agentgen.cli.options import Format, ProfileOrFiles, Quiet, Strict, Templates, TextOrJson
from agentgen.cli.screen import open_screen
from agentgen.errors import Problem, UserError
from agentgen.workspace import find_workspace

Out = Annotated[
    Path | None, typer.Option("--out", metavar="DIR", help="Write profile, recipe and lock here; for files.")
]
StrategyName = Annotated[
    str,
    typer.Option(
        "--strategy",
        metavar="NAME",
        help="What a first recipe takes: union (every statement once), base=ID (what that variant has), consensus or "
        "consensus=N (what more than half, or N, say).",
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


def merge(
    context: typer.Context,
    arguments: ProfileOrFiles = None,
    out: Out = None,
    strategy: StrategyName = "union",
    accept: Accept = None,
    discard: Discard = False,
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
      agentgen merge my-agent --strict
    """
    from agentgen.cli.merging import Merging, merge_files, merge_folder, show_merges

    screen = open_screen(context, quiet)
    workspace = find_workspace(Path.cwd())
    how = Merging(workspace, open_targets(workspace, templates), strategy, accept or (), discard)
    named = arguments or []
    if not are_profiles(named):
        done = [merge_files([Path(name) for name in named], _place(out), how)]
    elif out is not None:
        raise UserError(Problem("--out is for files", hint="a profile of the workspace has its own folder"))
    else:
        done = [merge_folder(folder, how) for folder in chosen_profiles(named)[1]]
    return show_merges(done, form, screen, strict=strict)


def _place(out: Path | None) -> Path:
    if out is None:
        hint = "say where to: --out DIR; or `agentgen import FILE... --profile NAME` first"
        raise UserError(Problem("merging files needs a place for the profile", hint=hint))
    return out
