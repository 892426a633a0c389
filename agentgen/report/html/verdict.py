"""The verdict: one sentence, the figures, and the files."""

from __future__ import annotations

from agentgen.compare.model import Status, Variant
from agentgen.report.enumerate import counted
from agentgen.report.html.markup import Html, join, tag
from agentgen.report.html.parts import Part
from agentgen.report.summary import Summary

_FILES = 8  # shown without asking


def verdict_part(summary: Summary, sentence: str) -> Part:
    """What came out: the sentence, the figures, the files."""
    return Part("verdict", "Verdict", join(tag("p", sentence, class_="verdict"), _figures(summary), _files(summary)))


def _figures(summary: Summary) -> Html:
    verdict = summary.verdict
    in_all = verdict.statuses[Status.SAME] + verdict.statuses[Status.FORMATTING] + verdict.statuses[Status.EDITED]
    figures = (
        (in_all, "topics in all", "good"),
        (verdict.statuses[Status.PARTIAL], "topics in some", "mild"),
        (verdict.statuses[Status.ONLY], "topics in one", "mild"),
        (verdict.shared, "items shared", "good"),
        (verdict.alone, "items alone", "mild"),
        (verdict.moved, "statements moved", "mild"),
        (verdict.conflicts, "conflicts", "bad" if verdict.conflicts else "good"),
        (verdict.keys, "keys differ", "bad" if verdict.keys else "good"),
    )
    return tag("dl", (_figure(*figure) for figure in figures), class_="figures")


def _figure(number: int, words: str, kind: str) -> Html:
    return tag("div", tag("dt", words), tag("dd", number), class_=kind)


def _files(summary: Summary) -> Html:
    """The list of files; a long one is folded."""
    variants = summary.comparison.variants
    listed = tag("ul", map(_file, variants), class_="files")
    return listed if len(variants) <= _FILES else tag("details", tag("summary", f"{len(variants)} files"), listed)


def _file(variant: Variant) -> Html:
    document = variant.document
    size = f"{counted(len(document.sections), 'section')}, {counted(len(document.items), 'item')}"
    tool = f", {variant.tool}" if variant.tool else ""
    return tag("li", tag("b", variant.id), " ", tag("span", f"{document.source.path} ({size}{tool})", class_="path"))
