"""Risky lines that a merge brings into a profile: they were not in it before, whoever wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agentgen.compare.model import Variant
from agentgen.content.findings import risk_finding, risks
from agentgen.content.risk import Risk
from agentgen.findings import Finding
from agentgen.source import Source

_SET = re.compile(r"[\\\"'\s]+")  # how a text is quoted and wrapped may change on its way into the profile


def new_risks(variants: Sequence[Variant], before: Source | None, after: Source) -> tuple[Finding, ...]:
    """What is risky in the profile `after` and was not in `before`: at its place in the first variant that says it.

    What no variant says, a hand wrote: it is told at its place in the profile.
    """
    known = {_same(risk) for risk in risks(before.text)} if before else set()
    new = {_same(risk): risk_finding(after, risk) for risk in reversed(risks(after.text)) if _same(risk) not in known}
    placed: dict[tuple[str, str], Finding] = {}
    for key, found in _in_variants(variants):
        if key in new:
            placed.setdefault(key, found)
    return (*placed.values(), *(found for key, found in reversed(new.items()) if key not in placed))


def _in_variants(variants: Sequence[Variant]) -> Iterator[tuple[tuple[str, str], Finding]]:
    for variant in variants:
        source = variant.document.source
        yield from ((_same(risk), risk_finding(source, risk)) for risk in risks(source.text))


def _same(risk: Risk) -> tuple[str, str]:
    return risk.code, _SET.sub(" ", risk.key).strip()
