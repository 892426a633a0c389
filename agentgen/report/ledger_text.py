"""What happened to a profile on its way to a target: the sums first, then everything that is not simply kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from agentgen.render.model import Entry, Ledger, Outcome, Rendering, Widening
from agentgen.report.visible import visible

_LONG = 60  # characters of a value shown


def ledger_text(rendering: Rendering) -> str:
    """The ledger of one rendered file."""
    return visible("\n".join(_lines(rendering))) + "\n"


def _lines(rendering: Rendering) -> Iterator[str]:
    ledger = rendering.ledger
    yield f"{rendering.profile} → {rendering.target}  {rendering.path}"
    yield f"  {ledger_line(ledger)}"
    for outcome in (Outcome.MAPPED, Outcome.APPROXIMATED, Outcome.DROPPED):
        yield from _entries(outcome, [entry for entry in ledger.entries if entry.outcome is outcome])
    yield from (f"  {_widening(widening)}" for widening in ledger.widenings)


def ledger_line(ledger: Ledger) -> str:
    """How many parts of the profile had each outcome: `12 kept, 3 mapped, 1 dropped`."""
    counts = ((ledger.count(outcome), outcome.value) for outcome in Outcome)
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing to render"


def _entries(outcome: Outcome, entries: Sequence[Entry]) -> Iterator[str]:
    """Mapped tools share a line; every other entry has one of its own, with the reason."""
    tools = [entry for entry in entries if entry.part == "tool" and outcome is Outcome.MAPPED]
    if tools:
        yield f"  {outcome.value:<13} tools: " + ", ".join(f"{tool.name} → {tool.after}" for tool in tools)
    for entry in entries:
        if entry not in tools:
            yield f"  {outcome.value:<13} {_entry(entry)}"


def _entry(entry: Entry) -> str:
    value = " → ".join(_short(text) for text in (entry.before, entry.after) if text)
    what = entry.name if entry.part == "field" else f"{entry.part} {entry.name}"
    approved = " (approved)" if entry.approved else ""
    reason = f" – {entry.reason}" if entry.reason else ""
    return f"{what}{': ' if value else ''}{value}{reason}{approved}"


def _widening(widening: Widening) -> str:
    word = "approved" if widening.approved else "REFUSED"
    more = f"more than `{widening.field}` says: {', '.join(widening.gained)}"
    return f"{word}: {widening.target} would let the agent do {more} – {widening.reason}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONG else flat[: _LONG - 1] + "…"
