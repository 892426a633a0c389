"""`agentgen build`: merge and render everything in the workspace."""

from __future__ import annotations

import typer

from agentgen.cli.inputs import chosen_profiles, open_targets
from agentgen.cli.options import Profiles, Quiet, Strict, Templates, TextOrJson
from agentgen.cli.screen import open_screen
from agentgen.cli.settings import read_settings


def build(
    context: typer.Context,
    names: Profiles = None,
    strict: Strict = False,
    templates: Templates = None,
    quiet: Quiet = False,
) -> int:
    """Merge and render the whole workspace.

    A profile without variants was written by hand, and is rendered as it stands.

    \b
      agentgen build
      agentgen build my-agent --strict
    """
    from agentgen.cli.merging import Merging, merge_folder, show_merges
    from agentgen.cli.rendering import Job, render_job

    screen = open_screen(context, quiet)
    workspace, folders = chosen_profiles(names or ())
    targets = open_targets(workspace, templates)
    with_variants = [folder for folder in folders if folder.recipe.is_file() or folder.variant_files()]
    how = Merging(workspace, targets)
    done = [merge_folder(folder, how) for folder in screen.progress(with_variants, "merging")]
    code = show_merges(done, TextOrJson.TEXT, screen, strict=strict)
    return code or render_job(Job(workspace, folders, read_settings(workspace).targets, strict=strict), targets, screen)
