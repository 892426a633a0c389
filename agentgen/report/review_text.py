"""A review on the terminal: permissions and frontmatter first, then the rules by what happened to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from agentgen.compare.worddiff import RunKind, word_diff
from agentgen.findings import Finding
from agentgen.report.review import Review
from agentgen.report.review_keys import Effect, KeyChange
from agentgen.report.review_rules import RuleChange, RuleKind
from agentgen.report.review_words import EFFECTS, TITLES, rule_place, section_words
from agentgen.report.terminal import QUIET, one_line, paint, shown
from agentgen.report.values import show_value

_OLD, _NEW = "red", "green"
_RUNS = {RunKind.SAME: ("", "", ""), RunKind.REMOVED: ("[-", "-]", _OLD), RunKind.ADDED: ("{+", "+}", _NEW)}
_LOOKS = {Effect.WIDENS: "bold red", Effect.BOTH: "bold red", Effect.CHANGES: "bold yellow", Effect.NARROWS: "green"}


def review_text(review: Review, *, width: int = 100, colour: bool = False) -> str:
    """The review as terminal text; changed words stand as [-old-]{+new+}, with colour and without."""
    return paint(_parts(review), width=width, colour=colour)


def _parts(review: Review) -> Iterator[RenderableType]:
    yield one_line(f"{review.old} → {review.new}", QUIET)
    yield one_line(review.sentence, "bold")
    permissions = [change for change in review.keys if change.permission]
    others = [change for change in review.keys if not change.permission]
    yield from _block("What the agent may do", [_key(change) for change in permissions])
    yield from _block("Frontmatter", [_key(change) for change in others])
    for kind, title in TITLES.items():
        yield from _block(title, [_rule(change) for change in review.of_kind(kind)])
    yield from _block("Sections", [one_line(section_words(change)) for change in review.sections])
    yield from _block("New findings", [_finding(finding) for finding in review.findings])
    yield from _block("Findings mended", [_finding(finding) for finding in review.mended])


def _block(title: str, entries: Sequence[RenderableType]) -> Iterator[RenderableType]:
    if entries:
        yield ""
        yield Text(f"{title.upper()} ({len(entries)})", "bold underline")
    for entry in entries:
        yield Padding(entry, (0, 0, 0, 2))


def _key(change: KeyChange) -> Text:
    line = one_line(change.key, "bold").append("  ")
    if change.permission:
        line.append(f"{EFFECTS[change.effect]}  ", _LOOKS[change.effect])
    if change.gained or change.lost:
        entries = [*((f"+{name}", _NEW) for name in change.gained), *((f"-{name}", _OLD) for name in change.lost)]
        return line.append_text(Text("  ").join(one_line(*entry) for entry in entries))
    if change.old is None or change.new is None:
        line.append("given now: " if change.old is None else "no longer given: ", QUIET)
        return line.append_text(shown(show_value(change.new if change.old is None else change.old)))
    return line.append_text(_words(show_value(change.old), show_value(change.new)))


def _rule(change: RuleChange) -> Text:
    place = one_line(rule_place(change), QUIET).append("\n")
    if change.kind is RuleKind.MOVED:
        return place.append_text(shown(change.new.text if change.new else ""))
    return place.append_text(_words(change.old.text if change.old else "", change.new.text if change.new else ""))


def _words(old: str, new: str) -> Text:
    text = Text()
    for run in word_diff(old, new):
        before, after, style = _RUNS[run.kind]
        text.append_text(shown(f"{before}{run.text}{after}", style))
    return text


def _finding(finding: Finding) -> Text:
    return one_line(f"line {finding.line}, {finding.code}: {finding.message}")
