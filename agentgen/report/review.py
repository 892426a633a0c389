"""Two versions of one agent file as a reviewer reads them: what the agent may do now, and which rules changed how.

A comparison says how N variants relate; a review knows which one is older and turns that into changes: a rule was
added, removed, weakened, strengthened, given another value, reworded or moved. Formatting alone is only counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from agentgen.compare.model import Comparison, Variant
from agentgen.findings import Finding
from agentgen.report.review_keys import Effect, KeyChange, key_changes
from agentgen.report.review_rules import RuleChange, RuleKind, rule_changes
from agentgen.report.review_sections import SectionChange, section_changes
from agentgen.report.summary import summarize
from agentgen.report.tokens import estimate

FOLDED = frozenset({RuleKind.FORMATTING, RuleKind.UNCHANGED})
"""Kinds that a reviewer need not read."""

_PAST = {
    Effect.WIDENS: "widened",
    Effect.NARROWS: "narrowed",
    Effect.BOTH: "widened and narrowed",
    Effect.CHANGES: "changed",
}
_ENTRIES = 6  # of a list that the sentence names


class Review(NamedTuple):
    """What changed between `old` and `new` (paths as shown to people), in the order of importance.

    `rules` holds every item of both versions once. `tokens` are estimates of the whole files, old and new. `findings`
    are those that only the new version has, `mended` those that only the old one had.
    """

    old: str
    new: str
    keys: tuple[KeyChange, ...]
    rules: tuple[RuleChange, ...]
    sections: tuple[SectionChange, ...]
    tokens: tuple[int, int]
    findings: tuple[Finding, ...]
    mended: tuple[Finding, ...]

    def of_kind(self, kind: RuleKind) -> tuple[RuleChange, ...]:
        """The rules to which that happened."""
        return tuple(change for change in self.rules if change.kind is kind)

    @property
    def same(self) -> bool:
        """True where nothing differs but formatting."""
        return not self.keys and not self.sections and all(change.kind in FOLDED for change in self.rules)

    @property
    def sentence(self) -> str:
        """The review in one line of plain text."""
        counts = Counter(change.kind for change in self.rules)
        told = [f"{counts[kind]} {kind.value}" for kind in RuleKind if counts[kind] and kind not in FOLDED]
        rules = f"rules: {', '.join(told)}" if told else "no rule changed"
        formatting = counts[RuleKind.FORMATTING]
        parts = [*self._permissions(), rules, *[f"{formatting} formatted differently"] * bool(formatting), self._cost()]
        line = "; ".join(parts)
        return f"{line[0].upper()}{line[1:]}."

    def _permissions(self) -> Iterator[str]:
        for change in self.keys:
            if change.permission:
                entries = [*(f"+{entry}" for entry in change.gained), *(f"-{entry}" for entry in change.lost)]
                more = [f"{len(entries) - _ENTRIES} more"] * (len(entries) > _ENTRIES)
                told = ", ".join([*entries[:_ENTRIES], *more])
                yield f"{change.key} {_PAST[change.effect]}" + (f" ({told})" if told else "")

    def _cost(self) -> str:
        old, new = self.tokens
        if new == old:
            return f"about {new:,} tokens as before"
        share = round(100 * (new - old) / old) if old else 0
        return f"about {new:,} tokens instead of {old:,}" + (f" ({share:+}%)" if share else "")


def review(comparison: Comparison, old: str, new: str) -> Review:
    """The review of a comparison of exactly two variants, given the older and the newer one's id."""
    variants = {variant.id: variant for variant in comparison.variants}
    before, after = variants[old], variants[new]
    return Review(
        before.document.source.path,
        after.document.source.path,
        key_changes(summarize(comparison).keys, old, new),
        rule_changes(comparison, old, new),
        section_changes(comparison, old, new),
        (_tokens(before), _tokens(after)),
        _findings_beyond(after, before),
        _findings_beyond(before, after),
    )


def _tokens(variant: Variant) -> int:
    return estimate(variant.document.source.text)


def _findings_beyond(variant: Variant, other: Variant) -> tuple[Finding, ...]:
    """The findings of one version that the other does not have, wherever they stand."""
    known = Counter(_said(finding) for finding in other.document.findings)
    beyond = []
    for finding in variant.document.findings:
        if known[_said(finding)]:
            known[_said(finding)] -= 1
        else:
            beyond.append(finding)
    return tuple(beyond)


def _said(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message
