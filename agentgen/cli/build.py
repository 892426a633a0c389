"""`agentgen build`: merge and render everything in the workspace."""

from __future__ import annotations

import typer

from agentgen.cli.hidden_text import AllowHidden
from agentgen.cli.inputs import open_targets
from agentgen.cli.options import Profiles, Quiet, Strict, Templates, TextOrJson, Watch
from agentgen.cli.screen import open_screen


def build(
    context: typer.Context,
    names: Profiles = None,
    strict: Strict = False,
    templates: Templates = None,
    watch: Watch = False,
    allow_hidden: AllowHidden = False,
    quiet: Quiet = False,
) -> int:
    """Merge and render the whole workspace.

    Where the settings of this folder list several workspaces, each of them.
    A profile without variants was written by hand, and is rendered as it stands.

    \b
      agentgen build
      agentgen build my-agent --strict
      agentgen build --watch
    """
    from agentgen.cli.merging import Merging, merge_folder, show_merges
    from agentgen.cli.rendering import render_job
    from agentgen.cli.rendering_job import Job
    from agentgen.cli.workspaces import Chosen, chosen_workspaces, in_each, watch_each

    screen = open_screen(context, quiet)

    def step(one: Chosen) -> int:
        targets = open_targets(one.workspace, templates)
        one.settings.check_targets(targets)
        with_variants = [folder for folder in one.folders if folder.recipe.is_file() or folder.variant_files()]
        how = Merging(one.workspace, targets, one.settings, allow_hidden=allow_hidden)
        steps = screen.progress(with_variants, "merging", len(with_variants))
        done = [merge_folder(folder, how) for folder in steps]
        code = show_merges(done, TextOrJson.TEXT, screen, strict=strict)
        job = Job(one.workspace, one.folders, one.settings, strict=strict, brief=watch)
        return code or render_job(job, targets, screen)

    if watch:
        return watch_each(names or (), screen, step)
    return in_each(chosen_workspaces(names or (), screen), screen, step)
