"""The commands, each a module of its own, in the order in which the help lists them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from agentgen import __version__
from agentgen.cli import (
    absorb,
    blame,
    build,
    convert,
    diff,
    explain,
    git_driver,
    git_install,
    git_textconv,
    import_,
    init,
    lint,
    merge,
    outline,
    render,
    schema,
    targets,
)

app = typer.Typer(
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show results and errors only.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """Compare, merge and render coding-agent files: one agent, many tools, nothing lost.

    \b
    A profile is one agent. It is merged from variants (agent files as somebody wrote them)
    and rendered into the file that each tool expects.

    \b
      agentgen init demo && cd demo      a workspace with an example to play with
      agentgen import *.md --profile me  take agent files in as variants
      agentgen diff me                   see how they differ, section by section
      agentgen merge me                  decide in profiles/me/recipe.yaml, then merge again
      agentgen render me --target all    write dist/<tool>/…

    \b
    Exit codes: 0 done or same, 1 something differs or needs a decision, 2 wrong input,
    3 a fault in agentgen.
    """
    context.obj = quiet
    if version:
        sys.stdout.write(f"agentgen {__version__}\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")


for command in (
    diff.diff,
    merge.merge,
    render.render,
    build.build,
    absorb.absorb,
    blame.blame,
    import_.import_,
    convert.convert,
    lint.lint,
    explain.explain,
    outline.outline,
    targets.targets,
    schema.schema,
    init.init,
    git_install.git_install,
    git_driver.git_merge_driver,
    git_textconv.git_textconv,
):
    app.command(command.__name__.rstrip("_").replace("_", "-"))(command)
