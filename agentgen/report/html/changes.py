"""What changed between an older and a newer version, on the page of their comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agentgen.compare.worddiff import RunKind, word_diff
from agentgen.findings import Finding
from agentgen.report.html.markup import Child, Html, join, tag
from agentgen.report.html.parts import Part, chip
from agentgen.report.review import Review
from agentgen.report.review_keys import Effect, KeyChange
from agentgen.report.review_rules import RuleChange, RuleKind
from agentgen.report.review_words import EFFECTS, TITLES, rule_place, section_words
from agentgen.report.values import show_value

_ELEMENTS = {RunKind.REMOVED: "del", RunKind.ADDED: "ins"}
_LOOKS = {Effect.WIDENS: "bad", Effect.BOTH: "bad", Effect.CHANGES: "mild", Effect.NARROWS: "good"}


def changes_part(review: Review) -> Part:
    """The review: what the agent may do, frontmatter, rules by what happened to them, sections, findings."""
    content = join(_block(title, entries) for title, entries in _blocks(review))
    return Part("changes", "What changed", content, lead=f"{review.old} → {review.new}")


def _blocks(review: Review) -> Iterator[tuple[str, list[Html]]]:
    yield "What the agent may do", [_key(change) for change in review.keys if change.permission]
    yield "Frontmatter", [_key(change) for change in review.keys if not change.permission]
    for kind, title in TITLES.items():
        yield title, [_rule(change) for change in review.of_kind(kind)]
    yield "Sections", [join(section_words(change)) for change in review.sections]
    yield "New findings", [_finding(finding) for finding in review.findings]
    yield "Findings mended", [_finding(finding) for finding in review.mended]


def _block(title: str, entries: Iterable[Html]) -> Html | None:
    listed = [tag("li", entry) for entry in entries]
    count = tag("span", len(listed), class_="count")
    return join(tag("h3", title, " ", count), tag("ul", listed, class_="changes")) if listed else None


def _key(change: KeyChange) -> Html:
    effect = chip(_LOOKS[change.effect], EFFECTS[change.effect]) if change.permission else None
    return join(tag("code", change.key), " ", effect, " ", tag("p", _values(change)))


def _values(change: KeyChange) -> Child:
    if change.gained or change.lost:
        signed = [*(("ins", entry) for entry in change.gained), *(("del", entry) for entry in change.lost)]
        return [join(tag(name, entry), " ") for name, entry in signed]
    if change.old is None or change.new is None:
        given = change.old is None
        return tag("ins" if given else "del", show_value(change.new if given else change.old))
    return _words(show_value(change.old), show_value(change.new))


def _rule(change: RuleChange) -> Html:
    old, new = (rule.text if rule else "" for rule in (change.old, change.new))
    said = join(new) if change.kind is RuleKind.MOVED else _words(old, new)
    return join(tag("p", said), tag("small", rule_place(change)))


def _words(old: str, new: str) -> Html:
    return join(
        tag(_ELEMENTS[run.kind], run.text) if run.kind in _ELEMENTS else run.text for run in word_diff(old, new)
    )


def _finding(finding: Finding) -> Html:
    return join(tag("code", finding.code), f" line {finding.line}: ", finding.message)
