"""A variant in one line."""

from __future__ import annotations

from agentgen.compare.model import Variant
from agentgen.report.enumerate import counted


def variant_line(variant: Variant) -> str:
    """What it is: the tool it was written for, how many sections and items."""
    document = variant.document
    tool = f"for {variant.tool}" if variant.tool else "for no tool that is known"
    return f"{tool}, {counted(len(document.sections), 'section')}, {counted(len(document.items), 'item')}"
