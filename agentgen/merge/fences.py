"""Fences that close too early, made longer on their way into a profile.

A variant that is taken alone keeps its bytes. Among the sections of others its fence would swallow what follows, for
every reader that takes Markdown at its word; so there the fence lines get the length that their author needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from agentgen.compare.model import Variant
from agentgen.findings import Finding, apply_fixes, finding
from agentgen.merge.write import Line
from agentgen.source import split_lines, to_lf

_REPAIRED = "fence-closes-early"


class FenceRepair(NamedTuple):
    """The fence lines of all variants that must be longer.

    `lines` maps (variant, 1-based line) to the line as it should be, `findings` that of an opening fence to what is
    said about it.
    """

    lines: Mapping[tuple[str, int], str]
    findings: Mapping[tuple[str, int], Finding]

    def told(self, bodies: Iterable[Sequence[Line]]) -> tuple[Finding, ...]:
        """The findings about fences that got into these bodies."""
        written = {(line.variant, line.source_line) for body in bodies for line in body}
        return tuple(found for place, found in self.findings.items() if place in written)

    def mend(self, lines: Sequence[Line]) -> list[Line]:
        """The lines of a body with every such fence made longer, whatever its indentation became."""
        return [self._mended(line) for line in lines]

    def _mended(self, line: Line) -> Line:
        wanted = self.lines.get((line.variant or "", line.source_line or 0))
        if wanted is None:
            return line
        indent = line.text[: len(line.text) - len(line.text.lstrip())]
        return line._replace(text=indent + wanted.strip())


def fence_repair(variants: Mapping[str, Variant]) -> FenceRepair:
    """What the findings of several variants say about fences; nothing for one alone."""
    if len(variants) == 1:
        return FenceRepair({}, {})
    lines: dict[tuple[str, int], str] = {}
    findings: dict[tuple[str, int], Finding] = {}
    for name, variant in variants.items():
        source = variant.document.source
        early = [found for found in variant.document.findings if found.code == _REPAIRED and found.fix]
        fixed = apply_fixes(source.text, [found.fix for found in early if found.fix])
        pairs = zip(split_lines(to_lf(source.text)), split_lines(to_lf(fixed)), strict=True)
        lines.update({(name, at): new for at, (old, new) in enumerate(pairs, 1) if old != new})
        findings.update({(name, found.line): _told(variant, found) for found in early})
    return FenceRepair(lines, findings)


def _told(variant: Variant, early: Finding) -> Finding:
    source = variant.document.source
    start = source.line_span(early.line).start
    return finding(
        source, "fence-made-longer", start, "the fence opened here is longer in the profile, as it was meant"
    )
