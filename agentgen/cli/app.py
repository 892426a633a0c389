"""The commands, each a module of its own, in the order in which the help lists them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Annotated

import typer

from agentgen import __version__

_MODULES = {
    "diff": "diff",
    "merge": "merge",
    "render": "render",
    "build": "build",
    "absorb": "absorb",
    "blame": "blame",
    "import": "import_",
    "discover": "discover",
    "convert": "convert",
    "lint": "lint",
    "explain": "explain",
    "outline": "outline",
    "targets": "targets",
    "schema": "schema",
    "init": "init",
    "git-install": "git_install",
    "git-merge-driver": "git_driver",
    "git-textconv": "git_textconv",
}
"""The module of each command below `agentgen.cli`; its function has the command's name."""


def app_for(arguments: Sequence[str]) -> typer.Typer:
    """The application for a command line: with the one command that it names, or with all of them.

    To load all of them takes longer than most commands do, and only help and completion need them all.
    """
    first = next((word for word in arguments if word not in ("-q", "--quiet")), "")
    app = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    app.callback(invoke_without_command=True)(root)
    for name in (first,) if first in _MODULES else _MODULES:
        module = import_module(f"agentgen.cli.{_MODULES[name]}")
        app.command(name)(getattr(module, _function(name)))
    return app


def _function(name: str) -> str:
    """The name of a command's function: `import` is a word of the language."""
    plain = name.replace("-", "_")
    return f"{plain}_" if iskeyword(plain) else plain


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
