"""A review as Markdown for a pull request: what the agent may do first, formatting folded away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from agentgen.compare.worddiff import Run, RunKind, word_diff
from agentgen.findings import Finding
from agentgen.report.markdown import code, folded, plain, within
from agentgen.report.review import Review
from agentgen.report.review_keys import KeyChange
from agentgen.report.review_rules import RuleChange, RuleKind
from agentgen.report.review_words import EFFECTS, TITLES, rule_place, section_words
from agentgen.report.values import show_value

_ELEMENTS = {RunKind.SAME: "", RunKind.REMOVED: "del", RunKind.ADDED: "ins"}


def review_markdown(review: Review) -> str:
    """The review as one Markdown text of at most `markdown.LIMIT` characters."""
    return within(_parts(review))


def _parts(review: Review) -> Iterator[str]:
    yield f"## Review of {code(review.new)}\n\nAgainst {code(review.old)}. {plain(review.sentence)}\n"
    yield from _block("What the agent may do", [_key(change) for change in review.keys if change.permission])
    yield from _block("Frontmatter", [_key(change) for change in review.keys if not change.permission])
    for kind, title in TITLES.items():
        yield from _block(title, [_rule(change) for change in review.of_kind(kind)])
    yield from _block("Sections", [f"- {plain(section_words(change))}\n" for change in review.sections])
    yield from _block("New findings", map(_finding, review.findings))
    yield from _block("Findings mended", map(_finding, review.mended))
    formatting = [f"- {plain(rule_place(change))}\n" for change in review.of_kind(RuleKind.FORMATTING)]
    if formatting:
        yield folded(f"Formatted differently: {len(formatting)}", "".join(formatting))


def _block(title: str, entries: Iterable[str]) -> Iterator[str]:
    listed = list(entries)
    if listed:
        yield f"\n### {title} ({len(listed)})\n\n"
    yield from listed


def _key(change: KeyChange) -> str:
    effect = f" ({EFFECTS[change.effect]})" if change.permission else ""
    return f"- **{plain(change.key)}**{effect}: {_values(change)}\n"


def _values(change: KeyChange) -> str:
    if change.gained or change.lost:
        signed = [*(("+", entry) for entry in change.gained), *(("−", entry) for entry in change.lost)]
        return ", ".join(f"{sign} {code(entry)}" for sign, entry in signed)
    if change.old is None or change.new is None:
        words = "given now" if change.old is None else "no longer given"
        return f"{words}: {code(show_value(change.new if change.old is None else change.old))}"
    return _words(show_value(change.old), show_value(change.new))


def _rule(change: RuleChange) -> str:
    old, new = (rule.text if rule else "" for rule in (change.old, change.new))
    said = plain(new) if change.kind is RuleKind.MOVED else _words(old, new)
    return f"- {said}<br>*{plain(rule_place(change))}*\n"


def _words(old: str, new: str) -> str:
    return "".join(map(_run, word_diff(old, new))).strip()


def _run(run: Run) -> str:
    """A stretch of text with its element; blanks at its edges stay, so that words do not grow together."""
    name = _ELEMENTS[run.kind]
    before, after = (" " * edge.isspace() for edge in (run.text[:1], run.text[-1:]))
    said = plain(run.text)
    return f"{before}<{name}>{said}</{name}>{after}" if name and said else f"{before}{said}{after}"


def _finding(finding: Finding) -> str:
    return f"- line {finding.line}, {code(finding.code)}: {plain(finding.message)}\n"
