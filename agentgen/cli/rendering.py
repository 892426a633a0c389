"""The steps of a render: read the profiles, render, plan, write, show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from agentgen.cli import exit_codes
from agentgen.cli.agent_names import check_agent_names
from agentgen.cli.inputs import shown
from agentgen.cli.remembered import Record
from agentgen.cli.rendering_job import Job, Loaded, Origins, load_all
from agentgen.cli.rendering_show import Done, show
from agentgen.cli.screen import Screen
from agentgen.profile.model import Profile
from agentgen.render.clashes import displaced
from agentgen.render.engine import render_all
from agentgen.render.model import Plan, Rendering
from agentgen.render.plan import plan_dist, plan_install
from agentgen.render.strange_targets import strange_targets
from agentgen.render.targets import Targets
from agentgen.render.write import apply


def render_job(job: Job, known: Targets, screen: Screen, record: Record | None = None) -> int:
    """Carry out a job, show what became of everything, and return the exit code; `record` remembers that all is well.

    Raises:
        UserError: a profile is missing or wrong, a target unknown, a file cannot be written.
    """
    loaded = load_all(job, screen)
    files = dict(zip((folder.name for folder in job.folders), (one.source for one in loaded), strict=True))
    check_agent_names(job.workspace, files, apart=job.out is not None or job.install is not None)
    origins = {one.profile.name: one for one in loaded}
    renderings = _placed(job, _render(loaded, known, screen), origins, screen)
    strange = [found for one in loaded for found in strange_targets(one.profile, one.source, known)]
    done = Done(job, origins, renderings, _plan(job, renderings), strange)
    if done.written:
        apply(done.plan)
    show(done, screen)
    if done.needs_a_look:
        return exit_codes.DIFFERENT
    if record is not None and screen.heard is not None:
        record.keep(done.plan, screen.heard)
    return exit_codes.OK


def _render(loaded: Sequence[Loaded], known: Targets, screen: Screen) -> list[Rendering]:
    """Each profile for its targets, by target; profiles with the same targets go together."""
    groups: dict[tuple[str, ...], list[Profile]] = {}
    for one in loaded:
        groups.setdefault(one.targets, []).append(one.profile)
    renderings: list[Rendering] = []
    for names, profiles in groups.items():
        ordered = sorted(profiles, key=lambda profile: profile.name)
        steps = screen.progress(ordered, "rendering", len(ordered))
        of_profile = [render_all([profile], names, known) for profile in steps]
        renderings += (rendering for of_target in zip(*of_profile, strict=True) for rendering in of_target)
    return renderings


def _placed(job: Job, renderings: list[Rendering], origins: Origins, screen: Screen) -> list[Rendering]:
    """The renderings without those whose place in a project's own folder another one has, which are named."""
    if job.install is None:
        return renderings
    written = [rendering for rendering in renderings if not rendering.blocked]
    left = displaced(written, lambda each: origins[each.profile].asks_for(each))
    for each, other in left:
        screen.note(f"left out: {each.target}; {other.target} has its place, {each.path} (`--target` can name it)\n")
    gone = {id(each) for each, _ in left}
    return [rendering for rendering in renderings if id(rendering) not in gone]


def _plan(job: Job, renderings: Sequence[Rendering]) -> Plan:
    if job.install is not None:
        return plan_install(renderings, job.install, force=job.force)
    every = {folder.name for folder in job.folders} == set(job.workspace.profile_names())
    whole = {rendering.target for rendering in renderings} if every else set()
    root = job.out or Path(shown(job.workspace.dist))
    return plan_dist(renderings, root, whole=whole, force=job.force)
