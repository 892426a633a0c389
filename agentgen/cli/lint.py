"""`agentgen lint`: what each tool will really load, and what will not work as it was meant."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agentgen.cli import complete, exit_codes
from agentgen.cli.cores import jobs
from agentgen.cli.inputs import open_targets, read_sources
from agentgen.cli.options import Level, Quiet, Templates
from agentgen.cli.screen import open_screen
from agentgen.cli.settings import settings_for
from agentgen.errors import Problem, UserError
from agentgen.workspace import find_workspace

if TYPE_CHECKING:
    from agentgen.lint.model import Linted
    from agentgen.render.targets import Targets

_MARKDOWN = (".md", ".mdc", ".markdown")


class LintFormat(StrEnum):
    """How findings are shown."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


Paths = Annotated[list[Path], typer.Argument(metavar="FILE...", help="Agent files, or folders.", show_default=False)]
As = Annotated[
    list[str] | None,
    typer.Option(
        "--as", metavar="TOOL,...", help="Look as these tools do, or as `all`.", autocompletion=complete.targets
    ),
]
Fix = Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely; nothing else in the file changes.")]
Select = Annotated[list[str] | None, typer.Option("--select", metavar="CODE,...", help="Show only these codes.")]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="CODE,...", help="Leave these codes out.")]
Form = Annotated[LintFormat, typer.Option("--format", "-f", help="How to show the findings.")]
Fail = Annotated[
    Level | None,
    typer.Option(
        "--level", help="End with 1 from this severity on; by default what the settings say, or from warnings on."
    ),
]


def lint(
    context: typer.Context,
    files: Paths,
    tools: As = None,
    mend: Fix = False,
    form: Form = LintFormat.TEXT,
    select: Select = None,
    ignore: Ignore = None,
    level: Fail = None,
    templates: Templates = None,
    quiet: Quiet = False,
) -> int:
    """Find what tools will not load as meant.

    Without --as a file is looked at as the tool does that it was written for. Ends with 1 where
    there is an error or a warning.

    \b
      agentgen lint agents/ --fix
      agentgen lint reviewer.md --as all
      agentgen lint agents/*.md --format github
      agentgen explain CODE
    """
    from agentgen.cli.writing import write_files
    from agentgen.lint.choice import choose
    from agentgen.lint.many import Linting, lint_files
    from agentgen.render.journal import settle

    screen = open_screen(context, quiet)
    targets = open_targets(find_workspace(Path.cwd()), templates or ())
    usual = settings_for(Path.cwd(), screen, targets).values.lint
    names = _parts(tools) or list(usual.tools)
    chosen = choose(_parts(select) or usual.select, _parts(ignore) or usual.ignore)
    for name in names:
        if name != "all":
            targets.entry(name)
    paths = _files(files, targets)
    for folder in {path.parent for path in paths} if mend else ():
        settle(folder)
    results = []
    given = list(zip(paths, read_sources(paths), strict=True))
    with closing(lint_files(given, Linting(targets, names, chosen, mend), jobs())) as linted:
        for (path, source), result in zip(given, screen.progress(linted, "linting", len(given)), strict=True):
            if result.source.raw != source.raw:
                write_files(path.parent, {path.name: result.source.raw}, seen={path.name: source.raw})
                screen.note(f"mended {source.path}\n")
            results.append(result)
    screen.result(_shown(results, form, loaders=bool(names)))
    return exit_codes.DIFFERENT if _is_bad(results, level or usual.level) else exit_codes.OK


def _parts(given: Sequence[str] | None) -> list[str]:
    """The entries of options that take several, with commas or given more than once."""
    return list(dict.fromkeys(part.strip() for text in given or () for part in text.split(",") if part.strip()))


def _files(named: Sequence[Path], targets: Targets) -> list[Path]:
    """The files named, and the agent files in the folders named, each once.

    Raises:
        UserError: a folder holds none.
    """
    found: list[Path] = []
    problems = []
    for path in named:
        inner = sorted(entry for entry in path.rglob("*") if _is_agent(entry, targets)) if path.is_dir() else [path]
        found += inner
        if not inner:
            problems.append(Problem("there is no agent file in this folder", str(path), hint="name files"))
    if problems:
        raise UserError(problems)
    return list(dict.fromkeys(found))


def _is_agent(path: Path, targets: Targets) -> bool:
    """Markdown, and files of other formats that lie where a tool looks for them."""
    from agentgen.render.recognise import recognise

    if not path.is_file() or path.suffix in _MARKDOWN:
        return path.is_file()
    tool = recognise(str(path), {}, targets)
    place = Path(targets[tool].path) if tool else None
    return place is not None and (path.suffix == place.suffix if place.suffix else path.name == place.name)


def _shown(results: Sequence[Linted], form: LintFormat, *, loaders: bool) -> str:
    from agentgen.report.json_text import json_text

    match form:
        case LintFormat.JSON:
            from agentgen.report.lint_json import lint_json

            return json_text(lint_json(results))
        case LintFormat.SARIF:
            from agentgen.report.lint_sarif import lint_sarif

            return json_text(lint_sarif(results))
        case LintFormat.GITHUB:
            from agentgen.report.lint_github import lint_github

            return lint_github(results)
        case LintFormat.TEXT:
            from agentgen.report.lint_text import lint_text

            return lint_text(results, loaders=loaders)


def _is_bad(results: Sequence[Linted], level: Level) -> bool:
    order = [each.value for each in Level]
    bad = order[: order.index(level.value) + 1]
    return any(found.severity.value in bad for result in results for found in result.findings)
