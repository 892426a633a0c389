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
from agentgen.cli.screen import Screen, open_screen
from agentgen.errors import Problem, UserError
from agentgen.workspace import find_workspace

if TYPE_CHECKING:
    from agentgen.cli.variants import Given
    from agentgen.compare.model import Comparison


class Kind(StrEnum):
    """The rows to show."""

    CONFLICTS = "conflicts"
    DIFFERING = "differing"
    UNIQUE = "unique"


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
OnlyKind = Annotated[
    Kind | None,
    typer.Option("--only", help="Show only conflicts, what differs, or what stands in one variant; no matrix."),
]
Explain = Annotated[bool, typer.Option("--explain", help="Say why sections are in one row.")]
Out = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file.")]
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
    only: OnlyKind = None,
    explain: Explain = False,
    out: Out = None,
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
      agentgen diff my-agent --only conflicts
      agentgen diff my-agent --format html -o report.html
    """
    from agentgen.cli.diff_views import Detail, is_same, view, view_review
    from agentgen.report.focus import Focus

    screen = open_screen(context, quiet)
    chosen = [_only(given, variant or ()) for given in _given(arguments or (), templates or ())]
    compared = [_compare(given) for given in chosen]
    if len(compared) > 1 and form in (DiffFormat.HTML, DiffFormat.JSON):
        raise UserError(Problem(f"--format {form.value} shows one comparison", hint="name one profile"))
    detail = Detail(topic, stat, Focus(only.value) if only else None, explain)
    texts = [
        view_review(comparison, *_versions(given), form.value, screen)
        if review
        else view(comparison, form.value, detail, screen)
        for given, comparison in zip(chosen, compared, strict=True)
    ]
    _show("".join(texts), out, screen)
    return exit_codes.OK if all(map(is_same, compared)) else exit_codes.DIFFERENT


def _show(text: str, out: Path | None, screen: Screen) -> None:
    if out is None:
        screen.page(text)
        return
    from agentgen.cli.writing import write_files
    from agentgen.source import encode

    write_files(out.absolute().parent, {out.name: encode(text)})
    screen.say(f"+ wrote {out}\n")


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
