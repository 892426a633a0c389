"""Risky lines that came into a profile, for the summary of a merge."""

from __future__ import annotations

from collections.abc import Sequence

from agentgen.findings import Finding
from agentgen.report.visible import visible


def risks_text(found: Sequence[Finding]) -> str:
    """A line each, with its place; nothing where there is none."""
    if not found:
        return ""
    lines = (f"    {each.path}:{each.line}: {' '.join(each.message.split())} [{each.code}]" for each in found)
    return visible("\n".join(["  new in the profile, look at it before an agent does:", *lines])) + "\n"
