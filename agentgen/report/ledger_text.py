"""What happened to a profile on its way to a target: the sums first, then everything that is not simply kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from agentgen.codes import Severity
from agentgen.render.model import Entry, Ledger, Outcome, Rendering, Widening
from agentgen.report.enumerate import first_of
from agentgen.report.visible import visible

_PLAIN = re.compile(r"[A-Za-z][\w.-]*")  # values that YAML takes for text without quotes
_LONG = 60  # characters of a value shown
_TOOLS = ("tool", "denied-tool")
_LISTS = ("tools", "disallowed_tools")  # their tools are listed one by one


def ledger_text(rendering: Rendering) -> str:
    """The ledger of one rendered file."""
    return visible("\n".join(_lines(rendering))) + "\n"


def ledger_line(ledger: Ledger) -> str:
    """How many parts of the profile had each outcome: `12 kept, 3 mapped, 1 dropped`."""
    counts = ((ledger.count(outcome), outcome.value) for outcome in Outcome)
    return ", ".join(f"{count} {word}" for count, word in counts if count) or "nothing to render"


def refusal_text(rendering: Rendering, place: str, approve_in: str) -> str:
    """Why a file that was asked for is not written, and the ways out.

    `place` is where the profile states the restriction, `approve_in` the file in which to approve its loss.
    """
    lines: list[str] = []
    for widening in _refused(rendering):
        lines.append(f"{place}: error: not written for {widening.target}: {_gain(widening)}")
        lines.extend(_ways_out(widening, approve_in))
    return visible("".join(f"{line}\n" for line in lines))


def left_out_text(rendering: Rendering, approve_in: str) -> str:
    """Why a target that nobody named is left out, and the ways out."""
    lines: list[str] = []
    for widening in _refused(rendering):
        lines.append(f"left out: {rendering.target}; {_gain(widening)}")
        lines.extend(_ways_out(widening, approve_in))
    errors = (found.message for found in rendering.findings if found.severity is Severity.ERROR)
    lines.extend(f"left out: {rendering.target}; {error}" for error in errors)
    return visible("".join(f"{line}\n" for line in lines))


def strict_text(rendering: Rendering, lost: Mapping[str, Sequence[str]], approve_in: str) -> str:
    """What of a rendering `--strict` does not let pass, and the entries that approve it; `lost` tells it by field."""
    if not lost:
        return ""
    lines = [
        f"error: --strict: {rendering.target} loses something of {', '.join(lost)} of {rendering.profile}",
        f"  approve it by name in {approve_in}, below `approvals:`",
        *(f"    {_entry_of(rendering.target, field, 'drop', values)}" for field, values in lost.items()),
    ]
    return visible("".join(f"{line}\n" for line in lines))


def _ways_out(widening: Widening, approve_in: str) -> Iterator[str]:
    """A narrower file where the target has one, or an approval by name: the lines to put below `approvals:`."""
    if widening.leave_out:
        yield f"  narrower: leave out {', '.join(widening.leave_out)} there; in {approve_in}, below `approvals:`"
        yield f"    {_approval(widening, 'drop', widening.leave_out)}"
        if widening.left:
            yield f"    {_approval(widening, 'widening', widening.left)}"
    yield f"  as it is: allow it in the profile, or approve it by name in {approve_in}, below `approvals:`"
    yield f"    {_approval(widening, 'widening', widening.gained)}"


def _approval(widening: Widening, kind: str, values: Sequence[str]) -> str:
    return _entry_of(widening.target, widening.field, kind, values)


def _entry_of(target: str, field: str, kind: str, values: Sequence[str]) -> str:
    """An entry of `approvals`, as YAML on one line; without values it is about the whole field."""
    words = ", ".join(text if _PLAIN.fullmatch(text) else json.dumps(text) for text in values)
    listed = f"values: [{words}], " if values else ""
    name = field if _PLAIN.fullmatch(field) else json.dumps(field)
    return f"- {{target: {target}, field: {name}, kind: {kind}, {listed}reason: …}}"


def undecided_text(undecided: Mapping[str, Sequence[str]]) -> str:
    """The open conflicts of each profile, a line a profile."""
    return visible(
        "".join(
            f"{name}: {len(subjects)} open in the recipe ({', '.join(subjects)}); until then the first side holds\n"
            for name, subjects in undecided.items()
        )
    )


def _refused(rendering: Rendering) -> list[Widening]:
    return [widening for widening in rendering.ledger.widenings if not widening.approved]


def _lines(rendering: Rendering) -> Iterator[str]:
    ledger = rendering.ledger
    yield f"{rendering.profile} → {rendering.target}  {rendering.path}"
    yield f"  {ledger_line(ledger)}"
    for outcome in (Outcome.MAPPED, Outcome.APPROXIMATED, Outcome.DROPPED):
        yield from _entries(outcome, [entry for entry in ledger.entries if entry.outcome is outcome])
    yield from (f"  approved      {_gain(widening)}" for widening in ledger.widenings if widening.approved)


def _entries(outcome: Outcome, entries: Sequence[Entry]) -> Iterator[str]:
    """Tools that fared alike share a line; every other entry has one of its own, with the reason."""
    tools: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.part in _TOOLS:
            tools.setdefault(_why(entry), []).append(entry)
        elif entry.name not in _LISTS or entry.part != "field":
            yield f"  {outcome.value:<13} {_entry(entry)}"
    for why, alike in tools.items():
        yield f"  {outcome.value:<13} {_tools(alike)}{why}"


def _tools(entries: Sequence[Entry]) -> str:
    noun = "tool" if len(entries) == 1 else f"{len(entries)} tools"
    return f"{noun}: {first_of([_arrow(entry) for entry in entries])}"


def _entry(entry: Entry) -> str:
    what = entry.name if entry.part == "field" else f"{entry.part} {entry.name}"
    value = _arrow(entry)
    return f"{what}{': ' if value else ''}{value}{_why(entry)}"


def _arrow(entry: Entry) -> str:
    return " → ".join(_short(text) for text in dict.fromkeys((entry.before, entry.after)) if text)


def _why(entry: Entry) -> str:
    return (f" – {entry.reason}" if entry.reason else "") + (" (approved)" if entry.approved else "")


def _gain(widening: Widening) -> str:
    gained = first_of(widening.gained)
    return f"the agent could do more there than `{widening.field}` allows ({gained}), for {widening.reason}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONG else flat[: _LONG - 1] + "…"
