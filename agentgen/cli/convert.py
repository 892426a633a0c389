"""`agentgen convert`: one agent file straight to another tool."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentgen.cli import complete, exit_codes
from agentgen.cli.inputs import VariantFile, open_targets, shown
from agentgen.cli.options import FromTool, Quiet, Templates
from agentgen.cli.screen import Screen, open_screen
from agentgen.errors import Problem, UserError
from agentgen.workspace import find_workspace, real, slug

if TYPE_CHECKING:
    from agentgen.compare.model import Variant
    from agentgen.render.model import Rendering
    from agentgen.render.targets import Targets

File = Annotated[Path, typer.Argument(metavar="FILE", help="An agent file.", show_default=False)]
To = Annotated[
    str,
    typer.Option(
        "--to", metavar="TARGET", help="The tool to write for.", autocompletion=complete.targets, show_default=False
    ),
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write here instead of to standard output.")]
LedgerFile = Annotated[
    Path | None,
    typer.Option("--ledger", metavar="FILE", help="Write the ledger here as JSON instead of to standard error."),
]


def convert(
    context: typer.Context,
    file: File,
    to: To,
    tool: FromTool = None,
    out: Out = None,
    ledger: LedgerFile = None,
    templates: Templates = None,
    quiet: Quiet = False,
) -> int:
    """Turn an agent file into another tool's.

    Standard error says what became of everything. Ends with 1 where something is lost, and where the other tool's
    file would let the agent do more: then nothing is written.

    \b
      agentgen convert reviewer.md --to TARGET > other.md
      agentgen convert reviewer.md --to TARGET --out other.md --ledger ledger.json
    """
    from agentgen.render.naming import named_by_file

    _check_places(file, out, ledger)
    screen = open_screen(context, quiet)
    targets = open_targets(find_workspace(Path.cwd()), templates)
    variant = _read(VariantFile(slug(named_by_file(str(file.absolute()), targets)), file, tool), targets)
    rendering = _render(variant, to, targets)
    _show_ledger(rendering, variant, ledger, screen)
    if rendering.blocked:
        return exit_codes.DIFFERENT
    _write(rendering, out, screen)
    return exit_codes.DIFFERENT if _loses(rendering) else exit_codes.OK


def _check_places(file: Path, out: Path | None, ledger: Path | None) -> None:
    """What is written must not take the place of the input, nor of each other."""
    places = {"FILE": file, "--out": out, "--ledger": ledger}
    given = [(name, real(path.absolute())) for name, path in places.items() if path is not None]
    clashes = [(one, other, path) for (one, path), (other, that) in combinations(given, 2) if path == that]
    if clashes:
        hint = "give each a file of its own"
        raise UserError(
            Problem(f"{one} and {other} are the same file", shown(path), hint=hint) for one, other, path in clashes
        )


def _read(file: VariantFile, targets: Targets) -> Variant:
    from agentgen.cli.variants import read_variants

    variants = read_variants([file], targets)
    if len(variants) > 1:
        names = ", ".join(variant.id for variant in variants)
        hint = "`agentgen import` takes all of them in"
        raise UserError(Problem(f"it holds several agents: {names}", str(file.path), hint=hint))
    return variants[0]


def _render(variant: Variant, to: str, targets: Targets) -> Rendering:
    from agentgen.merge.combine import merge
    from agentgen.merge.propose import single_recipe, variant_entries
    from agentgen.render.engine import render_profile

    (entry,) = variant_entries([variant], {})
    rendering = render_profile(merge([variant], single_recipe(variant, entry)).profile, to, targets)
    return rendering if "name" in variant.fields else _nameless(rendering)


def _nameless(rendering: Rendering) -> Rendering:
    """The rendering of a file that gives no name: where the target has no place for one, nothing is lost."""
    entries = tuple(
        entry._replace(expected=True) if (entry.part, entry.name) == ("field", "name") else entry
        for entry in rendering.ledger.entries
    )
    return replace(rendering, ledger=rendering.ledger._replace(entries=entries))


def _show_ledger(rendering: Rendering, variant: Variant, ledger: Path | None, screen: Screen) -> None:
    from agentgen.report.findings_text import findings_text
    from agentgen.report.json_text import json_text
    from agentgen.report.ledger_text import ledger_text, refusal_text
    from agentgen.report.render_json import ledger_json

    path = variant.document.source.path
    screen.note(findings_text(variant.document.findings))
    if ledger is not None:
        _write_file(ledger, json_text(ledger_json(rendering)))
    elif not rendering.blocked:
        screen.note(ledger_text(rendering))
    screen.warn(refusal_text(rendering, f"{path}:1", "the recipe that import and merge make"))
    screen.warn(findings_text(rendering.findings))


def _write(rendering: Rendering, out: Path | None, screen: Screen) -> None:
    if out is None:
        screen.file(rendering.text)
    else:
        _write_file(out, rendering.text)


def _write_file(path: Path, text: str) -> None:
    from agentgen.cli.writing import write_files
    from agentgen.source import encode

    write_files(path.absolute().parent, {path.name: encode(text)})


def _loses(rendering: Rendering) -> bool:
    from agentgen.render.guard import unapproved

    return bool(unapproved(rendering.ledger))
