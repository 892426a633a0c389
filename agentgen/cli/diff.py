"""`agentgen diff`: compare variants section by section."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentgen.cli import complete, exit_codes
from agentgen.cli.git_show import with_revisions
from agentgen.cli.inputs import are_profiles, chosen_profiles, named_variants, open_targets
from agentgen.cli.options import ProfileOrFiles, Quiet, Templates
from agentgen.cli.screen import open_screen
from agentgen.errors import Problem, UserError
from agentgen.workspace import find_workspace

if TYPE_CHECKING:
    from agentgen.cli.variants import Given
    from agentgen.compare.model import Comparison


class DiffFormat(StrEnum):
    """How a comparison is shown."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"


Form = Annotated[
    DiffFormat, typer.Option("--format", "-f", help="Markdown fits a pull request, HTML is one page to open anywhere.")
]
TopicName = Annotated[
    str | None,
    typer.Option("--topic", metavar="NAME", help="Show this topic in full, the variants' wordings side by side."),
]
Stat = Annotated[bool, typer.Option("--stat", help="Show the matrix only.")]
Review = Annotated[
    bool, typer.Option("--review", help="Read two files as an older and a newer version: which rules changed how.")
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--variant", metavar="ID", help="Compare only these; give it twice or more.", autocompletion=complete.variants
    ),
]


def diff(
    context: typer.Context,
    arguments: ProfileOrFiles = None,
    form: Form = DiffFormat.TEXT,
    topic: TopicName = None,
    stat: Stat = False,
    review: Review = False,
    variant: Only = None,
    templates: Templates = None,
    quiet: Quiet = False,
) -> int:
    """Compare agent files section by section.

    Ends with 0 where they say the same (formatting aside), with 1 where they differ.

    \b
      agentgen diff my-agent --topic security
      agentgen diff old.md new.md --review
      agentgen diff HEAD~3:agents/me.md agents/me.md
      agentgen diff my-agent --format html > diff.html
    """
    from agentgen.cli.diff_views import is_same, view, view_review

    screen = open_screen(context, quiet)
    chosen = [_only(given, variant or ()) for given in _given(arguments or (), templates or ())]
    compared = [_compare(given) for given in chosen]
    if len(compared) > 1 and form in (DiffFormat.HTML, DiffFormat.JSON):
        raise UserError(Problem(f"--format {form.value} shows one comparison", hint="name one profile"))
    for given, comparison in zip(chosen, compared, strict=True):
        if review:
            screen.result(view_review(comparison, *_versions(given), form.value, screen))
        else:
            screen.result(view(comparison, form.value, topic, screen, stat=stat))
    return exit_codes.OK if all(map(is_same, compared)) else exit_codes.DIFFERENT


def _given(named: Sequence[str], templates: Sequence[Path]) -> list[Given]:
    from agentgen.cli.variants import Given, read_profile_variants, read_variants

    targets = open_targets(find_workspace(Path.cwd()), templates)
    if are_profiles(named):
        return [read_profile_variants(folder, targets) for folder in chosen_profiles(named)[1]]
    return [Given(read_variants(with_revisions(named_variants([Path(name) for name in named])), targets))]


def _only(given: Given, wanted: Sequence[str]) -> Given:
    """The variants asked for, all where none is named; a comparison needs two."""
    from agentgen.cli.variants import Given

    known = [variant.id for variant in given.variants]
    missing = [name for name in wanted if name not in known]
    if missing:
        raise UserError(Problem(f"no variant {name!r}", hint=f"there are: {', '.join(known)}") for name in missing)
    chosen = tuple(variant for variant in given.variants if not wanted or variant.id in wanted)
    if len(chosen) < 2:
        raise UserError(Problem("there is only one agent file", hint="name two or more to compare"))
    return Given(chosen, given.recipe)


def _compare(given: Given) -> Comparison:
    from agentgen.cli.comparing import compare

    return compare(given, find_workspace(Path.cwd()))


def _versions(given: Given) -> tuple[str, str]:
    """The ids of the older and the newer version."""
    if len(given.variants) != 2:
        raise UserError(Problem("--review takes two files", hint="name the older one first, or two --variant"))
    old, new = given.variants
    return old.id, new.id
