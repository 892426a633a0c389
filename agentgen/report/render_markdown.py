"""A render as Markdown for a pull request: what differs, what each tool cannot hold, then ledgers and differences.

Everything that comes from a profile stands in code blocks and spans that it cannot leave.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from agentgen.findings import Finding
from agentgen.render.model import Action, Change, Entry, Outcome, Plan, Rendering
from agentgen.report.findings_text import findings_text
from agentgen.report.ledger_text import ledger_text
from agentgen.report.markdown import block, code, folded, plain, row, within
from agentgen.report.plan_text import change_diff

_MORE = "`agentgen render --check` shows everything"
_LONG = 20_000  # characters of one file's difference


def render_markdown(
    renderings: Sequence[Rendering],
    plan: Plan,
    undecided: Mapping[str, Sequence[str]],
    findings: Sequence[Finding],
    refused: str,
    *,
    written: bool,
) -> str:
    """The renderings and the plan as one Markdown text of at most `markdown.LIMIT` characters.

    `undecided` names the open conflicts of each profile, `findings` are about the profiles themselves, `refused` says
    which files are not written, and why.
    """
    return within(_parts(renderings, plan, undecided, findings, refused, written=written), _MORE)


def _parts(
    renderings: Sequence[Rendering],
    plan: Plan,
    undecided: Mapping[str, Sequence[str]],
    findings: Sequence[Finding],
    refused: str,
    *,
    written: bool,
) -> Iterator[str]:
    yield f"### {_verdict(plan, written=written)}\n\n"
    yield from (_change(change) for change in plan.drift)
    if refused:
        yield f"\n**Not every tool can hold what the profiles say.**\n\n{block(refused)}"
    if findings:
        yield f"\n**Findings in the profiles**\n\n{block(findings_text(findings))}"
    if undecided:
        yield "\n**Nobody decided yet**\n\n"
        yield from (f"- {code(name)}: {', '.join(map(plain, subjects))}\n" for name, subjects in undecided.items())
    yield from _table(renderings)
    for rendering in renderings:
        if _worth_reading(rendering):
            title = f"Ledger of {plain(rendering.profile)} for {plain(rendering.target)}"
            yield folded(title, block(ledger_text(rendering)))
    for change in plan.drift:
        if change.before != change.after:
            yield folded(f"Difference in {plain(change.path)}", block(_clipped(change_diff(change)), "diff"))


def _verdict(plan: Plan, *, written: bool) -> str:
    where, total = code(plan.root), len(plan.changes)
    if not plan.drift:
        return f"{where} is what the profiles give ({_files(total)})"
    what = "written anew or left alone" if written else "not what the profiles give"
    return f"{where}: {len(plan.drift)} of {_files(total)} {what}"


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _change(change: Change) -> str:
    reason = f" ({plain(change.reason)})" if change.reason else ""
    verb = "refused" if change.action is Action.REFUSE else change.action.value
    return f"- {verb} {code(change.path)}{reason}\n"


def _table(renderings: Sequence[Rendering]) -> Iterator[str]:
    yield "\n" + row("profile", "tool", *(outcome.value for outcome in Outcome), "file")
    yield row("---", "---", *("---:" for _ in Outcome), "---")
    for rendering in renderings:
        counts = (str(rendering.ledger.count(outcome)) for outcome in Outcome)
        place = "not written" if rendering.blocked else code(rendering.path)
        yield row(code(rendering.profile), code(rendering.target), *counts, place)


def _worth_reading(rendering: Rendering) -> bool:
    """Whether something did not simply arrive."""
    return not rendering.blocked and (
        bool(rendering.ledger.widenings) or any(_did_not_arrive(entry) for entry in rendering.ledger.entries)
    )


def _did_not_arrive(entry: Entry) -> bool:
    return entry.outcome is not Outcome.KEPT and not entry.expected


def _clipped(text: str) -> str:
    """A long difference up to a whole line."""
    if len(text) <= _LONG:
        return text
    kept = text[:_LONG].rpartition("\n")[0]
    return f"{kept}\n… and {text.count(chr(10)) - kept.count(chr(10)) - 1} lines more"
