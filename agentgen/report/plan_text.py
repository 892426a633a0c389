"""What a render does, or would do, to the files below a folder."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff

from agentgen.render.model import Action, Change, Plan
from agentgen.report.visible import visible
from agentgen.source import decode, split_lines

_SIGNS = {
    Action.CREATE: "+",
    Action.UPDATE: "~",
    Action.UNCHANGED: "=",
    Action.REMOVE: "-",
    Action.REFUSE: "!",
}
_CONTEXT = 3  # unchanged lines around a change


def plan_text(plan: Plan) -> str:
    """The changes, one a line with its sign and the reason; unchanged files are only counted."""
    lines = [_line(plan, change) for change in plan.drift]
    unchanged = len(plan.changes) - len(plan.drift)
    if unchanged:
        lines.append(f"= {unchanged} unchanged in {plan.root}")
    return visible("\n".join(lines)) + "\n" if lines else ""


def plan_diff(plan: Plan) -> str:
    """The changes as a unified diff, from what is there to what would be written."""
    return "".join(change_diff(change) for change in plan.drift if change.before != change.after)


def change_diff(change: Change) -> str:
    """One file's change as a unified diff."""
    return visible("\n".join(_diff(change))) + "\n"


def _line(plan: Plan, change: Change) -> str:
    reason = f"  ({change.reason})" if change.reason else ""
    return f"{_SIGNS[change.action]} {change.action.value} {plan.root.rstrip('/')}/{change.path}{reason}"


def _diff(change: Change) -> Iterator[str]:
    before, after = (_lines(content) for content in (change.before, change.after))
    names = (
        "/dev/null" if change.before is None else f"a/{change.path}",
        "/dev/null" if change.after is None else f"b/{change.path}",
    )
    for line in unified_diff(before, after, *names, n=_CONTEXT, lineterm=""):
        text = line.removesuffix("\n")
        yield f"{text[:-1]}<CR>" if text.endswith("\r") else text
        if not line.endswith("\n") and not line.startswith(("---", "+++", "@@")):
            yield "\\ No newline at end of file"


def _lines(content: bytes | None) -> list[str]:
    return [] if content is None else split_lines(decode(content))
