"""The steps of a render: read the profiles, render, plan, write, show."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from agentgen.cli import exit_codes
from agentgen.cli.agent_names import check_agent_names
from agentgen.cli.inputs import read_sources, shown
from agentgen.cli.options import RenderFormat
from agentgen.cli.remembered import Record
from agentgen.cli.screen import Screen
from agentgen.cli.settings import ALL, Settings
from agentgen.errors import Problem, UserError
from agentgen.profile.model import Profile
from agentgen.profile.store import load_profile, load_recipe
from agentgen.render.clashes import displaced
from agentgen.render.engine import render_all
from agentgen.render.guard import unapproved
from agentgen.render.journal import settle
from agentgen.render.model import Action, Plan, Rendering
from agentgen.render.plan import plan_dist, plan_install
from agentgen.render.strange_targets import strange_targets
from agentgen.render.targets import Targets
from agentgen.render.write import apply
from agentgen.report.findings_text import findings_text
from agentgen.report.ledger_text import ledger_text, left_out_text, refusal_text, strict_text, undecided_text
from agentgen.report.plan_text import plan_diff, plan_text
from agentgen.source import Source
from agentgen.workspace import ProfileFolder, Workspace

_MAY_BE_OPEN = re.compile(r"""^(?!\s*#).*\b(?:open|conflicts)["']?[ \t]*:""", re.MULTILINE)


class Job(NamedTuple):
    """What to render and where to.

    `targets` are names or `all`; where there are none, the settings tell. `check` and `diff` write nothing.
    `brief` leaves the ledgers out.
    """

    workspace: Workspace
    folders: Sequence[ProfileFolder]
    settings: Settings
    targets: Sequence[str] = ()
    out: Path | None = None
    install: Path | None = None
    force: bool = False
    check: bool = False
    diff: bool = False
    strict: bool = False
    form: RenderFormat = RenderFormat.TEXT
    brief: bool = False

    @property
    def dry(self) -> bool:
        """Whether nothing is to be written."""
        return self.check or self.diff

    def targets_of(self, folder: ProfileFolder) -> tuple[str, ...]:
        """The targets to render a profile for."""
        return tuple(self.targets) or self.settings.targets_of(folder.name)


class Loaded(NamedTuple):
    """A profile with its file and what it is rendered for, the file in which approvals are to be written, and what
    nobody decided yet."""

    profile: Profile
    source: Source
    targets: tuple[str, ...]
    approve_in: str
    undecided: tuple[str, ...] = ()


Origins = Mapping[str, Loaded]
"""What was loaded, by the name of the profile."""


def render_job(job: Job, known: Targets, screen: Screen, record: Record | None = None) -> int:
    """Carry out a job, show what became of everything, and return the exit code; `record` remembers that all is well.

    Raises:
        UserError: a profile is missing or wrong, a target unknown, a file cannot be written.
    """
    loaded = _load_all(job, screen)
    files = dict(zip((folder.name for folder in job.folders), (one.source for one in loaded), strict=True))
    check_agent_names(job.workspace, files, apart=job.out is not None or job.install is not None)
    origins = {one.profile.name: one for one in loaded}
    renderings = _placed(job, _render(loaded, known, screen), origins, screen)
    plan = _plan(job, renderings)
    strange = [found for one in loaded for found in strange_targets(one.profile, one.source, known)]
    undecided = {one.profile.name: one.undecided for one in loaded if one.undecided}
    held = job.strict and (bool(undecided) or bool(strange) or any(map(has_loss, renderings)))
    written = not (job.dry or held)
    if written:
        apply(plan)
    match job.form:
        case RenderFormat.JSON:
            from agentgen.report.json_text import json_text
            from agentgen.report.render_json import render_json

            screen.result(json_text(render_json(renderings, plan, undecided, strange, written=written)))
        case RenderFormat.MARKDOWN:
            from agentgen.report.render_markdown import render_markdown

            refused = "".join(_refused(job, rendering, origins) for rendering in renderings)
            screen.result(render_markdown(renderings, plan, undecided, strange, refused, written=written))
        case RenderFormat.TEXT:
            _show(job, renderings, origins, screen, plan, written=written)
            screen.warn(findings_text(strange))
            screen.note(undecided_text(undecided) + ("--strict: nothing was written\n" if held and not job.dry else ""))
    if held or _needs_a_look(job, renderings, plan, origins):
        return exit_codes.DIFFERENT
    if record is not None and screen.heard is not None:
        record.keep(plan, screen.heard)
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
    left = displaced(written, lambda each: _by_name(each, origins[each.profile]))
    for each, other in left:
        screen.note(f"left out: {each.target}; {other.target} has its place, {each.path} (`--target` can name it)\n")
    gone = {id(each) for each, _ in left}
    return [rendering for rendering in renderings if id(rendering) not in gone]


def _load_all(job: Job, screen: Screen) -> list[Loaded]:
    """All profiles. Raises UserError with the mistakes of all of them."""
    loaded: list[Loaded] = []
    problems: list[Problem] = []
    for folder in screen.progress(job.folders, "reading profiles", len(job.folders)):
        try:
            loaded.append(_load(folder, job))
        except UserError as error:
            problems += error.problems
    if problems:
        raise UserError(problems)
    return loaded


def _load(folder: ProfileFolder, job: Job) -> Loaded:
    settle(folder.root)
    if not folder.profile.is_file():
        hint = f"`agentgen merge {folder.name}` makes it from the variants"
        raise UserError(Problem("there is no profile yet", shown(folder.profile), hint=hint))
    source = read_sources([folder.profile])[0]
    if not folder.recipe.is_file():
        return Loaded(load_profile(source), source, job.targets_of(folder), shown(folder.profile))
    undecided = _undecided(read_sources([folder.recipe])[0])
    return Loaded(load_profile(source), source, job.targets_of(folder), shown(folder.recipe), undecided)


def _undecided(recipe: Source) -> tuple[str, ...]:
    """What nobody decided yet; a recipe that speaks of nothing open and of no conflict is not taken apart."""
    return load_recipe(recipe).undecided if _MAY_BE_OPEN.search(recipe.text) else ()


def _place(source: Source, rendering: Rendering) -> str:
    """File and line of the restriction that a target cannot hold."""
    fields = [widening.field for widening in rendering.ledger.widenings if not widening.approved]
    lines = source.text.split("\n") if fields else []
    line = next((at for at, text in enumerate(lines, start=1) if any(text.startswith(f"{f}:") for f in fields)), 1)
    return f"{source.path}:{line}"


def _plan(job: Job, renderings: Sequence[Rendering]) -> Plan:
    if job.install is not None:
        return plan_install(renderings, job.install, force=job.force)
    every = {folder.name for folder in job.folders} == set(job.workspace.profile_names())
    whole = {rendering.target for rendering in renderings} if every else set()
    root = job.out or Path(shown(job.workspace.dist))
    return plan_dist(renderings, root, whole=whole, force=job.force)


def has_loss(rendering: Rendering) -> bool:
    """Whether something is dropped or approximated that nobody approved."""
    return bool(unapproved(rendering.ledger))


def _needs_a_look(job: Job, renderings: Sequence[Rendering], plan: Plan, origins: Origins) -> bool:
    """A file that may not be written, one that was edited by hand, or, in a check, anything that differs."""
    blocked = any(each.blocked and not _left_out(job, each, origins[each.profile]) for each in renderings)
    refused = any(change.action is Action.REFUSE for change in plan.changes)
    return blocked or refused or (job.dry and bool(plan.drift))


def _left_out(job: Job, rendering: Rendering, origin: Loaded) -> bool:
    """Whether a target that cannot hold the profile was only meant by `all`."""
    return rendering.blocked and not _by_name(rendering, origin) and not job.strict


def _by_name(rendering: Rendering, origin: Loaded) -> bool:
    """Whether somebody asked for the target by its name, and not only for `all`."""
    return ALL not in origin.targets or rendering.target in origin.targets


def _show(
    job: Job, renderings: Sequence[Rendering], origins: Origins, screen: Screen, plan: Plan, *, written: bool
) -> None:
    if job.check and plan.drift:
        screen.result(plan_text(plan))
    if job.dry:
        screen.result(plan_diff(plan))
    for rendering in renderings:
        _show_rendering(job, rendering, plan, origins, screen)
    if job.strict:
        _show_losses(renderings, origins, screen)
    if written:
        screen.say(plan_text(plan))


def _show_losses(renderings: Sequence[Rendering], origins: Origins, screen: Screen) -> None:
    """What `--strict` does not let pass."""
    for rendering in renderings:
        screen.warn(strict_text(rendering, unapproved(rendering.ledger), origins[rendering.profile].approve_in))


def _refused(job: Job, rendering: Rendering, origins: Origins) -> str:
    """Why a file is not written; empty where it is."""
    origin = origins[rendering.profile]
    if _left_out(job, rendering, origin):
        return left_out_text(rendering, origin.approve_in)
    return refusal_text(rendering, _place(origin.source, rendering), origin.approve_in)


def _show_rendering(job: Job, rendering: Rendering, plan: Plan, origins: Origins, screen: Screen) -> None:
    if _left_out(job, rendering, origins[rendering.profile]):
        screen.note(_refused(job, rendering, origins))
        return
    if not job.dry and not job.brief and not rendering.blocked:
        screen.say(ledger_text(rendering))
    screen.warn(_refused(job, rendering, origins))
    if not job.dry:
        screen.warn(findings_text([found._replace(path=_where(job, plan, rendering)) for found in rendering.findings]))


def _where(job: Job, plan: Plan, rendering: Rendering) -> str:
    """The path of a rendered file as people open it."""
    folder = "" if job.install is not None else f"{rendering.target}/"
    return f"{plan.root}/{folder}{rendering.path}"
