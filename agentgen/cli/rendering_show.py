"""What a render did or would do, and how it is shown: as text, JSON or Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from agentgen.cli.options import RenderFormat
from agentgen.cli.rendering_job import Job, Origins
from agentgen.cli.screen import Screen
from agentgen.findings import Finding
from agentgen.render.guard import unapproved
from agentgen.render.model import Action, Plan, Rendering
from agentgen.report.findings_text import findings_text
from agentgen.report.ledger_text import ledger_text, left_out_text, refusal_text, strict_text, undecided_text
from agentgen.report.plan_text import plan_diff, plan_text


class Done(NamedTuple):
    """A job with its renderings and plan; `findings` are about the profiles themselves."""

    job: Job
    origins: Origins
    renderings: Sequence[Rendering]
    plan: Plan
    findings: Sequence[Finding]

    @property
    def undecided(self) -> Mapping[str, Sequence[str]]:
        """What nobody decided yet, by the name of the profile."""
        return {name: one.undecided for name, one in self.origins.items() if one.undecided}

    @property
    def held(self) -> bool:
        """Whether `--strict` lets nothing be written: something is open, lost, or meant for nobody."""
        if not self.job.strict:
            return False
        lost = any(unapproved(rendering.ledger) for rendering in self.renderings)
        return lost or bool(self.undecided) or bool(self.findings)

    @property
    def written(self) -> bool:
        """Whether the plan is to be carried out."""
        return not (self.job.dry or self.held)

    @property
    def needs_a_look(self) -> bool:
        """Held back, a file that may not be written or was edited by hand, or, in a check, anything that differs."""
        blocked = any(each.blocked and not self.left_out(each) for each in self.renderings)
        refused = any(change.action is Action.REFUSE for change in self.plan.changes)
        return self.held or blocked or refused or (self.job.dry and bool(self.plan.drift))

    def left_out(self, rendering: Rendering) -> bool:
        """Whether a target that cannot hold the profile was only meant by `all`."""
        return rendering.blocked and not self.origins[rendering.profile].asks_for(rendering) and not self.job.strict

    def refused(self, rendering: Rendering) -> str:
        """Why a file is not written; empty where it is."""
        origin = self.origins[rendering.profile]
        if self.left_out(rendering):
            return left_out_text(rendering, origin.approve_in)
        return refusal_text(rendering, origin.place_of(rendering), origin.approve_in)

    def where(self, rendering: Rendering) -> str:
        """The path of a rendered file as people open it."""
        folder = "" if self.job.install is not None else f"{rendering.target}/"
        return f"{self.plan.root}/{folder}{rendering.path}"


def show(done: Done, screen: Screen) -> None:
    """Show what became of everything, in the form that the job asks for."""
    match done.job.form:
        case RenderFormat.JSON:
            from agentgen.report.json_text import json_text
            from agentgen.report.render_json import render_json

            made = render_json(done.renderings, done.plan, done.undecided, done.findings, written=done.written)
            screen.result(json_text(made))
        case RenderFormat.MARKDOWN:
            from agentgen.report.render_markdown import render_markdown

            refused = "".join(map(done.refused, done.renderings))
            screen.result(
                render_markdown(
                    done.renderings, done.plan, done.undecided, done.findings, refused, written=done.written
                )
            )
        case RenderFormat.TEXT:
            _show_text(done, screen)


def _show_text(done: Done, screen: Screen) -> None:
    if done.job.check and done.plan.drift:
        screen.result(plan_text(done.plan))
    if done.job.dry:
        screen.result(plan_diff(done.plan))
    for rendering in done.renderings:
        _show_rendering(done, rendering, screen)
    if done.job.strict:
        _show_losses(done, screen)
    if done.written:
        screen.say(plan_text(done.plan))
    screen.warn(findings_text(done.findings))
    held = "--strict: nothing was written\n" if done.held and not done.job.dry else ""
    screen.note(undecided_text(done.undecided) + held)


def _show_losses(done: Done, screen: Screen) -> None:
    """What `--strict` does not let pass."""
    for rendering in done.renderings:
        approve_in = done.origins[rendering.profile].approve_in
        screen.warn(strict_text(rendering, unapproved(rendering.ledger), approve_in))


def _show_rendering(done: Done, rendering: Rendering, screen: Screen) -> None:
    if done.left_out(rendering):
        screen.note(done.refused(rendering))
        return
    if not done.job.dry and not done.job.brief and not rendering.blocked:
        screen.say(ledger_text(rendering))
    screen.warn(done.refused(rendering))
    if not done.job.dry:
        path = done.where(rendering)
        screen.warn(findings_text([found._replace(path=path) for found in rendering.findings]))
