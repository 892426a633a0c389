"""`agentgen import`: take agent files in as variants of a profile, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentgen.cli import complete, exit_codes
from agentgen.cli.hidden_text import AllowHidden, refuse_hidden
from agentgen.cli.inputs import VariantFile, named_variants, open_targets, shown
from agentgen.cli.options import Files, FromTool, Quiet, Templates
from agentgen.cli.screen import Screen, open_screen
from agentgen.errors import Problem, UserError
from agentgen.report.visible import visible
from agentgen.workspace import ProfileFolder, Workspace, check_name, find_workspace

if TYPE_CHECKING:
    from agentgen.compare.model import Variant
    from agentgen.render.targets import Targets

Profile = Annotated[
    str,
    typer.Option(
        "--profile",
        metavar="NAME",
        help="The profile to add to; made where it is new.",
        autocompletion=complete.profiles,
        show_default=False,
    ),
]
As = Annotated[
    str | None, typer.Option("--as", metavar="ID", help="The variant's id; by default it comes from the file's name.")
]
Replace = Annotated[bool, typer.Option("--replace", help="Let a file take the place of a variant that differs.")]


def import_(
    context: typer.Context,
    files: Files,
    profile: Profile,
    name: As = None,
    tool: FromTool = None,
    overwrite: Replace = False,
    allow_hidden: AllowHidden = False,
    templates: Templates = None,
    quiet: Quiet = False,
) -> int:
    """Take agent files in as variants.

    Their bytes stay as they are; formats other than Markdown are written as Markdown.

    \b
      agentgen import ~/agents/reviewer.md --profile reviewer
      agentgen import a.md b.md c.txt --profile reviewer
      agentgen import new.md --profile reviewer --as team --replace
    """
    screen = open_screen(context, quiet)
    workspace = find_workspace(Path.cwd()) or Workspace(Path.cwd())
    folder = workspace.new_profile(profile)
    incoming = [file._replace(tool=tool) for file in _named(files, name)]
    targets = open_targets(workspace, templates)
    variants = prepare(folder, incoming, targets, overwrite=overwrite, allow_hidden=allow_hidden)
    take_in([(folder, variants)], targets, screen)
    screen.say(f"next: `agentgen diff {profile}` compares the variants, `agentgen merge {profile}` merges them\n")
    return exit_codes.OK


def _named(files: Sequence[Path], name: str | None) -> list[VariantFile]:
    """The files under their ids, or the one file under the id given."""
    if name is None:
        return named_variants(files)
    if len(files) > 1:
        raise UserError(Problem("--as names one variant, and there are several files", hint="import them one by one"))
    return [VariantFile(check_name(name, "variant"), files[0])]


def prepare(
    folder: ProfileFolder,
    incoming: Sequence[VariantFile],
    targets: Targets,
    *,
    overwrite: bool = False,
    allow_hidden: bool = False,
) -> tuple[Variant, ...]:
    """The files as variants that may be taken into a profile; nothing is written yet.

    Raises:
        UserError: a file cannot be taken in, with everything that stands against it.
    """
    from agentgen.cli.variants import read_variants

    variants = read_variants(incoming, targets)
    refuse_hidden(variants, allowed=allow_hidden)
    _refuse_others(folder, variants, overwrite)
    return variants


def _refuse_others(folder: ProfileFolder, variants: Sequence[Variant], overwrite: bool) -> None:
    """Stop where another variant of the same id is there already."""
    hint = "`--as ID` keeps both, `--replace` lets the new one take its place"
    problems = [
        Problem(f"another variant {variant.id!r} is there already", shown(path), hint=hint)
        for variant in variants
        if (path := _place(folder, variant)).exists() and path.read_bytes() != variant.document.source.raw
    ]
    if problems and not overwrite:
        raise UserError(problems)


def _place(folder: ProfileFolder, variant: Variant) -> Path:
    return folder.variants / f"{variant.id}.md"


def take_in(prepared: Sequence[tuple[ProfileFolder, Sequence[Variant]]], targets: Targets, screen: Screen) -> None:
    """Write variants that were prepared, all or none, and say what was read and what had to be repaired."""
    from agentgen.cli.writing import write_files
    from agentgen.report.findings_text import findings_text
    from agentgen.report.variants_text import variant_line

    files: dict[str, bytes] = {}
    for folder, variants in prepared:
        files |= _files(folder, variants, targets)
    write_files(prepared[0][0].root.parent, files)
    for folder, variants in prepared:
        for variant in variants:
            screen.say(visible(f"{shown(_place(folder, variant))}  {variant_line(variant)}\n"))
            screen.note(findings_text(variant.document.findings))


def _files(folder: ProfileFolder, variants: Sequence[Variant], targets: Targets) -> dict[str, bytes]:
    """What is to be written for the variants of one profile, by paths below the folder of all profiles."""
    from agentgen.cli.told_tools import FILE, told_tools_file

    files = {f"{variant.id}.md": variant.document.source.raw for variant in variants}
    told = _not_to_be_seen(folder, variants, targets)
    if told:
        files[FILE] = told_tools_file(folder, told)
    return {f"{folder.name}/{folder.variants.name}/{name}": raw for name, raw in files.items()}


def _not_to_be_seen(folder: ProfileFolder, variants: Sequence[Variant], targets: Targets) -> dict[str, str]:
    """The tools of variants that the copies alone would not be recognised as: somebody said so, or the path did."""
    from agentgen.render.recognise import recognise

    return {
        variant.id: variant.tool
        for variant in variants
        if variant.tool
        and recognise(str(_place(folder, variant)), variant.document.frontmatter.values, targets) != variant.tool
    }
