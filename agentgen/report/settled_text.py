"""What became of a run that was killed, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from agentgen.render.model import Settled
from agentgen.report.enumerate import counted
from agentgen.report.visible import visible


def settled_text(settled: Sequence[Settled]) -> str:
    """One line a folder; empty for none."""
    return "".join(f"note: {visible(_line(each))}\n" for each in settled)


def _line(settled: Settled) -> str:
    ended = f"a run that was ended before its time left its work unfinished in {settled.folder}"
    stay = f"; {counted(settled.edited, 'file')} changed since and left alone" if settled.edited else ""
    if not settled.old:
        return f"{ended}: it is completed{stay}"
    if not settled.new:
        return f"{ended}: it is taken back, and nothing is changed{stay}"
    verb = "is" if settled.new == 1 else "are"
    both = counted(settled.new + settled.old, "file")
    return f"{ended}: of {both} {settled.new} {verb} as it meant them, {settled.old} as before{stay}"
